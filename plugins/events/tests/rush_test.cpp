// A rush: many at once, through two hosts on one database. A naive control in the same test shows that
// the rush is one in which places can be sold twice.
#include <catch2/catch.hpp>

#include <atomic>
#include <barrier>
#include <thread>

#include "gathering.h"
#include "operations/desk.h"

using namespace toimela;
using namespace toimela::events;

namespace {

constexpr int kThreadsAHost = 4, kAttempts = 60;
constexpr std::int64_t kPlaces = 42;

constexpr Sql kCount{"test.control.count", "SELECT COUNT(*) FROM test_control"};
constexpr Sql kSell{"test.control.sell", "INSERT INTO test_control (buyer) VALUES (:buyer)"};
constexpr Sql kTable{"test.control.table", "CREATE TABLE test_control (buyer BIGINT NOT NULL)"};

/// Runs `work(host, thread)` in the threads of both hosts at once.
template <class Work>
void rush(Gathering& one, Gathering& two, Work work) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 2 * kThreadsAHost; ++i)
    threads.emplace_back([&, i] { work(i % 2 ? two.host() : one.host(), i); });
  for (auto& thread : threads) thread.join();
}

Registration wishOf(int thread, int attempt) {
  const std::string mark = std::to_string(thread) + "-" + std::to_string(attempt);
  Registration wish{.formKey = mark,
                    .name = "Ilmoittaja",
                    .email = *EmailAddress::parse("ilmoittaja" + mark + "@example.org"),
                    .accessNonce = "nonce"};
  Participant participant;
  participant.email = EmailAddress::parse("osallistuja" + mark + "@example.org");
  wish.participants.push_back(participant);
  return wish;
}

}  // namespace

TEST_CASE("in a rush through two hosts no place is sold twice, and none stays free while somebody waits", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering one(database), two(database);
      const auto event = one.addEvent(exampleEvent(kPlaces));
      operations::Desk atOne, atTwo;
      std::atomic<int> confirmed{0}, waiting{0}, cancelled{0};
      rush(one, two, [&](Host& host, int thread) {
        operations::Desk& desk = thread % 2 ? atTwo : atOne;
        for (int attempt = 0; attempt < kAttempts; ++attempt) {
          const auto outcome = desk.submit(host, event, {wishOf(thread, attempt), {}});
          const auto& made = std::get<operations::Registered>(outcome).registration.participants.front();
          ++(made.state == PlaceState::confirmed ? confirmed : waiting);
          // Every fifth changes their mind, so that places go on to those who wait all the time.
          if (attempt % 5 == 0 && host.writeAs(std::nullopt, [&](WriteTx& tx) {
                return operations::cancel(tx, event, std::span(&made.id, 1), operations::By::participant);
              }) == 1)
            ++cancelled;
          // The same form once more changes nothing.
          if (attempt % 7 == 0) {
            const auto again = desk.submit(host, event, {wishOf(thread, attempt), {}});
            if (!std::get<operations::Registered>(again).isRepeated) ++confirmed;
          }
        }
      });
      one.host().read([&](ReadTx& tx) {
        const auto count = [&](PlaceState state) { return store::countParticipants(tx, event, state); };
        CHECK(count(PlaceState::confirmed) == kPlaces);
        CHECK(store::loadPlaces(tx, event).find({})->taken == kPlaces);
        CHECK(count(PlaceState::cancelled) == cancelled);
        CHECK(confirmed + waiting == 2 * kThreadsAHost * kAttempts);
        CHECK(count(PlaceState::confirmed) + count(PlaceState::waiting) + count(PlaceState::cancelled) == confirmed + waiting);
        return 0;
      });
    }
  }
}

TEST_CASE("the same rush oversells where somebody looks first and sells afterwards", "[events][store]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Gathering one(database), two(database);
      one.change([](WriteTx& tx) { return tx.run(kTable); });
      // Everybody has looked before the first one sells, as in any crowded moment.
      std::barrier everybody(2 * kThreadsAHost);
      rush(one, two, [&](Host& host, int thread) {
        for (;;) {
          everybody.arrive_and_wait();
          const bool isFull = host.read([](ReadTx& tx) { return tx.value<std::int64_t>(kCount); }) >= kPlaces;
          everybody.arrive_and_wait();
          if (isFull) return;
          host.writeAs(std::nullopt, [&](WriteTx& tx) {
            tx.unaudited("a control");
            return tx.run(kSell, thread);
          });
        }
      });
      CHECK(one.host().read([](ReadTx& tx) { return tx.value<std::int64_t>(kCount); }) > kPlaces);
    }
  }
}
