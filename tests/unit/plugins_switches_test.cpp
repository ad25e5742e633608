#include <catch2/catch.hpp>

#include "plugins/switches.h"

using namespace toimela;
using namespace toimela::plugins;

namespace {

const RegionCode kPirkanmaa = *RegionCode::parse("06");
const RegionCode kLappi = *RegionCode::parse("19");

Plugin plugin(std::string name, std::vector<std::string> dependencies = {}) {
  return {.name = std::move(name), .version = "1", .dependencies = std::move(dependencies)};
}

/// contacts; events needs contacts; surveys needs events.
std::vector<Plugin> threeInARow() {
  return {plugin("core"), plugin("contacts"), plugin("events", {"contacts"}),
          plugin("surveys", {"events", "core"})};
}

Tiers twoRegions() { return {.regions = {kPirkanmaa, kLappi}}; }

using Regions = std::vector<RegionCode>;
constexpr auto kUnavailable = Availability::unavailable;
constexpr auto kAvailable = Availability::available;
constexpr auto kDefaultOn = Availability::defaultOn;
constexpr auto kAlwaysOn = Availability::alwaysOn;

void checkResult(const SwitchResult& result, SwitchOutcome outcome, const std::string& other = "") {
  CHECK(static_cast<int>(result.outcome) == static_cast<int>(outcome));
  CHECK(result.other == other);
}

}  // namespace

TEST_CASE("every availability has a name that reads back") {
  for (auto availability : {kUnavailable, kAvailable, kDefaultOn, kAlwaysOn})
    CHECK(parseAvailability(code(availability)) == availability);
  CHECK(code(kDefaultOn) == "default_on");
  CHECK_FALSE(parseAvailability("sometimes"));
  CHECK_FALSE(parseAvailability(""));
}

TEST_CASE("core is on everywhere, an unknown plugin nowhere") {
  const SwitchTable table({}, Tiers{});
  CHECK(table.active("core", std::nullopt));
  CHECK(table.active("core", kLappi));
  CHECK_FALSE(table.active("nobody", std::nullopt));
  CHECK_FALSE(table.active("nobody", kLappi));
  CHECK(table.activeRegions("nobody").empty());
}

TEST_CASE("a newly installed plugin is on until somebody says otherwise") {
  const SwitchTable table({plugin("contacts")}, twoRegions());
  CHECK(table.national("contacts") == NationalSwitch{kDefaultOn, false});
  CHECK(table.active("contacts", std::nullopt));
  CHECK(table.activeRegions("contacts") == Regions{kPirkanmaa, kLappi});
}

TEST_CASE("what the nation and a region say decides together") {
  struct Case {
    Availability national;
    std::optional<bool> regional;
    bool on;
  };
  const Case cases[] = {
      {kUnavailable, std::nullopt, false},
      {kUnavailable, false, false},
      {kUnavailable, true, false},
      {kAvailable, std::nullopt, false},
      {kAvailable, false, false},
      {kAvailable, true, true},
      {kDefaultOn, std::nullopt, true},
      {kDefaultOn, false, false},
      {kDefaultOn, true, true},
      {kAlwaysOn, std::nullopt, true},
      {kAlwaysOn, false, true},
      {kAlwaysOn, true, true},
  };
  for (const Case& c : cases) {
    for (bool locked : {false, true}) {
      INFO(code(c.national) << " locked " << locked << " region "
                            << (c.regional ? (*c.regional ? "on" : "off") : "says nothing"));
      Tiers tiers = twoRegions();
      tiers.national["contacts"] = {c.national, locked};
      if (c.regional) tiers.regional[{"contacts", "19"}] = *c.regional;
      const SwitchTable table({plugin("contacts")}, tiers);
      CHECK(table.active("contacts", kLappi) == c.on);
      CHECK(table.active("contacts", std::nullopt) == (c.national != kUnavailable));
      CHECK(table.regional("contacts", kLappi) == c.regional);
      CHECK(table.regional("contacts", kPirkanmaa) == std::nullopt);
    }
  }
}

