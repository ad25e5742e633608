// The administration pages and the API of plugins, mail and audit, on a whole site.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "toimela/testing.h"

using namespace toimela;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

const RegionCode kPirkanmaa = *RegionCode::parse("06");
const RegionCode kLappi = *RegionCode::parse("19");

/// A site with the people that these pages are for. The plugin is the one that core comes with.
struct Office {
  explicit Office(const testing::FreshDatabase& fresh)
      : site(fresh),
        nation(site.signedIn(site.person("Nella", "National", {{Role::nationalAdmin, {}, {}}}))),
        pirkanmaa(site.signedIn(
            site.person("Pirkko", "Pirkanmaa", {{Role::regionalAdmin, kPirkanmaa, {}}}))),
        member(site.signedIn(site.person("Matti", "Member", {{Role::member, kPirkanmaa, {}}}))) {}

  Response set(const std::string& availability, bool locked = false) {
    std::vector<std::pair<std::string, std::string>> fields{{"availability", availability}};
    if (locked) fields.emplace_back("locked", "1");
    return nation.post("/en/admin/plugins/contacts", fields);
  }
  Response switchHere(bool enabled) {
    return pirkanmaa.post("/en/admin/regions/pirkanmaa/plugins/contacts",
                          {{"enabled", enabled ? "1" : "0"}});
  }
  int statusHere() { return site.visitor().get("/en/regions/pirkanmaa/contacts").status; }

  testing::Site site;
  testing::Visitor nation, pirkanmaa, member;
};

}  // namespace

TEST_CASE("a region switches a plugin off and on, and its pages go and come") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Office office(fresh);
    CHECK(office.statusHere() == 200);
    CHECK(office.switchHere(false).status == 303);
    CHECK(office.statusHere() == 404);
    CHECK(office.site.visitor().get("/en/regions/lappi/contacts").status == 200);
    CHECK_THAT(bodyOf(office.pirkanmaa.get("/en/admin/regions/pirkanmaa/plugins")),
               Contains("has been switched off") && Contains("Switch on"));
    CHECK(office.switchHere(true).status == 303);
    CHECK(office.statusHere() == 200);
  }
}

TEST_CASE("the nation's word stands above the region's") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Office office(fresh);
    CHECK(office.set("always_on").status == 303);
    CHECK_THAT(bodyOf(office.nation.get("/en/admin/plugins")),
               Contains("availability has been saved"));
    Response refused = office.switchHere(false);
    CHECK(refused.status == 422);
    CHECK_THAT(bodyOf(refused), Contains("is on everywhere"));
    CHECK(office.statusHere() == 200);

    CHECK(office.set("default_on", true).status == 303);
    refused = office.switchHere(false);
    CHECK(refused.status == 422);
    CHECK_THAT(bodyOf(refused), Contains("is locked for the whole country"));

    CHECK(office.set("unavailable").status == 303);
    CHECK(office.switchHere(true).status == 404);
    CHECK(office.statusHere() == 404);
    CHECK(office.site.visitor().get("/en/regions/lappi/contacts").status == 404);
    CHECK(office.set("sometimes").status == 422);
    CHECK(office.nation.post("/en/admin/plugins/nobody", {{"availability", "available"}}).status ==
          404);
    CHECK(office.nation.post("/en/admin/plugins/core", {{"availability", "unavailable"}}).status ==
          404);
  }
}

TEST_CASE("only administrators open the administration of plugins, each of their own place") {
  Office office(testing::databases().front());
  for (std::string path : {"/en/admin/plugins", "/en/admin/plugins/contacts/purge",
                           "/en/admin/mail", "/en/admin/mail/1"}) {
    INFO(path);
    CHECK(office.pirkanmaa.get(path).status == 403);
    CHECK(office.member.get(path).status == 403);
    CHECK(office.site.visitor().get(path).status == 303);
  }
  CHECK(office.nation.get("/en/admin/regions/lappi/plugins").status == 200);
  CHECK(office.pirkanmaa.get("/en/admin/regions/pirkanmaa/plugins").status == 200);
  CHECK(office.pirkanmaa.get("/en/admin/regions/lappi/plugins").status == 403);
  CHECK(office.pirkanmaa.post("/en/admin/regions/lappi/plugins/contacts", {{"enabled", "0"}})
            .status == 403);
  CHECK(office.member.post("/en/admin/regions/pirkanmaa/plugins/contacts", {{"enabled", "0"}})
            .status == 403);
  CHECK(office.pirkanmaa.post("/en/admin/plugins/contacts", {{"availability", "unavailable"}})
            .status == 403);
  CHECK(office.pirkanmaa.post("/en/admin/plugins/contacts/purge", {{"name", "contacts"}}).status ==
        403);
  CHECK(office.statusHere() == 200);
}

TEST_CASE("a plugin's data is emptied only after it is available nowhere and its name is typed") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Office office(fresh);
    auto purge = [&](std::string name) {
      return office.nation.post("/en/admin/plugins/contacts/purge", {{"name", std::move(name)}});
    };
    CHECK_THAT(bodyOf(office.nation.get("/en/admin/plugins/contacts/purge")),
               Contains("available nowhere"));
    CHECK(purge("contacts").status == 422);
    CHECK(office.set("unavailable").status == 303);
    CHECK_THAT(bodyOf(office.nation.get("/en/admin/plugins/contacts/purge")),
               Contains("contacts_network"));
    CHECK_THAT(bodyOf(purge("Contacts")), Contains("exactly like this"));
    CHECK(purge("contacts").status == 303);
    CHECK_THAT(bodyOf(office.nation.get("/en/admin/plugins")), Contains("data has been deleted"));
    CHECK(office.set("default_on").status == 303);
    CHECK(office.statusHere() == 200);
  }
}

