// What belongs to others, was switched off or put aside is not reached by other ways either.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "operations/collections.h"
#include "operations/decks.h"
#include "operations/orders.h"
#include "requests.h"
#include "store/orders.h"
#include "tests/sessions.h"

using namespace toimela;
using namespace toimela::trendcards;
using Catch::Matchers::Contains;
using testing::bodyOf;
using Json = nlohmann::json;

namespace {

const RegionCode kUusimaa = region("01");

Response send(testing::Visitor& visitor, const std::string& path, const Json& body, const std::string& key = {}) {
  Headers headers;
  if (!key.empty()) headers.set("Idempotency-Key", key);
  return testing::sendBody(visitor, Method::post, path, body.dump(), headers);
}

Order wish(StockId stock, const std::string& key) {
  Order order;
  order.stock = stock;
  order.formKey = key;
  order.organisationName = "Öhman Muotoilu";
  order.region = kPirkanmaa;
  order.name = "Elli Öhman";
  order.email = "elli.ohman@example.org";
  order.address = "Pirkankatu 2";
  return order;
}

}  // namespace

TEST_CASE("a deck that others have not published can not be copied, nor seen by its address", "[trendcards][reach]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck(kUusimaa);
      const auto draft = table.addDraft(deck);
      const std::string path = "/fi/trendcards/" + deck.text() + "/copy";
      CHECK(table.editor.get(path).status == 404);
      CHECK(table.editor.post(path, {{"place", "06"}}).status == 404);
      table.write([&](WriteTx& tx) {
        store::publishEdition(tx, draft);
        return 0;
      });
      CHECK(table.editor.get(path).status == 200);
      table.site.switchPlugin("trendcards", "01", false);
      CHECK(table.editor.get(path).status == 404);
      // One's own draft may be looked at; there is nothing to copy yet.
      const auto own = table.addDeck();
      table.addDraft(own);
      CHECK(table.editor.post("/fi/trendcards/" + own.text() + "/copy", {{"place", "06"}}).status == 409);
    }
  }
}

TEST_CASE("collected cards are not shown while their region has no trend cards", "[trendcards][reach]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto edition = table.edition(table.publish(table.addDeck(kUusimaa)));
      const auto owner = table.site.person("Kalle", "Keräilijä");
      const auto collection = table.host().writeAs(owner, [&](WriteTx& tx) {
        const auto made = operations::addCollection(tx, owner, "Omat").value();
        operations::collect(tx, made, edition.cards.front().id);
        operations::share(tx, made, true);
        return made;
      });
      auto reader = table.site.signedIn(owner);
      const std::string own = "/fi/trendcards/collections/" + collection.text();
      const std::string shared = "/fi/trendcards/shared/" + table.read([&](ReadTx& tx) {
        return store::collection(tx, collection)->shareKey;
      });
      const std::string& title = edition.cards.front().title;
      CHECK_THAT(bodyOf(reader.get(own)), Contains(title));
      CHECK_THAT(bodyOf(table.site.visitor().get(shared)), Contains(title));
      table.site.switchPlugin("trendcards", "01", false);
      CHECK(reader.get(own).status == 200);
      CHECK_THAT(bodyOf(reader.get(own)), !Contains(title));
      CHECK_THAT(bodyOf(table.site.visitor().get(shared)), !Contains(title));
    }
  }
}

TEST_CASE("no session begins with a deck that is put aside or switched off", "[trendcards][reach]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      LiveWorkshop shop(database);
      const auto begins = [&] {
        return shop.facilitator.get("/fi/trendcards/sessions/new?edition=" + shop.edition.text()).status;
      };
      const auto byApi = [&] {
        return send(shop.facilitator, "/api/v1/trendcards/sessions",
                    {{"edition", shop.edition.text()}, {"title", "Työpaja"}, {"region", "06"}, {"exercise", "rank"}}).status;
      };
      CHECK(begins() == 200);
      CHECK(byApi() == 201);
      const Deck deck = shop.read([&](ReadTx& tx) {
        return store::deck(tx, store::editionHead(tx, shop.edition)->deck).value();
      });
      shop.host().writeAs({}, [&](WriteTx& tx) { operations::putAside(tx, deck, true); });
      CHECK(begins() == 404);
      CHECK(byApi() == 422);
      CHECK(shop.facilitator.post("/fi/trendcards/sessions/new", {{"edition", shop.edition.text()}}).status == 404);
    }
  }
}

