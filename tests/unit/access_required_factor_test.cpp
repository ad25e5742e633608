// Roles that do not work without a second factor.
#include <catch2/catch.hpp>

#include <algorithm>

#include "access/grant_store.h"
#include "access/required_factor.h"
#include "account_fixture.h"

using namespace toimela;
using namespace toimela::access;

namespace {

struct Fixture : AccountSite {
  explicit Fixture(const testing::FreshDatabase& fresh) : AccountSite(fresh) {
    host.writeAs(std::nullopt, [&](WriteTx& tx) {
      insertGrant(tx, person, Role::nationalAdmin, {}, {Date::today(), std::nullopt});
    });
    second = administrator("Eero", "Hauhia", "06");
  }
  PersonId administrator(const char* given, const char* family, const char* region) {
    return site.person(given, family,
                       {{Role::regionalAdmin, RegionCode::parse(region), std::nullopt}});
  }
  /// As if a code had confirmed it.
  void giveFactor(PersonId to) {
    host.writeAs(to, [&](WriteTx& tx) { beginSecondFactor(tx, host.secret(), to); });
    run("test.confirm", "UPDATE core_second_factor SET confirmed_at = 1");
  }
  void demand(std::set<Role> roles) {
    host.writeAs(person, [&](WriteTx& tx) { demandFactor(tx, roles); });
  }
  std::set<Role> demanded() {
    return host.read([](ReadTx& tx) { return rolesWithFactor(tx); });
  }

  PersonId second;
};

constexpr const char* kPage = "/fi/admin/roles/second-factor";

}  // namespace

TEST_CASE("nothing of a role works until its holder has a second factor", "[required_factor]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto eero = fixture.site.signedIn(fixture.second);
    CHECK(eero.get("/fi/admin/people").status == 200);
    fixture.demand({Role::regionalAdmin});
    // The session goes on, the role does not, and it is said why.
    const Response refused = eero.get("/fi/admin/people");
    CHECK(refused.status == 403);
    CHECK(shows(refused, "kaksivaiheisen kirjautumisen"));
    CHECK(shows(eero.get("/fi/dashboard"), "/fi/account/second-factor"));
    CHECK(eero.get("/fi/account/second-factor").status == 200);
    CHECK(fixture.host.read([&](ReadTx& tx) { return heldBack(tx, fixture.second); }) ==
          std::set{Role::regionalAdmin});

    fixture.giveFactor(fixture.second);
    CHECK(eero.get("/fi/admin/people").status == 200);
    CHECK(fixture.host.read([&](ReadTx& tx) { return heldBack(tx, fixture.second); }).empty());
  }
}

TEST_CASE("whose role waits is led to the second factor when signing in", "[required_factor]") {
  Fixture fixture(testing::databases().front());
  fixture.demand({Role::nationalAdmin});
  auto visitor = fixture.site.visitor();
  CHECK(location(fixture.signInAs(visitor, kPassword, "/fi/admin")) == "/fi/account/second-factor");
  CHECK(visitor.get("/fi/admin/people").status == 403);
}

TEST_CASE("an administrator can not lock themselves out", "[required_factor]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto admin = fixture.site.signedIn(fixture.person);
    CHECK(admin.get(kPage).status == 200);
    const Response refused = admin.post(kPage, {{"role", "national_admin"}});
    CHECK(refused.status == 422);
    CHECK(shows(refused, "role=\"alert\""));
    CHECK(fixture.demanded().empty());

    CHECK(admin.post(kPage, {{"role", "regional_admin"}, {"role", "contact_person"}}).status == 303);
    CHECK(fixture.demanded() == std::set{Role::regionalAdmin, Role::contactPerson});
    fixture.giveFactor(fixture.person);
    CHECK(admin.post(kPage, {{"role", "national_admin"}}).status == 303);
    CHECK(fixture.demanded() == std::set{Role::nationalAdmin});
    CHECK(admin.get("/fi/admin/people").status == 200);
    CHECK(shows(admin.get("/fi/account/second-factor"), "menetät roolin oikeudet"));
  }
}

TEST_CASE("the page says how many hold a role, and how many of them have no second factor",
          "[required_factor]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    fixture.giveFactor(fixture.administrator("Maret", "Laitila", "19"));
    const auto all = fixture.host.read([](ReadTx& tx) { return holdersByRole(tx); });
    const auto found = std::ranges::find(all, Role::regionalAdmin, &Holders::role);
    CHECK(found->people == 2);
    CHECK(found->without == 1);
    CHECK(all.size() == kRoles.size());
  }
}
