// What those who answer for the personal data see of a person, and how they erase one.
#include <catch2/catch.hpp>

#include "audit/audit.h"
#include "own_data/erasures.h"
#include "own_data/holdings.h"
#include "toimela/directory.h"
#include "toimela/testing.h"

using namespace toimela;
using namespace toimela::testing;
using Catch::Matchers::Contains;

namespace {

const RegionCode kPirkanmaa = *RegionCode::parse("06");

struct Office {
  explicit Office(const FreshDatabase& fresh)
      : site(fresh),
        admin(site.person("Nella", "National", {{Role::nationalAdmin, {}, {}}})),
        maija(site.person("Maija", "Meikäläinen", {{Role::member, kPirkanmaa, {}}})),
        nation(site.signedIn(admin)),
        person(site.signedIn(maija)),
        path("/fi/admin/erasures/" + maija.text()) {}

  bool isKnown(PersonId id) {
    return site.host("core").read([&](ReadTx& tx) { return directory::findPerson(tx, id).has_value(); });
  }
  void ask() { REQUIRE(person.post("/fi/account/data/erase", {{"understood", "1"}}).status == 303); }
  audit::Row lastErased() {
    for (const auto& row :
         site.host("core").read([](ReadTx& tx) { return audit::list(tx, {}, 0, 100); }))
      if (row.action == "core.person.erase") return row;
    throw std::out_of_range("nobody was erased");
  }

  Site site;
  PersonId admin, maija;
  Visitor nation, person;
  std::string path;
};

}  // namespace

TEST_CASE("every section of personal data says in words what it is and what erasing does",
          "[erasure]") {
  Site site(databases().front());
  CoreHost& host = core(site.host("core"));
  CHECK(host.contributions().personalData.size() >= 15);
  for (const auto& [plugin, part] : host.contributions().personalData) {
    const own_data::Holding holding{plugin, part.section};
    INFO(plugin << ", " << part.section);
    for (const std::string& key : {own_data::titleKey(holding), own_data::erasesKey(holding)}) {
      INFO(key);
      REQUIRE(host.texts().has(key));
      for (const Locale locale : kLocales) CHECK(host.texts().get(locale, key).size() > 3);
    }
  }
}

TEST_CASE("a take-out is counted by what it tells", "[erasure]") {
  using nlohmann::json;
  const auto entries = [](const char* text) { return own_data::entriesIn(json::parse(text)); };
  CHECK(entries("{}") == 0);
  CHECK(entries("[]") == 0);
  CHECK(entries(R"([{"a":1},{"a":2}])") == 2);
  CHECK(entries(R"({"name":"","isOn":false,"count":0,"none":null,"list":[]})") == 0);
  CHECK(entries(R"({"name":"Maija","phone":"1","list":[{},{}],"others":{"list":[1]}})") == 4);
}

TEST_CASE("an administrator sees who has asked, what is known of them, and erases them at once",
          "[erasure]") {
  for (const auto& fresh : databases()) {
    INFO(fresh.name);
    Office office(fresh);
    CHECK_THAT(bodyOf(office.nation.get("/fi/admin/erasures")), Contains("Ei odottavia"));
    CHECK_THAT(bodyOf(office.nation.get("/fi/dashboard")), !Contains("/fi/admin/erasures\">1 "));
    office.ask();
    CHECK_THAT(bodyOf(office.nation.get("/fi/dashboard")), Contains("1 poistopyyntö odottaa"));
    CHECK_THAT(bodyOf(office.nation.get("/fi/admin/erasures")),
               Contains("Maija Meikäläinen") && Contains(office.path));
    CHECK_THAT(bodyOf(office.nation.get(office.path)),
               Contains("on pyytänyt poistoa") && Contains("Henkilökortti") &&
                   Contains("Osaamisprofiili") && Contains("ei mitään") &&
                   !Contains("name=\"basis\""));

    CHECK(office.nation.post(office.path).status == 422);
    CHECK(office.isKnown(office.maija));
    const Response done = office.nation.post(office.path, {{"understood", "1"}});
    CHECK(done.status == 303);
    CHECK_FALSE(office.isKnown(office.maija));
    CHECK(office.lastErased().person == office.admin);
    CHECK_THAT(office.lastErased().detail, Contains("\"basis\":\"asked\""));
    CHECK_THAT(bodyOf(office.nation.get("/fi/admin/erasures")),
               Contains("on poistettu") && Contains("Ei odottavia"));
    CHECK(office.nation.get(office.path).status == 404);
    CHECK(office.nation.post(office.path, {{"understood", "1"}}).status == 404);
  }
}

