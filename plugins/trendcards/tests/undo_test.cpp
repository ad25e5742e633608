// A removal that was a mistake is taken back by whoever made it, for an hour.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "operations/collections.h"
#include "operations/decks.h"
#include "operations/packages.h"
#include "sessions.h"
#include "toimela/made_files.h"
#include "undo_offer.h"

namespace toimela::trendcards {

using Catch::Matchers::Contains;
using testing::bodyOf;
using testing::undoOffered;
namespace ops = operations;

namespace {

constexpr Sql kActions{"test.actions", "SELECT action FROM core_audit WHERE object = :object ORDER BY id"};
constexpr Sql kFiles{"test.files", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_file"};
constexpr Sql kCards{"test.cards", "SELECT CAST(COUNT(*) AS BIGINT) FROM trendcards_card WHERE edition_id = :edition"};
constexpr Sql kDecks{"test.decks", "SELECT CAST(COUNT(*) AS BIGINT) FROM trendcards_deck WHERE id = :deck"};

/// A draft of two cards, the first with a picture.
struct Drafting : Table {
  explicit Drafting(const testing::FreshDatabase& database)
      : Table(database),
        colleague(site.signedIn(site.person("Kaisa", "Kollega", {{Role::contactPerson, kPirkanmaa, {}}}))),
        stranger(site.signedIn(site.person("Ville", "Vieras"))),
        deck(addDeck()),
        draft(addDraft(deck)) {
    show("01.png", "Avoin ovi");
    first = edition(draft).cards.front();
  }

  void show(const char* name, const char* alternative) {
    std::ifstream in(std::filesystem::path(TOIMELA_PLUGIN_FOLDER) / "demo/decks/tyollisyydenhoito/images" / name,
                     std::ios::binary);
    const std::string picture(std::istreambuf_iterator<char>(in), {});
    const auto received = files::receive(host(), name, picture, ops::pictureRules());
    write([&](WriteTx& tx) {
      Card card = store::edition(tx, draft)->cards.front();
      card.alternative = alternative;
      return ops::saveCard(tx, card, std::get<files::Incoming>(received), false);
    });
  }
  /// Saves the first card by its form, with new words and without its picture.
  testing::UndoOffer dropPicture() {
    return undoOffered(editor, editor.post(path("/edit"), {{"theme", "tyo"},
                                                           {"title", "Uusi otsikko"},
                                                           {"front", "Etupuoli"},
                                                           {"back", "Takapuoli"},
                                                           {"remove_picture", "1"}}));
  }
  std::vector<std::string> actions() {
    return read([&](ReadTx& tx) {
      return tx.all(kActions, [](std::string action) { return action; }, "trendcards.deck:" + deck.text());
    });
  }
  std::int64_t decks() {
    return read([&](ReadTx& tx) { return tx.value<std::int64_t>(kDecks, deck); });
  }
  std::string ofDraft(std::string_view rest = "") const {
    return "/fi/trendcards/editions/" + draft.text() + std::string(rest);
  }
  std::string ofDeck(std::string_view rest = "") const { return "/fi/trendcards/" + deck.text() + std::string(rest); }

  std::string path(std::string_view rest = "") const { return "/fi/trendcards/cards/" + first.id.text() + std::string(rest); }
  testing::UndoOffer remove() { return undoOffered(editor, editor.post(path("/remove"))); }
  std::int64_t rows() {
    return read([&](ReadTx& tx) { return tx.value<std::int64_t>(kCards, draft); });
  }
  std::int64_t fileCount() {
    return read([](ReadTx& tx) { return tx.value<std::int64_t>(kFiles); });
  }
  void clear(std::chrono::seconds ago) {
    write([&](WriteTx& tx) {
      ops::clearRemovedDecks(tx, tx.time() - ago);
      ops::clearRemovedDrafts(tx, tx.time() - ago);
      ops::clearRemovedCards(tx, tx.time() - ago);
      ops::clearRemovedPictures(tx, tx.time() - ago);
      return 0;
    });
  }

  testing::Visitor colleague, stranger;
  DeckId deck;
  EditionId draft;
  Card first;
};

}  // namespace

TEST_CASE("a card that was removed by mistake comes back under its number with its picture", "[trendcards][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Drafting d(database);
      const auto offer = d.remove();
      REQUIRE(offer.action == d.path("/restore"));
      const Edition without = d.edition(d.draft);
      REQUIRE(without.cards.size() == 1);
      CHECK(without.cardCount == 1);
      CHECK(without.cards.front().number == 1);
      CHECK(d.editor.get(d.path("/edit")).status == 404);
      CHECK(d.editor.get(d.path("/picture")).status == 404);

      CHECK(d.stranger.post(offer.action, offer.fields).status == 403);
      CHECK(d.colleague.post(offer.action, offer.fields).status == 409);
      CHECK(d.editor.post(offer.action).status == 409);

      CHECK_THAT(bodyOf(d.editor.get(std::string(d.editor.post(offer.action, offer.fields).headers.find("Location").value()))),
                 Contains("Muutos on kumottu") && Contains(d.first.title));
      const Edition again = d.edition(d.draft);
      REQUIRE(again.cards.size() == 2);
      CHECK(again.cards.front().id == d.first.id);
      CHECK(again.cards.front().trend == d.first.trend);
      CHECK(again.cards.back().number == 2);
      CHECK(d.editor.get(d.path("/picture")).status == 200);
      CHECK(again.revision > without.revision);
      CHECK(d.read([&](ReadTx& tx) {
               return tx.all(kActions, [](std::string action) { return action; }, "trendcards.deck:" + d.deck.text());
             }).back() == "trendcards.card.restore");
      CHECK(d.editor.post(offer.action, offer.fields).status == 409);
    }
  }
}

