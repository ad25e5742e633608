// Reading together: what is remembered, for how long, and whom it must never deceive.
#include "data/shared_reads.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

#include "data/database.h"
#include "databases.h"
#include "toimela/group_line.h"

using namespace toimela;

namespace {

constexpr Sql kSet{"test.shared.set",
                   "INSERT INTO core_secret (name, value) VALUES (:name, :value) "
                   "ON CONFLICT (name) DO UPDATE SET value = excluded.value"};
constexpr Sql kGet{"test.shared.get", "SELECT value FROM core_secret WHERE name = :name"};
constexpr Sql kNames{"test.shared.names",
                     "SELECT name, LENGTH(value) FROM core_secret WHERE name LIKE 'both-%' ORDER BY name"};
constexpr Sql kWrong{"test.shared.wrong", "SELECT value FROM core_secret WHERE nothing = :name"};
constexpr Sql kOwnProcess{"test.shared.pid", "SELECT CAST(pg_backend_pid() AS BIGINT)"};
constexpr Sql kEnd{"test.shared.end", "SELECT CAST(pg_terminate_backend(CAST(:pid AS INTEGER)) AS INTEGER)"};

struct Fixture {
  explicit Fixture(const testing::FreshDatabase& fresh)
      : database(testing::openMigrated(fresh)), shared(database->address()) {}

  void set(const std::string& name, const std::string& value) {
    database->write({}, [&](WriteTx& tx) {
      tx.run(kSet, name, value);
      tx.unaudited("test");
    });
  }
  std::string get(const std::string& name) {
    return shared.read([&](ReadTx& tx) { return tx.value<std::string>(kGet, name); });
  }

  /// Whether reading does without asking. On PostgreSQL whatever is committed on the server, in other databases too,
  /// makes another snapshot; it is enough that between two of these moments nothing is asked.
  template <class F>
  bool remembers(F&& reading) {
    for (int attempt = 0; attempt < 500; ++attempt) {
      const auto before = shared.asked();
      reading();
      if (shared.asked() == before) return true;
    }
    return false;
  }

  std::unique_ptr<data::Database> database;
  data::SharedReads shared;
};

}  // namespace

TEST_CASE("what was read is not asked again until something is committed", "[shared]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    f.set("one", "1");
    f.set("two", "2");
    CHECK(f.get("one") == "1");
    CHECK(f.remembers([&] { CHECK(f.get("one") == "1"); }));
    const auto before = f.shared.asked();
    CHECK(f.get("two") == "2");
    CHECK(f.shared.asked() > before);

    // A change without an audit entry is one, too.
    f.set("one", "new");
    CHECK(f.get("one") == "new");
    CHECK(f.remembers([&] { CHECK(f.get("one") == "new"); }));
    CHECK(f.remembers([&] { CHECK(f.get("two") == "2"); }));
  }
}

TEST_CASE("answers of several rows, and of none, are remembered as they were", "[shared]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    const auto names = [&] {
      return f.shared.read([](ReadTx& tx) {
        return tx.all(kNames, [](std::string name, std::int64_t size) { return name + "=" + std::to_string(size); });
      });
    };
    CHECK(names().empty());
    CHECK(f.remembers([&] { CHECK(names().empty()); }));
    f.set("both-b", "xx");
    f.set("both-a", "x");
    const std::vector<std::string> two{"both-a=1", "both-b=2"};
    CHECK(names() == two);
    CHECK(f.remembers([&] { CHECK(names() == two); }));
  }
}

TEST_CASE("arguments that look alike are not taken for each other", "[shared]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    constexpr Sql kPair{"test.shared.pair", "SELECT CAST(:a AS TEXT) || '|' || CAST(:b AS TEXT)"};
    const auto pair = [&](const std::string& a, const std::string& b) {
      return f.shared.read([&](ReadTx& tx) { return tx.value<std::string>(kPair, a, b); });
    };
    CHECK(pair("x", "y2:z") == "x|y2:z");
    CHECK(pair("xs4:y2", "z") == "xs4:y2|z");
    CHECK(pair("", "1:") == "|1:");
    CHECK(pair("1:", "") == "1:|");
    CHECK(f.shared.asked() >= 4);
  }
}

