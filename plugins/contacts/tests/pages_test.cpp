#include <catch2/catch.hpp>

#include "neighbourhood.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Matchers::Contains;
using testing::bodyOf;

TEST_CASE("a stranger sees the contact persons by name and the rest as numbers",
          "[contacts][pages]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto answer = n.site.visitor().get(n.page());
    REQUIRE(answer.status == 200);
    const std::string body = bodyOf(answer);
    CHECK_THAT(body, Contains("Pirkanmaan verkosto"));
    CHECK_THAT(body, Contains("<strong>yhdessä</strong>"));
    CHECK_THAT(body, Contains("Yrjö Yhteyshenkilö"));
    CHECK_THAT(body, Contains("2 ihmistä"));
    CHECK_THAT(body, Contains("Tampereen Tuki ry"));
    CHECK_THAT(body, !Contains("Jaana Jäsen"));
    CHECK_THAT(body, !Contains("@example.org"));
    CHECK_THAT(body, !Contains("/members/"));
  });
}

TEST_CASE("those who work in a network see everyone in it, others do not", "[contacts][pages]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto other = n.site.organisation("Toinen ry", "06");
    const auto seen = [&](testing::Visitor visitor) { return bodyOf(visitor.get(n.page())); };

    const auto asRep = seen(n.someone(Role::organisationRep, {}, n.organisation));
    CHECK_THAT(asRep, Contains("Jaana Jäsen"));
    CHECK_THAT(asRep, Contains(n.emailOf(n.plainMember)));
    CHECK_THAT(asRep, !Contains("/members/"));

    const auto asStrangerRep = seen(n.someone(Role::organisationRep, {}, other));
    CHECK_THAT(asStrangerRep, !Contains("Jaana Jäsen"));
    CHECK_THAT(asStrangerRep, !Contains("person1@example.org"));

    const auto asCoordinator = seen(n.site.signedIn(n.coordinator));
    CHECK_THAT(asCoordinator, Contains("Jaana Jäsen"));
    CHECK_THAT(asCoordinator, Contains("/invite"));
  });
}

TEST_CASE("where the plugin is off, its networks are not there", "[contacts][pages]") {
  onEveryDatabase([&](Neighbourhood& n) {
    CHECK(n.site.visitor().get("/fi/regions/pirkanmaa/contacts").status == 200);
    n.site.switchPlugin("contacts", "06", false);
    CHECK(n.site.visitor().get(n.page()).status == 404);
    CHECK(n.site.visitor().get("/fi/regions/pirkanmaa/contacts").status == 404);
    CHECK(n.site.signedIn(n.coordinator).get(n.page("/edit")).status == 404);
    CHECK(n.site.visitor().get("/api/v1/contacts/networks/" + n.network.text()).status == 404);
    CHECK_THAT(bodyOf(n.site.visitor().get("/fi/contacts")), !Contains("Pirkanmaan verkosto"));
  });
}

TEST_CASE("what does not exist is not found", "[contacts][pages]") {
  onEveryDatabase([&](Neighbourhood& n) {
    for (const char* path : {"/fi/contacts/networks/9999", "/fi/contacts/networks/x",
                             "/fi/contacts/networks/-1", "/fi/contacts?page=2",
                             "/fi/regions/atlantis/contacts", "/api/v1/contacts/networks/9999"}) {
      INFO(path);
      CHECK(n.site.visitor().get(path).status == 404);
    }
    auto editor = n.site.signedIn(n.coordinator);
    const auto other = n.addNetwork("Toinen", kPirkanmaa);
    const auto inWrongNetwork = "/fi/contacts/networks/" + other.text() + "/members/" +
                                n.contactPersonship.text() + "/edit";
    CHECK(editor.get(inWrongNetwork).status == 404);
  });
}

TEST_CASE("every page speaks the reader's language", "[contacts][pages]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto body = [&](std::string path) { return bodyOf(n.site.visitor().get(path)); };
    CHECK_THAT(body("/fi/contacts"), Contains("1 verkosto"));
    CHECK_THAT(body("/sv/contacts"), Contains("1 nätverk"));
    CHECK_THAT(body("/en/contacts"), Contains("1 network"));
    CHECK_THAT(body("/sv/regions/pirkanmaa/contacts"), Contains("Birkaland"));
    // The name exists in Finnish only, and says so.
    CHECK_THAT(body("/en/contacts"), Contains("lang=\"fi\">Pirkanmaan verkosto"));
  });
}

