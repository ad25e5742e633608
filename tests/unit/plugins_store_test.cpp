#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "audit/audit.h"
#include "databases.h"
#include "directory/reference.h"
#include "plugins/purge.h"
#include "plugins/settings.h"
#include "plugins/switches.h"

using namespace toimela;
using namespace toimela::plugins;
using Catch::Matchers::Contains;

namespace {

const RegionCode kPirkanmaa = *RegionCode::parse("06");
const RegionCode kLappi = *RegionCode::parse("19");

const std::vector<Plugin> kPlugins{
    {.name = "core"},
    {.name = "contacts", .version = "1"},
    {.name = "events", .version = "1", .dependencies = {"contacts"}}};

constexpr Sql kActive{
    "test.switch.active",
    "SELECT plugin || ' ' || region FROM core_plugin_active WHERE region IN ('06', '19') "
    "ORDER BY plugin, region"};

struct Fixture {
  explicit Fixture(const testing::FreshDatabase& fresh) : database(testing::openMigrated(fresh)) {
    const auto reference = std::filesystem::path(TOIMELA_SOURCE_FOLDER) / "db" / "reference";
    directory::updateReference(*database, reference / "regions.json",
                               reference / "municipalities.json");
    database->write({}, [](WriteTx& tx) { refreshActive(tx, kPlugins); });
  }

  SwitchResult nation(std::string_view plugin, Availability availability, bool locked = false) {
    SwitchResult result;
    database->write({}, [&](WriteTx& tx) {
      result = setNational(tx, kPlugins, plugin, {availability, locked});
    });
    return result;
  }
  SwitchResult region(std::string_view plugin, RegionCode region, bool enabled) {
    SwitchResult result;
    database->write(
        {}, [&](WriteTx& tx) { result = setRegional(tx, kPlugins, plugin, region, enabled); });
    return result;
  }
  std::vector<std::string> active() {
    return database->get(
        [](ReadTx& tx) { return tx.all(kActive, [](std::string row) { return row; }); });
  }
  std::vector<audit::Row> audited() {
    return database->get([](ReadTx& tx) { return audit::list(tx, {}, 0, 100); });
  }

  std::unique_ptr<data::Database> database;
};

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("what is switched on stands in a table that stores can join") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    CHECK(f.active() == Rows{"contacts 06", "contacts 19", "events 06", "events 19"});

    CHECK(f.region("events", kLappi, false).outcome == SwitchOutcome::done);
    CHECK(f.region("contacts", kLappi, false).outcome == SwitchOutcome::done);
    CHECK(f.active() == Rows{"contacts 06", "events 06"});

    CHECK(f.nation("events", Availability::unavailable).outcome == SwitchOutcome::done);
    CHECK(f.active() == Rows{"contacts 06"});

    // What a region chose is remembered while the nation has the plugin off.
    CHECK(f.nation("events", Availability::defaultOn).outcome == SwitchOutcome::done);
    CHECK(f.active() == Rows{"contacts 06", "events 06"});
  }
}

TEST_CASE("a switch is audited with what was before, a refused one is not") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    const auto before = f.audited().size();
    CHECK(f.nation("contacts", Availability::unavailable).outcome == SwitchOutcome::neededBy);
    CHECK(f.region("nobody", kLappi, true).outcome == SwitchOutcome::unknownPlugin);
    CHECK(f.audited().size() == before);

    CHECK(f.nation("events", Availability::alwaysOn, true).outcome == SwitchOutcome::done);
    CHECK(f.nation("events", Availability::alwaysOn, true).outcome == SwitchOutcome::done);
    REQUIRE(f.audited().size() == before + 1);
    CHECK(f.audited()[0].action == "core.plugin.switch");
    CHECK(f.audited()[0].object == "plugin:events");
    CHECK_THAT(f.audited()[0].detail,
               Contains("\"availability\":\"always_on\"") && Contains("\"before\":\"default_on\""));

    CHECK(f.nation("events", Availability::available).outcome == SwitchOutcome::done);
    CHECK(f.region("events", kLappi, true).outcome == SwitchOutcome::done);
    CHECK(f.audited()[0].action == "core.plugin.region_switch");
    CHECK(f.audited()[0].region == kLappi);
  }
}

