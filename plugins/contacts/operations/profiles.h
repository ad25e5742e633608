// Changes of profiles.
#pragma once

#include "domain/profile.h"
#include "operations/networks.h"
#include "toimela/data.h"

namespace toimela::contacts::operations {

/// Saves the profile of the one who acts; stale when it was saved elsewhere meanwhile.
Saved saveProfile(WriteTx& tx, PersonId person, const Profile& profile);

}  // namespace toimela::contacts::operations
