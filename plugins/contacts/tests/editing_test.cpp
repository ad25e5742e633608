#include <atomic>
#include <catch2/catch.hpp>
#include <latch>
#include <thread>

#include "neighbourhood.h"
#include "operations/members.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

constexpr Sql kAudit{"test.audit", "SELECT action, object, detail FROM core_audit ORDER BY id"};

struct AuditRow {
  std::string action, object, detail;
};

AuditRow lastAudit(Neighbourhood& n) {
  auto rows = n.host().read([](ReadTx& tx) {
    return tx.all(kAudit, [](std::string action, std::string object, std::string detail) {
      return AuditRow{std::move(action), std::move(object), std::move(detail)};
    });
  });
  return rows.back();
}

Sent newcomer(const Neighbourhood& n, Sent changes = {}) {
  Sent fields{{"email", "uusi@example.org"}, {"given_name", "Uusi"},
                {"family_name", "Tulokas"},    {"organisation", n.organisation.text()},
                {"role", "member"},            {"from", Date::today().text()},
                {"to", ""}};
  for (auto& [name, value] : changes)
    for (auto& field : fields)
      if (field.first == name) field.second = value;
  return fields;
}

Sent contactPersonship(const Neighbourhood& n, std::string role, std::string revision = "1") {
  return {{"organisation", n.organisation.text()},
          {"role", std::move(role)},
          {"from", Neighbourhood::yesterday().text()},
          {"to", ""},
          {"revision", std::move(revision)}};
}

}  // namespace

TEST_CASE("adding a member without asking is for administrators", "[contacts][editing]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto path = n.page("/members/new");
    const auto status = [&](testing::Visitor visitor) {
      const int shown = visitor.get(path).status;
      return std::pair{shown, visitor.post(path, newcomer(n)).status};
    };
    using Statuses = std::pair<int, int>;
    CHECK(status(n.site.visitor()) == Statuses{303, 401});
    CHECK(status(n.someone(Role::contactPerson, kUusimaa)) == Statuses{403, 403});
    CHECK(status(n.someone(Role::organisationRep, {}, n.organisation)) == Statuses{403, 403});
    CHECK(n.currentMembers().size() == 2);
    CHECK(status(n.someone(Role::contactPerson, kPirkanmaa)) == Statuses{403, 403});
    CHECK(status(n.site.signedIn(n.coordinator)) == Statuses{403, 403});
    CHECK(status(n.someone(Role::regionalAdmin, kUusimaa)) == Statuses{403, 403});
    CHECK(status(n.someone(Role::regionalAdmin, kPirkanmaa)) == Statuses{200, 303});
    CHECK(n.currentMembers().size() == 3);
  });
}

TEST_CASE("a coordinator edits their own network without any role, but no other",
          "[contacts][editing]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto coordinator = n.site.signedIn(n.coordinator);
    CHECK(coordinator.get(n.page("/edit")).status == 200);
    CHECK(coordinator.get(n.page("/invite")).status == 200);
    CHECK(n.site.signedIn(n.plainMember).get(n.page("/edit")).status == 403);

    n.coordinator = n.plainMember;
    const auto others = n.addNetwork("Toisen verkosto", kPirkanmaa);
    CHECK(coordinator.get("/fi/contacts/networks/" + others.text() + "/edit").status == 403);
  });
}

TEST_CASE("a newcomer becomes a person and a member at once", "[contacts][editing]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto editor = n.administrator();
    const auto answer = editor.post(n.page("/members/new"), newcomer(n));
    CHECK(answer.status == 303);
    CHECK(answer.headers.find("Location") == n.page());

    const auto members = n.currentMembers();
    REQUIRE(members.size() == 3);
    CHECK(members[2].name() == "Uusi Tulokas");
    CHECK(members[2].member.region == kPirkanmaa);

    const auto audit = lastAudit(n);
    CHECK(audit.action == "contacts.member.add");
    CHECK_THAT(audit.detail, Contains("\"role\":\"member\""));
    CHECK_THAT(audit.detail, !Contains("Tulokas"));
    CHECK_THAT(audit.detail, !Contains("@"));
  });
}