TEST_CASE("a card does not come back where it no longer fits", "[trendcards][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      SECTION("the draft was published") {
        Drafting d(database);
        const auto offer = d.remove();
        const auto revision = d.edition(d.draft).revision;
        const auto published = d.write([&](WriteTx& tx) { return ops::publish(tx, d.draft, revision); });
        REQUIRE((!published.refusal && published.shortcomings.empty()));
        CHECK(d.rows() == 1);
        CHECK(d.fileCount() == 0);
        CHECK(d.editor.post(offer.action, offer.fields).status == 404);
      }
      SECTION("another card has its trend") {
        Drafting d(database);
        d.addDraft(d.deck, {Locale::sv});
        const auto second = d.edition(d.draft).cards.back();
        REQUIRE(d.editor.post("/fi/trendcards/cards/" + second.id.text() + "/remove").status == 303);
        const auto offer = d.remove();
        Card fresh;
        fresh.theme = "tyo";
        fresh.title = "Uusi ensimmäinen";
        const auto added = d.write([&](WriteTx& tx) { return ops::addCard(tx, d.draft, fresh, std::nullopt); });
        REQUIRE_FALSE(added.refusal);
        CHECK(d.edition(d.draft).cards.front().trend == d.first.trend);
        CHECK(d.rows() == 2);
        CHECK(d.editor.post(offer.action, offer.fields).status == 404);
      }
      SECTION("its theme is gone") {
        Drafting d(database);
        const auto second = d.edition(d.draft).cards.back();
        REQUIRE(d.editor.post("/fi/trendcards/cards/" + second.id.text() + "/remove").status == 303);
        const auto offer = d.remove();
        d.write([&](WriteTx& tx) {
          Deck deck = *store::deck(tx, d.deck);
          deck.themes = {{"vaki", Colour::red}};
          REQUIRE_FALSE(ops::saveDeck(tx, deck));
          return 0;
        });
        CHECK(d.editor.post(offer.action, offer.fields).status == 409);
        CHECK(d.edition(d.draft).cards.empty());
      }
    }
  }
}

