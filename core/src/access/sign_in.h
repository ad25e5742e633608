// Signing in: with a password or a mailed link, and then with the second factor of who has one.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>

#include "host/core_host.h"
#include "toimela/request.h"

namespace toimela::access {

struct SignedIn {
  std::string token;  ///< for the cookie
};
/// Unknown address, wrong password, no password, disabled: nobody is told which.
struct Refused {};
struct Throttled {
  std::chrono::seconds wait;
};
/// Half way: the code of the second factor is still to come, with this token.
struct NeedsCode {
  std::string pending;
};
using SignInOutcome = std::variant<SignedIn, Refused, Throttled, NeedsCode>;

/// Takes the same time whether or not the account exists. A session that the request already had
/// ends: its token is never carried over. Every outcome is a line in the log, with the request's
/// reference and nothing of the person.
SignInOutcome signIn(CoreHost& host, const Request& request, std::string_view email,
                     std::string_view password, std::string_view next = {});

/// The same with a mailed link, whose token is used up. `next` is set to the page that was wished
/// for along with the link.
SignInOutcome signInByLink(CoreHost& host, const Request& request, std::string_view token,
                           std::string& next);

/// In the transaction that has made sure who it is: a session, or the step before it.
SignInOutcome enter(WriteTx& tx, const Request& request, PersonId person, std::string_view next);

/// The second step. A wrong code can be tried again, for a while and not too often; `Refused` also
/// when that while is over. `next` is set to the page that the first step was to lead to.
SignInOutcome signInWithCode(CoreHost& host, const Request& request, std::string_view pending,
                             std::string_view code, std::string& next);
/// Counts a code that somebody gives, signed in or half way, and says how long they should have
/// waited; a right one is forgotten again.
std::chrono::seconds countCode(WriteTx& tx, const Request& request, PersonId person);
void clearCodes(WriteTx& tx, const Request& request, PersonId person);
/// Can a code still be sent with this token?
bool awaitsCode(CoreHost& host, std::string_view pending);

/// `next` when it is a path of this service (without its language), otherwise the dashboard: no
/// link can send somebody who signs in to a foreign site.
std::string safePath(std::string_view next);

}  // namespace toimela::access
