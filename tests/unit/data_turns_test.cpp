// Writers of SQLite take turns.
#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <thread>
#include <vector>

#include "data/database.h"
#include "data/turns.h"
#include "scratch_folder.h"
#include "toimela/bookkeeping.h"

using namespace toimela::data;
namespace testing = toimela::testing;
using namespace std::chrono_literals;

TEST_CASE("the turn goes to those who wait in the order in which they came", "[data]") {
  Turns turns;
  REQUIRE(turns.wait(0ms));
  std::vector<int> order;  // guarded by the turn itself
  std::vector<std::thread> threads;
  for (int i = 0; i < 5; ++i) {
    threads.emplace_back([&, i] {
      if (!turns.wait(20s)) return;
      order.push_back(i);
      turns.giveBack();
    });
    while (turns.waiting() < static_cast<std::size_t>(i) + 1) std::this_thread::yield();
  }
  turns.giveBack();
  for (std::thread& thread : threads) thread.join();
  CHECK(order == std::vector<int>{0, 1, 2, 3, 4});
}

TEST_CASE("who has waited too long goes away, and those behind still get their turn", "[data]") {
  Turns turns;
  REQUIRE(turns.wait(0ms));
  auto impatient = std::async(std::launch::async, [&] { return turns.wait(20ms); });
  CHECK_FALSE(impatient.get());
  auto patient = std::async(std::launch::async, [&] {
    const bool got = turns.wait(20s);
    if (got) turns.giveBack();
    return got;
  });
  while (turns.waiting() < 1) std::this_thread::yield();
  turns.giveBack();
  CHECK(patient.get());
  CHECK(turns.wait(0ms));
}

TEST_CASE("only one has the turn at a time, however many press", "[data]") {
  Turns turns;
  std::atomic<int> inside{0};
  std::atomic<bool> alone{true};
  int rounds = 0;  // guarded by the turn itself
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 500; ++n) {
        Turn turn;
        if (!turn.wait(turns, 20s)) return;
        if (inside.fetch_add(1) != 0) alone = false;
        ++rounds;
        inside.fetch_sub(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(alone);
  CHECK(rounds == 4000);
}

namespace {

constexpr toimela::Sql kAddRow{"test.turns.add", "INSERT INTO test_row (text) VALUES (:text)"};

void addRow(Database& database) {
  database.write({}, [](toimela::WriteTx& tx) {
    tx.run(kAddRow, "row");
    bookkeeping(tx, "a test writes");
  });
}

}  // namespace

// What one process has of a file is a Database; to SQLite two of them are two processes.
TEST_CASE("processes that write without a pause take turns, however many writers each has", "[data]") {
  testing::ScratchFolder folder;
  const Options options{.url = "sqlite:" + (folder.path() / "shared.db").string()};
  Database busy(options), other(options);
  busy.migrate([](MigrationTx& tx) { tx.script("CREATE TABLE test_row (text TEXT NOT NULL)"); });

  std::atomic<bool> isOver{false};
  std::atomic<int> written{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      while (!isOver) {
        addRow(busy);
        ++written;
      }
    });
  while (written < 4) std::this_thread::yield();
  constexpr int kRows = 60;
  const int before = written;
  for (int i = 0; i < kRows; ++i) addRow(other);
  const int meanwhile = written - before;
  isOver = true;
  for (std::thread& thread : threads) thread.join();
  // One each in turn is kRows. Without turns whoever has just written is the first to ask again.
  CHECK(meanwhile > kRows / 2);
  CHECK(meanwhile < 2 * kRows);
}
