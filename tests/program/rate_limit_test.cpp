// A client in too much of a hurry is told to wait; others and what must always answer are not.
#include <catch2/catch.hpp>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

int status429After(Browser& browser, const std::string& path) {
  for (int count = 1; count <= 20; ++count)
    if (browser.get(path).status == 429) return count;
  return 0;
}

TEST_CASE("a client that asks too often is told how long to wait, in its language, and others are served") {
  const DemoSite site = demoSite();
  Backstage backstage(site);
  Settings settings = site.settings();
  settings["rate_read"] = "8";
  Server server(settings);
  Browser hasty(server);
  CHECK(status429After(hasty, "/sv/sign-in") == 9);
  const Answer page = hasty.get("/sv/sign-in");
  CHECK(page.status == 429);
  CHECK_FALSE(page.header("Retry-After").empty());
  CHECK(page.has("<html lang=\"sv\""));
  const Answer problem = hasty.get("/api/v1/me");
  CHECK(problem.status != 200);
  CHECK(problem.header("Content-Type") == "application/problem+json");
  CHECK(hasty.get("/healthz").status == 200);

  // A signed-in person counts by themselves, not with the address.
  Browser person = backstage.signedIn(server, backstage.person("calm"));
  CHECK(person.get("/fi/account").status == 200);
  CHECK(server.stop() == 0);
}

TEST_CASE("each process brakes by itself, and none does when no limit is set") {
  const DemoSite site = demoSite();
  Settings settings = site.settings();
  settings["rate_read"] = "8";
  Server first(settings), second(settings), free(site.settings());
  Browser hasty(first), elsewhere(second), unbound(free);
  CHECK(status429After(hasty, "/fi/sign-in") == 9);
  CHECK(elsewhere.get("/fi/sign-in").status == 200);
  CHECK(status429After(unbound, "/fi/sign-in") == 0);
}

}  // namespace
}  // namespace toimela::program_tests
