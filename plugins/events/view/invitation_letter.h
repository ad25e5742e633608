// The letter that invites a member of a network to its event.
#pragma once

#include <cstdint>
#include <optional>

#include "toimela/host.h"

namespace toimela::events::view {

/// About an invitation (see operations/letters.h); nothing when the event is no longer to be registered
/// for, or the person is no longer there or no member of the network any more.
std::optional<MailMessage> invitationLetter(ReadTx& tx, Host& host, std::int64_t about);

}  // namespace toimela::events::view
