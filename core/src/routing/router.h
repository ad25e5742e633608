// Finds the route of a path. Frozen before serving.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/contributions.h"

namespace toimela::routing {

/// The outcome of a look-up. `route` is null when the path is unknown or the method is not there;
/// `allowed` lists the methods the path does have ("GET, POST") for 405.
struct Match {
  const plugins::From<Route>* route = nullptr;
  PathParameters parameters;
  std::string allowed;
};

/// A tree over path segments. A literal segment wins over a {parameter}; {name*} at the end takes
/// the rest. Invariant: no two routes have the same method and shape (the constructor refuses).
class Router {
 public:
  /// Throws std::invalid_argument naming both routes when two conflict.
  explicit Router(const std::vector<plugins::From<Route>>& routes);
  ~Router();
  Match match(Method method, std::string_view path) const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
};

/// Pages live under /fi, /sv and /en; the API, assets and what machines ask for do not.
bool isLocalised(std::string_view pattern);
/// Splits "/sv/networks" into sv and "/networks".
std::pair<std::optional<Locale>, std::string_view> splitLocale(std::string_view path);

}  // namespace toimela::routing
