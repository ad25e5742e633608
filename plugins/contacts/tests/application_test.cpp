#include "domain/application.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <latch>
#include <thread>

#include "neighbourhood.h"
#include "operations/applications.h"
#include "store/applications.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

Sent wish(const std::string& organisation = "Tampereen Tuki ry") {
  return {{"organisation", organisation}, {"role", "contact_person"}, {"message", "Tunnen alueen."}};
}

std::vector<store::ApplicationRow> open(Neighbourhood& n) {
  return n.host().read([&](ReadTx& tx) { return store::openApplications(tx, n.network); });
}

}  // namespace

TEST_CASE("who has the place already can not apply for it, who had it can", "[contacts][application]") {
  const Date today = Date::parse("2026-05-01").value();
  const Application wanted{.person = {1}, .organisation = {2}, .region = kPirkanmaa};
  const auto had = [&](DateRange period) {
    return std::vector{Member{.id = {9}, .person = {1}, .organisation = {2}, .region = kPirkanmaa,
                              .period = period}};
  };
  CHECK_FALSE(problemWithApplying(wanted, {}, today));
  CHECK_FALSE(problemWithApplying(wanted, had({today.plusDays(-9), today.plusDays(-1)}), today));
  CHECK(problemWithApplying(wanted, had({today.plusDays(-9), today}), today) ==
        ApplicationProblem::alreadyMember);
  CHECK(problemWithApplying(wanted, had({today.plusDays(9), {}}), today) ==
        ApplicationProblem::alreadyMember);
  Application elsewhere = wanted;
  elsewhere.region = kUusimaa;
  CHECK_FALSE(problemWithApplying(elsewhere, had({today, {}}), today));
}

TEST_CASE("somebody applies, the coordinator hears of it and accepts", "[contacts][application]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto applicant = n.site.person("Hilla", "Hakija");
    auto visitor = n.site.signedIn(applicant);
    CHECK_THAT(bodyOf(visitor.get(n.page())), Contains(n.page("/apply")));
    CHECK_THAT(bodyOf(visitor.get(n.page("/apply"))), Contains("Hae mukaan"));
    REQUIRE(visitor.post(n.page("/apply"), wish()).status == 303);
    CHECK_THAT(bodyOf(visitor.get(n.page("/apply"))), Contains("odottaa vastausta"));

    REQUIRE(n.mails().size() == 1);
    CHECK(n.mails()[0].to == n.emailOf(n.coordinator));
    CHECK_THAT(n.mails()[0].subject, Contains("Hilla Hakija hakee mukaan"));
    CHECK_THAT(n.mails()[0].text, Contains("Tunnen alueen."));

    auto coordinator = n.site.signedIn(n.coordinator);
    CHECK_THAT(bodyOf(coordinator.get(n.page())), Contains("1 hakemus odottaa"));
    CHECK_THAT(bodyOf(coordinator.get("/fi/dashboard")), Contains("1 hakemus odottaa"));
    CHECK_THAT(bodyOf(coordinator.get(n.page("/applications"))), Contains("Hilla Hakija"));
    const auto path = n.page("/applications/" + open(n)[0].application.id.text());
    CHECK_THAT(bodyOf(coordinator.get(path)), Contains("Tunnen alueen."));
    REQUIRE(coordinator.post(path + "/accept", {{"from", Date::today().text()}}).status == 303);

    CHECK(open(n).empty());
    CHECK(n.currentMembers().size() == 3);
    const Member joined = n.memberOf(applicant);
    CHECK(joined.role == MemberRole::contactPerson);
    CHECK(joined.region == kPirkanmaa);
    CHECK(joined.period.from == Date::today());
    REQUIRE(n.mails().size() == 2);
    CHECK(n.mails()[1].to == n.emailOf(applicant));
    CHECK_THAT(n.mails()[1].subject, Contains("Tervetuloa"));
    CHECK_THAT(bodyOf(visitor.get(n.page())), !Contains("/apply"));
  });
}

TEST_CASE("a refusal gives its reason, and an answer is given once", "[contacts][application]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto visitor = n.site.signedIn(n.site.person("Hilla", "Hakija"));
    REQUIRE(visitor.post(n.page("/apply"), wish()).status == 303);
    const auto path = n.page("/applications/" + open(n)[0].application.id.text());
    auto coordinator = n.site.signedIn(n.coordinator);
    CHECK(coordinator.post(path + "/decline", {{"reason", ""}}).status == 422);
    CHECK(coordinator.post(path + "/decline", {{"reason", "Paikat ovat täynnä."}}).status == 303);
    CHECK_THAT(n.mails().back().text, Contains("Paikat ovat täynnä."));
    CHECK_THAT(bodyOf(visitor.get(n.page("/apply"))), Contains("Paikat ovat täynnä."));

    CHECK(coordinator.post(path + "/decline", {{"reason", "Uudestaan"}}).status == 409);
    const auto late = coordinator.post(path + "/accept", {{"from", Date::today().text()}});
    CHECK(late.status == 409);
    CHECK_THAT(bodyOf(late), Contains("jo ratkaistu"));
    CHECK(n.currentMembers().size() == 2);
    CHECK(visitor.post(n.page("/apply"), wish()).status == 303);
  });
}

