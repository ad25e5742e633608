// Decks for programs.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "decks.h"
#include "requests.h"

using namespace toimela;
using namespace toimela::trendcards;
using testing::bodyOf;
using Json = nlohmann::json;

namespace {

Response send(testing::Visitor& visitor, Method method, const std::string& path, const std::string& body,
              const std::string& type) {
  Headers headers;
  headers.set("Content-Type", type);
  return testing::sendBody(visitor, method, path, body, headers);
}
Response send(testing::Visitor& visitor, Method method, const std::string& path, const Json& body = Json::object()) {
  return send(visitor, method, path, body.dump(), "application/json");
}

Json jsonOf(const Response& response) { return Json::parse(bodyOf(response)); }

/// The fields that a problem document names.
std::vector<std::string> wrongIn(const Response& response) {
  CHECK(response.status == 422);
  std::vector<std::string> fields;
  const Json problem = jsonOf(response);
  for (const Json& error : problem["errors"]) fields.push_back(error["field"]);
  return fields;
}
using Wrong = std::vector<std::string>;

std::string picture() {
  std::ifstream in(std::filesystem::path(TOIMELA_PLUGIN_FOLDER) / "demo/decks/tyollisyydenhoito/images/01.png", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const std::string kRoot = "/api/v1/trendcards";

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

TEST_CASE("programs change a deck, put it aside, copy it and remove what was never published", "[trendcards][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      table.publish(deck);
      const auto draft = table.addDraft(deck, {Locale::sv});
      const std::string path = kRoot + "/decks/" + deck.text();
      auto elsewhere = table.site.signedIn(table.site.person("Muu", "Editori", {{Role::contactPerson, region("19"), {}}}));
      CHECK(send(elsewhere, Method::patch, path, {{"key", "oma"}}).status == 403);

      const Json changed = jsonOf(send(table.editor, Method::patch, path, {{"key", "uusi"}, {"licence", "CC0-1.0"}}));
      CHECK(changed["key"] == "uusi");
      CHECK(changed["licence"] == "CC0-1.0");
      CHECK(changed["themes"][0]["key"] == "tyo");
      CHECK(wrongIn(send(table.editor, Method::patch, path, {{"key", "Ei kelpaa"}, {"licence", "CC-BY-4.0"}})) == Wrong{"key"});
      CHECK(wrongIn(send(table.editor, Method::patch, path, {{"licence", "oma"}})) == Wrong{"licence"});
      const Json themes{{{"key", "vaki"}, {"colour", "red"}}, {{"key", "tyo"}}};
      const Json themed = jsonOf(send(table.editor, Method::patch, path, {{"themes", themes}, {"revision", changed["revision"]}}));
      CHECK(themed["themes"] == Json{{{"key", "vaki"}, {"colour", "red"}}, {{"key", "tyo"}, {"colour", "green"}}});
      CHECK(table.edition(draft).theme("vaki"));
      const auto late = send(table.editor, Method::patch, path, {{"key", "toinen"}, {"revision", changed["revision"]}});
      CHECK(late.status == 409);
      CHECK(jsonOf(late)["errors"][0]["field"] == "revision");
      const auto used = send(table.editor, Method::patch, path, {{"themes", {{{"key", "vaki"}}}}});
      CHECK(used.status == 409);
      CHECK(jsonOf(used)["errors"][0]["field"] == "themes");
      CHECK(wrongIn(send(table.editor, Method::patch, path, {{"themes", Json::array()}})) == Wrong{"themes"});
      const Json wrong{{{"key", "tyo"}}, {{"key", "tyo"}}, {{"key", "uusi"}}, {{"key", "X"}, {"colour", "pink"}}};
      CHECK(wrongIn(send(table.editor, Method::patch, path, {{"themes", wrong}})).size() == 4);

      CHECK(jsonOf(send(table.editor, Method::patch, path, {{"putAside", true}}))["putAside"] == true);
      CHECK(jsonOf(table.site.visitor().get(kRoot + "/decks"))["items"].empty());
      CHECK(jsonOf(send(table.editor, Method::patch, path, {{"key", "tyo"}}))["putAside"] == true);
      CHECK(jsonOf(send(table.editor, Method::patch, path, {{"putAside", false}}))["putAside"] == false);
      CHECK(jsonOf(table.site.visitor().get(kRoot + "/decks"))["items"].size() == 1);

      CHECK(wrongIn(send(elsewhere, Method::post, path + "/copies", {{"place", "06"}})) == Wrong{"place"});
      CHECK(wrongIn(send(elsewhere, Method::post, path + "/copies")) == Wrong{"place"});
      const auto copied = send(elsewhere, Method::post, path + "/copies", {{"place", "19"}});
      REQUIRE(copied.status == 201);
      const Json copy = jsonOf(copied);
      CHECK(copy["region"] == "19");
      CHECK(copy["origin"] == deck.text());
      CHECK(copy["editions"].size() == 1);
      CHECK(copy["editions"][0]["state"] == "draft");
      const std::string copyPath(copied.headers.find("Location").value_or(""));
      CHECK(copyPath == kRoot + "/decks/" + copy["id"].get<std::string>());
      CHECK(send(table.editor, Method::del, copyPath).status == 403);
      CHECK(send(table.editor, Method::del, path).status == 409);
      CHECK(send(elsewhere, Method::del, copyPath).status == 204);
      CHECK(elsewhere.get(copyPath).status == 404);
    }
  }
}

TEST_CASE("programs translate a deck, name its themes, and make and remove versions", "[trendcards][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      const auto published = table.publish(deck);
      const std::string editions = kRoot + "/decks/" + deck.text() + "/editions";
      CHECK(wrongIn(send(table.editor, Method::post, editions, {{"language", "fi"}, {"title", "Kort"}})) == Wrong{"language"});
      CHECK(wrongIn(send(table.editor, Method::post, editions, {{"language", "sv"}})) == Wrong{"title"});
      CHECK(wrongIn(send(table.editor, Method::post, editions, {{"language", "sv"}, {"title", "Kort"}, {"from", "999"}})) == Wrong{"from"});
      const auto made = send(table.editor, Method::post, editions, {{"language", "sv"}, {"title", "Kort"}, {"from", published.text()}});
      REQUIRE(made.status == 201);
      const Json draft = jsonOf(made);
      CHECK(draft["cards"].size() == 2);
      CHECK(draft["themes"][0]["name"] == "");
      const std::string path = kRoot + "/editions/" + draft["id"].get<std::string>();
      CHECK(made.headers.find("Location") == path);

      const Json named = jsonOf(send(table.editor, Method::patch, path,
                                     {{"introduction", "Börja med **ett** kort."}, {"themes", {{{"key", "tyo"}, {"name", "Arbete"}}}}}));
      CHECK(named["title"] == "Kort");
      CHECK(named["introduction"] == "Börja med **ett** kort.");
      CHECK(named["themes"][0]["name"] == "Arbete");
      CHECK(wrongIn(send(table.editor, Method::patch, path, {{"title", ""}})) == Wrong{"title"});
      CHECK(wrongIn(send(table.editor, Method::patch, path, {{"themes", {{{"key", "muu"}, {"name", "X"}}}}})).size() == 1);
      CHECK(send(table.editor, Method::patch, path, {{"title", "Y"}, {"revision", draft["revision"]}}).status == 409);
      CHECK(send(table.editor, Method::patch, kRoot + "/editions/" + published.text(), {{"title", "X"}}).status == 409);
      CHECK(send(table.editor, Method::post, path + "/versions").status == 404);

      const std::string versions = kRoot + "/editions/" + published.text() + "/versions";
      const auto next = send(table.editor, Method::post, versions);
      REQUIRE(next.status == 201);
      CHECK(jsonOf(next)["version"] == 2);
      const auto again = send(table.editor, Method::post, versions);
      CHECK(again.status == 200);
      CHECK(jsonOf(again)["id"] == jsonOf(next)["id"]);
      const std::string version = kRoot + "/editions/" + jsonOf(next)["id"].get<std::string>();
      CHECK(send(table.editor, Method::del, version).status == 204);
      CHECK(table.editor.get(version).status == 404);
      CHECK(send(table.editor, Method::del, kRoot + "/editions/" + published.text()).status == 409);
    }
  }
}

