#include <catch2/catch.hpp>

#include <atomic>
#include <future>

#include "access/accounts.h"
#include "access/grant_store.h"
#include "access/handlers.h"
#include "access/role_store.h"
#include "directory/people.h"
#include "directory/personal_data.h"
#include "lock_watch.h"
#include "toimela/testing.h"

using namespace toimela;
using namespace toimela::access;
using testing::bodyOf;

namespace {

const RegionCode kPirkanmaa = *RegionCode::parse("06");
const RegionCode kLappi = *RegionCode::parse("19");

bool shows(const Response& response, std::string_view text) {
  return bodyOf(response).find(text) != std::string::npos;
}
std::string path(PersonId person) { return "/fi/admin/people/" + person.text(); }

/// A site with a national and a regional administrator and people in two regions.
struct Fixture {
  explicit Fixture(const testing::FreshDatabase& fresh)
      : site(fresh), host(core(site.host("core"))) {
    nationalAdmin = site.person("Aino", "Kivilehto", {{Role::nationalAdmin, {}, {}}});
    regionalAdmin = site.person("Eero", "Hauhia", {{Role::regionalAdmin, kPirkanmaa, {}}});
    inPirkanmaa = site.person("Saga", "Lindroos", {{Role::contactPerson, kPirkanmaa, {}}});
    inLappi = site.person("Maaret", "Laitila", {{Role::contactPerson, kLappi, {}}});
    nowhere = site.person("Onni", "Kulkuri");
  }

  std::vector<HeldGrant> grantsOf(PersonId person) {
    return host.read([&](ReadTx& tx) { return heldGrants(tx, person); });
  }
  std::vector<std::pair<std::string, std::string>> wish(const char* role, const char* place) {
    return {
        {"role", role}, {"place", place}, {"valid_from", Date::today().text()}, {"valid_to", ""}};
  }

  testing::Site site;
  CoreHost& host;
  PersonId nationalAdmin, regionalAdmin, inPirkanmaa, inLappi, nowhere;
};

}  // namespace

TEST_CASE("a regional administrator sees the people of the region, a national one sees all") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto national = fixture.site.signedIn(fixture.nationalAdmin),
         regional = fixture.site.signedIn(fixture.regionalAdmin);
    for (const char* name : {"Kivilehto", "Hauhia", "Lindroos", "Laitila", "Kulkuri"}) {
      CHECK(shows(national.get("/fi/admin/people"), std::string(name) + ","));
    }
    const Response seen = regional.get("/fi/admin/people");
    CHECK(seen.status == 200);
    CHECK(shows(seen, "Lindroos,"));
    CHECK_FALSE(shows(seen, "Laitila,"));
    CHECK_FALSE(shows(seen, "Kulkuri,"));
    CHECK(regional.get(path(fixture.inPirkanmaa)).status == 200);
    CHECK(regional.get(path(fixture.inLappi)).status == 404);
    CHECK(regional.get(path(fixture.nowhere)).status == 404);
    CHECK(national.get(path(fixture.inLappi)).status == 200);
  }
}

TEST_CASE("a member of an organisation of the region is within reach of its administrator") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    const OrganisationId organisation = fixture.site.organisation("Silta-Valmennusyhdistys", "06");
    auto regional = fixture.site.signedIn(fixture.regionalAdmin);
    CHECK(regional.get(path(fixture.nowhere)).status == 404);
    fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) {
      directory::addMembership(tx, fixture.nowhere, organisation, {"ohjaaja", "", ""},
                               {Date::today(), std::nullopt});
    });
    CHECK(regional.get(path(fixture.nowhere)).status == 200);
    const PersonId rep =
        fixture.site.person("Ritva", "Edustaja", {{Role::organisationRep, {}, organisation}});
    CHECK(regional.get(path(rep)).status == 200);
  }
}

TEST_CASE("people without the permission see nobody") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto contact = fixture.site.signedIn(fixture.inPirkanmaa);
    CHECK(contact.get("/fi/admin/people").status == 403);
    CHECK(contact.get(path(fixture.inPirkanmaa)).status == 403);
    CHECK(fixture.site.visitor().get("/fi/admin/people").status == 303);
  }
}

TEST_CASE("searching finds parts of names and addresses, and signs of patterns are only signs") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto national = fixture.site.signedIn(fixture.nationalAdmin);
    CHECK(shows(national.get("/fi/admin/people?q=lindr"), "Lindroos,"));
    CHECK(shows(national.get("/fi/admin/people?q=saga%20lind"), "Lindroos,"));
    CHECK(shows(national.get("/fi/admin/people?q=example.org"), "Lindroos,"));
    CHECK_FALSE(shows(national.get("/fi/admin/people?q=lindr"), "Laitila,"));
    for (const char* sign : {"%25", "_", "!", "'", "%22"}) {
      INFO(sign);
      const Response response = national.get("/fi/admin/people?q=" + std::string(sign));
      CHECK(response.status == 200);
      CHECK_FALSE(shows(response, "Lindroos,"));
    }
  }
}

