#include "access/scopes.h"

#include <algorithm>

namespace toimela::access {

std::string scopeFor(std::string_view component, Method method) {
  return std::string(component) + (isSafe(method) ? ":read" : ":write");
}

std::vector<std::string> knownScopes(const plugins::Contributions& contributions) {
  std::vector<std::string> scopes;
  for (const plugins::Plugin& plugin : contributions.plugins) {
    for (const Method method : {Method::get, Method::post}) {
      const std::string scope = scopeFor(plugin.name, method);
      const bool isAsked = std::ranges::any_of(contributions.routes, [&](const auto& route) {
        return route.what.pattern.starts_with("/api/") && !route.what.isStandalone &&
               scopeFor(route.plugin, route.what.method) == scope;
      });
      if (isAsked) scopes.push_back(scope);
    }
  }
  return scopes;
}

std::string joinScopes(const std::vector<std::string>& scopes) {
  std::string text;
  for (const std::string& scope : scopes) text += (text.empty() ? "" : " ") + scope;
  return text;
}

std::vector<std::string> splitScopes(std::string_view text) {
  std::vector<std::string> scopes;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) scopes.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return scopes;
}

}  // namespace toimela::access
