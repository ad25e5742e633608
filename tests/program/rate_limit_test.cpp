// A client in too much of a hurry is told to wait; others and what must always answer are not.
#include <catch2/catch.hpp>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

constexpr int kRate = 8;  // a minute
constexpr int kMost = 40;

struct Refusal {
  int served = 0;     ///< before it
  int comeBack = 0;   ///< at most so many of them by the rate, however slow this machine is
  Answer answer;
};

/// Asks until it is refused, at most so often.
Refusal askTooOften(Browser& browser, const std::string& path) {
  const auto begin = std::chrono::steady_clock::now();
  Refusal refusal;
  for (; refusal.served < kMost; ++refusal.served) {
    refusal.answer = browser.get(path);
    if (refusal.answer.status == 429) break;
  }
  refusal.comeBack = static_cast<int>((std::chrono::steady_clock::now() - begin) * kRate / 1min);
  return refusal;
}

bool isBraked(const Refusal& refusal) {
  return refusal.served >= kRate && refusal.served <= kRate + refusal.comeBack;
}

TEST_CASE("a client that asks too often is told how long to wait, in its language, and others are served") {
  const DemoSite site = demoSite();
  Backstage backstage(site);
  Settings settings = site.settings();
  settings["rate_read"] = std::to_string(kRate);
  Server server(settings);
  Browser hasty(server);
  const Refusal refusal = askTooOften(hasty, "/sv/sign-in");
  CHECK(isBraked(refusal));
  const Answer& page = refusal.answer;
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
  settings["rate_read"] = std::to_string(kRate);
  Server first(settings), second(settings), free(site.settings());
  Browser hasty(first), elsewhere(second), unbound(free);
  CHECK(isBraked(askTooOften(hasty, "/fi/sign-in")));
  CHECK(elsewhere.get("/fi/sign-in").status == 200);
  CHECK(askTooOften(unbound, "/fi/sign-in").served == kMost);
}

}  // namespace
}  // namespace toimela::program_tests