TEST_CASE("orders of others do not push one's own off the list", "[trendcards][orders]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto edition = table.publish(table.addDeck(std::nullopt));
      const auto stockOf = [&](std::optional<RegionCode> holder) {
        return table.write([&](WriteTx& tx) {
          return operations::addStock(tx, {.edition = edition, .holder = holder, .left = 50, .ceiling = 5, .note = "", .contact = {}});
        });
      };
      const auto own = stockOf(kPirkanmaa), others = stockOf(kUusimaa), nations = stockOf(std::nullopt);
      const auto order = [&](StockId stock, const std::string& key) {
        return table.host().writeAs({}, [&](WriteTx& tx) {
          return std::get<operations::Placed>(operations::place(tx, wish(stock, key))).order.id;
        });
      };
      const auto first = order(own, "own");
      for (int i = 0; i < 11; ++i) order(i % 2 ? others : nations, "other " + std::to_string(i));
      const auto last = order(own, "own again");
      const auto listed = table.read([&](ReadTx& tx) { return store::ordersNewestFirst(tx, {kPirkanmaa}, 10); });
      REQUIRE(listed.size() == 2);
      CHECK(listed.back().order.id == first);
      CHECK(listed.back().of.stock.holder == kPirkanmaa);
      CHECK(table.read([&](ReadTx& tx) { return store::ordersNewestFirst(tx, {std::nullopt, kUusimaa}, 20); }).size() == 11);
      CHECK(table.read([&](ReadTx& tx) { return store::ordersNewestFirst(tx, {}, 20); }).empty());

      const Json page = Json::parse(bodyOf(table.editor.get("/api/v1/trendcards/orders?limit=1")));
      REQUIRE(page["items"].size() == 1);
      CHECK(page["items"][0]["id"] == first.text());
      REQUIRE(page["next"].is_string());
      const Json rest = Json::parse(bodyOf(
          table.editor.get("/api/v1/trendcards/orders?limit=1&after=" + page["next"].get<std::string>())));
      CHECK(rest["items"][0]["id"] == last.text());
      CHECK(rest["next"].is_null());
    }
  }
}

TEST_CASE("an order that is forgotten says nothing of who ordered, in no column", "[trendcards][orders]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto edition = table.publish(table.addDeck());
      const auto stock = table.write([&](WriteTx& tx) {
        return operations::addStock(tx, {.edition = edition, .holder = kPirkanmaa, .left = 50,
                                         .ceiling = 5, .note = "", .contact = {}});
      });
      const auto forget = [&](Order wished) {
        return table.host().writeAs({}, [&](WriteTx& tx) {
          const auto id = std::get<operations::Placed>(operations::place(tx, wished)).order.id;
          operations::advance(tx, id, OrderState::declined, "Elli soittaa itse.");
          operations::forgetOrder(tx, id);
          return *store::order(tx, id);
        });
      };
      Order named = wish(stock, "api:7:elli@example.org-1");
      const Order forgotten = forget(named);
      CHECK(forgotten.reason.empty());
      CHECK(forgotten.organisationName.empty());
      CHECK_THAT(forgotten.formKey, !Contains("elli"));
      named.formKey = "another";
      named.organisationName = "Kylätalo ry";
      CHECK(forget(named).organisationName == "Kylätalo ry");
    }
  }
}

