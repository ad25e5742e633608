// Guests: people and programs without an account that a plugin wants to know again, such as those who
// came into a session with a code. A guest is known by a mark that only the browser has, in a signed
// cookie that every process understands; nothing about the guest is kept by the core.
//
// Many guests may share one address, as in a hall with one network: who shows a valid mark is counted
// by it against the limits of requests, not by the address.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::guests {

/// The mark of who asks, by the cookie or by the header "Toimela-Guest", under /api/ by the header alone;
/// nothing when none came or it was not made here. Never store it as it is: see key().
TOIMELA_API std::optional<std::string> markOf(const Request& request, Host& host);

/// May this be a mark? Random texts as secrets::random() makes them, of 16 bytes or more.
TOIMELA_API bool isMark(std::string_view text);

/// Lets the browser show the mark from now on, for 30 days.
TOIMELA_API void remember(Response& response, Host& host, std::string_view mark);
/// What a program sends in the header "Toimela-Guest".
TOIMELA_API std::string tokenOf(Host& host, std::string_view mark);

/// What stands in a database in place of the mark: nobody gets from it to the cookie. `purpose` names
/// the thing, so that one guest has different keys in different things.
TOIMELA_API std::string key(Host& host, std::string_view purpose, std::string_view mark);

}  // namespace toimela::guests
