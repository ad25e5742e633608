#include <catch2/catch.hpp>

#include "audit/audit.h"
#include "audit/presentation.h"
#include "databases.h"

using namespace toimela;
using namespace toimela::audit;

namespace {

const RegionCode kPirkanmaa = *RegionCode::parse("06");
const RegionCode kLappi = *RegionCode::parse("19");

void change(data::Database& database, std::string action, std::optional<RegionCode> region,
            std::optional<PersonId> person = {}) {
  database.write({person, "core"}, [&](WriteTx& tx) {
    tx.audit({.action = std::move(action),
              .object = "thing:1",
              .region = region,
              .detail = R"({"a": 1})"});
  });
}

std::vector<std::string> actionsOf(data::Database& database, std::optional<RegionCode> region,
                                   std::int64_t before = 0, int limit = 10) {
  std::vector<std::string> actions;
  for (const Row& row : database.get([&](ReadTx& tx) { return list(tx, {region, ""}, before, limit); }))
    actions.push_back(row.action);
  return actions;
}

constexpr Sql kPerson{
    "test.audit.person",
    "INSERT INTO core_person (given_name, family_name, email, email_key, phone, language, "
    "created_at, revision) VALUES ('Aino', 'Virtanen', 'a@example.org', 'a@example.org', '', "
    "'fi', 0, 1) RETURNING id"};
constexpr Sql kErase{"test.audit.erase", "UPDATE core_person SET erased_at = 1 WHERE id = :id"};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("changes are listed newest first, page by page, by region") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    auto database = testing::openMigrated(fresh);
    change(*database, "test.first", kPirkanmaa);
    change(*database, "test.second", kLappi);
    change(*database, "test.third", std::nullopt);
    change(*database, "test.fourth", kPirkanmaa);

    CHECK(actionsOf(*database, std::nullopt) ==
          Names{"test.fourth", "test.third", "test.second", "test.first"});
    CHECK(actionsOf(*database, kPirkanmaa) == Names{"test.fourth", "test.first"});
    CHECK(actionsOf(*database, std::nullopt, 0, 2) == Names{"test.fourth", "test.third"});
    CHECK(actionsOf(*database, std::nullopt, 3) == Names{"test.second", "test.first"});
    CHECK(actionsOf(*database, kPirkanmaa, 4) == Names{"test.first"});
  }
}

TEST_CASE("a change tells who made it, as long as they may be named") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    auto database = testing::openMigrated(fresh);
    PersonId person;
    database->write({}, [&](WriteTx& tx) {
      person = tx.insert<PersonId>(kPerson);
      tx.unaudited("a test");
    });
    auto newest = [&] {
      return database->get([](ReadTx& tx) { return list(tx, {}, 0, 1); }).at(0);
    };
    change(*database, "test.change", kLappi, person);
    CHECK(newest().personName == "Aino Virtanen");
    CHECK(newest().person == person);
    CHECK(newest().region == kLappi);
    CHECK(newest().detail == R"({"a": 1})");
    CHECK(now() - newest().at < std::chrono::minutes(1));

    database->write({}, [&](WriteTx& tx) {
      tx.run(kErase, person);
      tx.unaudited("a test");
    });
    CHECK(newest().personName.empty());
    CHECK(newest().person == person);

    change(*database, "test.by_itself", std::nullopt);
    CHECK_FALSE(newest().person);
  }
}

TEST_CASE("a change that is rolled back leaves no row") {
  auto database = testing::openMigrated(testing::databases().front());
  CHECK_THROWS(database->write({}, [](WriteTx& tx) {
    tx.audit({.action = "test.change", .object = "thing:1"});
    throw std::runtime_error("no");
  }));
  CHECK(actionsOf(*database, std::nullopt).empty());
}

TEST_CASE("a detail must be JSON") {
  auto database = testing::openMigrated(testing::databases().front());
  CHECK_THROWS_AS(
      database->write({},
                      [](WriteTx& tx) {
                        tx.audit(
                            {.action = "test.change", .object = "thing:1", .detail = "name: Aino"});
                      }),
      std::logic_error);
}

TEST_CASE("a detail reads as names and values") {
  using Lines = std::vector<std::pair<std::string, std::string>>;
  CHECK(detailLines("{}") == Lines{});
  CHECK(detailLines(R"({"name": "Verkosto", "open": true, "seats": 12, "end": null})") ==
        Lines{{"end", "–"}, {"name", "Verkosto"}, {"open", "true"}, {"seats", "12"}});
  CHECK(detailLines(R"({"rows": {"a_b": 3}, "list": [1, 2]})") ==
        Lines{{"list", "[1,2]"}, {"rows.a_b", "3"}});
  CHECK(detailLines("[1]") == Lines{{"", "[1]"}});
  CHECK(detailLines("no JSON") == Lines{{"", "no JSON"}});
}
