#include "view/collections.h"

namespace toimela::trendcards::view {

namespace {

std::vector<Step> way(const std::string& last, bool isOne, const Words& words) {
  std::vector<Step> steps{{listPath(nullptr), words.text("trendcards.navigation")}};
  if (isOne) steps.push_back({"/trendcards/collections", words.text("trendcards.collections.title")});
  steps.push_back({"", last});
  return steps;
}

std::vector<View> cardItems(const std::vector<CollectedCard>& cards, const Words& words) {
  std::vector<View> items;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const Card& card = cards[i].card;
    const Edition& edition = cards[i].edition;
    View item = cardView(card, edition, words);
    item.set("href", words.link(cardPath({.deck = edition.deck, .edition = edition.id}, card.number)))
        .set("id", card.id.text())
        .flag("is_first", i == 0)
        .flag("is_last", i + 1 == cards.size());
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

std::string sharedPath(const Collection& collection) { return "/trendcards/shared/" + collection.shareKey; }

void setCollections(View& view, const std::vector<Collection>& collections,
                    const std::function<std::string(CollectionId)>& path, const Words& words) {
  setList(view, "collections", each(collections, [&](const Collection& each) {
            View item;
            item.set("name", each.name)
                .set("href", words.link(path(each.id)))
                .set("cards", words.count("trendcards.list.cards", each.cardCount));
            return item;
          }));
}

View collectionsPage(const std::vector<Collection>& collections, const Form& form, const Words& words) {
  View view;
  view.list("breadcrumbs", breadcrumbs(way(words.text("trendcards.collections.title"), false, words), words))
      .set("action", words.link("/trendcards/collections"))
      .group("form", form.view(words.texts(), words.locale()));
  setCollections(view, collections, [](CollectionId id) { return pathOf(id); }, words);
  return view;
}

View collectionPage(const Collection& collection, const std::vector<CollectedCard>& cards, const Form& form,
                    const Words& words) {
  View view;
  view.list("breadcrumbs", breadcrumbs(way(collection.name, true, words), words))
      .set("name", collection.name)
      .set("path", words.link(pathOf(collection.id)))
      .set("share", collection.isShared ? words.host().baseUrl() + words.link(sharedPath(collection)) : std::string())
      .group("form", form.view(words.texts(), words.locale()));
  setList(view, "cards", cardItems(cards, words));
  return view;
}

View sharedPage(const Collection& collection, const std::vector<CollectedCard>& cards, const Words& words) {
  View view;
  view.list("breadcrumbs", breadcrumbs(way(collection.name, false, words), words)).set("name", collection.name);
  setList(view, "cards", cardItems(cards, words));
  return view;
}

}  // namespace toimela::trendcards::view
