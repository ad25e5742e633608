// The needs map over the database: what is counted, shown, and taken out.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "workshop.h"

using namespace toimela;
using namespace toimela::trendcards;
using Catch::Contains;
using testing::bodyOf;

namespace {

constexpr Sql kSmallest{"test.smallest_batch", "SELECT MIN(people) FROM trendcards_need_batch"};
constexpr Sql kGeneration{"test.generation",
                          "SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM core_generation WHERE component = 'trendcards'"};
constexpr Sql kBatches{"test.batches", "SELECT CAST(COUNT(*) AS BIGINT) FROM trendcards_need_batch"};

struct Map : Workshop {
  using Workshop::Workshop;

  SessionId sessionOf(int people, std::vector<int> cards, bool feedsMap = true, std::string_view where = "06",
                      std::optional<Sector> sector = {}) {
    const auto session = hold(Exercise::rank, feedsMap, where);
    for (int i = 0; i < people; ++i) rank(session, cards, sector);
    end(session);
    return session;
  }
  nlohmann::json api(const std::string& query = "") {
    return nlohmann::json::parse(bodyOf(site.visitor().get("/api/v1/trendcards/needs" + query)));
  }
  nlohmann::json trend(int number, const std::string& query = "") {
    const nlohmann::json answer = api(query);
    for (const auto& each : answer.at("trends"))
      if (each.at("trend") == number) return each;
    return nullptr;
  }
  std::int64_t batches() {
    return read([](ReadTx& tx) { return tx.value<std::int64_t>(kBatches); });
  }
};

}  // namespace

TEST_CASE("sessions that allowed it are counted once they are over, in the open", "[trendcards][needs]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Map m(database);
    CHECK_THAT(bodyOf(m.site.visitor().get("/fi/trendcards/needs")), Contains("ei ole vielä tarpeeksi vastauksia"));
    m.sessionOf(6, {3, 1, 2});
    m.sessionOf(9, {2, 1, 3}, false);
    const auto open = m.hold(Exercise::rank, true);
    for (int i = 0; i < 7; ++i) m.rank(open, {1, 2, 3});
    m.count();
    CHECK(m.api().at("fewestPeople") == 5);
    CHECK(m.trend(13).at("weight") == 100);
    CHECK(m.trend(13).at("people") == 6);
    CHECK(m.trend(11).at("weight") == 50);
    CHECK(m.trend(12).at("weight") == 0);
    CHECK(m.trend(13).at("regions").at(0).at("region") == "06");
    m.count();
    CHECK(m.trend(13).at("people") == 6);
    const std::string page = bodyOf(m.site.visitor().get("/fi/trendcards/needs"));
    CHECK_THAT(page, Contains("Kortti 3") && Contains("Pirkanmaa"));
    CHECK(page.find("Kortti 3") < page.find("Kortti 2"));
    CHECK_THAT(bodyOf(m.site.visitor().get("/fi/trendcards/needs?format=csv")), Contains("Kortti 3;100;6"));
  }
}

TEST_CASE("visitors' pages are made anew when the map was counted", "[trendcards][needs]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Map m(database);
    const auto generation = [&] { return m.read([](ReadTx& tx) { return tx.value<std::int64_t>(kGeneration); }); };
    m.sessionOf(6, {3, 1, 2});
    const auto before = generation();
    m.count();
    CHECK(generation() > before);
    // What is counted again changes nothing.
    const auto counted = generation();
    m.count();
    CHECK(generation() == counted);
  }
}

TEST_CASE("fewer than five people are nowhere, whatever is asked", "[trendcards][needs]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Map m(database);
    m.sessionOf(4, {1, 2, 3});
    m.count();
    CHECK(m.api().at("trends").empty());
    // Together with another session's four, either would know the other.
    m.sessionOf(4, {1, 2, 3});
    m.count();
    CHECK(m.batches() == 0);
    m.sessionOf(3, {3, 2, 1});
    m.count();
    CHECK(m.trend(11).at("people") == 11);
    CHECK(m.read([](ReadTx& tx) { return tx.value<std::int64_t>(kSmallest); }) >= 5);
    CHECK(m.api("?region=01").at("trends").empty());
    CHECK(m.api("?year=1999").at("trends").empty());
    CHECK(m.api("?sector=company").at("trends").empty());
  }
}

TEST_CASE("figures are narrowed by region, sector and year, and stay whole", "[trendcards][needs]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Map m(database);
    m.sessionOf(5, {1, 2, 3}, true, "06", Sector::association);
    m.sessionOf(6, {2, 1, 3}, true, "06", Sector::company);
    m.sessionOf(7, {3, 2, 1}, true, "01", Sector::association);
    m.count();
    CHECK(m.trend(11).at("people") == 18);
    CHECK(m.trend(11, "?region=06").at("people") == 11);
    CHECK(m.trend(11, "?sector=association").at("people") == 12);
    CHECK(m.trend(11, "?sector=association&region=06").at("people") == 5);
    CHECK(m.trend(11, "?sector=association&region=06").at("weight") == 100);
    const std::string year = Date::today().text().substr(0, 4);
    CHECK(m.trend(11, "?year=" + year).at("people") == 18);
    CHECK(m.trend(11).at("overTime").size() == 1);
    CHECK_THAT(bodyOf(m.site.visitor().get("/fi/trendcards/needs?region=06&sector=company&trend=12")),
               Contains("Kortti 2"));
    m.site.switchPlugin("trendcards", "01", false);
    CHECK(m.trend(11).at("people") == 11);
  }
}

TEST_CASE("who takes a session out takes its whole batches out, for good", "[trendcards][needs]") {
  for (const auto& database : testing::databases()) {
    CAPTURE(database.name);
    Map m(database);
    m.sessionOf(4, {1, 2, 3});
    m.sessionOf(4, {1, 2, 3});
    const auto third = m.sessionOf(4, {1, 2, 3});
    const auto large = m.sessionOf(8, {3, 2, 1});
    m.count();
    CHECK(m.trend(11).at("people") == 20);
    CHECK(m.editor.post(m.path(third, "/withdraw")).status == 303);
    // Were the other two counted again without it, the difference would be its four people.
    CHECK(m.trend(11).at("people") == 8);
    m.count();
    CHECK(m.trend(11).at("people") == 8);
    CHECK_THAT(bodyOf(m.editor.get(m.path(third))), Contains("poistettu tarvekartalta pysyvästi"));
    CHECK(m.editor.post(m.path(large, "/withdraw")).status == 303);
    CHECK(m.api().at("trends").empty());
  }
}

TEST_CASE("a card keeps its name on the map in the language of the reader, as far as there is one",
          "[trendcards][needs]") {
  Map m(testing::databases().front());
  m.write([&](WriteTx& tx) {
    Edition swedish = sixCards(m.deck);
    swedish.language = {Locale::sv};
    swedish.cards.resize(2);
    swedish.cards[0].title = "Kort ett";
    store::publishEdition(tx, store::insertEdition(tx, swedish));
    return 0;
  });
  m.sessionOf(6, {1, 3, 2});
  m.count();
  const std::string page = bodyOf(m.site.visitor().get("/sv/trendcards/needs"));
  CHECK_THAT(page, Contains("Kort ett"));
  CHECK_THAT(page, Contains("lang=\"fi\">Kortti 3"));
}
