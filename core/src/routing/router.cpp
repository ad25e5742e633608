#include "routing/router.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>

namespace toimela::routing {

namespace {

std::vector<std::string_view> segmentsOf(std::string_view path) {
  std::vector<std::string_view> segments;
  std::size_t at = path.starts_with('/') ? 1 : 0;
  while (at < path.size()) {
    std::size_t end = path.find('/', at);
    if (end == std::string_view::npos) end = path.size();
    segments.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  return segments;
}

std::optional<std::string> decoded(std::string_view segment) {
  if (segment.find('%') == std::string_view::npos) return std::string(segment);
  try {
    std::string out;
    Poco::URI::decode(std::string(segment), out);
    for (unsigned char c : out)
      if (c < 0x20 || c == 0x7f || c == '/') return std::nullopt;
    return out;
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::map<Method, const plugins::From<Route>*> routes;
  std::map<Method, const plugins::From<Route>*> rest;  // patterns that end in {name*} here

  /// The node for `segments` from `at`, with the routes that end there; literals first.
  static bool find(const Node& node, const std::vector<std::string_view>& segments, std::size_t at,
                   const std::map<Method, const plugins::From<Route>*>** found) {
    if (at == segments.size()) {
      if (node.routes.empty()) return false;
      *found = &node.routes;
      return true;
    }
    auto literal = node.literals.find(segments[at]);
    if (literal != node.literals.end() && find(*literal->second, segments, at + 1, found)) return true;
    if (node.parameter && !segments[at].empty() && find(*node.parameter, segments, at + 1, found)) return true;
    if (node.rest.empty()) return false;
    *found = &node.rest;
    return true;
  }
};

Router::Router(const std::vector<plugins::From<Route>>& routes) : root_(std::make_unique<Node>()) {
  for (const auto& route : routes) {
    Node* node = root_.get();
    bool takesRest = false;
    for (std::string_view segment : segmentsOf(route.what.pattern)) {
      if (segment.starts_with('{') && segment.ends_with("*}")) {
        takesRest = true;
        break;
      }
      auto& next = segment.starts_with('{') ? node->parameter : node->literals[std::string(segment)];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
    }
    auto& table = takesRest ? node->rest : node->routes;
    auto [there, added] = table.emplace(route.what.method, &route);
    if (!added)
      throw std::invalid_argument(std::string(name(route.what.method)) + " " + route.what.pattern + " of " +
                                  route.plugin + " conflicts with " + there->second->what.pattern + " of " +
                                  there->second->plugin);
  }
}

Router::~Router() = default;

Match Router::match(Method method, std::string_view path) const {
  Match match;
  const auto segments = segmentsOf(path);
  if (path.size() > 1 && path.ends_with('/')) return match;
  const std::map<Method, const plugins::From<Route>*>* found = nullptr;
  if (!Node::find(*root_, segments, 0, &found)) return match;

  auto route = found->find(method);
  if (route == found->end() && method == Method::head) route = found->find(Method::get);
  if (route == found->end()) {
    for (const auto& [other, unused] : *found) {
      if (!match.allowed.empty()) match.allowed += ", ";
      match.allowed += name(other);
    }
    return match;
  }
  const auto pattern = segmentsOf(route->second->what.pattern);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    std::string_view segment = pattern[i];
    if (!segment.starts_with('{')) continue;
    if (segment.ends_with("*}")) {
      match.parameters.add(segment.substr(1, segment.size() - 3),
                           std::string(path.substr(static_cast<std::size_t>(segments[i].data() - path.data()))));
      break;
    }
    auto value = decoded(segments[i]);
    if (!value) return match;
    match.parameters.add(segment.substr(1, segment.size() - 2), std::move(*value));
  }
  match.route = route->second;
  return match;
}

bool isLocalised(std::string_view pattern) {
  for (std::string_view machine : {"/api/", "/assets/", "/healthz", "/readyz", "/metrics", "/robots.txt",
                                   "/sitemap.xml", "/sitemaps/", "/favicon.ico", "/service-worker.js", "/.well-known/"})
    if (pattern.starts_with(machine)) return false;
  return pattern != "/oai";
}

std::pair<std::optional<Locale>, std::string_view> splitLocale(std::string_view path) {
  if (path.size() >= 3 && path[0] == '/' && (path.size() == 3 || path[3] == '/')) {
    if (auto locale = parseLocale(path.substr(1, 2))) {
      std::string_view rest = path.substr(3);
      return {locale, rest.empty() ? std::string_view("/") : rest};
    }
  }
  return {std::nullopt, path};
}

}  // namespace toimela::routing