TEST_CASE("what is stored reads back as the switch table") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    f.nation("events", Availability::available, false);
    f.region("events", kPirkanmaa, true);
    f.nation("events", Availability::available, true);
    const SwitchTable table =
        f.database->get([](ReadTx& tx) { return loadSwitches(tx, kPlugins); });
    CHECK(table.national("events") == NationalSwitch{Availability::available, true});
    CHECK(table.activeRegions("events") == std::vector<RegionCode>{kPirkanmaa});
    CHECK(table.activeRegions("contacts").size() == 19);
    CHECK(f.region("events", kLappi, true).outcome == SwitchOutcome::locked);
  }
}

TEST_CASE("a plugin that is not installed any more is on nowhere, and comes back as it was") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    f.region("events", kLappi, false);
    f.database->write({}, [](WriteTx& tx) {
      refreshActive(tx, {{.name = "core"}, {.name = "contacts"}});
    });
    CHECK(f.active() == Rows{"contacts 06", "contacts 19"});
    f.database->write({}, [](WriteTx& tx) { refreshActive(tx, kPlugins); });
    CHECK(f.active() == Rows{"contacts 06", "contacts 19", "events 06"});
  }
}

TEST_CASE("two administrators can not together leave a plugin on without what it needs") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    for (int round = 0; round < 5; ++round) {
      f.region("contacts", kLappi, true);
      f.region("events", kLappi, false);
      SwitchResult on, off;
      std::thread other([&] { on = f.region("events", kLappi, true); });
      off = f.region("contacts", kLappi, false);
      other.join();
      // One of the two was first; the other must have been refused.
      CHECK((on.outcome == SwitchOutcome::done) != (off.outcome == SwitchOutcome::done));
    }
  }
}

namespace {

const Contributions& withSettings() {
  static const Contributions contributions = [] {
    Contributions all;
    all.plugins = kPlugins;
    all.settings = {{"contacts", {Field::number("most", "contacts.most", 1, 100), "10"}},
                    {"contacts", {Field::flag("open", "contacts.open"), "1"}},
                    {"contacts", {Field::localText("welcome", "contacts.welcome"), ""}},
                    {"events", {Field::text("place", "events.place"), "Tampere"}}};
    return all;
  }();
  return contributions;
}

Form filled(std::vector<std::pair<std::string, std::string>> values) {
  Fields sent;
  for (auto& [name, value] : values) sent.add(name, value);
  return Form::read(settingFields(withSettings(), "contacts"), sent);
}

}  // namespace

TEST_CASE("a region's setting is its default until the region says otherwise") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    auto load = [&] { return f.database->get([](ReadTx& tx) { return loadRegionSettings(tx); }); };
    auto value = [&](std::string_view name, RegionCode region) {
      return settingValue(withSettings(), load(), "contacts", name, region);
    };
    auto save = [&](const Form& form) {
      bool changed = false;
      f.database->write({}, [&](WriteTx& tx) {
        changed = saveSettings(tx, withSettings(), "contacts", kLappi, form);
      });
      return changed;
    };
    CHECK(value("most", kLappi) == "10");
    CHECK(value("nothing_like_it", kLappi) == "");
    CHECK(settingValue(withSettings(), {}, "events", "place", kLappi) == "Tampere");

    const Form form =
        filled({{"most", "25"}, {"welcome_fi", "Tervetuloa"}, {"welcome_en", "Welcome"}});
    REQUIRE(form.ok());
    CHECK(save(form));
    CHECK_FALSE(save(form));
    CHECK(value("most", kLappi) == "25");
    CHECK(value("open", kLappi) == "0");
    CHECK(value("welcome_fi", kLappi) == "Tervetuloa");
    CHECK(value("welcome_sv", kLappi) == "");
    CHECK(value("most", kPirkanmaa) == "10");
    CHECK(value("open", kPirkanmaa) == "1");
    CHECK(f.audited()[0].action == "core.plugin.settings");
    CHECK(f.audited()[0].region == kLappi);

    const Form shown = settingsForm(withSettings(), load(), "contacts", kLappi);
    CHECK(shown.number("most") == 25);
    CHECK_FALSE(shown.flag("open"));
    CHECK(shown.localText("welcome").en == "Welcome");
    CHECK(settingsForm(withSettings(), load(), "contacts", kPirkanmaa).flag("open"));
  }
}