TEST_CASE("a region's page says how far its target is", "[contacts][pages]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto region = [&] {
      return bodyOf(n.site.visitor().get("/en/regions/pirkanmaa/contacts"));
    };
    CHECK_THAT(region(), Contains("One more is needed to meet the target."));
    n.organisation = n.site.organisation("Nokian Neuvokkaat ry", "06");
    n.addMember(n.network, n.coordinator, MemberRole::contactPerson);
    CHECK_THAT(region(), Contains("2 organisations have a contact person in the region."));
    CHECK_THAT(region(), !Contains("needed to meet the target"));
  });
}

TEST_CASE("the list can be narrowed to a kind, and ignores one that it does not know",
          "[contacts][pages]") {
  onEveryDatabase([&](Neighbourhood& n) {
    n.addNetwork("Hyvä hanke", kUusimaa, NetworkKind::project);
    const auto body = [&](std::string path) { return bodyOf(n.site.visitor().get(path)); };
    CHECK_THAT(body("/fi/contacts?kind=project"), Contains("Hyvä hanke"));
    CHECK_THAT(body("/fi/contacts?kind=project"), !Contains("Pirkanmaan verkosto"));
    CHECK_THAT(body("/fi/contacts?kind=club"), Contains("Pirkanmaan verkosto"));
  });
}

TEST_CASE("a long list has pages", "[contacts][pages]") {
  onEveryDatabase([&](Neighbourhood& n) {
    for (char letter = 'A'; letter <= 'Z'; ++letter)
      n.addNetwork(std::string("Verkosto ") + letter, kUusimaa);
    const auto first = bodyOf(n.site.visitor().get("/fi/contacts"));
    CHECK_THAT(first, Contains("/fi/contacts?page=2"));
    CHECK_THAT(first, !Contains("Verkosto Z"));
    const auto second = bodyOf(n.site.visitor().get("/fi/contacts?page=2"));
    CHECK_THAT(second, Contains("Verkosto Z"));
    CHECK_THAT(second, !Contains("page=3"));
  });
}

TEST_CASE("home pages and the dashboard show the networks", "[contacts][pages]") {
  onEveryDatabase([&](Neighbourhood& n) {
    CHECK_THAT(bodyOf(n.site.visitor().get("/fi")), Contains("Katso verkostot"));
    CHECK_THAT(bodyOf(n.site.visitor().get("/fi/regions/pirkanmaa")),
               Contains("Yrjö Yhteyshenkilö"));
    CHECK_THAT(bodyOf(n.site.signedIn(n.plainMember).get("/fi/dashboard")),
               Contains("Pirkanmaan verkosto"));
    CHECK_THAT(bodyOf(n.someone(Role::member, kUusimaa).get("/fi/dashboard")),
               !Contains("Omat verkostosi"));
  });
}

TEST_CASE("a long list of members is read page by page", "[contacts][pages]") {
  onEveryDatabase([&](Neighbourhood& n) {
    for (int i = 0; i < 60; ++i)
      n.addMember(n.network, n.site.person("Moni", "Jäsen" + std::to_string(100 + i)),
                  MemberRole::member);
    auto coordinator = n.site.signedIn(n.coordinator);
    const auto first = bodyOf(coordinator.get(n.page()));
    const auto second = bodyOf(coordinator.get(n.page("?members=2")));
    CHECK_THAT(first, Contains("Moni Jäsen100"));
    CHECK_THAT(first, !Contains("Moni Jäsen159"));
    CHECK_THAT(first, Contains("?members=2#members-title"));
    CHECK_THAT(second, Contains("Moni Jäsen159"));
    CHECK_THAT(second, !Contains("Moni Jäsen100"));
    CHECK(bodyOf(coordinator.get(n.page("?members=99"))).find("Moni Jäsen159") != std::string::npos);
  });
}