TEST_CASE("a known address needs no name and keeps its own", "[contacts][editing]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto editor = n.administrator();
    const auto known = n.emailOf(n.coordinator);
    const auto fields = newcomer(n, {{"email", known}, {"given_name", ""}, {"family_name", ""}});
    CHECK(editor.post(n.page("/members/new"), fields).status == 303);
    const auto members = n.currentMembers();
    REQUIRE(members.size() == 3);
    CHECK(members[2].member.person == n.coordinator);
    CHECK(members[2].name() == "Kaija Koordinaattori");
  });
}

TEST_CASE("what is wrong is said, and nothing that was typed is lost", "[contacts][editing]") {
  onEveryDatabase([&](Neighbourhood& n) {
    n.site.organisation("Helsingin Halu ry", "01");
    auto editor = n.administrator();
    const auto refused = [&](Sent changes, const std::string& message) {
      const auto answer = editor.post(n.page("/members/new"), newcomer(n, std::move(changes)));
      CHECK(answer.status == 422);
      CHECK_THAT(bodyOf(answer), Contains(message));
      CHECK_THAT(bodyOf(answer), Contains("value=\"Tulokas\""));
    };
    refused({{"given_name", ""}}, "Osoite on uusi palvelussa");
    refused({{"email", n.emailOf(n.plainMember)}}, "Henkilö on jo verkostossa");
    refused({{"to", "2000-01-01"}}, "ei voi päättyä ennen kuin se alkaa");
    refused({{"organisation", "Olematon ry"}}, "ei löydy organisaatiota");
    refused({{"organisation", "ry"}}, "Helsingin Halu ry, Tampereen Tuki ry");
    refused({{"role", "king"}}, "form-errors");
    refused({{"email", "uusi@"}}, "form-errors");
    CHECK(n.currentMembers().size() == 2);
    CHECK_FALSE(n.host().read([](ReadTx& tx) {
      return directory::findPerson(tx, EmailAddress::parse("uusi@example.org").value());
    }));
  });
}

TEST_CASE("a national network asks for the region, a regional one has its own",
          "[contacts][editing]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto editor = n.administrator();
    CHECK_THAT(bodyOf(editor.get(n.page("/members/new"))), !Contains("name=\"region\""));

    n.network = n.addNetwork("Valtakunnallinen", std::nullopt);
    CHECK_THAT(bodyOf(editor.get(n.page("/members/new"))), Contains("name=\"region\""));
    auto fields = newcomer(n);
    fields.emplace_back("region", "01");
    CHECK(editor.post(n.page("/members/new"), fields).status == 303);
    const auto members = n.currentMembers();
    REQUIRE(members.size() == 1);
    CHECK(members[0].member.region == kUusimaa);
  });
}

TEST_CASE("a membership is edited in place", "[contacts][editing]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto editor = n.site.signedIn(n.coordinator);
    const auto path = n.memberPage(n.contactPersonship, "/edit");
    CHECK_THAT(bodyOf(editor.get(path)), Contains("Yrjö Yhteyshenkilö"));
    CHECK(editor.post(path, contactPersonship(n, "deputy")).status == 303);
    CHECK(n.currentMembers()[0].member.role == MemberRole::deputy);
    CHECK(lastAudit(n).action == "contacts.member.edit");
  });
}

TEST_CASE("who edits a membership that changed meanwhile is told, and may insist",
          "[contacts][editing]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto editor = n.site.signedIn(n.coordinator);
    const auto path = n.memberPage(n.contactPersonship, "/edit");
    CHECK(editor.post(path, contactPersonship(n, "deputy", "1")).status == 303);

    const auto late = editor.post(path, contactPersonship(n, "member", "1"));
    CHECK(late.status == 409);
    CHECK_THAT(bodyOf(late), Contains("Joku muu muutti tietoja"));
    CHECK_THAT(bodyOf(late), Contains("Nyt tallennettuna: varahenkilö"));
    CHECK_THAT(bodyOf(late), Contains("name=\"revision\" value=\"2\""));
    CHECK(n.currentMembers()[0].member.role == MemberRole::deputy);

    CHECK(editor.post(path, contactPersonship(n, "member", "2")).status == 303);
  });
}