TEST_CASE("an hour after it was removed nothing is kept of a card", "[trendcards][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      SECTION("an hour later") {
        Drafting d(database);
        REQUIRE_FALSE(d.remove().action.empty());
        d.clear(std::chrono::hours(1));
        CHECK(d.rows() == 2);
        CHECK(d.fileCount() == 1);
        d.clear(std::chrono::seconds(-1));
        CHECK(d.rows() == 1);
        CHECK(d.fileCount() == 0);
      }
      SECTION("a copy of the card shows the picture") {
        Drafting d(database);
        d.write([&](WriteTx& tx) {
          Edition other = *store::edition(tx, d.draft);
          other.language = {Locale::sv};
          return store::insertEdition(tx, other);
        });
        REQUIRE_FALSE(d.remove().action.empty());
        d.clear(std::chrono::seconds(-1));
        CHECK(d.fileCount() == 1);
      }
      SECTION("with its draft") {
        Drafting d(database);
        const auto offer = d.remove();
        REQUIRE(d.editor.post(d.ofDraft("/remove")).status == 303);
        CHECK(d.editor.post(offer.action, offer.fields).status == 409);
        CHECK(d.rows() == 2);
        CHECK(d.fileCount() == 1);
        d.clear(std::chrono::seconds(-1));
        CHECK(d.rows() == 0);
        CHECK(d.fileCount() == 0);
      }
      SECTION("with its deck") {
        Drafting d(database);
        const auto offer = d.remove();
        REQUIRE(d.editor.post(d.ofDeck("/remove")).status == 303);
        CHECK(d.editor.post(offer.action, offer.fields).status == 409);
        CHECK(d.rows() == 2);
        CHECK(d.fileCount() == 1);
        d.clear(std::chrono::seconds(-1));
        CHECK(d.rows() == 0);
        CHECK(d.fileCount() == 0);
      }
    }
  }
}

TEST_CASE("the picture of a card that was removed by mistake comes back, and the words stay as they were saved",
          "[trendcards][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Drafting d(database);
      const auto offer = d.dropPicture();
      REQUIRE(offer.action == d.path("/picture/restore"));
      const Edition changed = d.edition(d.draft);
      CHECK_FALSE(changed.cards.front().image);
      CHECK(d.editor.get(d.path("/picture")).status == 404);
      CHECK(d.fileCount() == 1);

      CHECK(d.stranger.post(offer.action, offer.fields).status == 403);
      CHECK(d.colleague.post(offer.action, offer.fields).status == 409);
      CHECK(d.editor.post(offer.action).status == 409);
      CHECK(d.editor.post(offer.action, {{"picture", d.first.image->text()}}).status == 409);

      CHECK_THAT(bodyOf(d.editor.get(std::string(d.editor.post(offer.action, offer.fields).headers.find("Location").value()))),
                 Contains("Aiempi kuva on palautettu"));
      const Edition again = d.edition(d.draft);
      CHECK(again.cards.front().image == d.first.image);
      CHECK(again.cards.front().alternative == "Avoin ovi");
      CHECK(again.cards.front().title == "Uusi otsikko");
      CHECK(again.revision > changed.revision);
      CHECK(d.fileCount() == 1);
      CHECK(d.editor.get(d.path("/picture")).status == 200);
      CHECK(d.actions().back() == "trendcards.card.restore_picture");
      CHECK(d.editor.post(offer.action, offer.fields).status == 409);
      d.clear(std::chrono::seconds(-1));
      CHECK(d.fileCount() == 1);
    }
  }
}

TEST_CASE("the picture of a card that was replaced by mistake comes back, and the new one goes", "[trendcards][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Drafting d(database);
      d.show("02.png", "Silta");
      CHECK(d.fileCount() == 2);
      const auto restored = d.write([&](WriteTx& tx) { return ops::restorePicture(tx, d.first.id, *d.first.image); });
      CHECK(restored == d.draft);
      const Card again = d.edition(d.draft).cards.front();
      CHECK(again.image == d.first.image);
      CHECK(again.alternative == "Avoin ovi");
      CHECK(d.fileCount() == 1);
    }
  }
}