TEST_CASE("an application is taken back by its maker and nobody else", "[contacts][application]") {
  onEveryDatabase([&](Neighbourhood& n) {
    auto visitor = n.site.signedIn(n.site.person("Hilla", "Hakija"));
    REQUIRE(visitor.post(n.page("/apply"), wish()).status == 303);
    const auto path = n.page("/applications/" + open(n)[0].application.id.text());
    auto other = n.site.signedIn(n.plainMember);
    CHECK(other.post(path + "/withdraw").status == 404);
    CHECK(other.get(path).status == 403);
    CHECK(other.post(path + "/accept", {{"from", Date::today().text()}}).status == 403);
    CHECK(visitor.post(path + "/withdraw").status == 303);
    CHECK(open(n).empty());
    CHECK(visitor.post(n.page("/apply"), wish()).status == 303);
  });
}

TEST_CASE("each wrong part of an application is said at its field", "[contacts][application]") {
  onEveryDatabase([&](Neighbourhood& n) {
    n.site.organisation("Tampereen Toivo ry", "06");
    auto visitor = n.site.signedIn(n.plainMember);
    const auto refused = [&](Sent fields, int status, const std::string& message) {
      const auto answer = visitor.post(n.page("/apply"), std::move(fields));
      CHECK(answer.status == status);
      CHECK_THAT(bodyOf(answer), Contains(message));
      CHECK(open(n).empty());
    };
    refused(wish("Olematon ry"), 422, "ei löydy organisaatiota");
    refused(wish("Tampereen"), 422, "Tampereen Toivo ry, Tampereen Tuki ry");
    refused(wish(), 422, "Olet jo verkostossa");
    refused({{"organisation", "Tampereen Toivo ry"}, {"role", "king"}}, 422, "form-errors");
    CHECK(n.site.visitor().post(n.page("/apply"), wish()).status == 401);

    REQUIRE(visitor.post(n.page("/apply"), wish("Tampereen Toivo ry")).status == 303);
    const auto again = visitor.post(n.page("/apply"), wish("Tampereen Toivo ry"));
    CHECK(again.status == 409);
    CHECK_THAT(bodyOf(again), Contains("jo avoin hakemus"));
  });
}

TEST_CASE("dates that a place can not have are said at the day", "[contacts][application]") {
  onEveryDatabase([&](Neighbourhood& n) {
    const auto applicant = n.site.person("Hilla", "Hakija");
    REQUIRE(n.site.signedIn(applicant).post(n.page("/apply"), wish()).status == 303);
    const auto path = n.page("/applications/" + open(n)[0].application.id.text()) + "/accept";
    auto coordinator = n.site.signedIn(n.coordinator);
    const std::string today = Date::today().text();
    const auto backwards = coordinator.post(path, {{"from", today}, {"to", "2001-01-01"}});
    CHECK(backwards.status == 422);
    CHECK_THAT(bodyOf(backwards), Contains("ei voi päättyä ennen kuin se alkaa"));
    n.addMember(n.network, applicant, MemberRole::member);
    const auto twice = coordinator.post(path, {{"from", today}});
    CHECK(twice.status == 422);
    CHECK_THAT(bodyOf(twice), Contains("Henkilö on jo verkostossa"));
    CHECK(open(n).size() == 1);
  });
}

TEST_CASE("of many who press the button at once, one application comes about", "[contacts][application]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      constexpr int kRounds = 5, kPresses = 4;
      Neighbourhood n(database);
      const auto network =
          *n.host().read([&](ReadTx& tx) { return store::findNetwork(tx, n.network); });
      for (int round = 0; round < kRounds; ++round) {
        const Application wanted{.person = n.site.person("Moni", "Painaja"),
                                 .organisation = n.organisation};
        std::atomic<int> made = 0;
        std::latch start(kPresses);
        std::vector<std::jthread> presses;
        for (int i = 0; i < kPresses; ++i)
          presses.emplace_back([&] {
            start.arrive_and_wait();
            const auto outcome = n.host().writeAs(wanted.person, [&](WriteTx& tx) {
              return operations::apply(tx, n.host(), network, wanted);
            });
            made += std::holds_alternative<ApplicationId>(outcome);
          });
        presses.clear();
        CHECK(made == 1);
        CHECK(open(n).size() == static_cast<std::size_t>(round + 1));
      }
    }
  }
}

TEST_CASE("who applies and withdraws again and again is stopped before the coordinator's mailbox is full",
          "[contacts][application]") {
  onEveryDatabase([](Neighbourhood& n) {
    auto visitor = n.site.signedIn(n.site.person("Hilla", "Hakija"));
    for (int i = 0; i < kMostApplicationsADay; ++i) {
      REQUIRE(visitor.post(n.page("/apply"), wish()).status == 303);
      const auto path = n.page("/applications/" + open(n)[0].application.id.text());
      REQUIRE(visitor.post(path + "/withdraw").status == 303);
    }
    const auto stopped = visitor.post(n.page("/apply"), wish());
    CHECK(stopped.status == 422);
    CHECK_THAT(bodyOf(stopped), Contains("monta kertaa"));
    CHECK(std::ssize(n.mails()) == kMostApplicationsADay);
    CHECK(n.site.signedIn(n.site.person("Toinen", "Hakija")).post(n.page("/apply"), wish()).status == 303);
  });
}
