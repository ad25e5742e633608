// Networks in the yearly report, and what waits for who coordinates them.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "neighbourhood.h"
#include "store/posts.h"
#include "store/waiting.h"
#include "store/yearly.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Matchers::Contains;
using testing::bodyOf;
using Json = nlohmann::json;

namespace {

Date day(std::string_view text) { return Date::parse(text).value(); }

/// The figure of the contacts' part.
Json figure(const Json& report, const std::string& key) {
  for (const Json& part : report.at("parts"))
    if (part.at("plugin") == "contacts")
      for (const Json& one : part.at("figures"))
        if (one.at("key") == key) return one;
  return nullptr;
}

}  // namespace

TEST_CASE("a year tells who was there on its last day, who came and who left", "[contacts][report]") {
  onEveryDatabase([](Neighbourhood& n) {
    const NetworkId old = n.addNetwork("Vanha", kPirkanmaa);
    n.addMember(old, n.plainMember, MemberRole::member, {day("2019-02-01"), day("2020-06-30")});
    n.addMember(old, n.contactPerson, MemberRole::member, {day("2020-03-01"), day("2020-12-31")});
    n.addMember(old, n.coordinator, MemberRole::member, {day("2020-12-31"), std::nullopt}, kUusimaa);
    const auto size = [&](std::optional<RegionCode> where, const char* on) {
      return n.host().read([&](ReadTx& tx) { return store::sizeOn(tx, where, day(on)); });
    };
    CHECK(size(std::nullopt, "2020-12-31").people == 2);
    CHECK(size(std::nullopt, "2020-12-31").networks == 1);
    CHECK(size(kPirkanmaa, "2020-12-31").people == 1);
    CHECK(size(kUusimaa, "2020-12-31").people == 1);
    CHECK(size(kPirkanmaa, "2018-12-31").networks == 0);
    n.host().read([&](ReadTx& tx) {
      CHECK(store::joinedBetween(tx, std::nullopt, day("2020-01-01"), day("2020-12-31")) == 2);
      CHECK(store::joinedBetween(tx, kPirkanmaa, day("2020-01-01"), day("2020-12-31")) == 1);
      CHECK(store::leftBetween(tx, kPirkanmaa, day("2020-01-01"), day("2020-12-31")) == 2);
      CHECK(store::leftBetween(tx, kPirkanmaa, day("2021-01-01"), day("2021-12-31")) == 0);
      CHECK(store::kindsOn(tx, kPirkanmaa, day("2020-12-31")).at(NetworkKind::theme) == 1);
      return true;
    });
  });
}

TEST_CASE("the nation's figures leave out the networks of regions where the plugin is off", "[contacts][report]") {
  onEveryDatabase([](Neighbourhood& n) {
    const auto people = [&] {
      return n.host().read([&](ReadTx& tx) { return store::sizeOn(tx, std::nullopt, Date::today()).people; });
    };
    CHECK(people() == 2);
    n.site.switchPlugin("contacts", "06", false);
    CHECK(people() == 0);
  });
}

TEST_CASE("the report names networks, and of four people it only says that they are few", "[contacts][report]") {
  onEveryDatabase([](Neighbourhood& n) {
    auto visitor = n.site.visitor();
    const auto page = [&] { return bodyOf(visitor.get("/fi/regions/pirkanmaa/report")); };
    CHECK_THAT(page(), Contains("Pirkanmaan verkosto") && Contains("alle 5") && !Contains("Yhteyshenkilö"));
    const auto json = [&] { return Json::parse(bodyOf(visitor.get("/api/v1/report?region=06"))); };
    CHECK(figure(json(), "people").at("value").is_null());
    CHECK(figure(json(), "people").at("ofTooFew") == true);
    CHECK(figure(json(), "networks").at("value") == 1);
    CHECK(figure(json(), "networks").at("yearBefore") == (n.yesterday().text().substr(0, 4) == Date::today().text().substr(0, 4) ? 0 : 1));
    for (const char* name : {"Aada", "Eino", "Iida"})
      n.addMember(n.network, n.site.person(name, "Uusi"), MemberRole::member);
    CHECK(figure(json(), "people").at("value") == 5);
  });
}