TEST_CASE("a picture does not come back to a card that has had another one since, nor to a published one", "[trendcards][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Drafting d(database);
      const auto offer = d.dropPicture();
      REQUIRE_FALSE(offer.action.empty());
      SECTION("a colleague gave it one") {
        d.show("03.png", "Polku");
        CHECK(d.fileCount() == 1);
        CHECK(d.editor.post(offer.action, offer.fields).status == 409);
        CHECK(d.edition(d.draft).cards.front().alternative == "Polku");
      }
      SECTION("the one that a colleague replaced is another one") {
        d.show("03.png", "Polku");
        d.show("04.png", "Puu");
        CHECK(d.fileCount() == 2);
        CHECK(d.editor.post(offer.action, offer.fields).status == 409);
        CHECK(d.edition(d.draft).cards.front().alternative == "Puu");
      }
      SECTION("it was published") {
        const auto revision = d.edition(d.draft).revision;
        REQUIRE_FALSE(d.write([&](WriteTx& tx) { return ops::publish(tx, d.draft, revision); }).refusal);
        CHECK(d.editor.post(offer.action, offer.fields).status == 409);
        CHECK_FALSE(d.edition(d.draft).cards.front().image);
      }
      SECTION("an hour has gone") {
        d.clear(std::chrono::hours(1));
        CHECK(d.fileCount() == 1);
        d.clear(std::chrono::seconds(-1));
        CHECK(d.fileCount() == 0);
        CHECK(d.editor.post(offer.action, offer.fields).status == 409);
      }
      SECTION("the card went with it") {
        REQUIRE(d.editor.post(d.path("/remove")).status == 303);
        d.clear(std::chrono::seconds(-1));
        CHECK(d.fileCount() == 0);
      }
    }
  }
}

TEST_CASE("a picture that was removed here stays where a copy of the card shows it", "[trendcards][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Drafting d(database);
      d.write([&](WriteTx& tx) {
        Edition other = *store::edition(tx, d.draft);
        other.language = {Locale::sv};
        return store::insertEdition(tx, other);
      });
      REQUIRE_FALSE(d.dropPicture().action.empty());
      d.clear(std::chrono::seconds(-1));
      CHECK(d.fileCount() == 1);
    }
  }
}

TEST_CASE("a draft that was removed by mistake comes back with its cards and their pictures", "[trendcards][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Drafting d(database);
      const Edition before = d.edition(d.draft);
      CHECK_THAT(bodyOf(d.editor.get(d.ofDraft("/remove"))), Contains("suomi, versio 1"));
      const auto offer = undoOffered(d.editor, d.editor.post(d.ofDraft("/remove")));
      REQUIRE(offer.action == d.ofDraft("/restore"));
      CHECK(d.editor.get(d.ofDraft()).status == 404);
      CHECK(d.editor.get(d.path("/edit")).status == 404);
      CHECK(d.editor.get(d.path("/picture")).status == 404);
      CHECK(d.editor.post(d.ofDraft("/remove")).status == 404);
      CHECK_THAT(bodyOf(d.editor.get(d.ofDeck("/work"))), !Contains(before.title));
      CHECK(d.read([&](ReadTx& tx) { return store::trendNumbered(tx, d.deck, 1); }) == std::nullopt);
      // Its theme is given up, and another one is made.
      d.write([&](WriteTx& tx) {
        Deck deck = *store::deck(tx, d.deck);
        deck.themes = {{"vaki", Colour::red}};
        REQUIRE_FALSE(ops::saveDeck(tx, deck));
        return 0;
      });

      CHECK(d.stranger.post(offer.action, offer.fields).status == 403);
      CHECK(d.colleague.post(offer.action, offer.fields).status == 409);
      CHECK(d.editor.post(offer.action).status == 409);

      CHECK_THAT(bodyOf(d.editor.get(std::string(d.editor.post(offer.action, offer.fields).headers.find("Location").value()))),
                 Contains("Muutos on kumottu") && Contains(d.first.title));
      const Edition again = d.edition(d.draft);
      CHECK(again.title == before.title);
      CHECK(again.introduction == before.introduction);
      CHECK(again.cards.size() == 2);
      CHECK(again.cards.front().image == d.first.image);
      CHECK(again.revision > before.revision);
      REQUIRE(again.themes.size() == 2);
      CHECK(again.themes[0] == Theme{"vaki", Colour::red, ""});
      CHECK(again.themes[1] == before.themes[0]);
      CHECK(d.editor.get(d.path("/picture")).status == 200);
      CHECK(d.actions().back() == "trendcards.edition.restore");
      CHECK(d.editor.post(offer.action, offer.fields).status == 409);
    }
  }
}

