// What an access token may be used for. Pure.
//
// Scopes are derived from the route table and never declared: "<component>:read" covers the safe
// methods of a component's routes under /api/, "<component>:write" the others. The component is
// "core" or a plugin.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/contributions.h"
#include "toimela/http.h"

namespace toimela::access {

/// "contacts:write"
std::string scopeFor(std::string_view component, Method method);
/// Every scope that a route of the API asks for, core's first.
std::vector<std::string> knownScopes(const plugins::Contributions& contributions);

/// As stored and as sent: separated by single spaces (RFC 6749, section 3.3).
std::string joinScopes(const std::vector<std::string>& scopes);
std::vector<std::string> splitScopes(std::string_view text);

}  // namespace toimela::access
