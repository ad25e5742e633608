// What is done with the result of a session: rule, save and audit entry in one transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/session.h"
#include "toimela/archive.h"
#include "toimela/event_materials.h"
#include "toimela/files.h"
#include "toimela/host.h"

namespace toimela::trendcards::operations {

/// Opens the result to whoever has its link. The same link again when it is open already.
std::string shareResult(WriteTx& tx, SessionId session);
/// The link leads nowhere any more; sharing again makes another one.
void stopSharing(WriteTx& tx, SessionId session);

/// The paper of the result among the materials of an event. False, with nothing changed, when the event is
/// gone or does not take it from the actor.
bool attachResult(WriteTx& tx, Host& host, EventMaterials& events, const Actor& actor, SessionId session,
                  std::int64_t event, const LocalText& title, const files::Incoming& paper);
/// A draft in the archive with the paper of the result; its path without language. The draft that there is
/// already, when it was handed over before.
std::string depositResult(WriteTx& tx, Archive& archive, SessionId session, Deposit deposit,
                          const files::Incoming& paper);

/// Counts a session for the needs map, if it may be and has not been.
void countNeeds(WriteTx& tx, SessionId session);
/// Takes a session out of the needs map for good.
void withdrawNeeds(WriteTx& tx, SessionId session);

}  // namespace toimela::trendcards::operations
