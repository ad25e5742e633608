// Decks are made, published and never changed behind anybody's back.
#include <catch2/catch.hpp>

#include "decks.h"
#include "requests.h"

using namespace toimela;
using namespace toimela::trendcards;
using Catch::Matchers::Contains;
using testing::bodyOf;
using testing::locationOf;

namespace {

Sent card(std::string title, Sent more = {}) {
  // The first of a name counts.
  more.insert(more.end(), {{"theme", "vaki"}, {"title", std::move(title)}, {"front", "Väkeä on *vähemmän*."},
                           {"back", "- Miksi?"}, {"sources", "Tilastokeskus\n\nKela "}, {"tags", "väki"}});
  return more;
}

}  // namespace

TEST_CASE("a deck is made, filled, refused, published and made anew", "[trendcards][editing]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      auto& editor = table.editor;
      const Sent deckForm{{"title", "Väen kortit"}, {"language", "fi"}, {"theme", "Väki"}, {"colour", "red"}, {"licence", "CC0-1.0"}};
      CHECK(editor.post("/fi/regions/pirkanmaa/trendcards/new", {{"title", ""}}).status == 422);
      CHECK(editor.post("/fi/regions/uusimaa/trendcards/new", deckForm).status == 403);
      CHECK(editor.post("/fi/trendcards/new", deckForm).status == 403);
      const auto made = editor.post("/fi/regions/pirkanmaa/trendcards/new", deckForm);
      REQUIRE(made.status == 303);
      CHECK(editor.get(locationOf(made)).status == 200);
      const auto listed = table.read([](ReadTx& tx) { return store::decksOf(tx, kPirkanmaa); });
      REQUIRE(listed.size() == 1);
      CHECK(listed[0].deck.key == "vaen-kortit");
      const EditionHead draft = listed[0].editions.at(0);
      const std::string path = "/fi/trendcards/editions/" + draft.id.text();
      CHECK(table.site.visitor().get("/fi/trendcards/" + listed[0].deck.id.text()).status == 404);

      const auto empty = editor.post(path + "/publish");
      CHECK(empty.status == 422);
      CHECK_THAT(bodyOf(empty), Contains("Pakassa ei ole kortteja"));
      CHECK(editor.post(path + "/cards/new", card("Yksi")).status == 303);
      CHECK(editor.post(path + "/cards/new", card("")).status == 303);
      CHECK(editor.post(path + "/cards/new", card(std::string(61, 'x'))).status == 422);
      CHECK(editor.post(path + "/cards/new", card("Kolme", {{"theme", "muu"}})).status == 422);
      const auto shown = bodyOf(editor.post(path + "/preview", card("Esikatseltu")));
      CHECK_THAT(shown, Contains("<h2 class=\"trend-card__title\">Esikatseltu</h2>") && Contains("<em>vähemmän</em>"));
      const auto refused = editor.post(path + "/publish");
      CHECK(refused.status == 422);
      CHECK_THAT(bodyOf(refused), Contains("Kortti 2: otsikko puuttuu"));

      Edition edition = table.edition(draft.id);
      REQUIRE(edition.cards.size() == 2);
      CHECK(edition.cards[0].sources == std::vector<std::string>{"Tilastokeskus", "Kela"});
      const std::string second = "/fi/trendcards/cards/" + edition.cards[1].id.text();
      CHECK(editor.get(second + "/edit").status == 200);
      CHECK(editor.post(second + "/edit", card("Kaksi")).status == 303);
      CHECK(editor.post(second + "/move", {{"to", "1"}}).status == 303);
      CHECK(table.edition(draft.id).numbered(1)->title == "Kaksi");
      CHECK(editor.post(path + "/publish").status == 303);
      CHECK_THAT(bodyOf(table.site.visitor().get("/fi/regions/pirkanmaa/trendcards")), Contains("Väen kortit"));

      // What is published stays as it is; the new version has the same trends.
      CHECK(editor.post(second + "/edit", card("Muutettu")).status == 409);
      CHECK(editor.post(second + "/remove").status == 409);
      CHECK(editor.post(path + "/edit", {{"title", "X"}, {"revision", "1"}}).status == 409);
      const auto next = editor.post(path + "/version");
      REQUIRE(next.status == 303);
      CHECK(locationOf(editor.post(path + "/version")) == locationOf(next));
      const std::string newer = locationOf(next);
      const Edition copy = table.edition(EditionId{std::stoll(newer.substr(newer.rfind('/') + 1))});
      CHECK(copy.version == 2);
      CHECK(copy.numbered(1)->trend == 2);
      CHECK(editor.post("/fi/trendcards/cards/" + copy.cards[0].id.text() + "/remove").status == 303);
      CHECK(table.edition(copy.id).numbered(1)->trend == 1);
      CHECK(table.edition(draft.id).cards.size() == 2);
      CHECK(editor.post(newer + "/publish").status == 303);
      const std::string deckPath = "/fi/trendcards/" + listed[0].deck.id.text();
      CHECK_THAT(bodyOf(table.site.visitor().get(deckPath + "?edition=" + draft.id.text())), Contains("uudempi versio"));
    }
  }
}

