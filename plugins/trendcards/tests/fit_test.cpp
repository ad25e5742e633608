// What is too long for a printed card is told before it is published, and before it is printed.
#include <catch2/catch.hpp>

#include <filesystem>

#include "decks.h"
#include "exchange/zip.h"
#include "handlers/publishing.h"
#include "operations/collections.h"
#include "paper/printing.h"

using namespace toimela;
using namespace toimela::trendcards;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

/// Fits an A6 card, and no smaller one.
std::vector<std::string> manySources() {
  std::vector<std::string> sources;
  for (std::size_t i = 0; i < kMostSources; ++i) {
    std::string source;
    while (source.size() + 12 < kLongestSource) source += "Tilastot " + std::to_string(i) + " ";
    sources.push_back(source);
  }
  return sources;
}

Edition longEdition(DeckId deck) {
  Edition edition = exampleEdition(deck);
  edition.cards[1].sources = manySources();
  edition.cards[1].back = "";
  for (int i = 0; i < 17; ++i) edition.cards[1].back += "- Kuka?\n";
  return edition;
}

EditionId publishLong(Table& table, DeckId deck) {
  return table.write([&](WriteTx& tx) {
    const auto id = store::insertEdition(tx, longEdition(deck));
    store::publishEdition(tx, id);
    return id;
  });
}

const char* kSheet = "&sheet=a4&sides=both&turned=long&bleed=1&marks=1";

}  // namespace

TEST_CASE("every card of the demonstration fits on the largest printed card", "[trendcards][fit]") {
  Table table(testing::databases().front());
  for (const char* name : {"tyollisyydenhoito", "yhteistyo-alkuun"}) {
    const auto parsed = exchange::parse(exchange::readFolder(std::filesystem::path(TOIMELA_PLUGIN_FOLDER) / "demo/decks" / name));
    const auto& package = std::get<exchange::Package>(parsed);
    for (const exchange::PackagedEdition& each : package.editions) {
      INFO(name << " " << each.file);
      Edition edition = each.edition;
      for (Card& card : edition.cards) card.image = FileId{1};
      CHECK(handlers::misfits(package.deck, edition, table.host()).empty());
    }
  }
}

TEST_CASE("who writes a card sees on which sizes it fits, with and without its picture", "[trendcards][fit]") {
  Table table(testing::databases().front());
  const auto draft = table.addDraft(table.addDeck());
  const std::string path = "/fi/trendcards/editions/" + draft.text() + "/preview";
  const Sent fits{{"theme", "tyo"}, {"title", "Kortti"}, {"front", "Lyhyt."}, {"back", "- Miksi?"}};
  const auto shown = bodyOf(table.editor.post(path, fits));
  CHECK_THAT(shown, Contains("mahtuu</span>") && !Contains("ei mahdu"));
  std::string sources;
  for (const std::string& source : manySources()) sources += source + "\n";
  const auto tight = bodyOf(table.editor.post(path, {{"theme", "tyo"}, {"title", "Kortti"}, {"front", "Lyhyt."},
                                                     {"back", longEdition({}).cards[1].back}, {"sources", sources}}));
  CHECK_THAT(tight, Contains("mahtuu</span>") && Contains("kääntöpuolen teksti ei mahdu") && !Contains("etupuolen teksti ei mahdu"));
}

TEST_CASE("a size that a text does not fit on is not printed, and the card is named", "[trendcards][fit]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      const auto id = publishLong(table, deck);
      CHECK(handlers::misfits({}, table.edition(id), table.host()).empty());
      auto visitor = table.site.visitor();
      const auto ask = [&](const std::string& choice) {
        return visitor.get("/fi/trendcards/" + deck.text() + "/print.pdf?edition=" + id.text() + choice + kSheet);
      };
      CHECK(ask("&size=a6").status == 200);
      for (int i = 0; i < 2; ++i) {
        const auto refused = ask("&size=poker");
        CHECK(refused.status == 422);
        CHECK_THAT(bodyOf(refused), Contains("eivät mahdu tähän kokoon: 2."));
      }
      CHECK(ask("&size=poker&numbers=1").status == 200);
      // Only the backs are too long.
      CHECK(visitor.get("/fi/trendcards/" + deck.text() + "/print.pdf?size=poker&sheet=a4&sides=fronts&turned=long&edition=" + id.text()).status == 200);
    }
  }
}

TEST_CASE("a collection is printed by its owner, cards of several decks in their languages", "[trendcards][fit][collections]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      const auto finnish = table.edition(table.publish(deck)), swedish = table.edition(table.publish(deck, {Locale::sv}));
      const PersonId owner = table.site.person("Olli", "Omistaja");
      auto olli = table.site.signedIn(owner);
      auto other = table.site.signedIn(table.site.person("Muu", "Käyttäjä"));
      const auto id = table.write([&](WriteTx& tx) {
        const auto made = operations::addCollection(tx, owner, "Työpajan \"kortit\"").value();
        operations::arrange(tx, made, {swedish.cards[1].id, finnish.cards[0].id});
        return made;
      });
      const std::string path = "/fi/trendcards/collections/" + id.text();
      CHECK_THAT(bodyOf(olli.get(path)), Contains(path + "/print\""));
      CHECK_THAT(bodyOf(olli.get("/fi/trendcards/" + deck.text() + "/print")), Contains(path + "/print\"") && Contains("2 korttia"));
      CHECK_THAT(bodyOf(table.site.visitor().get("/fi/trendcards/" + deck.text() + "/print")), !Contains("/collections/"));
      CHECK_THAT(bodyOf(olli.get(path + "/print")), Contains("Työpajan &quot;kortit&quot;") || Contains("Työpajan &#34;kortit&#34;"));
      CHECK(other.get(path + "/print").status == 404);
      CHECK(other.get(path + "/print.pdf?size=a6" + kSheet).status == 404);
      CHECK(olli.get(path + "/print.pdf?size=a5" + kSheet).status == 422);
      const auto printed = olli.get(path + "/print.pdf?size=a6" + kSheet);
      REQUIRE(printed.status == 200);
      CHECK(printed.headers.find("Content-Type") == "application/pdf");
      CHECK(bodyOf(printed).starts_with("%PDF"));
      table.write([&](WriteTx& tx) {
        operations::arrange(tx, id, {});
        return 0;
      });
      CHECK(olli.get(path + "/print.pdf?size=a6" + kSheet).status == 422);
      CHECK_THAT(bodyOf(olli.get(path)), !Contains(path + "/print\""));
    }
  }
}
