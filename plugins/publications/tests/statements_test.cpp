// What a request asks of the database does not grow with the archive.
#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "archive.h"
#include "operations/series.h"

using namespace toimela;
using namespace toimela::publications;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

std::int64_t statementsOf(Archive& a) {
  const std::string metrics = bodyOf(a.site.visitor().get("/metrics"));
  const std::string name = "\ntoimela_database_statements_total ";
  const auto at = metrics.find(name);
  REQUIRE(at != std::string::npos);
  return std::stoll(metrics.substr(at + name.size()));
}

/// Works in all states that a list has, each in the series.
void grow(Archive& a, SeriesId series, int count) {
  static int made = 0;
  a.write([&](WriteTx& tx) {
    for (int i = 0; i < count; ++i) {
      auto p = example("Opas " + std::to_string(++made));
      p.placements = {{series, ""}};
      const auto id = operations::add(tx, p);
      operations::take(tx, id, i % 2 == 0 ? Move::publish : Move::submit,
                       i % 2 == 0 ? kEverything : Powers{.edits = true, .needsReview = true});
    }
    return true;
  });
}

}  // namespace

TEST_CASE("each page asks as little of the database for a thousand works as for ten", "[publications][statements]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      const auto series = a.write([](WriteTx& tx) { return operations::addSeries(tx, {.title = {.fi = "Sarja"}}); });
      grow(a, series, 40);
      const std::vector<std::string> paths{
          "/fi/publications",
          "/fi/publications/series",
          "/fi/publications/series/" + series.text(),
          "/fi/publications/sitemaps.xml",
          "/fi/publications/sitemaps/1",
          "/fi/publications/atom.xml",
          "/fi/publications/figures",
          "/api/v1/publications?limit=200",
          "/oai?verb=ListRecords&metadataPrefix=oai_dc",
          "/fi/dashboard",
          "/fi/publications/work"};
      const auto asked = [&](const std::string& path) {
        const auto before = statementsOf(a);
        const auto answer = a.reviewer.get(path);
        const auto after = statementsOf(a);
        CHECK(answer.status == 200);
        return after - before;
      };
      for (const std::string& path : paths) asked(path);  // what is looked up once
      std::map<std::string, std::int64_t> few;
      for (const std::string& path : paths) few[path] = asked(path);
      grow(a, series, 1000);
      for (const std::string& path : paths) asked(path);
      for (const std::string& path : paths) {
        INFO(path);
        // Where a page follows there is one statement more: how many there are in all.
        CHECK(asked(path) <= few[path] + 1);
        CHECK(few[path] < 200);
      }
    }
  }
}

TEST_CASE("a harvester is told once how many records there are, and the token remembers it", "[publications][statements]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      const auto series = a.write([](WriteTx& tx) { return operations::addSeries(tx, {.title = {.fi = "Sarja"}}); });
      grow(a, series, 500);
      auto visitor = a.site.visitor();
      std::set<std::string> found;
      std::string path = "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc";
      visitor.get(path);  // what is looked up once
      std::vector<std::int64_t> asked;
      for (int page = 0; page < 10 && !path.empty(); ++page) {
        const auto before = statementsOf(a);
        const std::string body = bodyOf(visitor.get(path));
        asked.push_back(statementsOf(a) - before);
        CHECK_THAT(body, Contains("completeListSize=\"250\""));
        for (auto at = body.find("<identifier>"); at != std::string::npos; at = body.find("<identifier>", at + 1))
          found.insert(body.substr(at + 12, body.find('<', at + 12) - at - 12));
        const auto from = body.find('>', body.find("<resumptionToken")) + 1;
        const auto token = body.substr(from, body.find('<', from) - from);
        path = token.empty() ? std::string() : "/oai?verb=ListIdentifiers&resumptionToken=" + token;
      }
      CHECK(found.size() == 250);
      REQUIRE(asked.size() == 3);
      CHECK(asked[1] == asked[0] - 1);
      CHECK(asked[2] == asked[1]);
    }
  }
}

TEST_CASE("the sitemaps have every public work once, and nothing of a region that is off", "[publications][statements]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      auto elsewhere = example("Muualla");
      elsewhere.region = region("19");
      const auto here = a.publish(example()), there = a.publish(elsewhere), draft = a.add(example("Luonnos"));
      // A stretch of ids of its own.
      a.write([&](WriteTx& tx) {
        constexpr Sql kFar{"test.far", "INSERT INTO publications_publication (id, short_code, kind, state, region, title_fi, title_sv, "
                                       "title_en, abstract_fi, abstract_sv, abstract_en, publisher, issued, language, isbn, "
                                       "issn, identifier, licence, project, embargo, withdrawn_why, created_by, created_at, "
                                       "changed_at, published_at, revision) SELECT CAST(9000 AS BIGINT), 'zzzzzzzz', kind, "
                                       "state, region, title_fi, title_sv, title_en, abstract_fi, abstract_sv, abstract_en, "
                                       "publisher, issued, language, isbn, issn, identifier, licence, project, embargo, "
                                       "withdrawn_why, created_by, created_at, changed_at, published_at, revision "
                                       "FROM publications_publication WHERE id = :id"};
        tx.run(kFar, here);
        tx.audit({.action = "test", .object = "test:1"});
      });
      auto visitor = a.site.visitor();
      const auto index = bodyOf(visitor.get("/fi/publications/sitemaps.xml"));
      CHECK_THAT(index, Contains("<loc>http://toimela.test/fi/publications/sitemaps/1</loc>") && Contains("/sitemaps/3</loc>") &&
                            !Contains("/sitemaps/2</loc>"));
      const auto first = bodyOf(visitor.get("/fi/publications/sitemaps/1"));
      CHECK_THAT(first, Contains("<loc>http://toimela.test/sv/publications/" + here.text() + "</loc>") &&
                            Contains("/en/publications/" + there.text() + "<") && !Contains("/publications/" + draft.text() + "<"));
      CHECK_THAT(bodyOf(visitor.get("/fi/publications/sitemaps/3")), Contains("/fi/publications/9000<"));
      for (const char* wrong : {"2", "0", "x", "99999999999", "-1"})
        CHECK(visitor.get("/fi/publications/sitemaps/" + std::string(wrong)).status == 404);
      a.site.switchPlugin("publications", "19", false);
      CHECK_THAT(bodyOf(a.site.visitor().get("/fi/publications/sitemaps/1")), !Contains("/publications/" + there.text() + "<"));
    }
  }
}