TEST_CASE("a regional administrator gives and ends roles of the region, and no others") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto regional = fixture.site.signedIn(fixture.regionalAdmin);
    const std::string grants = path(fixture.inPirkanmaa) + "/grants";
    CHECK(regional.post(grants, fixture.wish("member", "region:06")).status == 303);
    CHECK(fixture.grantsOf(fixture.inPirkanmaa).size() == 2);
    for (const auto& [role, place] : {std::pair{"national_admin", "nation"},
                                      {"regional_admin", "region:06"},
                                      {"contact_person", "region:19"},
                                      {"member", "nation"},
                                      {"contact_person", "region:06"},
                                      {"no_such_role", "region:06"}}) {
      INFO(role << " " << place);
      CHECK(regional.post(grants, fixture.wish(role, place)).status == 422);
    }
    CHECK(fixture.grantsOf(fixture.inPirkanmaa).size() == 2);

    const auto given = fixture.grantsOf(fixture.inPirkanmaa);
    for (const auto& grant : given) {
      CHECK(regional.post(grants + "/" + std::to_string(grant.id) + "/end").status == 303);
    }
    for (const auto& grant : fixture.grantsOf(fixture.inPirkanmaa))
      CHECK_FALSE(grant.period.contains(Date::today()));
  }
}

TEST_CASE("nobody ends a role they could not have given") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto regional = fixture.site.signedIn(fixture.regionalAdmin);
    const auto own = fixture.grantsOf(fixture.regionalAdmin).front();
    CHECK(regional.post(path(fixture.regionalAdmin) + "/grants/" + std::to_string(own.id) + "/end")
              .status == 403);
    const auto foreign = fixture.grantsOf(fixture.inLappi).front();
    CHECK(regional.post(path(fixture.inLappi) + "/grants/" + std::to_string(foreign.id) + "/end")
              .status == 404);
    CHECK(
        regional.post(path(fixture.inPirkanmaa) + "/grants/" + std::to_string(foreign.id) + "/end")
            .status == 404);
    CHECK(fixture.grantsOf(fixture.inLappi).front().period.contains(Date::today()));
  }
}

TEST_CASE("the last national administrator who can sign in stays") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto national = fixture.site.signedIn(fixture.nationalAdmin);
    const auto own = fixture.grantsOf(fixture.nationalAdmin).front();
    const std::string end =
        path(fixture.nationalAdmin) + "/grants/" + std::to_string(own.id) + "/end";
    CHECK(national.post(end).status == 409);
    CHECK_FALSE(directory::erasePerson(fixture.host, fixture.nationalAdmin));

    const PersonId second = fixture.site.person("Toini", "Toinen", {{Role::nationalAdmin, {}, {}}});
    CHECK(national.post(end).status == 409);  // the second one has no password yet
    fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) { setPassword(tx, second, "hash"); });
    CHECK(national.post(end).status == 303);
    CHECK(national.get("/fi/admin/people").status == 403);
  }
}

TEST_CASE("a new person comes with a first role within the administrator's reach") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto regional = fixture.site.signedIn(fixture.regionalAdmin);
    CHECK(regional.get("/fi/admin/people/new").status == 200);
    auto fields = fixture.wish("member", "region:06");
    for (const auto& [name, value] : {std::pair{"given_name", "Uuno"},
                                      {"family_name", "Uusi"},
                                      {"email", "uuno.uusi@example.org"},
                                      {"phone", ""},
                                      {"language", "fi"},
                                      {"initial_password", "kolme pientä porsasta"}}) {
      fields.emplace_back(name, value);
    }
    auto beyond = fields;
    beyond[1].second = "region:19";
    CHECK(regional.post("/fi/admin/people/new", beyond).status == 422);
    CHECK(regional.post("/fi/admin/people/new", fields).status == 303);
    const auto person = fixture.host.read([](ReadTx& tx) {
      return directory::findPerson(tx, *EmailAddress::parse("uuno.uusi@example.org"));
    });
    REQUIRE(person);
    CHECK(fixture.grantsOf(person->id).size() == 1);
    CHECK(regional.get(path(person->id)).status == 200);

    auto visitor = fixture.site.visitor();
    CHECK(visitor
              .post("/fi/sign-in",
                    {{"email", "uuno.uusi@example.org"}, {"password", "kolme pientä porsasta"}})
              .status == 303);
    CHECK(visitor.get("/fi/account").status == 200);

    // Once more: the person is there, has the role, and keeps name and password.
    fields[4].second = "Joku";
    CHECK(regional.post("/fi/admin/people/new", fields).status == 303);
    CHECK(fixture.grantsOf(person->id).size() == 1);
    CHECK(fixture.host.read([&](ReadTx& tx) { return directory::findPerson(tx, person->id); })
              ->givenName == "Uuno");
  }
}

