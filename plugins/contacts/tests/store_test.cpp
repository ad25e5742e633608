#include <catch2/catch.hpp>

#include "neighbourhood.h"

using namespace toimela;
using namespace toimela::contacts;

namespace {

template <class Networks>
std::vector<std::string> namesOf(const Networks& networks) {
  std::vector<std::string> names;
  for (const auto& network : networks) names.push_back(network.name.fi);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a network is found as it was saved", "[contacts][store]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const Network network{.name = {"Nimi", "Namn", "Name"},
                          .purpose = {"Tarkoitus", "Syfte", "Purpose"},
                          .kind = NetworkKind::lifeStage,
                          .region = kUusimaa,
                          .coordinator = n.coordinator};
    const auto id = n.change([&](WriteTx& tx) { return store::insertNetwork(tx, network); });
    const auto found = n.host().read([&](ReadTx& tx) { return store::findNetwork(tx, id); });

    REQUIRE(found);
    CHECK(found->name == network.name);
    CHECK(found->purpose == network.purpose);
    CHECK(found->kind == NetworkKind::lifeStage);
    CHECK(found->region == kUusimaa);
    CHECK(found->coordinator == n.coordinator);
    CHECK(found->revision == 1);
  });
}

TEST_CASE("a network that changed meanwhile is not overwritten", "[contacts][store]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto network = *n.host().read([&](ReadTx& tx) { return store::findNetwork(tx, n.network); });
    network.name.fi = "Ensimmäinen";
    CHECK(n.change([&](WriteTx& tx) { return store::updateNetwork(tx, network); }));
    network.name.fi = "Toinen";
    CHECK_FALSE(n.change([&](WriteTx& tx) { return store::updateNetwork(tx, network); }));

    const auto now = n.host().read([&](ReadTx& tx) { return store::findNetwork(tx, n.network); });
    CHECK(now->name.fi == "Ensimmäinen");
    CHECK(now->revision == 2);
  });
}

TEST_CASE("lists leave out the networks of regions where the plugin is off", "[contacts][store]") {
  onEveryDatabase([&](Neighbourhood& n) {
    n.addNetwork("Uudenmaan verkosto", kUusimaa);
    n.addNetwork("Valtakunnallinen verkosto", std::nullopt);
    n.site.switchPlugin("contacts", "01", false);

    const Names expected{"Pirkanmaan verkosto", "Valtakunnallinen verkosto"};
    const Date today = Date::today();
    n.host().read([&](ReadTx& tx) {
      CHECK(namesOf(store::listNetworks(tx, {}, {.limit = 10}, today)) == expected);
      CHECK(namesOf(store::networksAfter(tx, {}, 10, today)) == expected);
      CHECK(namesOf(store::networksOfPerson(tx, n.coordinator, today)) == expected);
      CHECK(store::countNetworks(tx, {}) == 2);
      CHECK(store::searchNetworks(tx, "uudenmaan", 10).empty());
      return true;
    });
  });
}

TEST_CASE("a list can be of one kind and in pages", "[contacts][store]") {
  onEveryDatabase([&](Neighbourhood& n) {
    n.addNetwork("A-hanke", kPirkanmaa, NetworkKind::project);
    n.addNetwork("B-hanke", kUusimaa, NetworkKind::project);
    n.host().read([&](ReadTx& tx) {
      const auto list = [&](store::Page page) {
        return namesOf(store::listNetworks(tx, NetworkKind::project, page, Date::today()));
      };
      CHECK(store::countNetworks(tx, NetworkKind::project) == 2);
      CHECK(list({.limit = 1}) == Names{"A-hanke"});
      CHECK(list({.limit = 1, .offset = 1}) == Names{"B-hanke"});
      return true;
    });
  });
}

TEST_CASE("a list counts today's people, each once", "[contacts][store]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const Date today = Date::today();
    n.addMember(n.network, n.plainMember, MemberRole::deputy, {today, {}}, std::nullopt);
    n.addMember(n.network, n.coordinator, MemberRole::member,
                {today.plusDays(-9), today.plusDays(-1)});
    const auto list = n.host().read(
        [&](ReadTx& tx) { return store::listNetworks(tx, {}, {.limit = 10}, today); });
    REQUIRE(list.size() == 1);
    CHECK(list[0].people == 2);
    CHECK(list[0].organisations == 1);
  });
}

