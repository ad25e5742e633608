// What every route demands, against what was decided for it: the matrix of rights takes the program's
// own word for that, and would follow a route that has lost its rule.
#include <catch2/catch.hpp>

#include "route_table.h"

namespace toimela::program_tests {
namespace {

using Lines = std::set<std::string>;

/// "POST /admin/roles: core.role.edit"
std::string lineOf(const ListedRoute& route) {
  return route.title() + ": " + route.rule + (route.scoped ? ", where it belongs" : "") +
         (route.isSafe() || route.csrf ? "" : ", from anywhere");
}

Lines linesOf(const std::vector<ListedRoute>& routes) {
  Lines lines;
  for (const ListedRoute& route : routes) lines.insert(lineOf(route));
  return lines;
}

/// tests/program/rules.txt without its comments.
Lines decided() {
  std::istringstream in(readFile(fs::path(TOIMELA_SOURCE_FOLDER) / "tests/program/rules.txt"));
  Lines lines;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && !line.starts_with("#")) lines.insert(line);
  return lines;
}

std::string differences(const Lines& decided, const Lines& listed) {
  std::string text;
  for (const std::string& line : listed)
    if (!decided.contains(line)) text += "+" + line + "\n";
  for (const std::string& line : decided)
    if (!listed.contains(line)) text += "-" + line + "\n";
  return text;
}

/// The route as it is listed when one part of its rule was forgotten.
std::vector<ListedRoute> weakened(const ListedRoute& route) {
  std::vector<ListedRoute> weaker;
  const auto add = [&](auto change) { change(weaker.emplace_back(route)); };
  const std::string anywhere = route.anywhere ? " anywhere" : "";
  if (route.rule != "anyone") add([](ListedRoute& r) { r.rule = "anyone"; });
  if (!route.permission.empty()) add([](ListedRoute& r) { r.rule = "signed in"; });
  if (!route.permission.empty() && !route.anywhere) add([](ListedRoute& r) { r.rule += " anywhere"; });
  if (route.orOwner) add([&](ListedRoute& r) { r.rule = route.permission + anywhere; });
  if (route.scoped) add([](ListedRoute& r) { r.scoped = false; });
  if (route.csrf) add([](ListedRoute& r) { r.csrf = false; });
  return weaker;
}

TEST_CASE("every route demands what was decided for it, and no part of that is lost unnoticed", "[rules]") {
  Folder data;
  const auto routes = listedRoutes({{"data", data.path().string()}});
  const Lines known = decided();
  const Lines listed = linesOf(routes);
  INFO("tests/program/rules.txt, with the line of a route that is new or has changed:\n"
       << differences(known, listed));
  CHECK(differences(known, listed).empty());
  int seen = 0;
  for (const ListedRoute& route : routes)
    for (const ListedRoute& weaker : weakened(route)) {
      Lines lines = listed;
      lines.erase(lineOf(route));
      lines.insert(lineOf(weaker));
      INFO(lineOf(weaker));
      CHECK_FALSE(differences(known, lines).empty());
      ++seen;
    }
  CHECK(seen > 900);
}

}  // namespace
}  // namespace toimela::program_tests
