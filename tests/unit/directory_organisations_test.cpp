#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <latch>
#include <nlohmann/json.hpp>

#include "access/grant_store.h"
#include "directory/organisation_form.h"
#include "directory/organisations.h"
#include "directory/page_links.h"
#include "directory/search_pattern.h"
#include "lock_watch.h"
#include "toimela/testing.h"

using namespace toimela;
using namespace toimela::directory;
using testing::bodyOf;

namespace {

const RegionCode kPirkanmaa = *RegionCode::parse("06");
const RegionCode kLappi = *RegionCode::parse("19");

using SentFields = std::vector<std::pair<std::string, std::string>>;

bool shows(const Response& response, std::string_view text) {
  return bodyOf(response).find(text) != std::string::npos;
}

Organisation card(std::string name, RegionCode region = kPirkanmaa) {
  return {.id = {},
          .name = {std::move(name), "", ""},
          .businessId = {},
          .registerNumber = "",
          .region = region};
}

SentFields sent(const std::string& name, const std::string& businessId, std::int64_t revision) {
  return {{"name_fi", name},
          {"name_sv", ""},
          {"name_en", ""},
          {"sector", "association"},
          {"business_id", businessId},
          {"register_number", ""},
          {"municipality", ""},
          {"website", "www.example.fi"},
          {"summary_fi", ""},
          {"summary_sv", ""},
          {"summary_en", ""},
          {"revision", std::to_string(revision)}};
}

/// A site with an organisation in each of two regions and the people around them.
struct Fixture {
  explicit Fixture(const testing::FreshDatabase& fresh) : site(fresh), host(site.host("core")) {
    silta = site.organisation("Silta ry", "06");
    poro = site.organisation("Poro ry", "19");
    regionalAdmin = site.person("Eero", "Hauhia", {{Role::regionalAdmin, kPirkanmaa, {}}});
    rep = site.person("Ritva", "Edustaja", {{Role::organisationRep, {}, silta}});
  }
  Organisation stored(OrganisationId id) {
    return host.read([&](ReadTx& tx) { return findOrganisation(tx, id); }).value();
  }
  testing::Site site;
  Host& host;
  OrganisationId silta, poro;
  PersonId regionalAdmin, rep;
};

std::string path(OrganisationId id) { return "/fi/organisations/" + id.text(); }

}  // namespace

TEST_CASE("a web address gets its scheme, and only web addresses pass") {
  CHECK(webAddress("") == "");
  CHECK(webAddress("www.example.fi") == "https://www.example.fi");
  CHECK(webAddress("http://example.fi/polku?a=1#b") == "http://example.fi/polku?a=1#b");
  for (const char* bad :
       {"javascript:alert(1)", "javascript://example.fi/%0aalert(1)", "data:text/html,x",
        "ftp://example.fi", "https://", "https://localhost", "https://user@example.fi@evil.fi/",
        "https://exa mple.fi", "https://example.fi/\"onclick=", "https://.fi.", "//example.fi"}) {
    INFO(bad);
    CHECK_FALSE(webAddress(bad));
  }
}

TEST_CASE("signs of patterns in a search are matched as signs") {
  CHECK(containing("") == "%");
  CHECK(containing("silta") == "%silta%");
  CHECK(containing("100 %_!") == "%100 !%!_!!%");
}

TEST_CASE("links from page to page keep the search and escape it") {
  CHECK(withQuery("/fi/organisations", {{"q", ""}, {"region", "lappi"}}) ==
        "/fi/organisations?region=lappi");
  CHECK(withQuery("/fi/a", {{"q", "a&b=c #ö"}, {"page", "2"}}) ==
        "/fi/a?q=a%26b%3Dc%20%23%C3%B6&page=2");
  CHECK(withQuery("/fi/a", {}) == "/fi/a");
}

TEST_CASE("an organisation without a Finnish name is listed under another name it has") {
  Form form = Form::read(organisationForm({}, Locale::fi), [] {
    Fields fields;
    fields.add("name_sv", "Folkhälsan");
    fields.add("sector", "association");
    return fields;
  }());
  const Organisation read = readOrganisation(form, card(""));
  CHECK(form.ok());
  CHECK(read.name == LocalText{"Folkhälsan", "Folkhälsan", ""});
}

TEST_CASE("differences name the fields that somebody else changed") {
  Organisation mine = card("Silta ry"), theirs = mine;
  CHECK(differences(mine, theirs).empty());
  theirs.website = "https://silta.example";
  theirs.sector = Sector::foundation;
  const auto found = differences(mine, theirs);
  REQUIRE(found.size() == 2);
  CHECK(found[0].labelKey == "directory.organisation.website");
  CHECK(found[0].stored == "https://silta.example");
  CHECK(found[1].stored == "foundation");
}

