// Reading, drawing and collecting cards.
#include <catch2/catch.hpp>

#include "decks.h"
#include "domain/draw.h"
#include "requests.h"

using namespace toimela;
using namespace toimela::trendcards;
using Catch::Matchers::Contains;
using testing::bodyOf;
using testing::locationOf;

TEST_CASE("a draw has different cards of the edition, as many as there are", "[trendcards][draw]") {
  const Edition edition = exampleEdition({});
  const auto last = [](std::size_t most) { return most; };
  CHECK(draw(edition, 2, last) == std::vector<std::int64_t>{2, 1});
  CHECK(draw(edition, 1, [](std::size_t) { return std::size_t{0}; }) == std::vector<std::int64_t>{1});
  CHECK(draw(edition, 99, last).size() == 2);
  CHECK(draw(edition, -5, last).size() == 1);
  CHECK(draw(Edition{}, 3, last).empty());
}

TEST_CASE("a drawn hand stands in the address and is read from it", "[trendcards][draw]") {
  CHECK(parseDraw("3,7,12") == std::vector<std::int64_t>{3, 7, 12});
  CHECK(drawText(parseDraw("3,7,12")) == "3,7,12");
  for (const char* wrong : {"", "3,3", "a", "3,,7", "0", "1,2,3,4,5,6,7,8,9,10,11,12,13"}) CHECK(parseDraw(wrong).empty());
}

TEST_CASE("a deck and its cards are read in every state without a script", "[trendcards][reading]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      const auto id = table.publish(deck);
      auto visitor = table.site.visitor();
      const std::string path = "/fi/trendcards/" + deck.text();
      CHECK_THAT(bodyOf(visitor.get(path)), Contains("Väki vanhenee") && Contains("<strong>yhdestä</strong>") && Contains("2 korttia näkyvissä"));
      CHECK_THAT(bodyOf(visitor.get(path + "?tag=et%C3%A4ty%C3%B6")), !Contains("Väki vanhenee") && Contains("1 kortti näkyvissä"));
      CHECK_THAT(bodyOf(visitor.get(path + "?theme=muu")), Contains("Mikään kortti ei vastaa"));
      const auto front = bodyOf(visitor.get(path + "/cards/1"));
      CHECK_THAT(front, Contains("Kortti 1/2") && Contains("<em>muualla</em>") && Contains("rel=\"next\"") && !Contains("rel=\"prev\""));
      CHECK_THAT(bodyOf(visitor.get(path + "/cards/1?side=back")), Contains("<span data-side-name>Kääntöpuoli"));
      CHECK_THAT(bodyOf(visitor.get(path + "/cards/2?view=full")), Contains("trend-stage--full") && Contains("Poistu koko näytöstä"));
      CHECK_THAT(bodyOf(visitor.get("/sv" + path.substr(3) + "/cards/1")), Contains("lang=\"fi\""));
      for (const char* wrong : {"/cards/3", "/cards/0", "/cards/x", "?edition=99", "?edition=x"}) CHECK(visitor.get(path + wrong).status == 404);
      const auto draft = table.addDraft(deck, {Locale::sv});
      CHECK(visitor.get(path + "?edition=" + draft.text()).status == 404);
      CHECK(table.editor.get(path + "?edition=" + draft.text()).status == 200);
      CHECK(visitor.get(path + "?edition=" + id.text()).status == 200);
    }
  }
}

TEST_CASE("a draw leads to an address that keeps it", "[trendcards][reading]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      table.publish(deck);
      auto visitor = table.site.visitor();
      const std::string path = "/fi/trendcards/" + deck.text() + "/draw";
      const auto drawn = visitor.get(path + "?n=2");
      REQUIRE(drawn.status == 303);
      CHECK_THAT(bodyOf(visitor.get(locationOf(drawn))), Contains("Työ ei katso paikkaa") && Contains("Väki vanhenee"));
      CHECK_THAT(bodyOf(visitor.get(path + "?cards=2")), Contains("Väki vanhenee") && !Contains("Työ ei katso"));
      CHECK_THAT(bodyOf(visitor.get(path + "?cards=77")), Contains("Näitä kortteja ei ole"));
    }
  }
}