TEST_CASE("a draft that is made anew takes the place of the one that was removed", "[trendcards][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      SECTION("of a language") {
        Drafting d(database);
        const auto offer = undoOffered(d.editor, d.editor.post(d.ofDraft("/remove")));
        const auto made = d.write([&](WriteTx& tx) { return ops::addEdition(tx, d.deck, {}, "Uusi alku", {}); });
        REQUIRE_FALSE(made.refusal);
        CHECK(d.rows() == 0);
        CHECK(d.fileCount() == 0);
        CHECK(d.editor.post(offer.action, offer.fields).status == 404);
        CHECK(d.edition(made.edition).title == "Uusi alku");
      }
      SECTION("of the next version") {
        Drafting d(database);
        const auto revision = d.edition(d.draft).revision;
        REQUIRE_FALSE(d.write([&](WriteTx& tx) { return ops::publish(tx, d.draft, revision); }).refusal);
        const auto next = [&] { return d.write([&](WriteTx& tx) { return ops::addVersion(tx, d.draft); }).edition; };
        const EditionId removed = next();
        const std::string page = "/fi/trendcards/editions/" + removed.text();
        const auto offer = undoOffered(d.editor, d.editor.post(page + "/remove"));
        REQUIRE_FALSE(offer.action.empty());
        const EditionId fresh = next();
        CHECK(fresh != removed);
        CHECK(d.edition(fresh).version == 2);
        CHECK(d.fileCount() == 1);
        CHECK(d.editor.post(offer.action, offer.fields).status == 404);
      }
      SECTION("an hour later nothing is kept of it") {
        Drafting d(database);
        const auto offer = undoOffered(d.editor, d.editor.post(d.ofDraft("/remove")));
        d.clear(std::chrono::hours(1));
        CHECK(d.rows() == 2);
        CHECK(d.fileCount() == 1);
        d.clear(std::chrono::seconds(-1));
        CHECK(d.rows() == 0);
        CHECK(d.fileCount() == 0);
        CHECK(d.editor.post(offer.action, offer.fields).status == 404);
        CHECK(d.decks() == 1);
      }
    }
  }
}

TEST_CASE("a deck that was removed by mistake comes back with its drafts, but not with one that was removed before it",
          "[trendcards][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Drafting d(database);
      const EditionId swedish = d.addDraft(d.deck, {Locale::sv});
      const auto ofSwedish = undoOffered(d.editor, d.editor.post("/fi/trendcards/editions/" + swedish.text() + "/remove"));
      REQUIRE_FALSE(ofSwedish.action.empty());
      const std::string title = d.edition(d.draft).title, list = "/fi/regions/06/trendcards/work";
      CHECK_THAT(bodyOf(d.editor.get(d.ofDeck("/remove"))), Contains(title + " ja kaikki pakan luonnokset"));
      const auto offer = undoOffered(d.editor, d.editor.post(d.ofDeck("/remove")));
      REQUIRE(offer.action == d.ofDeck("/restore"));
      for (const auto& page : {d.ofDeck(), d.ofDeck("/work"), d.ofDeck("/export"), d.ofDeck("/print"), d.ofDraft(), d.path("/edit"),
                               d.path("/picture")}) {
        CAPTURE(page);
        CHECK(d.editor.get(page).status == 404);
      }
      CHECK_THAT(bodyOf(d.editor.get(list)), !Contains(title));
      CHECK(d.editor.post(d.ofDeck("/remove")).status == 404);
      CHECK(d.editor.post(ofSwedish.action, ofSwedish.fields).status == 409);

      CHECK(d.stranger.post(offer.action, offer.fields).status == 403);
      CHECK(d.colleague.post(offer.action, offer.fields).status == 409);
      CHECK(d.editor.post(offer.action).status == 409);

      CHECK_THAT(bodyOf(d.editor.get(std::string(d.editor.post(offer.action, offer.fields).headers.find("Location").value()))),
                 Contains("Muutos on kumottu") && Contains(title));
      CHECK(d.edition(d.draft).cards.size() == 2);
      CHECK(d.editor.get(d.path("/picture")).status == 200);
      CHECK(d.actions().back() == "trendcards.deck.restore");
      CHECK_FALSE(d.read([&](ReadTx& tx) { return store::edition(tx, swedish); }));
      CHECK(d.editor.post(offer.action, offer.fields).status == 409);
      CHECK(d.editor.post(ofSwedish.action, ofSwedish.fields).status == 303);

      const auto last = undoOffered(d.editor, d.editor.post(d.ofDeck("/remove")));
      d.clear(std::chrono::hours(1));
      CHECK(d.decks() == 1);
      CHECK(d.fileCount() == 1);
      d.clear(std::chrono::seconds(-1));
      CHECK(d.decks() == 0);
      CHECK(d.rows() == 0);
      CHECK(d.fileCount() == 0);
      CHECK(d.editor.post(last.action, last.fields).status == 404);
    }
  }
}

