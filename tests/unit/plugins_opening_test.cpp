// A region that is opened like another one: the plan alone, and the pages on a whole site.
#include "plugins/opening.h"

#include <catch2/catch.hpp>

#include "audit/audit.h"
#include "host/core_host.h"
#include "toimela/testing.h"

using namespace toimela;
using namespace toimela::plugins;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

using Steps = std::vector<std::pair<std::string, bool>>;

const RegionCode kPirkanmaa = *RegionCode::parse("06");
const RegionCode kLappi = *RegionCode::parse("19");

Contributions threePlugins() {
  Contributions contributions;
  contributions.plugins = {{.name = "core"},
                           {.name = "contacts", .version = "1"},
                           {.name = "events", .version = "1", .dependencies = {"contacts"}},
                           {.name = "cards", .version = "1"}};
  contributions.settings = {{"contacts", {Field::number("target", "label", 1, 9), "3"}},
                            {"cards", {Field::number("target", "label", 1, 9), "3"}}};
  return contributions;
}

/// Everything is on in Pirkanmaa and off in Lapland.
Tiers newLapland() {
  Tiers tiers;
  tiers.regions = {kPirkanmaa, kLappi};
  for (const char* plugin : {"contacts", "events", "cards"}) tiers.regional[{plugin, "19"}] = false;
  return tiers;
}

const PlannedSwitch& of(const Opening& plan, const std::string& plugin) {
  for (const PlannedSwitch& planned : plan.switches)
    if (planned.plugin == plugin) return planned;
  throw std::out_of_range(plugin);
}

/// The value of the hidden field by which a preview is known.
std::string markOn(const Response& page) {
  const std::string body = bodyOf(page), before = "name=\"mark\" value=\"";
  const auto at = body.find(before);
  if (at == std::string::npos) return {};
  const auto from = at + before.size();
  return body.substr(from, body.find('"', from) - from);
}

const std::string kOpening = "/en/admin/regions/lappi/open";

/// Pirkanmaa as the model, and those who may or may not open Lapland like it.
struct Office {
  explicit Office(const testing::FreshDatabase& fresh)
      : site(fresh),
        admin(site.person("Nella", "National", {{Role::nationalAdmin, {}, {}}})),
        nation(site.signedIn(admin)),
        lappi(site.signedIn(site.person("Lauri", "Lappi", {{Role::regionalAdmin, kLappi, {}}}))) {
    site.switchPlugin("events", "19", false);
    site.switchPlugin("contacts", "06", true);
  }

  Response preview() { return nation.get(kOpening + "?from=pirkanmaa"); }
  Response open(const std::string& mark) {
    return nation.post(kOpening, {{"from", "pirkanmaa"},
                                  {"mark", mark},
                                  {"welcome_fi", "Tervetuloa **Lappiin**"},
                                  {"welcome_sv", ""},
                                  {"welcome_en", ""}});
  }
  void target(const std::string& value) {
    const auto answer = nation.post("/en/admin/regions/pirkanmaa/plugins/contacts/settings",
                                    {{"target_organisations", value}});
    REQUIRE(answer.status == 303);
  }
  std::vector<audit::Row> audited() {
    return site.host("core").read([](ReadTx& tx) { return audit::list(tx, {}, 0, 100); });
  }

  testing::Site site;
  PersonId admin;
  testing::Visitor nation, lappi;
};

}  // namespace

TEST_CASE("features are switched in an order that what they need allows", "[opening]") {
  const Contributions contributions = threePlugins();
  CHECK(planOpening(contributions, newLapland(), {}, kPirkanmaa, kLappi).steps ==
        Steps{{"contacts", true}, {"events", true}, {"cards", true}});
  CHECK(planOpening(contributions, newLapland(), {}, kLappi, kPirkanmaa).steps ==
        Steps{{"cards", false}, {"events", false}, {"contacts", false}});
}

TEST_CASE("a feature that waited for another one does not come on behind the model's back",
          "[opening]") {
  Tiers tiers = newLapland();
  tiers.regional[{"events", "06"}] = false;
  tiers.regional.erase({"events", "19"});  // wanted in Lapland, but without what it needs
  const Opening plan = planOpening(threePlugins(), tiers, {}, kPirkanmaa, kLappi);
  CHECK(of(plan, "contacts").isOnThen);
  CHECK_FALSE(of(plan, "events").isOnNow);
  CHECK_FALSE(of(plan, "events").isOnThen);
}

TEST_CASE("what is locked or on everywhere stays as it is, and what needs it too", "[opening]") {
  Tiers tiers = newLapland();
  tiers.national["contacts"] = {Availability::defaultOn, true};
  tiers.national["cards"] = {Availability::alwaysOn, false};
  const Opening plan = planOpening(threePlugins(), tiers, {}, kPirkanmaa, kLappi);
  CHECK(plan.steps.empty());
  CHECK(of(plan, "contacts").obstacle.outcome == SwitchOutcome::locked);
  CHECK(of(plan, "events").obstacle.outcome == SwitchOutcome::needs);
  CHECK(of(plan, "events").obstacle.other == "contacts");
  CHECK(of(plan, "cards").isOnNow);
  CHECK(of(plan, "cards").isOnThen);
}

TEST_CASE("settings change where they differ and the feature is on afterwards", "[opening]") {
  const Contributions contributions = threePlugins();
  Tiers tiers = newLapland();
  tiers.regional[{"cards", "06"}] = false;
  const RegionSettings stored{{"contacts/06/target", "7"}, {"cards/06/target", "8"}};
  const Opening plan = planOpening(contributions, tiers, stored, kPirkanmaa, kLappi);
  REQUIRE(plan.settings.size() == 1);
  CHECK(plan.settings[0].plugin == "contacts");

  // The default, said or unsaid, is the same value.
  const RegionSettings same{{"contacts/06/target", "3"}};
  CHECK(planOpening(contributions, tiers, same, kPirkanmaa, kLappi).settings.empty());

  const RegionSettings other{{"contacts/06/target", "6"}};
  CHECK(plan.mark(contributions, stored) !=
        planOpening(contributions, tiers, other, kPirkanmaa, kLappi).mark(contributions, other));
}