TEST_CASE("who asked by letter is erased on grounds that the log keeps", "[erasure]") {
  for (const auto& fresh : databases()) {
    INFO(fresh.name);
    Office office(fresh);
    CHECK_THAT(bodyOf(office.nation.get("/fi/admin/people/" + office.maija.text())),
               Contains(office.path));
    CHECK_THAT(bodyOf(office.nation.get(office.path)),
               Contains("ei ole pyytänyt") && Contains("name=\"basis\""));
    for (const std::string basis : {"", "asked", "whim"}) {
      INFO(basis);
      CHECK(office.nation.post(office.path, {{"understood", "1"}, {"basis", basis}}).status == 422);
    }
    CHECK(office.isKnown(office.maija));
    CHECK(office.nation.post(office.path, {{"understood", "1"}, {"basis", "asked_otherwise"}})
              .status == 303);
    CHECK_FALSE(office.isKnown(office.maija));
    CHECK_THAT(office.lastErased().detail, Contains("\"basis\":\"asked_otherwise\""));
  }
}

TEST_CASE("who changes their mind before the administrator presses the button is kept",
          "[erasure]") {
  for (const auto& fresh : databases()) {
    INFO(fresh.name);
    Office office(fresh);
    office.ask();
    CHECK_THAT(bodyOf(office.nation.get(office.path)), Contains("on pyytänyt poistoa"));
    REQUIRE(office.person.post("/fi/account/data/keep").status == 303);
    CHECK(office.nation.post(office.path, {{"understood", "1"}}).status == 422);
    CHECK(own_data::eraseAsAsked(core(office.site.host("core")), office.maija, office.admin) ==
          directory::Erased::noLonger);
    CHECK(office.isKnown(office.maija));
  }
}

TEST_CASE("only who answers for the whole country sees what is known of people, or erases them",
          "[erasure]") {
  Office office(databases().front());
  auto region = office.site.signedIn(
      office.site.person("Pirkko", "Pirkanmaa", {{Role::regionalAdmin, kPirkanmaa, {}}}));
  auto stranger = office.site.visitor();
  office.ask();
  for (const std::string& path : {std::string("/fi/admin/erasures"), office.path}) {
    CHECK(region.get(path).status == 403);
    CHECK(office.person.get(path).status == 403);
    CHECK(stranger.get(path).status == 303);
  }
  CHECK(region.post(office.path, {{"understood", "1"}}).status == 403);
  CHECK(office.person.post(office.path, {{"understood", "1"}}).status == 403);
  CHECK_THAT(bodyOf(region.get("/fi/dashboard")), !Contains("poistopyyntö"));
  CHECK_THAT(bodyOf(region.get("/fi/admin/people/" + office.maija.text())), !Contains(office.path));
  CHECK(office.nation.get("/fi/admin/erasures/999999").status == 404);
  CHECK(office.nation.get("/fi/admin/erasures/x").status == 404);
  CHECK(office.isKnown(office.maija));
}

TEST_CASE("nobody erases themselves here, those above them, or the last administrator",
          "[erasure]") {
  for (const auto& fresh : databases()) {
    INFO(fresh.name);
    Office office(fresh);
    const std::string own = "/fi/admin/erasures/" + office.admin.text();
    CHECK_THAT(bodyOf(office.nation.get(own)),
               Contains("/fi/account/data") && !Contains("name=\"understood\""));
    CHECK(office.nation.post(own, {{"understood", "1"}, {"basis", "no_purpose"}}).status == 403);

    // Nobody but those with a password can sign in to put things right, and here nobody has one.
    const auto other = office.site.person("Niilo", "National", {{Role::nationalAdmin, {}, {}}});
    const Response last = office.nation.post("/fi/admin/erasures/" + other.text(),
                                             {{"understood", "1"}, {"basis", "no_purpose"}});
    CHECK(last.status == 409);
    CHECK_THAT(bodyOf(last), Contains("ainoa valtakunnallinen"));
    CHECK(office.isKnown(other));

    // A role may be given the right to erase; it reaches no higher than the role.
    office.site.host("core").writeAs({}, [](WriteTx& tx) {
      tx.run(Sql{"test.permission.give",
                 "INSERT INTO core_permission_role (permission, role, allowed) "
                 "VALUES ('core.erasure.decide', 'member', 1)"});
      tx.audit({.action = "core.role.edit", .object = "role:member"});
    });
    auto clerk = office.site.signedIn(office.site.person("Kaisa", "Kirjaaja", {{Role::member, {}, {}}}));
    const std::string above = "/fi/admin/erasures/" + other.text();
    CHECK_THAT(bodyOf(clerk.get(above)), Contains("et voi antaa") && !Contains("name=\"understood\""));
    CHECK(clerk.post(above, {{"understood", "1"}, {"basis", "no_purpose"}}).status == 403);
    CHECK(office.isKnown(other));
  }
}
