#include "handlers/making_demo.h"

#include <algorithm>

#include "operations/collections.h"
#include "operations/decks.h"
#include "store/decks.h"
#include "toimela/directory.h"

namespace toimela::trendcards::handlers {

namespace {

/// Half done: a card of their own has no front yet, which publishing says.
void adapt(WriteTx& tx, Edition edition) {
  edition.title = "Yhteistyö alkuun Pirkanmaalla";
  edition.introduction = "Sovitamme kortteja Pirkanmaalle: mukaan tulevat omat esimerkit ja yhteyshenkilöt.\n\n" + edition.introduction;
  operations::saveEdition(tx, edition);
  Card first = edition.cards.front();
  first.back += "\n- Kuka Pirkanmaalla on jo tehnyt tätä?";
  operations::saveCard(tx, first, std::nullopt, false);
  Card own;
  own.theme = first.theme;
  own.title = "Kenelle soitan ensin?";
  own.back = "Pirkanmaalla työllisyysalueita on useita, ja järjestöjä satoja.\n\n- Kenen nimi tulee ensimmäisenä mieleen?\n"
             "- Kuka tuntee hänet?";
  own.tags = {"yhteyshenkilöt"};
  operations::addCard(tx, edition.id, own, std::nullopt);
}

void adaptCopy(WriteTx& tx, DeckId deck, RegionCode region) {
  const auto copy = operations::copyDeck(tx, deck, region);
  if (!copy) return;
  for (const EditionHead& head : store::editionsOf(tx, *copy)) {
    if (head.language == Language{Locale::fi}) adapt(tx, *store::edition(tx, head.id));
    else operations::forgetDraft(tx, head.id);
  }
}

/// Every third card of the deck, the last one first.
std::vector<CardId> someOf(const Edition& edition) {
  std::vector<CardId> cards;
  for (std::size_t i = 0; i < edition.cards.size(); i += 3) cards.insert(cards.begin(), edition.cards[i].id);
  return cards;
}

void collect(WriteTx& tx, std::string_view email, std::string_view name, const Edition& edition, bool isShared) {
  const auto person = demoPerson(tx, email);
  const auto id = person ? operations::addCollection(tx, *person, name) : std::nullopt;
  if (!id) return;
  operations::arrange(tx, *id, someOf(edition));
  operations::share(tx, *id, isShared);
}

}  // namespace

std::optional<PersonId> demoPerson(ReadTx& tx, std::string_view email) {
  const auto address = EmailAddress::parse(email);
  const auto person = address ? directory::findPerson(tx, *address) : std::nullopt;
  return person ? std::optional(person->id) : std::nullopt;
}

void loadMaking(Host& host) {
  const auto decks = host.read([](ReadTx& tx) { return store::readableDecks(tx, std::nullopt); });
  const auto pirkanmaa = RegionCode::parse("06");
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    tx.unaudited("demonstration content");
    for (const ListedDeck& listed : decks) {
      const auto editions = readable(listed.editions);
      const auto edition = store::edition(tx, suiting(editions, Locale::fi)->id).value();
      collect(tx, kNationalPerson, edition.title + ": aamupäivän kortit", edition, false);
      collect(tx, kRegionalPerson, edition.title + ": työpajaan", edition, true);
    }
    if (!decks.empty() && host.active("trendcards", pirkanmaa)) adaptCopy(tx, decks.back().deck.id, *pirkanmaa);
  });
}

}  // namespace toimela::trendcards::handlers
