// Decks for programs.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "decks.h"

using namespace toimela;
using namespace toimela::trendcards;
using testing::bodyOf;
using Json = nlohmann::json;

namespace {

Response send(testing::Visitor& visitor, Method method, const std::string& path, const Json& body) {
  Headers headers;
  headers.set("Origin", "http://toimela.test");
  headers.set("Content-Type", "application/json");
  headers.set("X-CSRF-Token", visitor.csrf());
  return visitor.send(method, path, headers, body.dump());
}

}  // namespace

TEST_CASE("programs read decks and editions that are published", "[trendcards][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      const auto id = table.publish(deck);
      const auto draft = table.addDraft(deck, {Locale::sv});
      auto visitor = table.site.visitor();
      const Json list = Json::parse(bodyOf(visitor.get("/api/v1/trendcards/decks")));
      REQUIRE(list["items"].size() == 1);
      CHECK(list["items"][0]["editions"].size() == 1);
      CHECK(list["items"][0]["region"] == "06");
      CHECK(Json::parse(bodyOf(table.editor.get("/api/v1/trendcards/decks/" + deck.text())))["editions"].size() == 2);
      const Json edition = Json::parse(bodyOf(visitor.get("/api/v1/trendcards/editions/" + id.text())));
      CHECK(edition["cards"].size() == 2);
      CHECK(edition["cards"][0]["tags"] == Json::array({"etätyö", "syrjäseudut"}));
      CHECK(edition["themes"][0]["colour"] == "green");
      CHECK(visitor.get("/api/v1/trendcards/editions/" + draft.text()).status == 404);
      CHECK(visitor.get("/api/v1/trendcards/decks/99").status == 404);
    }
  }
}

TEST_CASE("programs make, fill and publish a deck", "[trendcards][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const std::string root = "/api/v1/trendcards";
      const Json fresh{{"title", "Kortit"}, {"language", "fi"}, {"theme", "Työ"}, {"colour", "red"}, {"licence", "CC-BY-4.0"}, {"region", "06"}};
      Json elsewhere = fresh, wrong = fresh;
      elsewhere["region"] = "01";
      wrong["region"] = "99";
      CHECK(send(table.editor, Method::post, root + "/decks", elsewhere).status == 403);
      CHECK(send(table.editor, Method::post, root + "/decks", wrong).status == 422);
      const auto made = send(table.editor, Method::post, root + "/decks", fresh);
      REQUIRE(made.status == 201);
      const std::string edition = root + "/editions/" + Json::parse(bodyOf(made))["editions"][0]["id"].get<std::string>();
      CHECK(send(table.editor, Method::post, edition + "/publish", Json::object()).status == 422);
      CHECK(send(table.editor, Method::post, edition + "/cards", {{"theme", "muu"}}).status == 422);
      const auto card = send(table.editor, Method::post, edition + "/cards",
                             {{"theme", "tyo"}, {"title", "Yksi"}, {"front", "E"}, {"tags", {"a", "b"}}});
      REQUIRE(card.status == 201);
      const std::string path = root + "/cards/" + Json::parse(bodyOf(card))["id"].get<std::string>();
      const Json changed = Json::parse(bodyOf(send(table.editor, Method::patch, path, {{"title", "Toinen"}})));
      CHECK(changed["title"] == "Toinen");
      CHECK(changed["front"] == "E");
      CHECK(changed["tags"] == Json::array({"a", "b"}));
      CHECK(send(table.editor, Method::post, edition + "/publish", Json::object()).status == 200);
      CHECK(send(table.editor, Method::patch, path, {{"title", "Kolmas"}}).status == 409);
      CHECK(send(table.editor, Method::post, edition + "/publish", Json::object()).status == 409);
    }
  }
}
