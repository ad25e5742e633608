// Signing in with an e-mail address and a password.
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
using SignInOutcome = std::variant<SignedIn, Refused, Throttled>;

/// Takes the same time whether or not the account exists. A session that the request already had
/// ends: its token is never carried over. Every outcome is a line in the log, with the request's
/// reference and nothing of the person.
SignInOutcome signIn(CoreHost& host, const Request& request, std::string_view email,
                     std::string_view password);

/// `next` when it is a path of this service (without its language), otherwise the dashboard: no
/// link can send somebody who signs in to a foreign site.
std::string safePath(std::string_view next);

}  // namespace toimela::access
