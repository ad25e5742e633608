#include <catch2/catch.hpp>
#include <thread>

#include "access/throttle.h"
#include "databases.h"

using namespace toimela;
using namespace toimela::access;

namespace {

constexpr Allowance kThree{"test", 3, std::chrono::minutes(15)};
constexpr Allowance kOther{"test.other", 3, std::chrono::minutes(15)};
constexpr Sql kRows{"test.throttle.rows",
                    "SELECT COUNT(*) FROM core_throttle WHERE key_hash LIKE '%aino%'"};
constexpr Sql kAll{"test.throttle.all", "SELECT COUNT(*) FROM core_throttle"};

std::chrono::seconds attempt(data::Database& database, const Allowance& allowance,
                             std::string_view key, Instant at) {
  std::chrono::seconds wait{};
  database.write({}, [&](WriteTx& tx) { wait = countAttempt(tx, allowance, key, at); });
  return wait;
}

std::chrono::seconds waiting(data::Database& database, const Allowance& allowance,
                             std::string_view key, Instant at) {
  return database.get([&](ReadTx& tx) { return waitFor(tx, allowance, key, at); });
}

}  // namespace

TEST_CASE("attempts within the allowance pass, the next one waits until the window ends") {
  for (const auto& fresh : testing::databases()) {
    const auto database = testing::openMigrated(fresh);
    const Instant begin = now();
    for (int i = 0; i < 3; ++i) CHECK(attempt(*database, kThree, "aino", begin).count() == 0);
    CHECK(waiting(*database, kThree, "aino", begin) == std::chrono::minutes(15));
    CHECK(attempt(*database, kThree, "aino", begin + std::chrono::minutes(5)) ==
          std::chrono::minutes(10));
  }
}

TEST_CASE("after the window everything begins anew, however many attempts were refused") {
  for (const auto& fresh : testing::databases()) {
    const auto database = testing::openMigrated(fresh);
    const Instant begin = now(), later = begin + std::chrono::minutes(15);
    for (int i = 0; i < 50; ++i) attempt(*database, kThree, "aino", begin);
    CHECK(waiting(*database, kThree, "aino", later).count() == 0);
    for (int i = 0; i < 3; ++i) CHECK(attempt(*database, kThree, "aino", later).count() == 0);
    CHECK(attempt(*database, kThree, "aino", later).count() > 0);
  }
}

TEST_CASE("keys and allowances are counted apart") {
  for (const auto& fresh : testing::databases()) {
    const auto database = testing::openMigrated(fresh);
    const Instant begin = now();
    for (int i = 0; i < 4; ++i) attempt(*database, kThree, "aino", begin);
    CHECK(waiting(*database, kThree, "aino", begin).count() > 0);
    CHECK(waiting(*database, kThree, "eero", begin).count() == 0);
    CHECK(waiting(*database, kOther, "aino", begin).count() == 0);
  }
}

TEST_CASE("what is forgiven or cleared does not count") {
  for (const auto& fresh : testing::databases()) {
    const auto database = testing::openMigrated(fresh);
    const Instant begin = now();
    for (int i = 0; i < 3; ++i) attempt(*database, kThree, "aino", begin);
    database->write({}, [&](WriteTx& tx) { forgiveAttempt(tx, kThree, "aino"); });
    CHECK(attempt(*database, kThree, "aino", begin).count() == 0);
    CHECK(attempt(*database, kThree, "aino", begin).count() > 0);
    database->write({}, [&](WriteTx& tx) { clearAttempts(tx, kThree, "aino"); });
    CHECK(attempt(*database, kThree, "aino", begin).count() == 0);
  }
}

TEST_CASE("attempts at the same moment are all counted") {
  for (const auto& fresh : testing::databases()) {
    const auto database = testing::openMigrated(fresh);
    const Instant begin = now();
    std::atomic<int> passed = 0;
    std::vector<std::thread> attackers;
    for (int i = 0; i < 4; ++i) {
      attackers.emplace_back([&] {
        for (int j = 0; j < 5; ++j) {
          if (attempt(*database, kThree, "aino", begin).count() == 0) ++passed;
        }
      });
    }
    for (auto& attacker : attackers) attacker.join();
    CHECK(passed == 3);
  }
}

TEST_CASE("neither accounts nor addresses can be read from the counters, and old ones are swept") {
  for (const auto& fresh : testing::databases()) {
    const auto database = testing::openMigrated(fresh);
    const Instant begin = now();
    attempt(*database, kThree, "aino", begin);
    attempt(*database, kThree, "eero", begin + std::chrono::minutes(10));
    CHECK(database->get([](ReadTx& tx) { return tx.value<std::int64_t>(kRows); }) == 0);
    database->write({}, [&](WriteTx& tx) { sweepThrottle(tx, begin + std::chrono::minutes(15)); });
    CHECK(database->get([](ReadTx& tx) { return tx.value<std::int64_t>(kAll); }) == 1);
  }
}

TEST_CASE("addresses of one household count as one") {
  CHECK(addressKey("192.0.2.7") == "192.0.2.7");
  CHECK(addressKey("192.0.2.8") != addressKey("192.0.2.7"));
  CHECK(addressKey("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
  CHECK(addressKey("2001:db8:1:2::9") == addressKey("2001:db8:1:2:3:4:5:6"));
  CHECK(addressKey("2001:db8:1:3::9") != addressKey("2001:db8:1:2::9"));
  CHECK(addressKey("::ffff:192.0.2.7") == "192.0.2.7");
  CHECK(addressKey("fe80::1%eth0") == "fe80::/64");
  CHECK(addressKey("") == "");
}