TEST_CASE("programs order the cards of a draft, give them pictures and remove them", "[trendcards][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto draft = table.addDraft(table.addDeck());
      const auto cards = table.edition(draft).cards;
      const auto pathOf = [](const Card& card) { return kRoot + "/cards/" + card.id.text(); };
      const std::string second = pathOf(cards[1]);
      CHECK(jsonOf(send(table.editor, Method::patch, second, {{"number", 1}, {"title", "Ensin"}}))["number"] == 1);
      CHECK(table.edition(draft).numbered(2)->id == cards[0].id);
      CHECK(table.edition(draft).numbered(1)->title == "Ensin");
      for (const Json& wrong : {Json(0), Json(3), Json("x"), Json("")})
        CHECK(wrongIn(send(table.editor, Method::patch, second, {{"number", wrong}})) == Wrong{"number"});
      CHECK(jsonOf(send(table.editor, Method::patch, second, {{"tags", Json::array()}}))["tags"].empty());
      CHECK(jsonOf(send(table.editor, Method::patch, second, {{"sources", {"a", "b"}}}))["sources"] == Json::array({"a", "b"}));

      const auto put = [&](const std::string& query, const std::string& body, const std::string& type = "image/png") {
        return send(table.editor, Method::put, second + "/picture" + query, body, type);
      };
      CHECK(wrongIn(put("", picture())) == Wrong{"alternative"});
      CHECK(wrongIn(put("?alternative=Ovi", "")) == Wrong{"picture"});
      const auto webp = put("?alternative=Ovi", std::string("RIFF\x10\0\0\0WEBPVP8 ", 16), "image/webp");
      CHECK(wrongIn(webp) == Wrong{"picture"});
      CHECK_THAT(bodyOf(webp), Catch::Matchers::Contains("PNG"));
      CHECK(wrongIn(put("?alternative=Ovi", std::string(2 * 1024 * 1024 + 1, 'x'))) == Wrong{"picture"});
      CHECK(wrongIn(put("?alternative=" + std::string(301, 'x'), picture())) == Wrong{"alternative"});
      CHECK_FALSE(table.edition(draft).card(cards[1].id)->image);
      const Json pictured = jsonOf(put("?alternative=Avoin%20ovi", picture()));
      CHECK(pictured["alternative"] == "Avoin ovi");
      const std::string address = pictured["picture"];
      CHECK(table.editor.get(address.substr(address.find("/fi/"))).status == 200);
      const auto earlier = table.edition(draft).card(cards[1].id)->image;
      CHECK(put("", picture()).status == 200);
      CHECK(table.edition(draft).card(cards[1].id)->image != earlier);
      CHECK(wrongIn(send(table.editor, Method::patch, second, {{"alternative", ""}})) == Wrong{"alternative"});
      CHECK(send(table.editor, Method::del, second + "/picture").status == 204);
      CHECK_FALSE(table.edition(draft).card(cards[1].id)->image);
      CHECK(table.edition(draft).card(cards[1].id)->alternative.empty());

      auto visitor = table.site.visitor();
      CHECK(send(visitor, Method::del, second).status == 401);
      CHECK(send(table.editor, Method::del, second).status == 204);
      CHECK(send(table.editor, Method::del, second).status == 404);
      CHECK(table.edition(draft).numbered(1)->id == cards[0].id);
      REQUIRE(send(table.editor, Method::post, kRoot + "/editions/" + draft.text() + "/publish").status == 200);
      CHECK(send(table.editor, Method::del, pathOf(cards[0])).status == 409);
      CHECK(send(table.editor, Method::put, pathOf(cards[0]) + "/picture?alternative=Ovi", picture(), "image/png").status == 409);
    }
  }
}