TEST_CASE("a collection that was removed by mistake comes back with its cards and its link", "[trendcards][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto cards = table.edition(table.publish(table.addDeck())).cards;
      const PersonId owner = table.site.person("Olli", "Omistaja");
      auto olli = table.site.signedIn(owner), other = table.site.signedIn(table.site.person("Muu", "Käyttäjä"));
      const auto id = table.write([&](WriteTx& tx) {
        const auto made = ops::addCollection(tx, owner, "Aamun kortit").value();
        ops::arrange(tx, made, {cards[1].id, cards[0].id});
        ops::share(tx, made, true);
        return made;
      });
      const auto key = table.read([&](ReadTx& tx) { return store::collection(tx, id)->shareKey; });
      const std::string page = "/fi/trendcards/collections/" + id.text(), shared = "/fi/trendcards/shared/" + key;
      auto visitor = table.site.visitor();
      REQUIRE(visitor.get(shared).status == 200);

      const auto offer = undoOffered(olli, olli.post(page + "/remove"));
      REQUIRE(offer.action == page + "/restore");
      CHECK(olli.get(page).status == 404);
      CHECK(visitor.get(shared).status == 404);
      CHECK_THAT(bodyOf(olli.get("/fi/trendcards/collections")), !Contains("Aamun kortit"));
      CHECK(other.post(offer.action, offer.fields).status == 404);
      CHECK(olli.post(offer.action).status == 409);

      CHECK(olli.post(offer.action, offer.fields).status == 303);
      CHECK(table.read([&](ReadTx& tx) { return store::cardsIn(tx, id); }) == std::vector<CardId>{cards[1].id, cards[0].id});
      CHECK(visitor.get(shared).status == 200);
      CHECK(olli.post(offer.action, offer.fields).status == 409);

      // Not above what one may have.
      REQUIRE(olli.post(page + "/remove").status == 303);
      table.write([&](WriteTx& tx) {
        while (ops::addCollection(tx, owner, "Lisää")) continue;
        return 0;
      });
      CHECK(olli.post(offer.action, offer.fields).status == 409);
      CHECK(table.read([&](ReadTx& tx) { return store::collectionsOf(tx, owner); }).size() == kMostCollections);

      table.write([&](WriteTx& tx) {
        ops::clearRemovedCollections(tx, tx.time() - std::chrono::hours(1));
        return 0;
      });
      CHECK(table.read([&](ReadTx& tx) { return store::ownerOf(tx, id); }) == owner);
      table.write([&](WriteTx& tx) {
        ops::clearRemovedCollections(tx, tx.time() + std::chrono::seconds(1));
        return 0;
      });
      CHECK(olli.post(offer.action, offer.fields).status == 404);
    }
  }
}