TEST_CASE("organisations are found by name in any language, by region and by sector") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    fixture.host.writeAs(std::nullopt, [](WriteTx& tx) {
      Organisation school = card("Oppilaitos");
      school.name.sv = "Läroanstalten";
      school.sector = Sector::school;
      addOrganisation(tx, school);
    });
    const auto names = [&](const OrganisationFilter& filter) {
      std::string line;
      for (const auto& o :
           fixture.host.read([&](ReadTx& tx) { return searchOrganisations(tx, filter, 10, 0); }))
        line += o.name.fi + ";";
      CHECK(fixture.host.read([&](ReadTx& tx) { return countOrganisations(tx, filter); }) ==
            std::count(line.begin(), line.end(), ';'));
      return line;
    };
    CHECK(names({}) == "Oppilaitos;Poro ry;Silta ry;");
    CHECK(names({.words = "SILTA"}) == "Silta ry;");
    CHECK(names({.words = "lAro"}) == "Oppilaitos;");
    CHECK(names({.region = kPirkanmaa}) == "Oppilaitos;Silta ry;");
    CHECK(names({.words = "ry", .region = kPirkanmaa}) == "Silta ry;");
    CHECK(names({.sector = Sector::school}) == "Oppilaitos;");
    CHECK(names({.region = kLappi, .sector = Sector::school}) == "");
    CHECK(names({.words = "%"}) == "");
  }
}

TEST_CASE("of two changes to the same revision one is refused") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    Organisation first = fixture.stored(fixture.silta), second = first;
    first.name.fi = "Silta ensin";
    second.name.fi = "Silta sitten";
    const auto update = [&](const Organisation& changed) {
      return fixture.host.writeAs(std::nullopt,
                                  [&](WriteTx& tx) { return updateOrganisation(tx, changed); });
    };
    CHECK(update(first) == UpdateOutcome::saved);
    CHECK(update(second) == UpdateOutcome::stale);
    CHECK(fixture.stored(fixture.silta).name.fi == "Silta ensin");
  }
}

TEST_CASE("of two that are given one business id at the same moment, one is told that it is taken") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    Organisation silta = fixture.stored(fixture.silta), poro = fixture.stored(fixture.poro);
    Organisation added = card("Kolmas");
    silta.businessId = poro.businessId = added.businessId = BusinessId::parse("1735895-7");
    for (const bool isAdding : {false, true}) {
      // The first has written and not yet committed when the second comes.
      std::latch written(1);
      std::atomic<bool> hasEnded{false};
      auto first = std::async(std::launch::async, [&] {
        return fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) {
          const bool done = isAdding ? addOrganisation(tx, added).has_value()
                                     : updateOrganisation(tx, silta) == UpdateOutcome::saved;
          written.count_down();
          testing::untilSomebodyWaits(fresh, fixture.host, [&] { return hasEnded.load(); });
          return done;
        });
      });
      written.wait();
      const auto second = fixture.host.writeAs(
          std::nullopt, [&](WriteTx& tx) { return updateOrganisation(tx, poro); });
      hasEnded = true;
      CHECK(first.get());
      CHECK(second == UpdateOutcome::taken);
      // Round two: the same while somebody adds one with the business id.
      silta = fixture.stored(fixture.silta);
      silta.businessId.reset();
      fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) { updateOrganisation(tx, silta); });
    }
    CHECK_FALSE(fixture.stored(fixture.poro).businessId);
  }
}

TEST_CASE("the second organisation with a business id is not added") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    Organisation organisation = card("Socom");
    organisation.businessId = BusinessId::parse("1735895-7");
    const auto add = [&] {
      return fixture.host.writeAs(std::nullopt,
                                  [&](WriteTx& tx) { return addOrganisation(tx, organisation); });
    };
    CHECK(add().has_value());
    CHECK_FALSE(add().has_value());
    organisation.businessId.reset();
    CHECK(add().has_value());
    CHECK(add().has_value());
  }
}

TEST_CASE("anybody reads the list and the cards, in three languages") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto visitor = fixture.site.visitor();
    for (const char* language : {"fi", "sv", "en"}) {
      const std::string base = "/" + std::string(language) + "/organisations";
      CHECK(shows(visitor.get(base), "Silta ry"));
      CHECK(shows(visitor.get(base + "/" + fixture.silta.text()), "Silta ry"));
    }
    CHECK_FALSE(shows(visitor.get("/fi/organisations?region=lappi"), "Silta ry"));
    CHECK(visitor.get("/fi/organisations?region=no-such-region").status == 404);
    CHECK(visitor.get("/fi/organisations/999999").status == 404);
    CHECK(visitor.get("/fi/organisations/abc").status == 404);
    CHECK_FALSE(shows(visitor.get(path(fixture.silta)), "/edit"));
    CHECK_FALSE(shows(visitor.get(path(fixture.silta)), "@example.org"));
  }
}

TEST_CASE("a representative edits the own organisation's card and no other") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto rep = fixture.site.signedIn(fixture.rep);
    CHECK(shows(rep.get(path(fixture.silta)), path(fixture.silta) + "/edit"));
    CHECK(rep.get(path(fixture.silta) + "/edit").status == 200);
    CHECK(rep.get(path(fixture.poro) + "/edit").status == 403);
    CHECK(rep.post(path(fixture.poro) + "/edit", sent("Kaapattu ry", "", 1)).status == 403);
    CHECK(rep.post(path(fixture.silta) + "/edit", sent("Silta uusi ry", "", 1)).status == 303);
    CHECK(fixture.stored(fixture.silta).name.fi == "Silta uusi ry");
    CHECK(fixture.stored(fixture.silta).website == "https://www.example.fi");
    CHECK(fixture.stored(fixture.poro).name.fi == "Poro ry");
    CHECK(shows(fixture.site.visitor().get(path(fixture.silta)), "Silta uusi ry"));
  }
}

