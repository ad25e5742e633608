// Being forgotten: asked for, kept for a while in case the person changes their mind, then done.
#pragma once

#include <chrono>

#include <stop_token>

#include "directory/personal_data.h"
#include "host/core_host.h"
#include "own_data/erasure_store.h"
#include "toimela/directory.h"

namespace toimela::own_data {

/// How long one can change one's mind. Article 12(3) of the GDPR allows a month.
inline constexpr std::chrono::hours kErasureWaits{24 * 7};

enum class AskedErasure { yes, isLastAdministrator };
/// The person is told by mail when it will be done and how to take it back.
AskedErasure askErasure(WriteTx& tx, CoreHost& host, const Person& person);
/// False when there was nothing to take back.
bool takeBackErasure(WriteTx& tx, PersonId person);
/// Erases somebody who asked for it, unless they have changed their mind by now.
directory::Erased eraseAsAsked(CoreHost& host, PersonId person, std::optional<PersonId> by);
/// Erases those whose time is over; a person who has become the last administrator meanwhile waits.
int eraseDue(CoreHost& host, Instant now, const std::stop_token& stop = {});

PersonalData personalData();

}  // namespace toimela::own_data