TEST_CASE("a membership ends today and stays in the history", "[contacts][editing]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto editor = n.site.signedIn(n.coordinator);
    const auto path = n.memberPage(n.contactPersonship, "/end");
    CHECK_THAT(bodyOf(editor.get(path)), Contains("Yrjö Yhteyshenkilö"));
    CHECK(n.currentMembers()[0].member.period.to == std::nullopt);

    CHECK(editor.post(path).status == 303);
    CHECK(n.currentMembers()[0].member.period.to == Date::today());
    CHECK(lastAudit(n).action == "contacts.member.end");

    const auto again = editor.post(path);
    CHECK(again.status == 409);
    CHECK_THAT(bodyOf(again), Contains("on jo päättynyt"));
  });
}

TEST_CASE("one founds a network only where one may, and coordinates it", "[contacts][editing]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto founder = n.site.person("Pirkko", "Perustaja",
                                       {{.role = Role::contactPerson, .region = kPirkanmaa}});
    auto visitor = n.site.signedIn(founder);
    const std::string path = "/fi/contacts/networks/new";
    const auto form = bodyOf(visitor.get(path + "?region=pirkanmaa"));
    CHECK_THAT(form, Contains("value=\"06\" selected"));
    CHECK_THAT(form, !Contains("value=\"01\""));
    CHECK_THAT(form, !Contains("value=\"nation\""));

    const auto found = [&](std::string place) {
      return visitor.post(path, {{"name_fi", "Uusi verkosto"}, {"kind", "theme"},
                                 {"place", std::move(place)}});
    };
    CHECK(found("01").status == 422);
    CHECK(found("nation").status == 422);
    const auto answer = found("06");
    REQUIRE(answer.status == 303);
    n.network = NetworkId{
        parseId(answer.headers.find("Location")->substr(n.page().rfind('/') + 1)).value()};
    const auto network =
        n.host().read([&](ReadTx& tx) { return store::findNetwork(tx, n.network); });
    CHECK(network->region == kPirkanmaa);
    CHECK(network->coordinator == founder);
    CHECK(lastAudit(n).object == "contacts.network:" + n.network.text());
  });
}

TEST_CASE("a network passes to another of its people, never to a stranger",
          "[contacts][editing]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto stranger = n.site.person("Outo", "Outonen");
    auto editor = n.site.signedIn(n.coordinator);
    const auto save = [&](PersonId coordinator, std::string revision) {
      return editor.post(n.page("/edit"), {{"name_fi", "Uusi nimi"},
                                           {"kind", "regional"},
                                           {"coordinator", coordinator.text()},
                                           {"revision", std::move(revision)}});
    };
    CHECK(save(stranger, "1").status == 422);
    CHECK(save(n.plainMember, "7").status == 409);
    CHECK(save(n.plainMember, "1").status == 303);
    CHECK(lastAudit(n).action == "contacts.network.edit");
    CHECK(editor.get(n.page("/edit")).status == 403);
    CHECK(n.site.signedIn(n.plainMember).get(n.page("/edit")).status == 200);
  });
}

TEST_CASE("of many who add the same person at once, one succeeds", "[contacts][editing]") {
  constexpr int kRounds = 10, kEditors = 4;
  onEveryDatabase([&](Neighbourhood& n) {
    const auto network =
        *n.host().read([&](ReadTx& tx) { return store::findNetwork(tx, n.network); });
    for (int round = 0; round < kRounds; ++round) {
      const auto person = n.site.person("Moni", "Lisätty");
      const operations::NewMember wanted{.email = *EmailAddress::parse(n.emailOf(person)),
                                         .language = Locale::fi,
                                         .organisation = n.organisation,
                                         .role = MemberRole::member,
                                         .period = {Date::today(), std::nullopt}};
      std::atomic<int> added = 0;
      std::latch start(kEditors);
      std::vector<std::jthread> editors;
      for (int i = 0; i < kEditors; ++i)
        editors.emplace_back([&] {
          start.arrive_and_wait();
          const auto outcome = n.host().writeAs(
              {}, [&](WriteTx& tx) { return operations::addMember(tx, network, wanted); });
          added += std::holds_alternative<MemberId>(outcome);
        });
      editors.clear();
      CHECK(added == 1);
    }
  });
}
