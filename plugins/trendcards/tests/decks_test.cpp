// What decks and editions are, and how they are kept.
#include <catch2/catch.hpp>

#include "decks.h"

using namespace toimela;
using namespace toimela::trendcards;
using Catch::Matchers::Contains;
using testing::bodyOf;

TEST_CASE("a key of a name has only letters, digits and hyphens", "[trendcards][decks]") {
  CHECK(keyOf("Työ muuttuu") == "tyo-muuttuu");
  CHECK(keyOf("Åldrande & omsorg!") == "aldrande-omsorg");
  CHECK(keyOf("2026: väki") == "vaki");
  CHECK(keyOf("漢字") == "deck");
  for (const char* name : {"Työ muuttuu", "…", "a", "9", "Ihmiset ja väestö, 2. osa"}) CHECK(isKey(keyOf(name)));
  CHECK_FALSE(isKey("Tyo"));
  CHECK_FALSE(isKey("1a"));
  CHECK_FALSE(isKey(""));
}

TEST_CASE("lengths are counted in characters, not in bytes", "[trendcards][decks]") {
  CHECK(characters("työ") == 3);
  CHECK(characters("") == 0);
  CHECK(characters("ää😀") == 3);
}

TEST_CASE("a language has a code and comes back from it", "[trendcards][decks]") {
  for (const Language& language : kLanguages) CHECK(Language::parse(language.code()) == language);
  CHECK_FALSE(Language::parse("sv-plain"));
  CHECK_FALSE(Language::parse(""));
}

TEST_CASE("a reader gets the newest version in their language, else in Finnish, else in any", "[trendcards][decks]") {
  const auto head = [](std::int64_t id, Language language, std::int64_t version, EditionState state) {
    EditionHead made;
    made.id = EditionId{id};
    made.language = language;
    made.version = version;
    made.state = state;
    return made;
  };
  std::vector<EditionHead> all{head(1, {Locale::fi}, 1, EditionState::published), head(2, {Locale::fi}, 2, EditionState::published),
                               head(3, {Locale::fi}, 3, EditionState::draft), head(4, {Locale::sv}, 1, EditionState::published),
                               head(5, {Locale::fi, true}, 1, EditionState::published)};
  const auto found = readable(all);
  REQUIRE(found.size() == 3);
  CHECK(suiting(found, Locale::fi)->id == EditionId{2});
  CHECK(suiting(found, Locale::sv)->id == EditionId{4});
  CHECK(suiting(found, Locale::en)->id == EditionId{2});
  all.erase(all.begin(), all.begin() + 3);
  CHECK(suiting(readable({all[0]}), Locale::en)->id == EditionId{4});
  CHECK(suiting({}, Locale::en) == nullptr);
}

TEST_CASE("what keeps a draft from being published is named with its card", "[trendcards][decks]") {
  CHECK(shortcomings(exampleEdition({})).empty());
  Edition edition = exampleEdition({});
  edition.cards[1].title.clear();
  edition.cards[0].image = FileId{1};
  const auto found = shortcomings(edition);
  REQUIRE(found.size() == 2);
  CHECK(found[0].kind == Shortcoming::Kind::pictureWithoutAlternative);
  CHECK(found[0].card == 1);
  CHECK(found[1].kind == Shortcoming::Kind::cardWithoutTitle);
  CHECK(found[1].card == 2);
  edition.cards.clear();
  edition.title.clear();
  CHECK(shortcomings(edition).size() == 2);
}

TEST_CASE("a whole edition comes back as it was stored", "[trendcards][decks]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      const auto id = table.publish(deck);
      const Edition edition = table.edition(id);
      CHECK(edition.isPublished());
      CHECK(edition.publishedAt);
      CHECK(edition.cardCount == 2);
      CHECK(edition.themes == exampleEdition(deck).themes);
      REQUIRE(edition.cards.size() == 2);
      CHECK(edition.cards[0].sources == std::vector<std::string>{"Tilastokeskus 2025"});
      CHECK(edition.cards[0].tags == std::vector<std::string>{"etätyö", "syrjäseudut"});
      CHECK(edition.numbered(2)->title == "Väki vanhenee");
      CHECK_FALSE(table.read([](ReadTx& tx) { return store::edition(tx, EditionId{999}).has_value(); }));
    }
  }
}

TEST_CASE("decks are listed where they are published, and where the plugin is on", "[trendcards][decks]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      table.addDraft(deck, {Locale::sv});
      auto visitor = table.site.visitor();
      CHECK_THAT(bodyOf(visitor.get("/fi/trendcards")), Contains("Korttipakkoja ei vielä ole"));
      table.publish(deck);
      CHECK_THAT(bodyOf(visitor.get("/fi/trendcards")), Contains("Työn trendit fi") && !Contains("ruotsi"));
      CHECK_THAT(bodyOf(visitor.get("/sv/regions/pirkanmaa/trendcards")), Contains("Työn trendit fi") && Contains("lang=\"fi\""));
      CHECK_THAT(bodyOf(visitor.get("/fi/regions/uusimaa/trendcards")), !Contains("Työn trendit"));
      table.site.switchPlugin("trendcards", "06", false);
      CHECK_THAT(bodyOf(visitor.get("/fi/trendcards")), !Contains("Työn trendit"));
    }
  }
}