TEST_CASE("who coordinates sees on the dashboard whose term ends within sixty days, until a successor is named",
          "[contacts][waiting]") {
  onEveryDatabase([](Neighbourhood& n) {
    const Date today = Date::today();
    const NetworkId other = n.addNetwork("Toinen verkosto", kPirkanmaa);
    const MemberId soon = n.addMember(other, n.plainMember, MemberRole::deputy, {n.yesterday(), today.plusDays(60)});
    n.addMember(other, n.contactPerson, MemberRole::member, {n.yesterday(), today.plusDays(61)});
    const auto ending = [&] {
      return n.host().read([&](ReadTx& tx) {
        return store::endingPlaces(tx, n.coordinator, today, today.plusDays(60), 10);
      });
    };
    REQUIRE(ending().size() == 1);
    CHECK(ending().front().member == soon);
    const auto setErased = [&](std::optional<Instant> at) {
      static constexpr Sql kErased{"test.erased", "UPDATE core_person SET erased_at = CAST(:at AS BIGINT) WHERE id = :id"};
      n.change([&](WriteTx& tx) { return tx.run(kErased, at, n.plainMember); });
    };
    setErased(now());
    CHECK(ending().empty());
    setErased(std::nullopt);
    const auto dashboard = [&](PersonId who) { return bodyOf(n.site.signedIn(who).get("/fi/dashboard")); };
    CHECK_THAT(dashboard(n.coordinator),
               Contains("Jaana Jäsen") &&
                   Contains("/contacts/networks/" + other.text() + "/members/" + soon.text() + "/handover"));
    CHECK_THAT(dashboard(n.contactPerson), !Contains("/handover"));
    CHECK(n.site.signedIn(n.coordinator)
              .get("/fi/contacts/networks/" + other.text() + "/members/" + soon.text() + "/handover").status == 200);
    n.change([&](WriteTx& tx) {
      static constexpr Sql kNamed{"test.named",
                                  "INSERT INTO contacts_handover (member_id, successor_id, notes, written_at, revision) "
                                  "VALUES (:member, :successor, '', 0, 1)"};
      return tx.run(kNamed, soon, n.contactPersonship);
    });
    CHECK(ending().empty());
    n.site.switchPlugin("contacts", "06", false);
    CHECK_THAT(dashboard(n.coordinator), !Contains("/handover"));
  });
}

TEST_CASE("a question that waits for more than three days stands on the coordinator's dashboard", "[contacts][waiting]") {
  onEveryDatabase([](Neighbourhood& n) {
    const auto ask = [&](std::string title, int daysAgo, PostKind kind = PostKind::question) {
      return n.change([&](WriteTx& tx) {
        Post post;
        post.network = n.network;
        post.kind = kind;
        post.title = std::move(title);
        post.body = "Kysyn vain.";
        post.author = n.plainMember;
        post.createdAt = post.activeAt = now();
        const PostId id = store::insertPost(tx, post);
        static constexpr Sql kAsked{"test.asked", "UPDATE contacts_post SET created_at = :at WHERE id = :id"};
        tx.run(kAsked, now() - std::chrono::hours(24 * daysAgo + 1), id);
        return id;
      });
    };
    const PostId old = ask("Kuka tuntee tulkin?", 3);
    ask("Vasta kysytty", 2);
    ask("Vinkki vain", 9, PostKind::tip);
    const auto waiting = [&](PersonId who) {
      return n.host().read([&](ReadTx& tx) { return store::openQuestions(tx, who, now() - std::chrono::days(3), 10); });
    };
    REQUIRE(waiting(n.coordinator).size() == 1);
    CHECK(waiting(n.coordinator).front().post == old);
    CHECK(waiting(n.plainMember).empty());
    const auto box = [&] {
      const std::string page = bodyOf(n.site.signedIn(n.coordinator).get("/fi/dashboard"));
      const auto at = page.find("Odottaa sinua verkostoissasi");
      return at == std::string::npos ? std::string() : page.substr(at, page.find("</section>", at) - at);
    };
    CHECK_THAT(box(), Contains("Kuka tuntee tulkin?") && !Contains("Vasta kysytty") && !Contains("Vinkki vain"));
    n.change([&](WriteTx& tx) { return store::setAnswered(tx, old, true); });
    CHECK(waiting(n.coordinator).empty());
    CHECK(box().empty());
  });
}
