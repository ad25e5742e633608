// Throttling shared by all processes, counted in the database.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "data/database.h"

namespace toimela::access {

struct Allowance {
  std::string_view name;  ///< "sign-in.account-address"
  std::int64_t attempts;
  std::chrono::seconds window;
};

/// Sign-in counts failures by account *and* address, and by address alone: somebody else's guesses
/// never lock the owner out. Addresses of IPv6 count by /64.
inline constexpr Allowance kSignInAccountAddress{"sign-in.account-address", 10,
                                                 std::chrono::minutes(15)};
inline constexpr Allowance kSignInAddress{"sign-in.address", 100, std::chrono::minutes(15)};
/// Asking for the current password of a signed-in person, by person.
inline constexpr Allowance kPasswordChange{"password-change", 10, std::chrono::minutes(15)};
/// Codes of the second factor, of who has given the password already: by person and address, and
/// more widely by person, so that guessing from many addresses ends as well.
inline constexpr Allowance kCodePersonAddress{"code.person-address", 10, std::chrono::minutes(15)};
inline constexpr Allowance kCodePerson{"code.person", 50, std::chrono::minutes(15)};
/// Mails with a link: by address and account, by address, and by account whoever asks, so that
/// nobody's mailbox is flooded.
inline constexpr Allowance kLinkAccountAddress{"link.account-address", 5, std::chrono::minutes(15)};
inline constexpr Allowance kLinkAddress{"link.address", 30, std::chrono::minutes(15)};
inline constexpr Allowance kLinkAccount{"link.account", 20, std::chrono::hours(1)};
/// Mails with an invitation, by the address that they go to, whoever sends them.
inline constexpr Allowance kInvitationAddress{"invitation.address", 20, std::chrono::hours(24)};

/// Seconds until another attempt is welcome; zero when one is now.
std::chrono::seconds waitFor(ReadTx& tx, const Allowance& allowance, std::string_view key,
                             Instant now);
/// Counts an attempt and says how long it should have waited. Counting before working on it is what
/// holds against many attempts at the same moment.
std::chrono::seconds countAttempt(WriteTx& tx, const Allowance& allowance, std::string_view key,
                                  Instant now);
/// Takes one attempt back: it was not a failure.
void forgiveAttempt(WriteTx& tx, const Allowance& allowance, std::string_view key);
void clearAttempts(WriteTx& tx, const Allowance& allowance, std::string_view key);
/// The part of an address that attempts are counted by.
std::string addressKey(std::string_view address);
void sweepThrottle(WriteTx& tx, Instant now);

}  // namespace toimela::access