TEST_CASE("whose data is erased leaves no removed collection behind", "[trendcards][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const PersonId owner = table.site.person("Olli", "Omistaja");
      const auto id = table.write([&](WriteTx& tx) {
        const auto made = ops::addCollection(tx, owner, "Aamun kortit").value();
        ops::removeCollection(tx, made);
        store::removeCollectionsOf(tx, owner);
        return made;
      });
      CHECK_FALSE(table.read([&](ReadTx& tx) { return store::ownerOf(tx, id); }));
    }
  }
}

TEST_CASE("a text that its facilitator took away by mistake comes back with the dots it had", "[sessions][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      LiveWorkshop shop(database);
      const Session session = shop.begin(shop.plan(Exercise::ideas));
      const auto aino = shop.joined(session, "aino"), eero = shop.joined(session, "eero");
      shop.moveTo(session, Phase::working);
      for (const char* text : {"Ruokapiiri", "Työpankki"})
        REQUIRE_FALSE(shop.answer(session, aino, [&](WriteTx& tx, const ops::Answering& by) {
          return ops::contribute(tx, by, text, {.kind = ContributionKind::idea, .text = text});
        }));
      const auto texts = shop.answers(session).contributions;
      REQUIRE(texts.size() == 2);
      shop.moveTo(session, Phase::voting);
      const auto dots = [&](const Participant& who, std::map<ContributionId, int> given) {
        return shop.answer(session, who, [&](WriteTx& tx, const ops::Answering& by) { return ops::giveDots(tx, by, given); });
      };
      const ContributionId taken = texts[0].id;
      REQUIRE_FALSE(dots(aino, {{taken, 3}}));
      REQUIRE_FALSE(dots(eero, {{taken, 2}}));

      const std::string page = "/fi/trendcards/sessions/" + session.id.text(), path = page + "/texts/" + taken.text();
      auto colleague = shop.site.signedIn(shop.site.person("Kaisa", "Kollega", {{Role::contactPerson, kPirkanmaa, {}}}));
      auto stranger = shop.site.signedIn(shop.site.person("Ville", "Vieras"));
      const auto offer = undoOffered(shop.facilitator, shop.facilitator.post(path + "/remove"));
      REQUIRE(offer.action == path + "/restore");
      CHECK(shop.answers(session).contributions.size() == 1);
      CHECK_THAT(bodyOf(shop.facilitator.get(page)), !Contains("Ruokapiiri"));
      CHECK(shop.read([&](ReadTx& tx) { return store::countsOf(tx, session).texts; }) == 1);
      CHECK(shop.read([&](ReadTx& tx) { return store::dotsOf(tx, aino.id); }).empty());
      CHECK(dots(eero, {{taken, 1}}) == AnswerProblem::notYours);
      // Aino gives hers to the other one meanwhile.
      REQUIRE_FALSE(dots(aino, {{texts[1].id, 3}}));

      CHECK(stranger.post(offer.action, offer.fields).status == 403);
      CHECK(colleague.post(offer.action, offer.fields).status == 409);
      CHECK(shop.facilitator.post(offer.action, offer.fields).status == 303);
      const auto again = shop.answers(session).contributions;
      REQUIRE(again.size() == 2);
      CHECK(again[0].id == taken);
      CHECK(again[0].dots == 2);
      CHECK(again[1].dots == 3);
      CHECK(shop.facilitator.post(offer.action, offer.fields).status == 409);

      REQUIRE(shop.facilitator.post(path + "/remove").status == 303);
      const auto clear = [&](std::chrono::seconds ago) {
        shop.host().writeAs({}, [&](WriteTx& tx) { ops::clearTakenAway(tx, tx.time() - ago); });
      };
      clear(std::chrono::hours(1));
      CHECK(shop.facilitator.post(offer.action, offer.fields).status == 303);
      REQUIRE(shop.facilitator.post(path + "/remove").status == 303);
      clear(std::chrono::seconds(-1));
      CHECK(shop.facilitator.post(offer.action, offer.fields).status == 409);
    }
  }
}

}  // namespace toimela::trendcards
