// Many at one route at the same moment are read for together: each must be taken for themselves, with the
// rights of this moment.
#include <catch2/catch.hpp>

#include <atomic>
#include <latch>
#include <thread>

#include "toimela/testing.h"

using namespace toimela;
using testing::bodyOf;

namespace {

constexpr int kPeople = 12, kRounds = 12;

/// As a client should who is told that there is too much to do.
Response patiently(testing::Visitor& visitor) {
  Response answer = visitor.get("/api/v1/me");
  while (answer.status == 503) answer = visitor.get("/api/v1/me");
  return answer;
}

}  // namespace

TEST_CASE("in a crowd everybody is who they are, and nobody whose session has ended is anybody", "[shared]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    testing::Site site(database);
    std::vector<testing::Visitor> people;
    for (int i = 0; i < kPeople; ++i)
      people.push_back(site.signedIn(site.person("Henkilö" + std::to_string(i), "Esimerkki")));
    REQUIRE(people.front().get("/api/v1/me").status == 200);
    std::atomic<int> refused{0}, mistaken{0}, forgotten{0};
    std::latch start(kPeople);
    std::vector<std::thread> crowd;
    for (int i = 0; i < kPeople; ++i)
      crowd.emplace_back([&, i] {
        testing::Visitor& person = people[static_cast<std::size_t>(i)];
        start.arrive_and_wait();
        for (int round = 0; round < kRounds; ++round) {
          const auto answer = patiently(person);
          refused += answer.status != 200;
          mistaken += answer.status == 200 &&
                      bodyOf(answer).find("Henkilö" + std::to_string(i) + "\"") == std::string::npos;
        }
        // Every third one leaves, while the others go on; their session is shown once more.
        if (i % 3 == 0) {
          testing::Visitor thief = person;
          while (person.post("/fi/sign-out").status == 503) continue;
          forgotten += patiently(thief).status == 401;
        }
      });
    for (auto& thread : crowd) thread.join();
    CHECK(refused == 0);
    CHECK(mistaken == 0);
    CHECK(forgotten == kPeople / 3);
  }
}