TEST_CASE("a region's networks are its own and those that someone represents there",
          "[contacts][store]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto here = n.addNetwork("A valtakunnallinen", std::nullopt);
    const auto elsewhere = n.addNetwork("B valtakunnallinen", std::nullopt);
    const auto formerly = n.addNetwork("C valtakunnallinen", std::nullopt);
    const Date today = Date::today();
    n.addMember(here, n.plainMember, MemberRole::member);
    n.addMember(elsewhere, n.plainMember, MemberRole::member, {today, {}}, kUusimaa);
    n.addMember(formerly, n.plainMember, MemberRole::member,
                {today.plusDays(-9), today.plusDays(-1)});

    const auto list = n.host().read(
        [&](ReadTx& tx) { return store::networksOfRegion(tx, kPirkanmaa, today); });
    CHECK(namesOf(list) == Names{"Pirkanmaan verkosto", "A valtakunnallinen"});
  });
}

TEST_CASE("networks that share most people are the nearest", "[contacts][store]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto one = n.addNetwork("A", kPirkanmaa), two = n.addNetwork("B", kPirkanmaa);
    n.addNetwork("C", kPirkanmaa);
    n.addMember(one, n.plainMember, MemberRole::member);
    n.addMember(two, n.plainMember, MemberRole::member);
    n.addMember(two, n.contactPerson, MemberRole::member);
    const auto list = n.host().read([&](ReadTx& tx) {
      return store::relatedNetworks(tx, n.network, 5, Date::today());
    });
    CHECK(namesOf(list) == Names{"B", "A"});
  });
}

TEST_CASE("search takes words in their order and no sign for a wildcard", "[contacts][store]") {
  onEveryDatabase([&](Neighbourhood& n) {
    n.addNetwork("100 % mukana", std::nullopt);
    n.host().read([&](ReadTx& tx) {
      CHECK(store::searchNetworks(tx, "pirkan verkosto", 10).size() == 1);
      CHECK(store::searchNetworks(tx, "verkosto pirkan", 10).empty());
      CHECK(store::searchNetworks(tx, "%", 10).size() == 1);
      CHECK(store::searchNetworks(tx, "_", 10).empty());
      CHECK(store::searchNetworks(tx, "!", 10).empty());
      return true;
    });
  });
}

TEST_CASE("members of today are in order, those of other days apart", "[contacts][store]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const Date today = Date::today();
    const auto past = n.addMember(n.network, n.coordinator, MemberRole::member,
                                  {today.plusDays(-9), today.plusDays(-5)});
    const auto future = n.addMember(n.network, n.coordinator, MemberRole::member,
                                    {today.plusDays(5), std::nullopt});
    const auto current = n.currentMembers();
    REQUIRE(current.size() == 2);
    CHECK(current[0].name() == "Yrjö Yhteyshenkilö");
    CHECK(current[0].organisation.fi == "Tampereen Tuki ry");
    CHECK(current[1].name() == "Jaana Jäsen");

    const auto others = n.host().read(
        [&](ReadTx& tx) { return store::otherMembers(tx, n.network, 10, today); });
    REQUIRE(others.size() == 2);
    CHECK(others[0].member.id == future);
    CHECK(others[1].member.id == past);
  });
}

TEST_CASE("a member is found only in their own network", "[contacts][store]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto other = n.addNetwork("Toinen", kUusimaa);
    n.host().read([&](ReadTx& tx) {
      CHECK(store::findMember(tx, n.network, n.contactPersonship));
      CHECK_FALSE(store::findMember(tx, other, n.contactPersonship));
      return true;
    });
  });
}

TEST_CASE("counts tell people, organisations, regions and contact persons apart",
          "[contacts][store]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto national = n.addNetwork("Valtakunnallinen", std::nullopt);
    n.addMember(national, n.contactPerson, MemberRole::contactPerson, {Date::today(), {}},
                kUusimaa);
    n.host().read([&](ReadTx& tx) {
      const auto one = store::countMembers(tx, n.network, Date::today());
      CHECK(one.people == 2);
      CHECK(one.organisations == 1);
      CHECK(one.regions == 1);
      CHECK(one.contactPersons == 1);
      const auto all = store::countAllMembers(tx, Date::today());
      CHECK(all.people == 2);
      CHECK(all.regions == 2);
      CHECK(store::countMembers(tx, NetworkId{9999}, Date::today()).people == 0);
      return true;
    });
  });
}

TEST_CASE("a region has the contact persons who speak for it", "[contacts][store]") {
  onEveryDatabase([&](Neighbourhood& n) {
    n.host().read([&](ReadTx& tx) {
      const auto here = store::contactPersonsOf(tx, kPirkanmaa, Date::today());
      REQUIRE(here.size() == 1);
      CHECK(here[0].name == "Yrjö Yhteyshenkilö");
      CHECK(here[0].networkName.fi == "Pirkanmaan verkosto");
      CHECK(store::countContactOrganisations(tx, kPirkanmaa, Date::today()) == 1);
      CHECK(store::contactPersonsOf(tx, kUusimaa, Date::today()).empty());
      CHECK(store::countContactOrganisations(tx, kUusimaa, Date::today()) == 0);
      return true;
    });
  });
}
