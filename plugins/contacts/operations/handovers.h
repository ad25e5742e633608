// A place passes from one to the next: rule, save, audit entry and letter in one transaction.
#pragma once

#include <optional>
#include <variant>

#include "domain/handover.h"
#include "domain/network.h"
#include "toimela/data.h"
#include "toimela/host.h"

namespace toimela::contacts::operations {

/// Saves what the leaver tells the next; nothing when it went well.
std::optional<HandoverProblem> saveNotes(WriteTx& tx, const Network& network, const Member& leaver,
                                         const Handover& handover);

/// Ends the leaver's place, gives it to the successor and tells them where its history is.
std::variant<MemberId, HandoverProblem> handOver(WriteTx& tx, Host& host, const Network& network,
                                                 MemberId leaver, const Succession& succession);

}  // namespace toimela::contacts::operations