TEST_CASE("a collection is its owner's, ordered by them and shared by its link", "[trendcards][collections]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto edition = table.edition(table.publish(table.addDeck()));
      const std::string first = edition.cards[0].id.text(), second = edition.cards[1].id.text();
      const PersonId owner = table.site.person("Olli", "Omistaja");
      auto olli = table.site.signedIn(owner);
      auto other = table.site.signedIn(table.site.person("Muu", "Käyttäjä"));
      auto visitor = table.site.visitor();
      CHECK(olli.post("/fi/trendcards/cards/" + first + "/collect").status == 422);
      const auto made = olli.post("/fi/trendcards/cards/" + first + "/collect", {{"name", "Aamun <kortit>"}});
      REQUIRE(made.status == 303);
      const std::string page = locationOf(made);
      const std::string id = page.substr(page.rfind('/') + 1);
      CHECK(olli.post("/fi/trendcards/cards/" + second + "/collect", {{"collection", id}}).status == 303);
      CHECK(olli.post("/fi/trendcards/cards/" + second + "/collect", {{"collection", id}}).status == 303);
      CHECK(other.post("/fi/trendcards/cards/" + second + "/collect", {{"collection", id}}).status == 404);
      CHECK(other.get(page).status == 404);
      CHECK_THAT(bodyOf(olli.get(page)), Contains("Aamun &lt;kortit&gt;"));
      CHECK(olli.post(page + "/cards", {{"card", second}, {"step", "up"}}).status == 303);
      const auto cards = [&] { return table.read([&](ReadTx& tx) { return store::cardsIn(tx, CollectionId{std::stoll(id)}); }); };
      CHECK(cards() == std::vector<CardId>{edition.cards[1].id, edition.cards[0].id});
      const auto keyNow = [&] { return table.read([&](ReadTx& tx) { return store::collectionsOf(tx, owner).front().shareKey; }); };
      // Nobody looks before its owner says so, nor by an old link.
      const auto unshared = keyNow();
      CHECK(visitor.get("/sv/trendcards/shared/" + unshared).status == 404);
      CHECK_THAT(bodyOf(olli.get(page)), !Contains("trendcards/shared/"));
      CHECK(other.post(page + "/share", {{"shared", "1"}}).status == 404);
      CHECK(olli.post(page + "/share", {{"shared", "1"}}).status == 303);
      const auto earlier = keyNow();
      CHECK_THAT(bodyOf(olli.get(page)), Contains("trendcards/shared/" + earlier));
      CHECK(visitor.get("/sv/trendcards/shared/" + unshared).status == 404);
      CHECK(visitor.get("/sv/trendcards/shared/" + earlier).status == 200);
      CHECK(olli.post(page + "/share", {{"shared", "0"}}).status == 303);
      CHECK(visitor.get("/sv/trendcards/shared/" + earlier).status == 404);
      CHECK(olli.post(page + "/share", {{"shared", "1"}}).status == 303);
      CHECK(visitor.get("/sv/trendcards/shared/" + earlier).status == 404);
      const auto key = keyNow();
      CHECK_THAT(bodyOf(visitor.get("/sv/trendcards/shared/" + key)), Contains("Väki vanhenee"));
      CHECK(visitor.get("/sv/trendcards/shared/" + key + "x").status == 404);
      CHECK(olli.post(page + "/cards", {{"card", second}, {"step", "remove"}}).status == 303);
      CHECK(cards().size() == 1);
      CHECK(olli.post(page, {{"name", "Ilta"}}).status == 303);
      CHECK(olli.post(page, {{"name", ""}}).status == 422);
      CHECK(other.post(page + "/remove").status == 404);
      CHECK(olli.post(page + "/remove").status == 303);
      CHECK(visitor.get("/sv/trendcards/shared/" + key).status == 404);
    }
  }
}
