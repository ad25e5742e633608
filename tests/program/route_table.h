// The routes as `toimela routes --json` lists them: what tests are generated from.
#pragma once

#include "demo_site.h"

namespace toimela::program_tests {

struct ListedRoute {
  std::string plugin, method, pattern, rule, permission;
  bool localised = false, orOwner = false, anywhere = false, scoped = false, csrf = false,
       cached = false;

  std::string title() const { return method + " " + pattern; }
  bool isSafe() const { return method == "GET" || method == "HEAD"; }
  bool isApi() const { return pattern.rfind("/api/", 0) == 0; }
  /// The scope that an access token needs for it.
  std::string scope() const { return plugin + (isSafe() ? ":read" : ":write"); }
  bool has(const std::string& parameter) const {
    return pattern.find("{" + parameter + "}") != std::string::npos;
  }

  /// The address with every {parameter} filled in; throws for one that has no example, so that a
  /// new route can not stay untested by accident.
  std::string path(const std::map<std::string, std::string>& values) const {
    std::string path =
        (localised ? "/fi" : "") + (localised && pattern == "/" ? std::string() : pattern);
    for (auto at = path.find('{'); at != std::string::npos; at = path.find('{')) {
      const auto end = path.find('}', at);
      const auto found = values.find(path.substr(at + 1, end - at - 1));
      if (found == values.end())
        throw std::runtime_error("no example for {" + path.substr(at + 1, end - at - 1) + "} of " +
                                 title());
      path.replace(at, end + 1 - at, found->second);
    }
    return path;
  }
};

inline std::vector<ListedRoute> listedRoutes(const Settings& settings) {
  const Ended ended = runToEnd({"routes", "--json"}, settings);
  if (ended.code != 0) throw std::runtime_error("toimela routes failed: " + ended.err);
  std::vector<ListedRoute> routes;
  for (const auto& entry : nlohmann::json::parse(ended.out))
    routes.push_back({entry.at("plugin"), entry.at("method"), entry.at("pattern"), entry.at("rule"),
                      entry.at("permission"), entry.at("localised"), entry.at("orOwner"),
                      entry.at("anywhere"), entry.at("scoped"), entry.at("csrf"),
                      entry.at("cached")});
  if (routes.size() < 40)
    throw std::runtime_error("the program lists only " + std::to_string(routes.size()) + " routes");
  return routes;
}

}  // namespace toimela::program_tests
