// Asking for an account without having one: the same answer for every address, a link that makes the
// account, and no rights before a region has said yes.
#include <catch2/catch.hpp>

#include "access/invitation_store.h"
#include "account_fixture.h"

using namespace toimela;
using namespace toimela::access;

namespace {

constexpr const char* kNewcomer = "impi.uusitalo@example.org";

struct Fixture : AccountSite {
  using AccountSite::AccountSite;

  Response ask(testing::Visitor& visitor, const char* email, const char* next = "") {
    return visitor.post("/fi/join", {{"email", email}, {"next", next}});
  }
  std::size_t open() {
    return host.read([](ReadTx& tx) { return openInvitations(tx, {}, now(), 100).size(); });
  }
};

const std::vector<std::pair<std::string, std::string>> kAccount{
    {"given_name", "Impi"}, {"family_name", "Uusitalo"}, {"language", "fi"}, {"password", kPassword}};

}  // namespace

TEST_CASE("somebody without an account asks for one, makes it by link and has no rights yet",
          "[join]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto visitor = fixture.site.visitor();
    CHECK(visitor.get("/fi/join").status == 200);
    CHECK(fixture.ask(visitor, "not an address").status == 422);
    REQUIRE(fixture.ask(visitor, kNewcomer, "/organisations/register").status == 303);
    CHECK(answerLinkRequests(fixture.host) == 1);
    const std::string link = fixture.linkTo(kNewcomer);
    REQUIRE(link.starts_with("/fi/invitations/"));
    CHECK(shows(visitor.get(link), "Luo tunnus"));
    const Response done = visitor.post(link + "/accept", kAccount);
    CHECK(done.status == 303);
    CHECK(location(done) == "/fi/organisations/register");
    CHECK(visitor.get("/fi/organisations/register").status == 200);
    const auto person = fixture.host.read(
        [](ReadTx& tx) { return directory::findPerson(tx, *EmailAddress::parse(kNewcomer)); });
    REQUIRE(person);
    CHECK(fixture.host
              .read([&](ReadTx& tx) { return grantsOf(tx, person->id, Date::today()); })
              .empty());
    CHECK(visitor.get("/fi/admin/people").status == 403);
  }
}

TEST_CASE("who asks can not tell whether the address has an account", "[join]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto a = fixture.site.visitor(), b = fixture.site.visitor();
    const Response known = fixture.ask(a, kEmail), unknown = fixture.ask(b, kNewcomer);
    CHECK(known.status == 303);
    CHECK(unknown.status == known.status);
    CHECK(location(unknown) == location(known));
    CHECK(testing::bodyOf(unknown) == testing::bodyOf(known));
    CHECK(answerLinkRequests(fixture.host) == 2);
    // Who has one is let in to the same page.
    const std::string link = fixture.linkTo(kEmail);
    REQUIRE(link.starts_with("/fi/sign-in/link/"));
    CHECK(location(a.post(link)) == "/fi/account/organisations");
    CHECK(fixture.open() == 1);
  }
}

TEST_CASE("who asks twice has one open link, the newer one", "[join]") {
  Fixture fixture(testing::databases().front());
  auto visitor = fixture.site.visitor();
  fixture.ask(visitor, kNewcomer);
  answerLinkRequests(fixture.host);
  const std::string first = fixture.linkTo(kNewcomer);
  fixture.ask(visitor, kNewcomer);
  answerLinkRequests(fixture.host);
  CHECK(fixture.open() == 1);
  CHECK(visitor.get(first).status == 410);
  CHECK(visitor.get(fixture.linkTo(kNewcomer)).status == 200);
}

TEST_CASE("somebody who did not ask takes the address away", "[join]") {
  Fixture fixture(testing::databases().front());
  auto visitor = fixture.site.visitor();
  fixture.ask(visitor, kNewcomer);
  answerLinkRequests(fixture.host);
  CHECK(visitor.post(fixture.linkTo(kNewcomer) + "/decline").status == 303);
  CHECK(fixture.open() == 0);
}

TEST_CASE("asking for accounts is throttled like asking for links", "[join]") {
  Fixture fixture(testing::databases().front());
  auto visitor = fixture.site.visitor();
  Response last;
  for (int i = 0; i < 6; ++i) last = fixture.ask(visitor, kNewcomer);
  CHECK(last.status == 429);
  CHECK(last.headers.find("Retry-After"));
}

TEST_CASE("administrators see open invitations, send them again and take them back", "[join]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto newcomer = fixture.site.visitor();
    fixture.ask(newcomer, kNewcomer);
    answerLinkRequests(fixture.host);
    const PersonId boss = fixture.site.person(
        "Valta", "Kunta", {{Role::nationalAdmin, std::nullopt, std::nullopt}});
    const PersonId regional = fixture.site.person(
        "Maa", "Kunta", {{Role::regionalAdmin, RegionCode::parse("06"), std::nullopt}});
    auto admin = fixture.site.signedIn(boss), other = fixture.site.signedIn(regional);
    const std::string page = "/fi/admin/people/invitations";
    CHECK(shows(admin.get(page), kNewcomer));
    CHECK_FALSE(shows(other.get(page), kNewcomer));
    const auto id = fixture.host.read(
        [](ReadTx& tx) { return openInvitations(tx, {}, now(), 1).front().id.text(); });
    CHECK(other.post(page + "/" + id + "/withdraw").status == 404);

    const std::string old = fixture.linkTo(kNewcomer);
    CHECK(admin.post(page + "/" + id + "/again").status == 303);
    CHECK(newcomer.get(old).status == 410);
    CHECK(newcomer.get(fixture.linkTo(kNewcomer)).status == 200);
    CHECK(admin.post(page + "/" + id + "/withdraw").status == 303);
    CHECK(newcomer.get(fixture.linkTo(kNewcomer)).status == 410);
    CHECK(admin.post(page + "/" + id + "/again").status == 404);
  }
}