TEST_CASE("a region's choice is for that region only") {
  Tiers tiers = twoRegions();
  tiers.regional[{"contacts", "19"}] = false;
  const SwitchTable table({plugin("contacts")}, tiers);
  CHECK(table.activeRegions("contacts") == Regions{kPirkanmaa});
}

TEST_CASE("a broken plugin is off whatever was said") {
  Plugin broken = plugin("contacts");
  broken.problem = "It is broken.";
  Tiers tiers = twoRegions();
  tiers.national["contacts"] = {kAlwaysOn, false};
  const SwitchTable table({broken, plugin("events", {"contacts"})}, tiers);
  CHECK_FALSE(table.active("contacts", std::nullopt));
  CHECK(table.activeRegions("contacts").empty());
  CHECK_FALSE(table.active("events", std::nullopt));
  CHECK(table.activeRegions("events").empty());
}

TEST_CASE("a plugin is off where something it needs is off, through any number of others") {
  Tiers tiers = twoRegions();
  tiers.regional[{"contacts", "19"}] = false;
  tiers.national["surveys"] = {kAlwaysOn, false};
  const SwitchTable table(threeInARow(), tiers);
  CHECK(table.activeRegions("events") == Regions{kPirkanmaa});
  CHECK(table.activeRegions("surveys") == Regions{kPirkanmaa});
  CHECK(table.active("surveys", std::nullopt));
}

TEST_CASE("a plugin whose dependency is not installed is off") {
  const SwitchTable table({plugin("events", {"contacts"})}, twoRegions());
  CHECK_FALSE(table.active("events", std::nullopt));
  CHECK(table.activeRegions("events").empty());
}

TEST_CASE("the order in which plugins are listed does not matter") {
  auto plugins = threeInARow();
  std::reverse(plugins.begin(), plugins.end());
  Tiers tiers = twoRegions();
  tiers.regional[{"contacts", "19"}] = false;
  const SwitchTable table(plugins, tiers);
  CHECK(table.activeRegions("surveys") == Regions{kPirkanmaa});
}

TEST_CASE("the nation can not switch what does not exist, nor core") {
  checkResult(judgeNational(threeInARow(), twoRegions(), "nobody", {}),
              SwitchOutcome::unknownPlugin);
  checkResult(judgeNational(threeInARow(), twoRegions(), "core", {kUnavailable, false}),
              SwitchOutcome::unknownPlugin);
}

TEST_CASE("what another plugin needs can not be taken from the nation") {
  const Tiers tiers = twoRegions();
  checkResult(judgeNational(threeInARow(), tiers, "contacts", {kUnavailable, false}),
              SwitchOutcome::neededBy, "events");
  checkResult(judgeNational(threeInARow(), tiers, "surveys", {kUnavailable, false}),
              SwitchOutcome::done);
}

TEST_CASE("what is needed can go once those that need it are gone") {
  Tiers tiers = twoRegions();
  tiers.national["surveys"] = {kUnavailable, false};
  checkResult(judgeNational(threeInARow(), tiers, "contacts", {kUnavailable, false}),
              SwitchOutcome::neededBy, "events");
  tiers.national["events"] = {kUnavailable, false};
  checkResult(judgeNational(threeInARow(), tiers, "contacts", {kUnavailable, false}),
              SwitchOutcome::done);
}

TEST_CASE("no default is lowered under a plugin that is on somewhere") {
  Tiers tiers = twoRegions();
  checkResult(judgeNational(threeInARow(), tiers, "contacts", {kAvailable, false}),
              SwitchOutcome::neededBy, "events");
  // Where both regions have chosen for themselves the default moves nobody.
  tiers.regional[{"contacts", "06"}] = true;
  tiers.regional[{"contacts", "19"}] = true;
  checkResult(judgeNational(threeInARow(), tiers, "contacts", {kAvailable, false}),
              SwitchOutcome::done);
}

