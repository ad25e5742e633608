// The yearly report: what it keeps back, which year it tells of, and who may ask for it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "report/presentation.h"
#include "toimela/testing.h"

using namespace toimela;
using Catch::Contains;
using testing::bodyOf;
using Json = nlohmann::json;

namespace {

std::string thisYear() { return Date::today().text().substr(0, 4); }

}  // namespace

TEST_CASE("a figure about people says nothing of fewer than five, one about things says everything", "[report]") {
  CHECK(report::people("p", "P", 0).value == 0.0);
  CHECK_FALSE(report::people("p", "P", 0).isOfTooFew);
  for (const int few : {1, 4}) {
    CHECK(report::people("p", "P", few).isOfTooFew);
    CHECK_FALSE(report::people("p", "P", few).value);
  }
  CHECK(report::people("p", "P", 5).value == 5.0);
  CHECK(report::count("c", "C", 1).value == 1.0);
}

TEST_CASE("a share and a mean are of at least five people, and of nobody there is none", "[report]") {
  CHECK_FALSE(report::share("s", "S", 0, 0).value);
  CHECK_FALSE(report::share("s", "S", 0, 0).isOfTooFew);
  CHECK(report::share("s", "S", 3, 4).isOfTooFew);
  CHECK_FALSE(report::share("s", "S", 3, 4).value);
  CHECK(report::share("s", "S", 3, 5).value == Approx(0.6));
  CHECK(report::mean("m", "M", 18, 5).value == Approx(3.6));
  CHECK(report::mean("m", "M", 12, 4).isOfTooFew);
}

TEST_CASE("a year begins and ends at midnight in Finland", "[report]") {
  const report::Question question{.year = 2026, .region = {}};
  CHECK(isoText(question.begins()) == "2025-12-31T22:00:00Z");
  CHECK(isoText(question.ends()) == "2026-12-31T22:00:00Z");
  CHECK(question.firstDay().text() == "2026-01-01");
  CHECK(question.lastDay().text() == "2026-12-31");
  CHECK(question.lastDayUntil(*Date::parse("2026-06-15")).text() == "2026-06-15");
  CHECK(question.lastDayUntil(*Date::parse("2027-06-15")).text() == "2026-12-31");
}

TEST_CASE("numbers are written as each language writes them", "[report]") {
  testing::Site site(testing::databases().front());
  const Wording fi(Locale::fi, site.host("core")), en(Locale::en, site.host("core"));
  CHECK(report::shown(report::count("c", "C", 1234567), fi) == "1\u00a0234\u00a0567");
  CHECK(report::shown(report::count("c", "C", 1234), en) == "1,234");
  CHECK(report::shown(report::count("c", "C", 123), fi) == "123");
  CHECK(report::shown(report::share("s", "S", 3, 5), fi) == "60\u00a0%");
  CHECK(report::shown(report::mean("m", "M", 18, 5), fi) == "3,6");
  CHECK(report::shown(report::mean("m", "M", 18, 5), en) == "3.6");
  CHECK(report::shown(report::people("p", "P", 3), fi) == "alle 5");
  CHECK(report::shown(report::share("s", "S", 0, 0), fi) == "–");
}

TEST_CASE("anybody reads the report of a region, a nation and a year that was", "[report]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      testing::Site site(database);
      auto visitor = site.visitor();
      for (const char* locale : {"fi", "sv", "en"})
        for (const char* path : {"/report", "/regions/pirkanmaa/report", "/regions/pirkanmaa/report?year=2020"})
          CHECK(visitor.get("/" + std::string(locale) + path).status == 200);
      CHECK_THAT(bodyOf(visitor.get("/fi/regions/pirkanmaa/report")), Contains("Vuosi " + thisYear() + ": Pirkanmaa"));
      for (const char* year : {"1999", "2999", "x", "-1", "20266", "2026.0"}) {
        CHECK(visitor.get("/fi/report?year=" + std::string(year)).status == 404);
        CHECK(visitor.get("/api/v1/report?year=" + std::string(year)).status == 400);
      }
      const auto chosen = visitor.get("/fi/report?year=2021&region=lappi");
      CHECK(chosen.status == 303);
      CHECK(chosen.headers.find("Location") == "/fi/regions/lappi/report?year=2021");
      CHECK(visitor.get("/fi/report?region=nowhere").status == 404);
      CHECK(visitor.get("/fi/regions/nowhere/report").status == 404);
      CHECK(visitor.get("/api/v1/report?region=nowhere").status == 400);
    }
  }
}

TEST_CASE("every plugin that is on has its part, as a page, as files and for programs", "[report]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      testing::Site site(database);
      auto visitor = site.visitor();
      const auto parts = [&](const std::string& query) {
        std::vector<std::string> names;
        for (const Json& part : Json::parse(bodyOf(visitor.get("/api/v1/report" + query))).at("parts"))
          names.push_back(part.at("plugin"));
        return names;
      };
      CHECK(parts("") == std::vector<std::string>{"events", "contacts", "publications", "trendcards"});
      site.switchPlugin("events", "06", false);
      CHECK(parts("?region=06") == std::vector<std::string>{"contacts", "publications", "trendcards"});
      CHECK(parts("?region=pirkanmaa&year=2020") == parts("?region=06"));
      CHECK(parts("?region=01").size() == 4);
      CHECK_THAT(bodyOf(visitor.get("/fi/regions/pirkanmaa/report")), !Contains("part-events") && Contains("part-contacts"));
      const auto csv = bodyOf(visitor.get("/fi/report?format=csv"));
      CHECK_THAT(csv, Contains("Verkostot;") && Contains("Julkaisut;") && Contains(thisYear()));
      CHECK(bodyOf(visitor.get("/fi/report?format=xlsx")).starts_with("PK"));
      const auto json = Json::parse(bodyOf(visitor.get("/api/v1/report?year=2020")));
      CHECK(json.at("year") == 2020);
      CHECK(json.at("region").is_null());
    }
  }
}
