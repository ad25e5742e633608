#include "domain/handover.h"

#include <catch2/catch.hpp>

#include "neighbourhood.h"
#include "store/handovers.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

const Date kToday = Date::parse("2026-06-15").value();

std::optional<HandoverProblem> problem(int last, int first, std::int64_t successor = 2) {
  const Member leaver{.person = {1}, .period = {kToday, std::nullopt}};
  return problemWithSuccession(leaver, {.lastDay = kToday.plusDays(last),
                                        .firstDay = kToday.plusDays(first),
                                        .successor = {successor},
                                        .organisation = {1}});
}

}  // namespace

TEST_CASE("one follows the day after the other left, never on the same day", "[contacts][handover]") {
  CHECK_FALSE(problem(0, 1));
  CHECK_FALSE(problem(10, 40));
  CHECK(problem(10, 10) == HandoverProblem::daysOverlap);
  CHECK(problem(10, 5) == HandoverProblem::daysOverlap);
  CHECK(problem(-1, 1) == HandoverProblem::endsBeforeItStarts);
  CHECK(problem(0, 1, 1) == HandoverProblem::samePerson);
}

TEST_CASE("the successor gets role and region, for an organisation of their own", "[contacts][handover]") {
  const Member leaver{.person = {1}, .organisation = {1}, .role = MemberRole::deputy,
                      .region = kPirkanmaa, .period = {kToday, std::nullopt}};
  const auto next = successorOf(leaver, {.lastDay = kToday, .firstDay = kToday.plusDays(1),
                                         .successor = {2}, .organisation = {7}});
  CHECK(next.person == PersonId{2});
  CHECK(next.organisation == OrganisationId{7});
  CHECK(next.role == MemberRole::deputy);
  CHECK(next.region == kPirkanmaa);
  CHECK(next.period.from == kToday.plusDays(1));
  CHECK_FALSE(next.period.to);
}

TEST_CASE("the history is for those who have the place or will, not for those who had it", "[contacts][handover]") {
  const std::vector<Member> place{
      {.person = {1}, .period = {kToday.plusDays(-9), kToday.plusDays(-1)}},
      {.person = {2}, .period = {kToday.plusDays(-1), kToday}},
      {.person = {3}, .period = {kToday.plusDays(9), std::nullopt}}};
  CHECK_FALSE(sharesPlace({1}, place, kToday));
  CHECK(sharesPlace({2}, place, kToday));
  CHECK(sharesPlace({3}, place, kToday));
  CHECK_FALSE(sharesPlace({4}, place, kToday));
}

TEST_CASE("a contact person leaves notes, the coordinator names who follows, who reads them", "[contacts][handover]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const Date today = Date::today();
    auto leaver = n.site.signedIn(n.contactPerson);
    const auto path = n.memberPage(n.contactPersonship, "/handover");
    CHECK_THAT(bodyOf(leaver.get(path)), !Contains("Nimeä seuraaja"));
    CHECK(leaver.post(path + "/notes", {{"notes", "Soita **Matille**."}, {"revision", "0"}}).status ==
          303);
    CHECK(leaver.post(path + "/notes", {{"notes", "Toinen"}, {"revision", "0"}}).status == 409);

    auto successor = n.site.signedIn(n.plainMember);
    CHECK(successor.get(path).status == 404);
    CHECK(successor.get(n.memberPage(n.contactPersonship, "/history")).status == 404);

    auto coordinator = n.site.signedIn(n.coordinator);
    const Sent wanted{{"successor", n.plainMember.text()},
                      {"organisation", "Tampereen Tuki ry"},
                      {"last_day", today.plusDays(3).text()},
                      {"first_day", today.plusDays(4).text()}};
    CHECK(leaver.post(path, wanted).status == 403);
    Sent tooEarly = wanted;
    tooEarly[3].second = today.plusDays(3).text();
    const auto refused = coordinator.post(path, tooEarly);
    CHECK(refused.status == 422);
    CHECK_THAT(bodyOf(refused), Contains("vasta lähtijän viimeisen päivän jälkeen"));
    // The plain membership of the successor is the same place: no two at a time.
    const auto twice = coordinator.post(path, wanted);
    CHECK(twice.status == 422);
    CHECK_THAT(bodyOf(twice), Contains("Henkilö on jo verkostossa"));

    n.site.organisation("Toinen ry", "06");
    Sent other = wanted;
    other[1].second = "Toinen ry";
    REQUIRE(coordinator.post(path, other).status == 303);
    CHECK(n.mails().back().to == n.emailOf(n.plainMember));
    CHECK_THAT(n.mails().back().text, Contains("/history"));

    const auto history = bodyOf(successor.get(n.memberPage(n.contactPersonship, "/history")));
    CHECK_THAT(history, Contains("<strong>Matille</strong>"));
    CHECK_THAT(history, Contains("Yrjö Yhteyshenkilö"));
    CHECK_THAT(history, Contains("Jaana Jäsen"));
    CHECK_THAT(history, Contains("tulossa"));
    const auto left = n.host().read(
        [&](ReadTx& tx) { return store::findMember(tx, n.network, n.contactPersonship); });
    CHECK(left->member.period.to == today.plusDays(3));
    CHECK_FALSE(n.host().read([&](ReadTx& tx) { return store::notesBy(tx, n.contactPerson); }).empty());
  });
}