TEST_CASE("a plugin is not made available without what it needs") {
  Tiers tiers = twoRegions();
  for (auto name : {"contacts", "events", "surveys"}) tiers.national[name] = {kUnavailable, false};
  checkResult(judgeNational(threeInARow(), tiers, "events", {kAvailable, false}),
              SwitchOutcome::needs, "contacts");
  checkResult(judgeNational(threeInARow(), tiers, "surveys", {kAvailable, false}),
              SwitchOutcome::needs, "events");
  checkResult(judgeNational(threeInARow(), tiers, "contacts", {kAvailable, false}),
              SwitchOutcome::done);
}

TEST_CASE("'always on' is promised only where everything it needs is on") {
  Tiers tiers = twoRegions();
  tiers.regional[{"contacts", "19"}] = false;
  checkResult(judgeNational(threeInARow(), tiers, "events", {kAlwaysOn, false}),
              SwitchOutcome::needs, "contacts");
  checkResult(judgeNational(threeInARow(), tiers, "events", {kDefaultOn, true}),
              SwitchOutcome::done);
  tiers.regional.clear();
  checkResult(judgeNational(threeInARow(), tiers, "events", {kAlwaysOn, false}),
              SwitchOutcome::done);
}

TEST_CASE("a region switches its own plugins on and off") {
  Tiers tiers = twoRegions();
  checkResult(judgeRegional(threeInARow(), tiers, "surveys", kLappi, false), SwitchOutcome::done);
  checkResult(judgeRegional(threeInARow(), tiers, "surveys", kLappi, true), SwitchOutcome::done);
  checkResult(judgeRegional(threeInARow(), tiers, "nobody", kLappi, true),
              SwitchOutcome::unknownPlugin);
  checkResult(judgeRegional(threeInARow(), tiers, "core", kLappi, false),
              SwitchOutcome::unknownPlugin);
}

TEST_CASE("a region can not switch what the nation has decided") {
  for (bool enabled : {true, false}) {
    Tiers tiers = twoRegions();
    tiers.national["surveys"] = {kUnavailable, false};
    checkResult(judgeRegional(threeInARow(), tiers, "surveys", kLappi, enabled),
                SwitchOutcome::notAvailable);
    tiers.national["surveys"] = {kAlwaysOn, false};
    checkResult(judgeRegional(threeInARow(), tiers, "surveys", kLappi, enabled),
                SwitchOutcome::alwaysOn);
    tiers.national["surveys"] = {kAvailable, true};
    checkResult(judgeRegional(threeInARow(), tiers, "surveys", kLappi, enabled),
                SwitchOutcome::locked);
    tiers.national["surveys"] = {kDefaultOn, true};
    checkResult(judgeRegional(threeInARow(), tiers, "surveys", kLappi, enabled),
                SwitchOutcome::locked);
  }
}

TEST_CASE("a region can not switch on a broken plugin") {
  Plugin broken = plugin("contacts");
  broken.problem = "It is broken.";
  checkResult(judgeRegional({broken}, twoRegions(), "contacts", kLappi, true),
              SwitchOutcome::notAvailable);
}

TEST_CASE("in a region too, what is needed stays and what lacks something waits") {
  Tiers tiers = twoRegions();
  checkResult(judgeRegional(threeInARow(), tiers, "contacts", kLappi, false),
              SwitchOutcome::neededBy, "events");
  for (auto name : {"contacts", "events", "surveys"}) tiers.regional[{name, "19"}] = false;
  checkResult(judgeRegional(threeInARow(), tiers, "surveys", kLappi, true), SwitchOutcome::needs,
              "events");
  checkResult(judgeRegional(threeInARow(), tiers, "events", kLappi, true), SwitchOutcome::needs,
              "contacts");
  checkResult(judgeRegional(threeInARow(), tiers, "contacts", kLappi, true), SwitchOutcome::done);
}

TEST_CASE("what another region needs does not keep a plugin on in this one") {
  Tiers tiers = twoRegions();
  tiers.regional[{"events", "19"}] = false;
  tiers.regional[{"surveys", "19"}] = false;
  checkResult(judgeRegional(threeInARow(), tiers, "contacts", kLappi, false), SwitchOutcome::done);
  checkResult(judgeRegional(threeInARow(), tiers, "contacts", kPirkanmaa, false),
              SwitchOutcome::neededBy, "events");
}