TEST_CASE("a region has settings of its own for a plugin that has any") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Office office(fresh);
    const std::string path = "/en/admin/regions/pirkanmaa/plugins/contacts/settings";
    auto save = [&](std::string target) {
      return office.pirkanmaa.post(path, {{"target_organisations", target}});
    };
    CHECK_THAT(bodyOf(office.pirkanmaa.get("/en/admin/regions/pirkanmaa/plugins")), Contains(path));
    CHECK_THAT(bodyOf(office.pirkanmaa.get(path)), Contains("name=\"target_organisations\""));

    Response refused = save("a dozen");
    CHECK(refused.status == 422);
    CHECK_THAT(bodyOf(refused), Contains("value=\"a dozen\""));
    CHECK(save("7").status == 303);
    CHECK_THAT(bodyOf(office.pirkanmaa.get("/en/admin/regions/pirkanmaa/plugins")),
               Contains("settings have been saved"));
    CHECK_THAT(bodyOf(office.pirkanmaa.get(path)), Contains("value=\"7\""));
    CHECK(office.site.host("contacts").setting("contacts", "target_organisations", kPirkanmaa) ==
          "7");
    CHECK_THAT(bodyOf(office.nation.get("/en/admin/regions/lappi/plugins/contacts/settings")),
               !Contains("value=\"7\""));

    CHECK(office.member.get(path).status == 403);
    CHECK(office.pirkanmaa.get("/en/admin/regions/pirkanmaa/plugins/nobody/settings").status ==
          404);
    CHECK(office.set("unavailable").status == 303);
    CHECK(office.pirkanmaa.get(path).status == 404);
  }
}

TEST_CASE("the API says which plugins there are and where they are on") {
  Office office(testing::databases().front());
  auto json = [&](std::string path) {
    Response response = office.site.visitor().get(std::move(path));
    REQUIRE(response.status == 200);
    return nlohmann::json::parse(bodyOf(response));
  };
  CHECK(json("/api/v1/plugins")["items"][0]["name"] == "contacts");
  CHECK(json("/api/v1/plugins")["items"][0]["regions"].size() == 19);
  CHECK(json("/api/v1/regions/pirkanmaa/plugins")["items"][0]["name"] == "contacts");
  office.switchHere(false);
  CHECK(json("/api/v1/plugins")["items"][0]["regions"].size() == 18);
  for (const auto& item : json("/api/v1/regions/pirkanmaa/plugins")["items"]) CHECK(item["name"] != "contacts");
  CHECK(office.site.visitor().get("/api/v1/regions/atlantis/plugins").status == 404);
}

TEST_CASE("the log shows an administrator the changes of their own place, in words") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Office office(fresh);
    auto lappi = office.site.signedIn(
        office.site.person("Lauri", "Lappi", {{Role::regionalAdmin, kLappi, {}}}));
    office.switchHere(false);
    const std::string action = "Switched a feature on or off";
    CHECK_THAT(bodyOf(office.nation.get("/en/admin/audit")),
               Contains(action) && Contains("Pirkko Pirkanmaa"));
    CHECK_THAT(bodyOf(office.nation.get("/en/admin/audit?region=pirkanmaa")), Contains(action));
    CHECK_THAT(bodyOf(office.nation.get("/en/admin/audit?region=lappi")), !Contains(action));
    CHECK_THAT(bodyOf(office.pirkanmaa.get("/en/admin/audit")),
               Contains(action) && !Contains("test.person"));
    CHECK_THAT(bodyOf(lappi.get("/en/admin/audit")), !Contains(action));
    CHECK(lappi.get("/en/admin/audit?region=pirkanmaa").status == 404);
    CHECK(office.member.get("/en/admin/audit").status == 403);
  }
}

TEST_CASE("a national administrator reads a mail in the outbox, markup and all, as text") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Office office(fresh);
    CHECK_THAT(bodyOf(office.nation.get("/fi/admin/mail")), Contains("Ei viestejä"));
    office.site.host("core").writeAs(std::nullopt, [](WriteTx& tx) {
      tx.mail({.to = *EmailAddress::parse("aino@example.org"),
               .subject = "Kutsu <b>työpajaan</b>",
               .text = "Tervetuloa <script>alert(1)</script>"});
      tx.unaudited("a test");
    });
    CHECK_THAT(bodyOf(office.nation.get("/fi/admin/mail")),
               Contains("Kutsu &lt;b&gt;työpajaan&lt;/b&gt;") && Contains("odottaa"));
    CHECK_THAT(bodyOf(office.nation.get("/fi/admin/mail/1")),
               Contains("aino@example.org") && Contains("Tervetuloa &lt;script&gt;"));
    CHECK(office.nation.get("/fi/admin/mail/2").status == 404);
    CHECK(office.nation.get("/fi/admin/mail/x").status == 404);
  }
}