TEST_CASE("themes change for drafts, and one with cards is not removed", "[trendcards][editing]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      const auto published = table.publish(deck);
      const auto draft = table.addDraft(deck, {Locale::sv});
      const std::string path = "/fi/trendcards/" + deck.text() + "/edit";
      const Sent kept{{"key", "tyo"}, {"licence", "CC-BY-4.0"}, {"colour_tyo", "purple"}, {"place_tyo", "2"}, {"revision", "1"}};
      Sent wanted = kept;
      wanted.insert(wanted.end(), {{"new_theme", "Väki"}, {"new_colour", "brown"}});
      CHECK(table.editor.get(path).status == 200);
      CHECK(table.editor.post(path, wanted).status == 303);
      CHECK(table.edition(published).themes.front().colour == Colour::green);
      CHECK(table.edition(draft).theme("tyo")->colour == Colour::purple);
      CHECK(table.edition(draft).theme("vaki")->name.empty());
      Sent late = kept;
      late.insert(late.end(), {{"colour_vaki", "blue"}, {"place_vaki", "1"}});
      CHECK_THAT(bodyOf(table.editor.post(path, late)), Contains("Joku muu ehti tallentaa"));
      Sent removing{{"key", "tyo"}, {"licence", "CC-BY-4.0"}, {"colour_tyo", "purple"}, {"place_tyo", "1"}, {"remove_tyo", "1"},
                    {"colour_vaki", "brown"}, {"place_vaki", "1"}, {"revision", "2"}};
      const auto refused = table.editor.post(path, removing);
      CHECK(refused.status == 409);
      CHECK_THAT(bodyOf(refused), Contains("Siirrä kortit ensin toiseen teemaan"));
      removing[0].second = "Ei kelpaa";
      CHECK(table.editor.post(path, removing).status == 422);
    }
  }
}

TEST_CASE("a published deck is put aside and taken back, one never published is removed", "[trendcards][editing]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      table.publish(deck);
      const std::string path = "/fi/trendcards/" + deck.text();
      auto visitor = table.site.visitor();
      CHECK(table.editor.post(path + "/remove").status == 409);
      CHECK(table.editor.post(path + "/put-aside").status == 303);
      CHECK_THAT(bodyOf(visitor.get("/fi/trendcards")), !Contains("Työn trendit"));
      CHECK_THAT(bodyOf(visitor.get(path)), Contains("poistettu käytöstä"));
      CHECK(table.editor.post(path + "/take-back").status == 303);
      CHECK_THAT(bodyOf(visitor.get("/fi/trendcards")), Contains("Työn trendit"));
      const auto unused = table.addDeck();
      const auto draft = table.addDraft(unused);
      CHECK(table.editor.get("/fi/trendcards/" + unused.text() + "/remove").status == 200);
      CHECK(table.editor.post("/fi/trendcards/" + unused.text() + "/remove").status == 303);
      CHECK_FALSE(table.read([&](ReadTx& tx) { return store::edition(tx, draft).has_value(); }));
    }
  }
}

TEST_CASE("a deck is copied to a region of one's own and keeps its origin", "[trendcards][editing]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck(std::nullopt);
      const auto published = table.publish(deck);
      const std::string path = "/fi/trendcards/" + deck.text() + "/copy";
      CHECK(table.editor.get(path).status == 200);
      CHECK(table.editor.post(path, {{"place", "01"}}).status == 422);
      CHECK(table.editor.post(path, {{"place", "nation"}}).status == 422);
      REQUIRE(table.editor.post(path, {{"place", "06"}}).status == 303);
      const auto copies = table.read([](ReadTx& tx) { return store::decksOf(tx, kPirkanmaa); });
      REQUIRE(copies.size() == 1);
      CHECK(copies[0].deck.origin == deck);
      const Edition copy = table.edition(copies[0].editions.at(0).id);
      CHECK_FALSE(copy.isPublished());
      CHECK(copy.origin == published);
      CHECK(copy.cards.size() == 2);
      CHECK_THAT(bodyOf(table.editor.get("/fi/trendcards/" + copies[0].deck.id.text() + "?edition=" + copy.id.text())),
                 Contains("Kopioitu pakasta"));
    }
  }
}

TEST_CASE("one more language begins with the cards of another", "[trendcards][editing]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      const auto finnish = table.publish(deck);
      const std::string path = "/fi/trendcards/" + deck.text() + "/editions/new";
      CHECK(table.editor.post(path, {{"language", "fi"}, {"title", "Taas"}}).status == 422);
      REQUIRE(table.editor.post(path, {{"language", "fi-plain"}, {"title", "Selko"}, {"from", finnish.text()}}).status == 303);
      const auto editions = table.read([&](ReadTx& tx) { return store::editionsOf(tx, deck); });
      REQUIRE(editions.size() == 2);
      const Edition plain = table.edition(editions[1].id);
      CHECK(plain.language.isPlain);
      CHECK(plain.cards.size() == 2);
      CHECK(plain.themes.at(0).name.empty());
    }
  }
}