TEST_CASE("a stale form is told what changed, keeps what was typed, and goes through once more") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto rep = fixture.site.signedIn(fixture.rep),
         admin = fixture.site.signedIn(fixture.regionalAdmin);
    CHECK(admin.post(path(fixture.silta) + "/edit", sent("Silta hallinnolta", "", 1)).status ==
          303);
    const Response stale =
        rep.post(path(fixture.silta) + "/edit", sent("Silta edustajalta", "", 1));
    CHECK(stale.status == 409);
    CHECK(shows(stale, "Silta hallinnolta"));
    CHECK(shows(stale, "Silta edustajalta"));
    CHECK(shows(stale, "name=\"revision\" value=\"2\""));
    CHECK(fixture.stored(fixture.silta).name.fi == "Silta hallinnolta");
    CHECK(rep.post(path(fixture.silta) + "/edit", sent("Silta edustajalta", "", 2)).status == 303);
    CHECK(fixture.stored(fixture.silta).name.fi == "Silta edustajalta");
  }
}

TEST_CASE("a card that is not right comes back with what was typed") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto rep = fixture.site.signedIn(fixture.rep);
    auto fields = sent("", "1735895-8", 1);
    fields[7].second = "javascript:alert(1)";
    const Response response = rep.post(path(fixture.silta) + "/edit", fields);
    CHECK(response.status == 422);
    CHECK(shows(response, "1735895-8"));
    CHECK(shows(response, "aria-invalid"));
    CHECK(fixture.stored(fixture.silta).name.fi == "Silta ry");
  }
}

TEST_CASE(
    "a regional administrator adds organisations to the region, and learns who has the business "
    "id") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto admin = fixture.site.signedIn(fixture.regionalAdmin);
    const std::string add = "/fi/admin/organisations/new";
    CHECK(admin.get(add).status == 200);  // the only region is chosen already
    CHECK(admin.get(add + "?region=lappi").status == 404);
    CHECK(admin.post(add + "?region=lappi", sent("Väärä ry", "", 0)).status == 404);
    CHECK(admin.post(add + "?region=pirkanmaa", sent("Socom Oy", "1735895-7", 0)).status == 303);
    const Response twice = admin.post(add + "?region=pirkanmaa", sent("Toinen Oy", "1735895-7", 0));
    CHECK(twice.status == 422);
    CHECK(shows(twice, "Socom Oy"));
    CHECK(shows(twice, "Toinen Oy"));
    CHECK(fixture.site.signedIn(fixture.rep).get(add).status == 403);
    CHECK(fixture.site.visitor().get(add).status == 303);
  }
}

TEST_CASE("who may add to many regions is asked which") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto national = fixture.site.signedIn(
        fixture.site.person("Aino", "Kivilehto", {{Role::nationalAdmin, {}, {}}}));
    const Response page = national.get("/fi/admin/organisations/new");
    CHECK(page.status == 200);
    CHECK(shows(page, "value=\"ahvenanmaa\""));
    CHECK(shows(national.get("/fi/admin/organisations/new?region=lappi"), "Rovaniemi"));
  }
}

TEST_CASE("the API gives every organisation once, page by page, with ids as text") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    for (int i = 0; i < 5; ++i) fixture.site.organisation("Yhdistys " + std::to_string(i), "06");
    auto visitor = fixture.site.visitor();
    std::vector<std::string> names;
    std::string after;
    for (int page = 0; page < 10; ++page) {
      const auto answer =
          nlohmann::json::parse(bodyOf(visitor.get("/api/v1/organisations?limit=3" + after)));
      for (const auto& item : answer.at("items")) {
        CHECK(item.at("id").is_string());
        names.push_back(item.at("name").at("fi"));
      }
      if (answer.at("next").is_null()) break;
      after = "&after=" + answer.at("next").get<std::string>();
    }
    CHECK(names.size() == 7);
    CHECK(std::set(names.begin(), names.end()).size() == 7);

    const auto lappi =
        nlohmann::json::parse(bodyOf(visitor.get("/api/v1/organisations?region=lappi")));
    REQUIRE(lappi.at("items").size() == 1);
    CHECK(lappi.at("items")[0].at("region") == "19");
    const auto one =
        nlohmann::json::parse(bodyOf(visitor.get("/api/v1/organisations/" + fixture.poro.text())));
    CHECK(one.at("name").at("fi") == "Poro ry");
    CHECK(visitor.get("/api/v1/organisations?limit=x").status == 400);
    CHECK(visitor.get("/api/v1/organisations?region=xx").status == 400);
    CHECK(visitor.get("/api/v1/organisations/999999").status == 404);
    CHECK(nlohmann::json::parse(bodyOf(visitor.get("/api/v1/regions"))).at("items").size() == 19);
  }
}
