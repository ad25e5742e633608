// Counting attempts that must not succeed by guessing, over all processes.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "toimela/data.h"

namespace toimela::throttle {

/// So many attempts are welcome in a window of time; `name` begins with the component's.
struct Allowance {
  std::string_view name;  ///< "sign-in.account-address"
  std::int64_t attempts;
  std::chrono::seconds window;
};

/// Letters to an address that nobody has confirmed, by EmailAddress::key(), of all plugins together: a
/// stranger with a form must not fill somebody's mailbox.
inline constexpr Allowance kUnconfirmedLetters{"letters.unconfirmed", 10, std::chrono::hours(1)};

/// Seconds until another attempt is welcome; zero when one is now.
TOIMELA_API std::chrono::seconds waitFor(ReadTx& tx, const Allowance& allowance, std::string_view key,
                                         Instant now);
/// Counts an attempt and says how long it should have waited. Counting before working on it is what
/// holds against many attempts at the same moment.
TOIMELA_API std::chrono::seconds countAttempt(WriteTx& tx, const Allowance& allowance, std::string_view key,
                                              Instant now);
/// The part of an address that attempts are counted by: of IPv6 a /64. Keys are stored as hashes.
TOIMELA_API std::string addressKey(std::string_view address);

}  // namespace toimela::throttle
