#include "view/pages.h"

#include <algorithm>
#include <set>

#include "domain/draw.h"

namespace toimela::trendcards::view {

namespace {

std::string langOf(const Language& language, const Words& words) {
  return language.locale == words.locale() ? std::string() : std::string(code(language.locale));
}

View deckItem(const ListedDeck& listed, const Words& words) {
  const auto editions = readable(listed.editions);
  const EditionHead& shown = *suiting(editions, words.locale());
  View item;
  item.set("title", shown.title)
      .set("title_lang", langOf(shown.language, words))
      .set("href", words.link(pathOf(listed.deck.id)))
      .set("place", words.place(listed.deck.region))
      .set("cards", words.count("trendcards.list.cards", shown.cardCount))
      .list("languages", each(editions, [&](const EditionHead& edition) {
              View language;
              language.set("name", words.language(edition.language));
              return language;
            }))
      .list("colours", each(listed.deck.themes, [](const DeckTheme& theme) {
              View colour;
              colour.set("colour", std::string(kColours.code(theme.colour)));
              return colour;
            }));
  return item;
}

View choice(std::string value, std::string label, const std::string& chosen) {
  View view;
  view.flag("is_chosen", value == chosen).set("value", std::move(value)).set("label", std::move(label));
  return view;
}

/// The newest edition of each language, to go to from the one that is shown.
std::vector<View> languageTabs(const std::vector<EditionHead>& editions, const Edition& shown, const Words& words) {
  return each(readable(editions), [&](const EditionHead& edition) {
    View tab;
    tab.set("href", words.link(pathOf(edition.deck) + "?edition=" + edition.id.text()))
        .set("label", words.language(edition.language))
        .flag("is_current", edition.language == shown.language);
    return tab;
  });
}

void setVersions(View& view, const std::vector<EditionHead>& editions, const Edition& shown, const Words& words) {
  std::vector<View> versions;
  std::int64_t newest = 0;
  for (const EditionHead& edition : editions) {
    if (!edition.isPublished() || edition.language != shown.language) continue;
    newest = std::max(newest, edition.version);
    View version;
    version.set("href", words.link(pathOf(edition.deck) + "?edition=" + edition.id.text()))
        .set("label", words.format("trendcards.card.version", {{"version", edition.version}}))
        .set("date", showDate(Date::of(*edition.publishedAt), words.locale()))
        .flag("is_current", edition.id == shown.id);
    versions.push_back(std::move(version));
  }
  view.flag("has_history", versions.size() > 1)
      .flag("is_old", shown.isPublished() && shown.version < newest)
      .flag("is_draft", !shown.isPublished())
      .list("versions", std::move(versions));
}

bool isShown(const Card& card, const DeckFilter& filter) {
  return (filter.theme.empty() || card.theme == filter.theme) &&
         (filter.tag.empty() || std::ranges::find(card.tags, filter.tag) != card.tags.end());
}

std::vector<std::string> tagsOf(const Edition& edition, Locale locale) {
  std::set<std::string> found;
  for (const Card& card : edition.cards) found.insert(card.tags.begin(), card.tags.end());
  std::vector<std::string> tags(found.begin(), found.end());
  std::ranges::sort(tags, [&](const auto& a, const auto& b) { return sortsBefore(a, b, locale); });
  return tags;
}

}  // namespace

std::vector<Step> wayTo(const Deck& deck, const std::string& title, const Words& words) {
  return {{listPath(words.region(deck.region)), words.text("trendcards.navigation")}, {pathOf(deck.id), title}};
}

View listPage(const std::vector<ListedDeck>& decks, std::optional<RegionCode> region, bool edits, const Words& words) {
  const std::string path = listPath(words.region(region));
  View view;
  view.set("place", words.place(region))
      .flag("is_regional", region.has_value())
      .flag("edits", edits)
      .set("work", words.link(path + "/work"))
      .set("new", words.link(path + "/new"))
      .set("collections", words.link("/trendcards/collections"));
  setList(view, "decks", each(decks, [&](const ListedDeck& listed) { return deckItem(listed, words); }));
  return view;
}

View deckPage(const Deck& deck, const std::vector<EditionHead>& editions, const Edition& edition,
              const CardAddress& address, const DeckFilter& filter, const std::optional<EditionHead>& origin,
              bool edits, const Words& words) {
  auto steps = wayTo(deck, edition.title, words);
  steps.back().path.clear();
  View view;
  view.list("breadcrumbs", breadcrumbs(steps, words))
      .set("title", edition.title)
      .set("edition_lang", langOf(edition.language, words))
      .set("path", words.link(pathOf(deck.id)))
      .set("edition", edition.id.text())
      .set("edition_chosen", address.edition ? address.edition->text() : std::string())
      .set("place", words.place(deck.region))
      .set("licence", words.licence(deck.licence))
      .set("total", words.count("trendcards.list.cards", edition.cardCount))
      .html("introduction", markdown(edition.introduction))
      .flag("has_introduction", !edition.introduction.empty())
      .flag("is_put_aside", deck.putAsideAt.has_value())
      .flag("edits", edits)
      .flag("is_published", edition.isPublished())
      .set("work", words.link(pathOf(deck.id) + "/work"))
      .set("origin", origin ? origin->title : std::string())
      .set("origin_href", origin ? words.link(pathOf(origin->deck) + "?edition=" + origin->id.text()) : std::string())
      .set("origin_version",
           origin ? words.format("trendcards.card.version", {{"version", origin->version}}) : std::string());
  setList(view, "languages", languageTabs(editions, edition, words));
  setVersions(view, editions, edition, words);
  view.list("themes", each(edition.themes, [&](const Theme& theme) { return choice(theme.key, theme.name, filter.theme); }));
  const auto tags = tagsOf(edition, words.locale());
  setList(view, "tags", each(tags, [&](const std::string& tag) { return choice(tag, tag, filter.tag); }));
  std::vector<View> cards;
  for (const Card& card : edition.cards) {
    if (!isShown(card, filter)) continue;
    View item = cardView(card, edition, words);
    item.set("href", words.link(cardPath(address, card.number)));
    cards.push_back(std::move(item));
  }
  view.set("shown", words.count("trendcards.deck.shown", std::ssize(cards)));
  setList(view, "cards", std::move(cards));
  return view;
}

View cardPage(const Deck& deck, const Edition& edition, const Card& card, const CardAddress& address,
              const std::vector<Collection>& collections, const Words& words) {
  auto steps = wayTo(deck, edition.title, words);
  steps.back().path = deckPath(address);
  steps.push_back({"", words.format("trendcards.card.page_title", {{"number", card.number}, {"title", card.title}})});
  const auto link = [&](CardAddress to, std::int64_t number) { return words.link(cardPath(to, number)); };
  CardAddress front = address, flipped = address, full = address;
  front.isBack = false;
  flipped.isBack = !address.isBack;
  full.isFull = !address.isFull;
  const std::int64_t total = std::ssize(edition.cards);
  View view = cardView(card, edition, words);
  view.list("breadcrumbs", breadcrumbs(steps, words))
      .flag("is_back", address.isBack)
      .flag("is_full", address.isFull)
      .set("side", words.text(address.isBack ? "trendcards.card.side_back" : "trendcards.card.side_front"))
      .set("flip", link(flipped, card.number))
      .set("flip_label", words.text(address.isBack ? "trendcards.card.to_front" : "trendcards.card.to_back"))
      .set("full", link(full, card.number))
      .set("previous", card.number > 1 ? link(front, card.number - 1) : std::string())
      .set("next", card.number < total ? link(front, card.number + 1) : std::string())
      .set("deck_href", words.link(deckPath(address)))
      .set("card_id", card.id.text())
      .set("collect", words.link("/trendcards/cards/" + card.id.text() + "/collect"));
  setList(view, "collections", each(collections, [](const Collection& each) {
            View item;
            item.set("id", each.id.text()).set("name", each.name);
            return item;
          }));
  return view;
}

View drawPage(const Deck& deck, const Edition& edition, const CardAddress& address,
              const std::vector<std::int64_t>& drawn, const Words& words) {
  auto steps = wayTo(deck, edition.title, words);
  steps.back().path = deckPath(address);
  steps.push_back({"", words.text("trendcards.draw.title")});
  std::vector<View> cards;
  for (const std::int64_t number : drawn)
    if (const Card* card = edition.numbered(number)) {
      View item = cardView(*card, edition, words);
      item.set("href", words.link(cardPath(address, number)));
      cards.push_back(std::move(item));
    }
  View view;
  view.list("breadcrumbs", breadcrumbs(steps, words))
      .set("deck", edition.title)
      .set("edition_lang", langOf(edition.language, words))
      .set("path", words.link(pathOf(deck.id) + "/draw"))
      .set("edition_chosen", address.edition ? address.edition->text() : std::string())
      .set("count", cards.empty() ? kUsualDraw : std::ssize(cards))
      .set("address", words.host().baseUrl() + words.link(drawPath(address, drawn)));
  setList(view, "cards", std::move(cards));
  return view;
}

void fillTile(View& view, const std::vector<ListedDeck>& decks, std::optional<RegionCode> region, const Words& words) {
  view.list("decks", each(decks, [&](const ListedDeck& listed) { return deckItem(listed, words); }))
      .set("href", words.link(listPath(words.region(region))));
}

}  // namespace toimela::trendcards::view