TEST_CASE("a work that fails fails alone, and a statement that fails spoils nobody's reading", "[shared]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    f.set("one", "1");
    std::atomic<int> wrong{0}, right{0}, others{0};
    std::vector<std::thread> crowd;
    for (int i = 0; i < 12; ++i)
      crowd.emplace_back([&, i] {
        for (int round = 0; round < 20; ++round) {
          if (i % 3 == 0) {
            try {
              f.shared.read([](ReadTx& tx) { return tx.value<std::string>(kWrong, "one"); });
            } catch (const DatabaseError&) {
              ++wrong;
            }
          } else if (i % 3 == 1) {
            try {
              f.shared.read([](ReadTx&) -> int { throw std::out_of_range("mine"); });
            } catch (const std::out_of_range&) {
              ++others;
            }
          } else {
            right += f.get("one") == "1";
          }
        }
      });
    for (auto& thread : crowd) thread.join();
    CHECK(wrong == 80);
    CHECK(others == 80);
    CHECK(right == 80);
  }
}

TEST_CASE("who has written reads it, and nobody sees half of a change", "[shared]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    data::SharedReads other(f.database->address());  // as another process has one
    f.set("both-a", "0");
    f.set("both-b", "0");
    std::atomic<int> stale{0}, torn{0};
    std::vector<std::thread> crowd;
    for (int i = 0; i < 8; ++i)
      crowd.emplace_back([&, i] {
        const std::string own = "own-" + std::to_string(i);
        for (int round = 1; round <= 15; ++round) {
          const std::string now = std::to_string(round);
          f.database->write({}, [&](WriteTx& tx) {
            tx.run(kSet, own, now);
            tx.run(kSet, "both-a", own + now);
            tx.run(kSet, "both-b", own + now);
            tx.unaudited("test");
          });
          auto& shared = i % 2 ? f.shared : other;
          struct Seen {
            std::string own, a, b;
          };
          const Seen seen = shared.read([&](ReadTx& tx) {
            return Seen{tx.value<std::string>(kGet, own), tx.value<std::string>(kGet, "both-a"),
                        tx.value<std::string>(kGet, "both-b")};
          });
          stale += seen.own != now;
          torn += seen.a != seen.b;
        }
      });
    for (auto& thread : crowd) thread.join();
    CHECK(stale == 0);
    CHECK(torn == 0);
  }
}

TEST_CASE("a shared reading inside another is a mistake that is told, not a wait without end", "[shared]") {
  for (const auto& fresh : testing::databases()) {
    Fixture f(fresh);
    f.set("one", "1");
    CHECK_THROWS_AS(f.shared.read([&](ReadTx&) { return f.get("one"); }), std::logic_error);
    CHECK(f.get("one") == "1");
  }
}

TEST_CASE("a connection that the server has ended is replaced, and nothing old is remembered", "[shared]") {
  for (const auto& fresh : testing::databases()) {
    if (fresh.name == "sqlite") continue;
    Fixture f(fresh);
    f.set("one", "1");
    CHECK(f.get("one") == "1");
    const auto pid = f.shared.read([](ReadTx& tx) { return tx.value<std::int64_t>(kOwnProcess); });
    f.database->get([&](ReadTx& tx) { return tx.value<std::int64_t>(kEnd, pid); });
    CHECK(f.get("one") == "1");
    CHECK(f.shared.read([](ReadTx& tx) { return tx.value<std::int64_t>(kOwnProcess); }) != pid);
  }
}

TEST_CASE("a line serves everybody once, in groups that follow each other", "[shared]") {
  constexpr std::size_t kMost = 5;
  GroupLine<int> line(kMost);
  std::atomic<int> inside{0}, together{0}, tooMany{0};
  std::vector<int> served;  // by one at a time, as is checked
  std::vector<std::thread> crowd;
  for (int thread = 0; thread < 16; ++thread)
    crowd.emplace_back([&, thread] {
      for (int i = 0; i < 200; ++i) {
        int item = thread * 1000 + i;
        line.join(item, [&](std::span<int* const> group) {
          together += ++inside > 1;
          tooMany += group.size() > kMost || group.empty();
          for (const int* each : group) served.push_back(*each);
          --inside;
        });
      }
    });
  for (auto& thread : crowd) thread.join();
  CHECK(together == 0);
  CHECK(tooMany == 0);
  CHECK(served.size() == 16 * 200);
  // Each thread's own come in the order in which it brought them: nobody is served before they came.
  std::map<int, int> last;
  for (const int item : served) {
    CHECK(item % 1000 == last[item / 1000]);
    last[item / 1000] = item % 1000 + 1;
  }
}
