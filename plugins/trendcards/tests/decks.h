// A small deck for tests: two cards in one theme, of Pirkanmaa.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "store/collections.h"
#include "store/decks.h"
#include "toimela/testing.h"

namespace toimela::trendcards {

using Sent = std::vector<std::pair<std::string, std::string>>;

inline RegionCode region(std::string_view code) { return RegionCode::parse(code).value(); }
inline const RegionCode kPirkanmaa = region("06");

inline Edition exampleEdition(DeckId deck, Language language = {}) {
  Edition edition;
  edition.deck = deck;
  edition.language = language;
  edition.title = "Työn trendit " + language.code();
  edition.introduction = "Aloittakaa **yhdestä** kortista.";
  edition.themes = {{"tyo", Colour::green, "Työ muuttuu"}};
  edition.cards = {{.number = 1,
                    .trend = 1,
                    .theme = "tyo",
                    .title = "Työ ei katso paikkaa",
                    .front = "Yhä useampi työ tehdään *muualla* kuin työpaikalla.",
                    .back = "Etätyö avaa ovia.\n\n- Kenelle ovet aukeavat?\n- Kuka jää yksin?",
                    .sources = {"Tilastokeskus 2025"},
                    .tags = {"etätyö", "syrjäseudut"}},
                   {.number = 2,
                    .trend = 2,
                    .theme = "tyo",
                    .title = "Väki vanhenee",
                    .front = "Työikäisiä on vähemmän.",
                    .back = "- Mitä se tarkoittaa meillä?",
                    .tags = {"ikääntyminen"}}};
  return edition;
}

struct Table {
  explicit Table(const testing::FreshDatabase& database)
      : site(database),
        editor(site.signedIn(site.person("Eeva", "Editori", {{Role::contactPerson, kPirkanmaa, {}}}))) {}

  Host& host() { return site.host("trendcards"); }
  template <class F>
  auto write(F&& work) {
    return host().writeAs({}, [&](WriteTx& tx) {
      tx.unaudited("a test");
      return work(tx);
    });
  }
  template <class F>
  auto read(F&& work) {
    return host().read(std::forward<F>(work));
  }
  DeckId addDeck(std::optional<RegionCode> where = kPirkanmaa) {
    return write([&](WriteTx& tx) {
      return store::insertDeck(tx, {.region = where, .key = "tyo", .themes = {{"tyo", Colour::green}}});
    });
  }
  EditionId addDraft(DeckId deck, Language language = {}) {
    return write([&](WriteTx& tx) { return store::insertEdition(tx, exampleEdition(deck, language)); });
  }
  EditionId publish(DeckId deck, Language language = {}) {
    const auto id = addDraft(deck, language);
    write([&](WriteTx& tx) {
      store::publishEdition(tx, id);
      return 0;
    });
    return id;
  }
  Edition edition(EditionId id) {
    return read([&](ReadTx& tx) { return store::edition(tx, id).value(); });
  }

  testing::Site site;
  testing::Visitor editor;
};

}  // namespace toimela::trendcards
