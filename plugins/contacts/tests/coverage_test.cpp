#include "domain/coverage.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "handlers/coverage.h"
#include "neighbourhood.h"
#include "operations/coverage.h"
#include "store/coverage.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Matchers::Contains;
using Json = nlohmann::json;
using testing::bodyOf;

namespace {

const Date kToday = Date::parse("2026-06-15").value();

/// A term of a contact person: of which organisation, from and to how many days from today.
Term term(std::int64_t id, std::int64_t organisation, int from, std::optional<int> to = {},
          std::optional<int> seen = 0) {
  return {.member = {.id = {id},
                     .person = {id},
                     .organisation = {organisation},
                     .role = MemberRole::contactPerson,
                     .region = kPirkanmaa,
                     .period = {kToday.plusDays(from),
                                to ? std::optional{kToday.plusDays(*to)} : std::nullopt}},
          .lastSign = seen ? std::optional{kToday.plusDays(*seen)} : std::nullopt};
}

CoverageState stateWith(int organisations, Target target) {
  std::vector<Term> terms;
  for (int i = 1; i <= organisations; ++i) terms.push_back(term(i, i, -10));
  return coverageOf(kPirkanmaa, target, terms, kToday).state;
}

/// The titles of the notices that wait for the coordinator.
std::vector<std::string> noticesOf(Neighbourhood& n) {
  constexpr Sql kTitles{"test.notices",
                        "SELECT title_fi FROM core_notice WHERE person_id = :person ORDER BY id"};
  return n.host().read([&](ReadTx& tx) {
    return tx.all(kTitles, [](std::string title) { return title; }, n.coordinator);
  });
}

constexpr Sql kForgetNotices{"test.forget_notices", "DELETE FROM core_notice"};

}  // namespace

TEST_CASE("a region is short below the least, met up to the most, over above it", "[contacts][coverage]") {
  const Target twoToFour{.least = 2, .most = 4};
  CHECK(stateWith(0, twoToFour) == CoverageState::isShort);
  CHECK(stateWith(1, twoToFour) == CoverageState::isShort);
  CHECK(stateWith(2, twoToFour) == CoverageState::met);
  CHECK(stateWith(4, twoToFour) == CoverageState::met);
  CHECK(stateWith(5, twoToFour) == CoverageState::over);
  CHECK(stateWith(9, {.least = 2}) == CoverageState::met);
  CHECK(stateWith(0, {.least = 0}) == CoverageState::untargeted);
  CHECK(stateWith(1, {.least = 0, .most = 0}) == CoverageState::over);
  CHECK(stateWith(0, {.least = 2, .isExcepted = true}) == CoverageState::excepted);
}

TEST_CASE("organisations count, not people, and only those of today and of the region", "[contacts][coverage]") {
  auto elsewhere = term(4, 3, -10);
  elsewhere.member.region = kUusimaa;
  const std::vector terms{term(1, 1, -10), term(2, 1, -10), elsewhere, term(5, 4, -10, -1),
                          term(6, 5, 1)};
  const auto coverage = coverageOf(kPirkanmaa, {.least = 3}, terms, kToday);
  CHECK(coverage.organisations == 1);
  CHECK(coverage.missing() == 2);
}

TEST_CASE("the region's own setting counts where the network has no number", "[contacts][coverage]") {
  CHECK(targetOf({}, kPirkanmaa, 2) == Target{.least = 2});
  CHECK(targetOf({.least = 3, .most = 4}, kPirkanmaa, 2) == Target{.least = 3, .most = 4});
  CHECK(targetOf({.excepted = {kUusimaa}}, kUusimaa, 2).isExcepted);
  CHECK_FALSE(targetOf({.excepted = {kUusimaa}}, kPirkanmaa, 2).isExcepted);
}

TEST_CASE("a term ends soon within sixty days unless the organisation goes on", "[contacts][coverage]") {
  CHECK(endsSoon(term(1, 1, -10, 0), {}, kToday));
  CHECK(endsSoon(term(1, 1, -10, 60), {}, kToday));
  CHECK_FALSE(endsSoon(term(1, 1, -10, 61), {}, kToday));
  CHECK_FALSE(endsSoon(term(1, 1, -10), {}, kToday));

  const auto ending = term(1, 1, -10, 20);
  CHECK_FALSE(endsSoon(ending, {ending, term(2, 1, 21)}, kToday));
  CHECK(endsSoon(ending, {ending, term(2, 1, 22)}, kToday));
  CHECK(endsSoon(ending, {ending, term(2, 2, 21)}, kToday));
}

TEST_CASE("silent is who has shown nothing for 180 days, the first day counted", "[contacts][coverage]") {
  CHECK_FALSE(isSilent(term(1, 1, -500, {}, -180), kToday));
  CHECK(isSilent(term(1, 1, -500, {}, -181), kToday));
  CHECK(isSilent(term(1, 1, -181, {}, std::nullopt), kToday));
  CHECK_FALSE(isSilent(term(1, 1, -180, {}, std::nullopt), kToday));
  CHECK_FALSE(isSilent(term(1, 1, -20, {}, -400), kToday));
}

TEST_CASE("the regions are summed up", "[contacts][coverage]") {
  const auto summary = summarise({
      coverageOf(kPirkanmaa, {.least = 3}, {term(1, 1, -300, 5, -200)}, kToday),
      coverageOf(kUusimaa, {.isExcepted = true}, {}, kToday),
  });
  CHECK(summary.isShort == 1);
  CHECK(summary.missing == 2);
  CHECK(summary.ending == 1);
  CHECK(summary.silent == 1);
  CHECK(summary.excepted == 1);
  CHECK_FALSE(summary.nothingToDo());
}

