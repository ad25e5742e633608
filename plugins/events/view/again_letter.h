// The letter to somebody whose address was used to register once more.
#pragma once

#include <cstdint>
#include <optional>

#include "toimela/host.h"

namespace toimela::events::view {

/// About the participant who has the address. Only who made the registration gets its private link.
std::optional<MailMessage> againLetter(ReadTx& tx, Host& host, std::int64_t participant);

}  // namespace toimela::events::view