TEST_CASE("a national administrator opens a region like another one after a preview", "[opening]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Office office(fresh);
    office.target("7");
    CHECK_THAT(bodyOf(office.nation.get("/en/admin")), Contains(kOpening));
    const std::string choice = bodyOf(office.nation.get(kOpening));
    CHECK_THAT(choice, Contains("value=\"pirkanmaa\"") && !Contains("value=\"lappi\""));
    CHECK_THAT(choice, !Contains("name=\"mark\""));

    const Response preview = office.preview();
    CHECK_THAT(bodyOf(preview), Contains("model is Pirkanmaa") && Contains("changes") &&
                                    Contains("<td>7</td>") && Contains("templates are copied"));
    CHECK(office.site.visitor().get("/en/regions/lappi/events").status == 404);

    const Response done = office.open(markOn(preview));
    CHECK(done.status == 303);
    CHECK(done.headers.find("Location") == "/en/admin/regions/lappi/opened");
    CHECK(office.site.visitor().get("/en/regions/lappi/events").status == 200);
    CHECK(office.site.host("contacts").setting("contacts", "target_organisations", kLappi) == "7");
    CHECK_THAT(bodyOf(office.site.visitor().get("/fi/regions/lappi")),
               Contains("Tervetuloa <strong>Lappiin</strong>"));
    CHECK_THAT(bodyOf(office.site.visitor().get("/en/regions/lappi")), Contains("lang=\"fi\""));
    CHECK_THAT(bodyOf(office.nation.get("/en/admin/regions/lappi/opened")),
               Contains("like the model") && Contains("role=contact_person") &&
                   Contains("/en/admin/plugins"));
    CHECK(office.audited()[0].action == "core.region.open");
    CHECK(office.audited()[0].region == kLappi);
    CHECK_THAT(office.audited()[0].detail, Contains("\"from\":\"06\"") && Contains("\"events\":true"));

    // The form that the next step leads to has the role and the place chosen.
    CHECK_THAT(bodyOf(office.nation.get("/en/admin/people/new?role=contact_person&place=region:19")),
               Contains("value=\"contact_person\" selected") &&
                   Contains("value=\"region:19\" selected"));
  }
}

TEST_CASE("nothing changes that the administrator has not seen in the preview", "[opening]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Office office(fresh);
    const std::string mark = markOn(office.preview());
    office.target("8");
    const auto before = office.audited().size();
    const Response refused = office.open(mark);
    CHECK(refused.status == 409);
    CHECK_THAT(bodyOf(refused), Contains("since the preview") && Contains("Tervetuloa **Lappiin**"));
    CHECK(office.audited().size() == before);
    CHECK(office.site.visitor().get("/en/regions/lappi/events").status == 404);
    CHECK(markOn(refused) != mark);
    CHECK(office.open(markOn(refused)).status == 303);
  }
}

TEST_CASE("a region is no model of itself, and a model must be there", "[opening]") {
  Office office(testing::databases().front());
  for (const std::string from : {"lappi", "atlantis", "19"}) {
    INFO(from);
    CHECK(office.nation.get(kOpening + "?from=" + from).status == 422);
    CHECK(office.nation.post(kOpening, {{"from", from}, {"mark", "x"}}).status == 422);
  }
  CHECK(office.nation.post(kOpening).status == 422);
  CHECK(office.nation.get("/en/admin/regions/atlantis/open").status == 404);
}

TEST_CASE("regions are opened by who may do so for the whole country alone", "[opening]") {
  Office office(testing::databases().front());
  auto stranger = office.site.visitor();
  for (const std::string& path : {kOpening, std::string("/en/admin/regions/lappi/opened")}) {
    CHECK(office.lappi.get(path).status == 403);
    CHECK(stranger.get(path).status == 303);
  }
  CHECK(office.lappi.post(kOpening, {{"from", "pirkanmaa"}, {"mark", "x"}}).status == 403);
  CHECK_THAT(bodyOf(office.lappi.get("/en/admin")), !Contains("/open\""));
  CHECK_THAT(bodyOf(office.lappi.get("/en/admin/regions/lappi/plugins")), !Contains("/open\""));
}

TEST_CASE("a region's administrator writes the greeting of its page", "[opening]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Office office(fresh);
    const std::string path = "/en/admin/regions/lappi/plugins/core/settings";
    CHECK_THAT(bodyOf(office.lappi.get("/en/admin/regions/lappi/plugins")), Contains(path));
    CHECK(office.lappi.get(path).status == 200);
    CHECK(office.lappi.post(path, {{"welcome_fi", ""}, {"welcome_sv", "Välkommen <b>hit</b>"}})
              .status == 303);
    const std::string page = bodyOf(office.site.visitor().get("/sv/regions/lappi"));
    CHECK_THAT(page, Contains("Välkommen") && !Contains("<b>hit</b>"));
    CHECK_THAT(bodyOf(office.site.visitor().get("/sv/regions/pirkanmaa")), !Contains("Välkommen"));
    CHECK(office.lappi.get("/en/admin/regions/pirkanmaa/plugins/core/settings").status == 403);
    // The core itself is not switched.
    CHECK(office.lappi.post("/en/admin/regions/lappi/plugins/core", {{"enabled", "0"}}).status == 404);
  }
}