TEST_CASE("an account is closed and opened by those above it only") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto regional = fixture.site.signedIn(fixture.regionalAdmin),
         contact = fixture.site.signedIn(fixture.inPirkanmaa);
    CHECK(contact.get("/fi/account").status == 200);
    CHECK(regional.post(path(fixture.inPirkanmaa) + "/disable").status == 303);
    CHECK(contact.get("/fi/account").status == 303);
    CHECK(regional.post(path(fixture.inPirkanmaa) + "/enable").status == 303);
    CHECK(regional.post(path(fixture.regionalAdmin) + "/disable").status == 403);
    CHECK(regional.post(path(fixture.inLappi) + "/disable").status == 404);

    const PersonId both = fixture.site.person(
        "Kaija", "Kahtaalla",
        {{Role::contactPerson, kPirkanmaa, {}}, {Role::contactPerson, kLappi, {}}});
    CHECK(regional.post(path(both) + "/disable").status == 403);
    auto national = fixture.site.signedIn(fixture.nationalAdmin);
    CHECK(national.post(path(both) + "/disable").status == 303);
  }
}

TEST_CASE("who may close an account may end its sessions instead, and its owner is told") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    constexpr Sql kAudited{"test.audited",
                           "SELECT object, detail FROM core_audit"
                           " WHERE action = 'core.person.end_sessions'"};
    constexpr Sql kMails{"test.mails", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_outbox"};
    const auto mails = [&] {
      return fixture.host.read([&](ReadTx& tx) { return tx.value<std::int64_t>(kMails); });
    };
    auto first = fixture.site.signedIn(fixture.inLappi),
         second = fixture.site.signedIn(fixture.inLappi),
         other = fixture.site.signedIn(fixture.inPirkanmaa),
         regional = fixture.site.signedIn(fixture.regionalAdmin),
         national = fixture.site.signedIn(fixture.nationalAdmin);
    const std::string end = path(fixture.inLappi) + "/sessions/end";
    CHECK(other.post(end).status == 403);
    CHECK(regional.post(end).status == 404);
    CHECK(regional.post(path(fixture.regionalAdmin) + "/sessions/end").status == 403);
    CHECK(first.get("/fi/account").status == 200);

    CHECK(shows(national.get(path(fixture.inLappi)), "/sessions/end"));
    CHECK(national.post(end).status == 303);
    CHECK(first.get("/fi/account").status == 303);
    CHECK(second.get("/fi/account").status == 303);
    CHECK(other.get("/fi/account").status == 200);
    CHECK(mails() == 1);
    // Nothing is left to end: nobody is told anything.
    CHECK(national.post(end).status == 303);
    CHECK(mails() == 1);
    const auto audited = fixture.host.read([&](ReadTx& tx) {
      return tx.all(kAudited, [](std::string object, std::string detail) {
        return object + " " + detail;
      });
    });
    CHECK(audited == std::vector<std::string>{"person:" + fixture.inLappi.text() +
                                              R"( {"sessions":2})"});
    // The account stays open.
    auto again = fixture.site.signedIn(fixture.inLappi);
    CHECK(again.get("/fi/account").status == 200);
    CHECK(regional.post(path(fixture.inPirkanmaa) + "/sessions/end").status == 303);
    CHECK(other.get("/fi/account").status == 303);
  }
}

TEST_CASE("two national administrators can not take each other away at the same moment") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    const std::string hash = fixture.host.passwords().hash("kaksi karhua metsässä");
    const PersonId second = fixture.site.person("Toini", "Toinen", {{Role::nationalAdmin, {}, {}}});
    fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) {
      setPassword(tx, fixture.nationalAdmin, hash);
      setPassword(tx, second, hash);
    });
    std::atomic<int> looked{0};
    const auto endRoleOf = [&](PersonId person) {
      return fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) {
        if (otherNationalAdmins(tx, person, Date::today()) == 0) return false;
        // The other looks as well now, unless looking makes them wait.
        ++looked;
        testing::untilSomebodyWaits(fresh, fixture.host, [&] { return looked == 2; });
        for (const auto& grant : heldGrants(tx, person))
          access::endGrant(tx, person, grant, Date::today());
        return true;
      });
    };
    auto one = std::async(std::launch::async, [&] { return endRoleOf(second); });
    const bool other = endRoleOf(fixture.nationalAdmin);
    CHECK(one.get() != other);
    int left = 0;
    for (const PersonId person : {fixture.nationalAdmin, second})
      for (const auto& grant : fixture.grantsOf(person))
        left += grant.role == Role::nationalAdmin && grant.period.contains(Date::today());
    CHECK(left == 1);
  }
}