namespace {

constexpr std::string_view kTables = R"(
  CREATE TABLE contacts_migration (number BIGINT PRIMARY KEY);
  INSERT INTO contacts_migration VALUES (1);
  CREATE TABLE contacts_a_network (id BIGINT PRIMARY KEY, parent BIGINT REFERENCES contacts_a_network (id));
  CREATE TABLE contacts_z_member (network BIGINT NOT NULL REFERENCES contacts_a_network (id));
  INSERT INTO contacts_a_network VALUES (1, NULL), (2, 1);
  INSERT INTO contacts_z_member VALUES (1), (2), (2);
  CREATE TABLE contacts_extra_migration (number BIGINT PRIMARY KEY);
  CREATE TABLE contacts_extra_note (id BIGINT PRIMARY KEY);
  INSERT INTO contacts_extra_note VALUES (1);
  INSERT INTO core_plugin_region (plugin, region, enabled) VALUES ('contacts', '19', 1), ('events', '19', 0);
  INSERT INTO core_region_setting (plugin, region, name, value)
    VALUES ('contacts', '19', 'most', '5'), ('events', '19', 'place', 'Oulu');
  INSERT INTO core_permission_role (permission, role, allowed)
    VALUES ('contacts.a.b', 'member', 1), ('contacts_extra.a.b', 'member', 1), ('events.a.b', 'member', 1);
)";

std::int64_t count(data::Database& database, const std::string& from) {
  const std::string text = "SELECT COUNT(*) FROM " + from;
  return database.get([&](ReadTx& tx) { return tx.value<std::int64_t>(Sql{text, text}); });
}

PurgeOutcome purgeOf(data::Database& database, std::string_view plugin) {
  PurgeOutcome outcome{};
  database.write({}, [&](WriteTx& tx) { outcome = purge(tx, kPlugins, plugin); });
  return outcome;
}

}  // namespace

TEST_CASE("emptying a plugin deletes all that it holds and nothing else") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    f.database->migrate([](data::MigrationTx& tx) { tx.script(std::string(kTables)); });
    auto& db = *f.database;

    CHECK(purgeOf(db, "contacts") == PurgeOutcome::stillAvailable);
    CHECK(purgeOf(db, "nobody") == PurgeOutcome::unknownPlugin);
    CHECK(purgeOf(db, "core") == PurgeOutcome::unknownPlugin);
    CHECK(count(db, "contacts_z_member") == 3);

    REQUIRE(f.nation("events", Availability::unavailable).outcome == SwitchOutcome::done);
    REQUIRE(f.nation("contacts", Availability::unavailable).outcome == SwitchOutcome::done);
    const auto tables = db.get([](ReadTx& tx) { return ownedTables(tx, "contacts"); });
    REQUIRE(tables.size() == 2);
    CHECK(tables[0].name == "contacts_z_member");
    CHECK(tables[0].rows == 3);
    CHECK(tables[1].name == "contacts_a_network");

    CHECK(purgeOf(db, "contacts") == PurgeOutcome::done);
    CHECK(count(db, "contacts_a_network") == 0);
    CHECK(count(db, "contacts_z_member") == 0);
    CHECK(count(db, "contacts_migration") == 1);
    CHECK(count(db, "contacts_extra_note") == 1);
    CHECK(count(db, "core_plugin_region WHERE plugin = 'contacts'") == 0);
    CHECK(count(db, "core_plugin_region WHERE plugin = 'events'") == 1);
    CHECK(count(db, "core_region_setting") == 1);
    CHECK(count(db, "core_permission_role") == 2);
    CHECK(count(db, "core_plugin WHERE name = 'contacts' AND availability = 'unavailable'") == 1);
    CHECK(f.audited()[0].action == "core.plugin.purge");
    CHECK_THAT(f.audited()[0].detail, Contains("\"contacts_z_member\":3"));
  }
}

TEST_CASE("what another plugin's rows refer to is not emptied under them") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture f(fresh);
    f.database->migrate([](data::MigrationTx& tx) {
      tx.script(std::string(kTables));
      tx.script(
          "CREATE TABLE events_event (network BIGINT REFERENCES contacts_a_network (id));"
          "INSERT INTO events_event VALUES (2)");
    });
    f.nation("events", Availability::unavailable);
    f.nation("contacts", Availability::unavailable);
    CHECK_THROWS_AS(purgeOf(*f.database, "contacts"), DatabaseError);
    CHECK(count(*f.database, "contacts_z_member") == 3);
    CHECK(purgeOf(*f.database, "events") == PurgeOutcome::done);
    CHECK(purgeOf(*f.database, "contacts") == PurgeOutcome::done);
  }
}