TEST_CASE("a coordinator sets a target and everybody sees where somebody is missing", "[contacts][coverage]") {
  onEveryDatabase([&](Neighbourhood& n) {
    n.network = n.addNetwork("Koko maan verkosto", std::nullopt);
    n.addMember(n.network, n.contactPerson, MemberRole::contactPerson);
    auto coordinator = n.site.signedIn(n.coordinator);
    CHECK_THAT(bodyOf(coordinator.get(n.page("/coverage"))), Contains("ei seuraa kattavuutta"));
    CHECK_THAT(bodyOf(n.site.visitor().get("/fi/regions/uusimaa/contacts")),
               !Contains("Täältä puuttuu"));

    const auto path = n.page("/coverage/edit");
    const auto wrong = coordinator.post(
        path, {{"follow", "1"}, {"least", "4"}, {"most", "2"}, {"revision", "0"}});
    CHECK(wrong.status == 422);
    CHECK_THAT(bodyOf(wrong), Contains("ei voi olla pienempi"));
    CHECK(coordinator.post(path, {{"follow", "1"}, {"least", "1"}, {"most", "4"},
                                  {"excepted", "21"}, {"revision", "0"}})
              .status == 303);

    const auto stranger = bodyOf(n.site.visitor().get(n.page("/coverage")));
    CHECK_THAT(stranger, Contains("17 maakunnasta puuttuu") || Contains("puuttuu yksi"));
    CHECK_THAT(stranger, Contains("data-state=\"met\""));
    CHECK_THAT(stranger, Contains("data-state=\"excepted\""));
    CHECK_THAT(stranger, !Contains("Pitkään poissa"));
    const auto region = bodyOf(n.site.visitor().get("/fi/regions/uusimaa/contacts"));
    CHECK_THAT(region, Contains("Täältä puuttuu"));
    CHECK_THAT(region, Contains("Koko maan verkosto"));
    CHECK_THAT(bodyOf(n.site.visitor().get("/fi/regions/pirkanmaa/contacts")),
               !Contains("Täältä puuttuu"));

    const auto late = coordinator.post(path, {{"follow", "1"}, {"revision", "0"}});
    CHECK(late.status == 409);
    CHECK(n.site.signedIn(n.plainMember).post(path, {{"revision", "1"}}).status == 403);

    const auto json = Json::parse(bodyOf(n.site.visitor().get(
        "/api/v1/contacts/networks/" + n.network.text() + "/coverage")));
    CHECK(json.at("followed") == true);
    CHECK(json.at("items").size() == 19);

    CHECK(coordinator.post(path, {{"revision", "1"}}).status == 303);
    CHECK_THAT(bodyOf(coordinator.get(n.page("/coverage"))), Contains("ei seuraa kattavuutta"));
  });
}

TEST_CASE("who signs in or is confirmed is not silent", "[contacts][coverage]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const Date today = Date::today();
    const auto old = n.site.person("Hiljainen", "Helmi");
    const auto member = n.addMember(n.network, old, MemberRole::contactPerson,
                                    {today.plusDays(-400), std::nullopt});
    n.change([&](WriteTx& tx) {
      return store::saveCoverageRule(tx, n.network, {.least = 1, .revision = 0});
    });
    auto coordinator = n.site.signedIn(n.coordinator);
    const auto silent = [&] {
      const auto page = bodyOf(coordinator.get(n.page("/coverage")));
      return page.substr(page.find("Pitkään poissa")).find("Hiljainen Helmi") != std::string::npos;
    };
    CHECK(silent());
    CHECK(coordinator.post(n.memberPage(member, "/confirm")).status == 303);
    CHECK_FALSE(silent());

    n.change([&](WriteTx& tx) {
      store::confirmMember(tx, n.network, member, today.plusDays(-300));
    });
    CHECK(silent());
    n.site.signedIn(old);
    CHECK_FALSE(silent());
    CHECK(n.host().read([&](ReadTx& tx) { return store::lastSeen(tx, old); }) == today);
  });
}

TEST_CASE("nothing is noted of those who sign in and belong to no network", "[contacts][coverage]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto stranger = n.site.person("Outo", "Outonen");
    n.site.signedIn(stranger);
    CHECK_FALSE(n.host().read([&](ReadTx& tx) { return store::lastSeen(tx, stranger); }));
  });
}

TEST_CASE("the coordinator is told once a week what is short and whose term ends", "[contacts][coverage]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const Date today = Date::today();
    // In an organisation that has nobody else: a colleague's term would go on.
    const auto other = n.site.organisation("Toinen ry", "06");
    n.change([&](WriteTx& tx) {
      return store::insertMember(tx, n.network,
                                 {.person = n.plainMember,
                                  .organisation = other,
                                  .role = MemberRole::contactPerson,
                                  .region = kPirkanmaa,
                                  .period = {today.plusDays(-9), today.plusDays(9)}});
    });
    n.change([&](WriteTx& tx) {
      return store::saveCoverageRule(tx, n.network, {.least = 3, .revision = 0});
    });
    const auto job = handlers::tellCoverage();
    job.run(n.host(), {});
    CHECK(noticesOf(n) == std::vector<std::string>{
                              "Kattavuus: yhdestä maakunnasta puuttuu yhteyshenkilöitä, 1 kausi "
                              "päättyy pian"});
    n.change([](WriteTx& tx) { return tx.run(kForgetNotices); });
    job.run(n.host(), {});
    CHECK(noticesOf(n).empty());
  });
}
