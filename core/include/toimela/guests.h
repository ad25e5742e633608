// Guests: people and programs without an account that a plugin wants to know again, such as those who
// came into a session with a code. A guest is known by a mark that only the browser has, in a signed
// cookie that every process understands; nothing about the guest is kept by the core.
//
// Many guests may share one address, as in a hall with one network: a route for them says so with
// manyFromOneAddress(), and lets an address make more requests than other routes do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "toimela/host.h"
#include "toimela/request.h"
#include "toimela/route.h"

namespace toimela::guests {

/// The mark of who asks, by the cookie or by the header "Toimela-Guest", under /api/ by the header alone;
/// nothing when none came, it was not made here, or it was made more than 30 days ago. Never store it as it
/// is: see key().
TOIMELA_API std::optional<std::string> markOf(const Request& request, Host& host);

/// May this be a mark? Random texts as secrets::random() makes them, of 16 bytes or more.
TOIMELA_API bool isMark(std::string_view text);

/// Lets the browser show the mark from now on, for 30 days.
TOIMELA_API void remember(Response& response, Host& host, std::string_view mark);
/// What a program sends in the header "Toimela-Guest": the mark, the day on which this was made, and a
/// signature over both.
TOIMELA_API std::string tokenOf(Host& host, std::string_view mark);

/// What stands in a database in place of the mark: nobody gets from it to the cookie. `purpose` names
/// the thing, so that one guest has different keys in different things.
TOIMELA_API std::string key(Host& host, std::string_view purpose, std::string_view mark);

/// The handler of a route for guests, as the dispatcher finds it in the table.
struct TOIMELA_API Hall {
  Handler handler;
  Response operator()(const Request& request, Host& host) const { return handler(request, host); }
};

/// Whoever is not signed in counts on this route by their mark, as one client does elsewhere, and all of an
/// address together up to twenty times as much. A mark alone makes nobody's limit larger. Says nothing for
/// RateClass::credentials.
TOIMELA_API Route manyFromOneAddress(Route route);

}  // namespace toimela::guests
