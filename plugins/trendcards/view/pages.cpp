#include "view/pages.h"

namespace toimela::trendcards::view {

namespace {

View deckItem(const ListedDeck& listed, const Words& words) {
  const auto editions = readable(listed.editions);
  const EditionHead& shown = *suiting(editions, words.locale());
  View item;
  item.set("title", shown.title)
      .set("title_lang", shown.language.locale == words.locale() ? "" : std::string(code(shown.language.locale)))
      .set("href", words.link(pathOf(listed.deck.id)))
      .set("place", words.place(listed.deck.region))
      .set("cards", words.count("trendcards.list.cards", shown.cardCount))
      .list("languages", each(editions, [&](const EditionHead& edition) {
              View language;
              language.set("name", words.language(edition.language));
              return language;
            }));
  return item;
}

}  // namespace

View listPage(const std::vector<ListedDeck>& decks, std::optional<RegionCode> region, const Words& words) {
  View view;
  view.set("place", words.place(region)).flag("is_regional", region.has_value());
  setList(view, "decks", each(decks, [&](const ListedDeck& listed) { return deckItem(listed, words); }));
  return view;
}

}  // namespace toimela::trendcards::view
