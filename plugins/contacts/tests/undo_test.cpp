// A removal that was a mistake is taken back by whoever made it.
#include <catch2/catch.hpp>

#include "neighbourhood.h"
#include "operations/posts.h"
#include "store/posts.h"
#include "undo_offer.h"

namespace toimela::contacts {

using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

struct Board : Neighbourhood {
  using Neighbourhood::Neighbourhood;

  std::string page(const std::string& below) { return "/fi/contacts/networks/" + network.text() + below; }
  /// A post of the plain member; its path.
  std::string post() {
    auto writer = site.signedIn(plainMember);
    const auto sent = writer.post(page("/board/new"), {{"kind", "tip"}, {"title", "Kahvia aamulla"},
                                                        {"body", "Tulkaa kahville"}, {"language", "fi"}});
    REQUIRE(sent.status == 303);
    return std::string(sent.headers.find("Location").value());
  }
  std::string goOn(testing::Visitor& who, const Response& answer) {
    REQUIRE(answer.status == 303);
    return bodyOf(who.get(std::string(answer.headers.find("Location").value())));
  }
};

}  // namespace

TEST_CASE("a post that was removed by mistake comes back, once, for the one who removed it", "[contacts][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Board b(database);
      const std::string path = b.post();
      auto writer = b.site.signedIn(b.plainMember), other = b.site.signedIn(b.contactPerson);
      const std::string said = b.goOn(writer, writer.post(path + "/remove"));
      CHECK_THAT(said, Contains("Kumoa"));
      const auto offer = testing::undoOfferOn(said);
      REQUIRE(offer.action == path + "/restore");
      CHECK_THAT(bodyOf(other.get(path)), Contains("Kirjoitus on poistettu") && !Contains("Kahvia aamulla"));
      CHECK(other.post(offer.action, offer.fields).status == 409);
      CHECK(writer.post(offer.action, {{"revision", "2"}}).status == 409);

      CHECK_THAT(b.goOn(writer, writer.post(offer.action, offer.fields)), Contains("Muutos on kumottu"));
      CHECK_THAT(bodyOf(other.get(path)), Contains("Kahvia aamulla") && Contains("Tulkaa kahville"));
      CHECK(writer.post(offer.action, offer.fields).status == 409);
      CHECK_THAT(bodyOf(writer.get(path)), !Contains("Kumoa"));
    }
  }
}

TEST_CASE("an hour after it was removed nothing of a post is kept", "[contacts][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Board b(database);
      const std::string path = b.post();
      auto writer = b.site.signedIn(b.plainMember);
      const auto offer = testing::undoOfferOn(b.goOn(writer, writer.post(path + "/remove")));
      b.host().writeAs({}, [](WriteTx& tx) { operations::clearRemoved(tx, tx.time() - std::chrono::hours(1)); });
      CHECK(b.host().read([&](ReadTx& tx) { return store::putAsidePosts(tx, b.plainMember); }).size() == 1);
      b.host().writeAs({}, [](WriteTx& tx) { operations::clearRemoved(tx, tx.time() + std::chrono::seconds(1)); });
      CHECK(b.host().read([&](ReadTx& tx) { return store::putAsidePosts(tx, b.plainMember); }).empty());
      CHECK(writer.post(offer.action, offer.fields).status == 409);
    }
  }
}

TEST_CASE("who is erased leaves no words, not even those put aside", "[contacts][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Board b(database);
      const std::string path = b.post();
      auto writer = b.site.signedIn(b.plainMember);
      REQUIRE(writer.post(path + "/remove").status == 303);
      b.change([&](WriteTx& tx) { operations::forgetWriter(tx, b.plainMember); });
      CHECK(b.host().read([&](ReadTx& tx) { return store::putAsidePosts(tx, now() + std::chrono::hours(1)); }).empty());
    }
  }
}

TEST_CASE("a comment that was removed by mistake comes back", "[contacts][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Board b(database);
      const std::string path = b.post();
      auto reader = b.site.signedIn(b.contactPerson);
      const auto sent = reader.post(path + "/comments", {{"body", "Tulen mielelläni"}});
      const std::string where(sent.headers.find("Location").value());
      const std::string comment = path + "/comments/" + where.substr(where.rfind('-') + 1);
      const auto offer = testing::undoOfferOn(b.goOn(reader, reader.post(comment + "/remove")));
      CHECK_THAT(bodyOf(reader.get(path)), !Contains("Tulen mielelläni"));
      REQUIRE(reader.post(offer.action, offer.fields).status == 303);
      CHECK_THAT(bodyOf(reader.get(path)), Contains("Tulen mielelläni"));
    }
  }
}

TEST_CASE("a membership that was ended by mistake goes on as before", "[contacts][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Board b(database);
      auto coordinator = b.site.signedIn(b.coordinator);
      const std::string member = b.page("/members/" + b.contactPersonship.text());
      const auto offer = testing::undoOfferOn(b.goOn(coordinator, coordinator.post(member + "/end")));
      REQUIRE(offer.action == member + "/reopen");
      const auto until = [&] {
        return b.host().read([&](ReadTx& tx) {
          return store::findMember(tx, b.network, b.contactPersonship)->member.period.to;
        });
      };
      REQUIRE(until());
      CHECK(b.site.signedIn(b.plainMember).post(offer.action, offer.fields).status == 403);
      CHECK(coordinator.post(offer.action, offer.fields).status == 303);
      CHECK_FALSE(until());
      CHECK(coordinator.post(offer.action, offer.fields).status == 409);
    }
  }
}

}  // namespace toimela::contacts
