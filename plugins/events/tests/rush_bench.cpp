// Measures, not checks: run by scripts/bench rush. Confirmed registrations of one event, durable, each
// with its audit row and its letter: in groups as the desk makes them, and each committed by itself.
#include <catch2/catch.hpp>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "gathering.h"
#include "operations/desk.h"

using namespace toimela;
using namespace toimela::events;

namespace {

int setting(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text ? std::atoi(text) : otherwise;
}

/// Confirmed registrations a second while `threads` keep coming for `milliseconds`.
double confirmedASecond(Gathering& g, std::size_t most, int threads, int milliseconds) {
  const auto event = g.addEvent(exampleEvent(100'000'000));
  operations::Desk desk(most);
  std::atomic<int> confirmed{0};
  std::atomic<bool> isOver{false};
  const auto from = std::chrono::steady_clock::now();
  std::vector<std::thread> crowd;
  for (int thread = 0; thread < threads; ++thread)
    crowd.emplace_back([&, thread] {
      for (int i = 0; !isOver; ++i) {
        const std::string mark = std::to_string(thread) + "-" + std::to_string(i);
        Registration wish{.formKey = mark,
                          .name = "Ilmoittaja Esimerkki",
                          .email = *EmailAddress::parse("ilmoittaja" + mark + "@example.org"),
                          .accessNonce = "0123456789abcdef"};
        Participant participant;
        participant.name = "Osallistuja Esimerkki";
        participant.email = EmailAddress::parse("osallistuja" + mark + "@example.org");
        wish.participants.push_back(std::move(participant));
        const auto outcome = desk.submit(g.host(), event, {std::move(wish), {}});
        confirmed += std::get<operations::Registered>(outcome).registration.participants.front().state ==
                     PlaceState::confirmed;
      }
    });
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  isOver = true;
  for (auto& thread : crowd) thread.join();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - from;
  g.host().read([&](ReadTx& tx) {
    CHECK(store::countParticipants(tx, event, PlaceState::confirmed) == confirmed);
    return 0;
  });
  return confirmed / took.count();
}

}  // namespace

TEST_CASE("registrations a second", "[.rush]") {
  const int threads = setting("RUSH_THREADS", 64), milliseconds = setting("RUSH_MS", 2'000),
            rounds = setting("RUSH_ROUNDS", 3);
  for (const auto& database : testing::databases()) {
    Gathering g(database);
    for (int round = 0; round < rounds; ++round) {
      const double groups = confirmedASecond(g, 256, threads, milliseconds);
      const double alone = confirmedASecond(g, 1, threads, milliseconds);
      std::printf("{\"database\": \"%s\", \"threads\": %d, \"groups\": %.0f, \"alone\": %.0f}\n",
                  database.name.c_str(), threads, groups, alone);
      std::fflush(stdout);
    }
  }
}