TEST_CASE("a key of an answer that no index can hold is refused at its field", "[trendcards][sessions]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      LiveWorkshop shop(database);
      const Session session = shop.begin(shop.plan(Exercise::ideas));
      auto guest = shop.site.visitor();
      const auto in = send(guest, "/api/v1/trendcards/join/" + session.code, Json::object());
      REQUIRE(in.status == 200);
      shop.moveTo(session, Phase::working);
      const auto says = [&](const std::string& key) {
        Headers headers;
        headers.set("Content-Type", "application/json");
        headers.set("Toimela-Guest", Json::parse(bodyOf(in))["token"].get<std::string>());
        return guest.send(Method::post, "/api/v1/trendcards/answers/" + session.code, headers,
                          Json{{"what", "text"}, {"text", "Ruokapiiri"}, {"key", key}}.dump());
      };
      CHECK(says(std::string(100, 'k')).status == 200);
      const auto refused = says(std::string(3000, 'k'));
      CHECK(refused.status == 422);
      CHECK_THAT(bodyOf(refused), Contains("\"key\""));
      // A long key of who leads is one session, and the same one again.
      const Json plan{{"edition", shop.edition.text()}, {"title", "Työpaja"}, {"region", "06"}, {"exercise", "rank"}};
      const std::string common(150, 'k');
      const auto idOf = [&](const std::string& key) {
        return Json::parse(bodyOf(send(shop.facilitator, "/api/v1/trendcards/sessions", plan, key)))["id"];
      };
      const auto first = idOf(common + "1");
      CHECK(idOf(common + "1") == first);
      CHECK(idOf(common + "2") != first);
    }
  }
}

TEST_CASE("a card session that has ended is gone for pages and for programs, and says so", "[trendcards][sessions]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      LiveWorkshop shop(database);
      const Session session = shop.begin(shop.plan(Exercise::ideas));
      const std::string page = "/fi/trendcards/join/" + session.code, join = "/api/v1/trendcards/join/" + session.code,
                        led = "/api/v1/trendcards/sessions/" + session.id.text();
      auto guest = shop.site.visitor(), program = shop.site.visitor(), late = shop.site.visitor();
      REQUIRE(guest.post(page).status == 303);
      const auto in = send(program, join, Json::object());
      REQUIRE(in.status == 200);
      shop.moveTo(session, Phase::working);
      const auto says = [&] {
        Headers headers;
        headers.set("Content-Type", "application/json");
        headers.set("Toimela-Guest", Json::parse(bodyOf(in))["token"].get<std::string>());
        return program.send(Method::post, "/api/v1/trendcards/answers/" + session.code, headers,
                            Json{{"what", "text"}, {"text", "Ruokapiiri"}, {"key", "k"}}.dump());
      };
      CHECK(says().status == 200);
      shop.moveTo(session, Phase::discussing);
      CHECK(says().status == 409);  // of this phase only
      CHECK(send(shop.facilitator, led + "/end", Json::object()).status == 200);

      CHECK(late.get("/fi/t/" + session.code).status == 410);
      CHECK(late.post(page).status == 410);
      CHECK(guest.post(page + "/answers", {{"what", "text"}, {"text", "Myöhässä"}, {"text_key", "k"}}).status == 410);
      for (const auto& answer : {send(late, join, Json::object()), says(), send(shop.facilitator, led + "/end", Json::object()),
                                 send(shop.facilitator, led + "/phase", {{"phase", "voting"}})}) {
        CHECK(answer.status == 410);
        CHECK(answer.headers.find("Content-Type") == "application/problem+json");
        const Json problem = Json::parse(bodyOf(answer));
        CHECK(problem["status"] == 410);
        CHECK_FALSE(problem["title"].get<std::string>().empty());
        CHECK_FALSE(problem["title"].get<std::string>().starts_with("error."));
        CHECK_FALSE(problem["errors"].empty());
      }
      // Whoever was in still gets what came of it.
      CHECK(guest.get("/fi/t/" + session.code).status == 200);
    }
  }
}