TEST_CASE("programs keep collections of their owner, and share them for as long as they wish", "[trendcards][api][collections]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      const auto cards = table.edition(table.publish(deck)).cards;
      const auto hidden = table.edition(table.addDraft(deck, {Locale::sv})).cards.front().id.text();
      const std::string first = cards[0].id.text(), second = cards[1].id.text(), path = kRoot + "/collections";
      auto olli = table.site.signedIn(table.site.person("Olli", "Omistaja"));
      auto other = table.site.signedIn(table.site.person("Muu", "Käyttäjä"));
      auto visitor = table.site.visitor();
      CHECK(visitor.get(path).status == 401);
      CHECK(wrongIn(send(olli, Method::post, path)) == Wrong{"name"});
      for (const std::string& wrong : {hidden, std::string("x"), std::string("999999")})
        CHECK(wrongIn(send(olli, Method::post, path, {{"name", "Aamu"}, {"cards", {first, wrong}}})) == Wrong{"cards"});
      CHECK(wrongIn(send(olli, Method::post, path, {{"name", "Aamu"}, {"cards", {first, first}}})) == Wrong{"cards"});
      CHECK(jsonOf(olli.get(path))["items"].empty());
      const auto made = send(olli, Method::post, path, {{"name", "Aamu"}, {"cards", {first}}});
      REQUIRE(made.status == 201);
      const std::string own(made.headers.find("Location").value_or(""));
      CHECK(jsonOf(made)["shared"] == false);
      CHECK(jsonOf(made)["link"] == nullptr);
      CHECK(jsonOf(olli.get(own)) == jsonOf(made));
      CHECK(jsonOf(olli.get(path))["items"] == Json::array({jsonOf(made)}));
      CHECK(jsonOf(other.get(path))["items"].empty());
      for (const Method method : {Method::get, Method::patch, Method::del}) CHECK(send(other, method, own).status == 404);

      const Json ordered = jsonOf(send(olli, Method::patch, own, {{"cards", {second, first}}}));
      CHECK(ordered["name"] == "Aamu");
      CHECK(ordered["cards"][0] == Json{{"id", second}, {"deck", deck.text()}, {"edition", cards[1].edition.text()},
                                        {"number", 2}, {"title", "Väki vanhenee"}});
      CHECK(ordered["cards"].size() == 2);
      const Json shared = jsonOf(send(olli, Method::patch, own, {{"shared", true}, {"name", "Ilta"}}));
      CHECK(shared["cards"].size() == 2);
      const std::string link = shared["link"];
      const std::string address = link.substr(link.find("/fi/"));
      CHECK_THAT(bodyOf(visitor.get(address)), Catch::Matchers::Contains("Ilta"));
      CHECK(jsonOf(send(olli, Method::patch, own, {{"shared", true}}))["link"] == link);
      CHECK(jsonOf(send(olli, Method::patch, own, {{"shared", false}}))["link"] == nullptr);
      CHECK(visitor.get(address).status == 404);
      CHECK(jsonOf(send(olli, Method::patch, own, {{"cards", Json::array()}}))["cards"].empty());
      CHECK(wrongIn(send(olli, Method::patch, own, {{"name", ""}})) == Wrong{"name"});
      CHECK(send(olli, Method::del, own).status == 204);
      CHECK(olli.get(own).status == 404);
      for (std::size_t i = 0; i < kMostCollections; ++i) REQUIRE(send(olli, Method::post, path, {{"name", "K"}}).status == 201);
      CHECK(send(olli, Method::post, path, {{"name", "K"}}).status == 409);
      CHECK(jsonOf(olli.get(path + "?limit=30"))["items"].size() == 30);
    }
  }
}

TEST_CASE("a text too long for a printed card is told by its card", "[trendcards][api][fit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto draft = table.addDraft(table.addDeck());
      const auto card = table.edition(draft).cards[1].id;
      const std::string publish = kRoot + "/editions/" + draft.text() + "/publish";
      const std::string rows = "- a\n- b\n- c\n- d\n- e\n- f\n- g\n- h\n- i\n- j\n- k\n- l\n- m\n- n\n- o\n- p\n- q\n- r\n- s\n- t\n";
      REQUIRE(send(table.editor, Method::patch, kRoot + "/cards/" + card.text(), {{"back", rows + rows + rows}}).status == 200);
      const auto refused = send(table.editor, Method::post, publish);
      CHECK(wrongIn(refused) == Wrong{"cards1"});
      CHECK_THAT(bodyOf(refused), Catch::Matchers::Contains("A6"));
      CHECK(table.edition(draft).state == EditionState::draft);
      REQUIRE(send(table.editor, Method::patch, kRoot + "/cards/" + card.text(), {{"back", "- a"}}).status == 200);
      CHECK(send(table.editor, Method::post, publish).status == 200);
    }
  }
}
