#include "domain/invitation.h"

#include <catch2/catch.hpp>

#include "neighbourhood.h"
#include "operations/invitations.h"
#include "store/handovers.h"
#include "store/invitations.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

const Date kToday = Date::parse("2026-06-15").value();

Invited invitedFrom(std::optional<Date> from) {
  return {.email = EmailAddress::parse("uusi@example.org").value(), .from = from};
}

Sent wanted(const std::string& email = "uusi@example.org", Sent more = {}) {
  Sent fields{{"email", email},   {"given_name", "Uusi"}, {"family_name", "Tulokas"},
              {"language", "sv"}, {"organisation", "Tampereen Tuki ry"}, {"role", "deputy"}};
  fields.insert(fields.end(), more.begin(), more.end());
  return fields;
}

std::vector<store::InvitedRow> invited(Neighbourhood& n) {
  return n.host().read([&](ReadTx& tx) { return store::invitedTo(tx, n.network); });
}

void answer(Neighbourhood& n, bool isAccepted, PersonId person = {}) {
  const auto purpose = purposeOf(invited(n).at(0).invited.id);
  n.host().writeAs(person.value ? std::optional{person} : std::nullopt, [&](WriteTx& tx) {
    if (isAccepted) tx.publish(InvitationAccepted{purpose, person});
    else tx.publish(InvitationEnded{purpose});
  });
}

}  // namespace

TEST_CASE("the mark of an invitation is known again, that of others is let be", "[contacts][invitation]") {
  CHECK(parsePurpose(purposeOf({55})) == InvitedId{55});
  CHECK_FALSE(parsePurpose("contacts.member:55"));
  CHECK_FALSE(parsePurpose("contacts.invitation:x"));
  CHECK_FALSE(parsePurpose(""));
}

TEST_CASE("a place begins when it is accepted, or later when a later day was named", "[contacts][invitation]") {
  CHECK(memberFrom(invitedFrom({}), {1}, kToday).period.from == kToday);
  CHECK(memberFrom(invitedFrom(kToday.plusDays(-5)), {1}, kToday).period.from == kToday);
  CHECK(memberFrom(invitedFrom(kToday.plusDays(5)), {1}, kToday).period.from == kToday.plusDays(5));
}

TEST_CASE("a successor follows a last day that is known, and begins after it", "[contacts][invitation]") {
  const Member next{.period = {kToday, std::nullopt}};
  CHECK(follows(next, {.period = {kToday.plusDays(-9), kToday.plusDays(-1)}}));
  CHECK_FALSE(follows(next, {.period = {kToday.plusDays(-9), kToday}}));
  CHECK_FALSE(follows(next, {.period = {kToday.plusDays(-9), std::nullopt}}));
}

TEST_CASE("the coordinator invites; who accepts is a member from that day on", "[contacts][invitation]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto coordinator = n.site.signedIn(n.coordinator);
    CHECK(n.site.signedIn(n.plainMember).get(n.page("/invite")).status == 403);
    REQUIRE(coordinator.post(n.page("/invite"), wanted()).status == 303);
    CHECK_THAT(bodyOf(coordinator.get(n.page())), Contains("Uusi Tulokas"));
    CHECK_THAT(bodyOf(n.site.visitor().get(n.page())), !Contains("Tulokas"));
    CHECK(n.currentMembers().size() == 2);

    const auto twice = coordinator.post(n.page("/invite"), wanted("UUSI@example.org"));
    CHECK(twice.status == 422);
    CHECK_THAT(bodyOf(twice), Contains("jo avoin kutsu"));

    const auto person = n.site.person("Uusi", "Tulokas");
    answer(n, true, person);
    CHECK(invited(n).empty());
    CHECK(n.currentMembers().size() == 3);
    const Member joined = n.memberOf(person);
    CHECK(joined.role == MemberRole::deputy);
    CHECK(joined.region == kPirkanmaa);
    CHECK(joined.period.from == Date::today());
  });
}

TEST_CASE("an invitation that ends or is withdrawn leaves nothing behind", "[contacts][invitation]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto coordinator = n.site.signedIn(n.coordinator);
    REQUIRE(coordinator.post(n.page("/invite"), wanted()).status == 303);
    answer(n, false);
    CHECK(invited(n).empty());

    REQUIRE(coordinator.post(n.page("/invite"), wanted()).status == 303);
    const auto path = n.page("/invitations/" + invited(n)[0].invited.id.text());
    CHECK(coordinator.post(path + "/again").status == 303);
    CHECK(invited(n).size() == 1);
    CHECK(n.site.signedIn(n.plainMember).post(path + "/withdraw").status == 403);
    CHECK(coordinator.post(path + "/withdraw").status == 303);
    CHECK(invited(n).empty());
    CHECK(coordinator.post(path + "/again").status == 404);
    CHECK(n.currentMembers().size() == 2);
  });
}

TEST_CASE("who has the place is not invited to it", "[contacts][invitation]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto coordinator = n.site.signedIn(n.coordinator);
    const auto refused = coordinator.post(n.page("/invite"), wanted(n.emailOf(n.plainMember)));
    CHECK(refused.status == 422);
    CHECK_THAT(bodyOf(refused), Contains("Henkilö on jo verkostossa"));
    const auto backwards =
        coordinator.post(n.page("/invite"), wanted("uusi@example.org", {{"to", "2001-01-01"}}));
    CHECK(backwards.status == 422);
    CHECK_THAT(bodyOf(backwards), Contains("ei voi päättyä ennen kuin se alkaa"));
    CHECK(invited(n).empty());
  });
}

TEST_CASE("a successor who is invited follows in the history", "[contacts][invitation]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const Date today = Date::today();
    auto coordinator = n.site.signedIn(n.coordinator);
    const Sent following{{"succeeds", n.contactPersonship.text()}};
    CHECK(coordinator.post(n.page("/invite"), wanted("uusi@example.org", following)).status == 422);

    const auto leaver = n.addMember(n.network, n.coordinator, MemberRole::contactPerson,
                                    {today.plusDays(-9), today.plusDays(-1)});
    const auto form = bodyOf(coordinator.get(n.page("/invite?succeeds=" + leaver.text())));
    CHECK_THAT(form, Contains("value=\"Tampereen Tuki ry\""));
    REQUIRE(coordinator.post(n.page("/invite"), wanted("uusi@example.org",
                                                       {{"succeeds", leaver.text()}})).status == 303);
    answer(n, true, n.site.person("Uusi", "Tulokas"));
    const auto handover = n.host().read([&](ReadTx& tx) { return store::handoverOf(tx, leaver); });
    CHECK(handover.successor);
  });
}
