// Profiles in the database.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/profile.h"
#include "toimela/data.h"

namespace toimela::contacts::store {

/// The profile of the person; the one of somebody who has saved none when there is none.
Profile profileOf(ReadTx& tx, PersonId person);
/// Saves it if it still has the revision it was read with; false when it has another.
[[nodiscard]] bool saveProfile(WriteTx& tx, PersonId person, const Profile& profile);
void forgetProfile(WriteTx& tx, PersonId person);

/// What others have written, the most common first: for using the same word for the same thing.
std::vector<std::string> commonExpertise(ReadTx& tx, int limit);

}  // namespace toimela::contacts::store
