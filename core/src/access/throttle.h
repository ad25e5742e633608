// Throttling shared by all processes, counted in the database.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "data/database.h"
#include "toimela/throttle.h"

namespace toimela::access {

using throttle::addressKey;
using throttle::Allowance;
using throttle::countAttempt;
using throttle::waitFor;

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

/// Takes one attempt back: it was not a failure.
void forgiveAttempt(WriteTx& tx, const Allowance& allowance, std::string_view key);
void clearAttempts(WriteTx& tx, const Allowance& allowance, std::string_view key);
void sweepThrottle(WriteTx& tx, Instant now);

}  // namespace toimela::access
