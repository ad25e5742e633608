// What the log says of signing in: that it happened, and nothing of the person.
#include <catch2/catch.hpp>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

std::vector<std::string> linesWith(const std::string& log, const std::string& mark) {
  std::vector<std::string> found;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);)
    if (line.find(mark) != std::string::npos) found.push_back(line);
  return found;
}

TEST_CASE("signing in, failing to, being throttled and signing out are a line each, without a person") {
  const DemoSite site = demoSite();
  const Account& admin = site.account("national_admin");
  Server server(site.settings({{"log_level", "information"}}));
  Browser visitor(server);
  const std::string wrong = "jokin aivan muu salasana";
  CHECK(visitor.signIn(admin.email, wrong).status == 422);
  CHECK(linesWith(server.log(), "sign-in refused").size() == 1);
  CHECK(visitor.signIn(admin.email, admin.password).status == 303);
  CHECK(linesWith(server.log(), "signed in").size() == 1);
  CHECK(visitor.post("/fi/sign-out").status == 303);
  CHECK(linesWith(server.log(), "signed out").size() == 1);

  Browser guesser(server);
  int refused = 1;
  while (guesser.signIn(admin.email, wrong).status == 422) REQUIRE(++refused < 100);
  const std::string log = server.log();
  CHECK(linesWith(log, "sign-in refused").size() == static_cast<std::size_t>(refused));
  CHECK(linesWith(log, "sign-in throttled").size() == 1);
  for (const char* event : {"signed in", "signed out", "sign-in refused", "sign-in throttled"})
    for (const std::string& line : linesWith(log, event)) {
      INFO(line);
      CHECK(line.find(" reference=\"") != std::string::npos);
      CHECK(line.find("reference=\"\"") == std::string::npos);
    }
  Backstage backstage(site);
  const std::string name =
      backstage.text("SELECT family_name FROM core_person WHERE email_key = '" + admin.email + "'");
  for (const std::string& secret : {admin.email, admin.password, wrong, name})
    CHECK(log.find(secret) == std::string::npos);
}

}  // namespace
}  // namespace toimela::program_tests