TEST_CASE("changing the matrix of roles changes what people may do, at once") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto national = fixture.site.signedIn(fixture.nationalAdmin),
         contact = fixture.site.signedIn(fixture.inPirkanmaa);
    CHECK(national.get("/fi/admin/roles").status == 200);
    CHECK(fixture.site.signedIn(fixture.regionalAdmin).get("/fi/admin/roles").status == 403);
    CHECK(contact.get("/fi/admin/people").status == 403);

    std::vector<std::pair<std::string, std::string>> boxes{
        {"shown", "core.person.view"},
        {"shown", "core.role.edit"},
        {"allow", "core.person.view:contact_person"}};
    CHECK(national.post("/fi/admin/roles", boxes).status == 303);
    CHECK(contact.get("/fi/admin/people").status == 200);
    // Everything else was unticked; what is needed to repair that stays.
    CHECK(fixture.site.signedIn(fixture.regionalAdmin).get("/fi/admin/people").status == 403);
    CHECK(national.get("/fi/admin/roles").status == 200);
    CHECK(national.get("/fi/admin/people").status == 200);
  }
}

TEST_CASE("a matrix opened before a plugin came takes nothing from that plugin") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto national = fixture.site.signedIn(fixture.nationalAdmin);
    CHECK(shows(national.get("/fi/admin/roles"), "name=\"shown\" value=\"core.grant.edit\""));
    const auto holds = [&](Role role, const char* permission) {
      national.get("/fi/admin/roles");
      return fixture.host.state()->rights->roleHolds(role, permission);
    };

    CHECK(national.post("/fi/admin/roles", {{"shown", "core.person.view"}}).status == 303);
    CHECK_FALSE(holds(Role::regionalAdmin, "core.person.view"));
    CHECK(holds(Role::regionalAdmin, "core.person.edit"));
    CHECK(holds(Role::regionalAdmin, "core.grant.edit"));
    // Ticked without having been shown: not what any form of ours sends.
    CHECK(national.post("/fi/admin/roles", {{"allow", "core.person.edit:member"}}).status == 303);
    CHECK_FALSE(holds(Role::member, "core.person.edit"));
  }
}

TEST_CASE("the administration shows each person their own parts") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    const Response national = fixture.site.signedIn(fixture.nationalAdmin).get("/fi/admin");
    CHECK(shows(national, "/fi/admin/roles"));
    const Response regional = fixture.site.signedIn(fixture.regionalAdmin).get("/fi/admin");
    CHECK(shows(regional, "/fi/admin/people"));
    CHECK(shows(regional, "/fi/admin/regions/pirkanmaa/plugins"));
    CHECK_FALSE(shows(regional, "/fi/admin/regions/lappi/plugins"));
    CHECK_FALSE(shows(regional, "/fi/admin/roles"));
    CHECK(fixture.site.signedIn(fixture.nowhere).get("/fi/admin").status == 200);
  }
}

TEST_CASE(
    "an erased person is gone: no name, no address, no way in, and the address is free again") {
  for (const auto& fresh : testing::databases()) {
    Fixture fixture(fresh);
    auto contact = fixture.site.signedIn(fixture.inPirkanmaa);
    const auto before = fixture.host.read(
        [&](ReadTx& tx) { return directory::findPerson(tx, fixture.inPirkanmaa); });
    REQUIRE(before);
    const std::string takeOut = directory::exportPerson(fixture.host, fixture.inPirkanmaa);
    CHECK(takeOut.find("Lindroos") != std::string::npos);
    CHECK(takeOut.find("contact_person") != std::string::npos);

    REQUIRE(directory::erasePerson(fixture.host, fixture.inPirkanmaa));
    CHECK(contact.get("/fi/account").status == 303);
    CHECK_FALSE(fixture.host.read(
        [&](ReadTx& tx) { return directory::findPerson(tx, fixture.inPirkanmaa); }));
    CHECK_FALSE(
        fixture.host.read([&](ReadTx& tx) { return directory::findPerson(tx, before->email); }));
    const std::string after = directory::exportPerson(fixture.host, fixture.inPirkanmaa);
    CHECK(after.find("Lindroos") == std::string::npos);
    CHECK(after.find(before->email.text()) == std::string::npos);
    for (const auto& grant : fixture.grantsOf(fixture.inPirkanmaa))
      CHECK_FALSE(grant.period.contains(Date::today()));
    const PersonId again = fixture.host.writeAs(
        std::nullopt, [&](WriteTx& tx) { return directory::addPerson(tx, *before); });
    CHECK(again != fixture.inPirkanmaa);
  }
}
