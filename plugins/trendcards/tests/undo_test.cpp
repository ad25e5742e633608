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

/// A draft of two cards, the first with a picture.
struct Drafting : Table {
  explicit Drafting(const testing::FreshDatabase& database)
      : Table(database),
        colleague(site.signedIn(site.person("Kaisa", "Kollega", {{Role::contactPerson, kPirkanmaa, {}}}))),
        stranger(site.signedIn(site.person("Ville", "Vieras"))),
        deck(addDeck()),
        draft(addDraft(deck)) {
    std::ifstream in(std::filesystem::path(TOIMELA_PLUGIN_FOLDER) / "demo/decks/tyollisyydenhoito/images/01.png",
                     std::ios::binary);
    const std::string picture(std::istreambuf_iterator<char>(in), {});
    const auto received = files::receive(host(), "ovi.png", picture, ops::pictureRules());
    write([&](WriteTx& tx) {
      Card card = store::edition(tx, draft)->cards.front();
      card.alternative = "Avoin ovi";
      return ops::saveCard(tx, card, std::get<files::Incoming>(received), false);
    });
    first = edition(draft).cards.front();
  }

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
      ops::clearRemovedCards(tx, tx.time() - ago);
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

TEST_CASE("an hour after it was removed nothing is kept of a card, and its draft can go before that", "[trendcards][undo]") {
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
        REQUIRE_FALSE(d.remove().action.empty());
        REQUIRE(d.editor.post("/fi/trendcards/editions/" + d.draft.text() + "/remove").status == 303);
        CHECK(d.rows() == 0);
        CHECK(d.fileCount() == 0);
      }
      SECTION("with its deck") {
        Drafting d(database);
        REQUIRE_FALSE(d.remove().action.empty());
        REQUIRE(d.editor.post("/fi/trendcards/" + d.deck.text() + "/remove").status == 303);
        CHECK(d.rows() == 0);
        CHECK(d.fileCount() == 0);
      }
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
