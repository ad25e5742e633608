#include "view/editing.h"

#include <algorithm>

namespace toimela::trendcards::view {

namespace {

std::vector<Step> wayToWork(const Deck* deck, const std::string& deckTitle, std::optional<RegionCode> region,
                            const std::string& last, const Words& words) {
  const std::string list = listPath(words.region(region));
  std::vector<Step> steps{{list, words.text("trendcards.navigation")}, {list + "/work", words.text("trendcards.work.title")}};
  if (deck) steps.push_back({pathOf(deck->id) + "/work", deckTitle});
  if (last.empty()) steps.back().path.clear();
  else steps.push_back({"", last});
  return steps;
}

View editionItem(const EditionHead& edition, const Words& words) {
  View item;
  item.set("href", words.link(pathOf(edition.id)))
      .set("language", words.language(edition.language))
      .set("title", edition.title)
      .set("version", words.format("trendcards.card.version", {{"version", edition.version}}))
      .set("cards", words.count("trendcards.list.cards", edition.cardCount))
      .flag("is_published", edition.isPublished())
      .set("date", edition.publishedAt ? showDate(Date::of(*edition.publishedAt), words.locale()) : std::string());
  return item;
}

/// For each size of card, whether the texts fit on it.
std::vector<View> fitsOf(const std::vector<paper::Overflow>& overflows, const Words& words) {
  std::vector<View> fits;
  for (const CardSize size : kCardSizes) {
    const auto isOver = [&](bool isBack) {
      return std::ranges::any_of(overflows, [&](const auto& each) { return each.size == size && each.isBack == isBack; });
    };
    const bool front = isOver(false), back = isOver(true);
    View item;
    item.set("size", words.text(std::string("trendcards.print.size.").append(kCardSizes.code(size))))
        .set("text", words.text(front && back ? "trendcards.fit.neither"
                                : front       ? "trendcards.fit.front"
                                : back        ? "trendcards.fit.back"
                                              : "trendcards.fit.fits"))
        .flag("does_fit", !front && !back);
    fits.push_back(std::move(item));
  }
  return fits;
}

}  // namespace

std::string workingTitle(const std::vector<EditionHead>& editions, const Words& words) {
  const auto published = readable(editions);
  const EditionHead* found = suiting(published, words.locale());
  if (found) return found->title;
  return editions.empty() ? words.text("trendcards.work.empty_deck") : editions.front().title;
}

std::string say(const Shortcoming& shortcoming, const Words& words) {
  using Kind = Shortcoming::Kind;
  const bool isOfField = shortcoming.kind == Kind::tooLong || shortcoming.kind == Kind::doesNotFit;
  return words.format("trendcards.shortcoming." + std::string(kShortcomings.code(shortcoming.kind)),
                      {{"card", shortcoming.card},
                       {"detail", isOfField ? words.text("trendcards.field." + shortcoming.detail) : shortcoming.detail}});
}

View workPage(const std::vector<ListedDeck>& decks, std::optional<RegionCode> region, const Words& words) {
  const std::string path = listPath(words.region(region));
  View view;
  view.list("breadcrumbs", breadcrumbs(wayToWork(nullptr, "", region, "", words), words))
      .set("place", words.place(region))
      .set("new", words.link(path + "/new"))
      .set("import", words.link(path + "/import"));
  setList(view, "decks", each(decks, [&](const ListedDeck& listed) {
            View item;
            item.set("title", workingTitle(listed.editions, words))
                .set("href", words.link(pathOf(listed.deck.id) + "/work"))
                .flag("is_put_aside", listed.deck.putAsideAt.has_value());
            setList(item, "editions", each(listed.editions, [&](const EditionHead& e) { return editionItem(e, words); }));
            return item;
          }));
  return view;
}

View deckWorkPage(const ListedDeck& listed, const Words& words) {
  const std::string title = workingTitle(listed.editions, words);
  const std::string path = words.link(pathOf(listed.deck.id));
  bool isPublished = false;
  for (const EditionHead& edition : listed.editions) isPublished = isPublished || edition.isPublished();
  View view;
  view.list("breadcrumbs", breadcrumbs(wayToWork(&listed.deck, title, listed.deck.region, "", words), words))
      .set("title", title)
      .set("path", path)
      .set("place", words.place(listed.deck.region))
      .set("licence", words.licence(listed.deck.licence))
      .flag("is_put_aside", listed.deck.putAsideAt.has_value())
      .flag("is_published", isPublished);
  setList(view, "editions", each(listed.editions, [&](const EditionHead& e) { return editionItem(e, words); }));
  return view;
}

View formPage(const Deck* deck, const std::string& deckTitle, const std::string& heading, const std::string& action,
              const std::string& back, const Form& form, std::optional<RegionCode> region, const Words& words) {
  View view;
  view.list("breadcrumbs", breadcrumbs(wayToWork(deck, deckTitle, region, heading, words), words))
      .set("heading", heading)
      .set("action", words.link(action))
      .set("back", words.link(back))
      .group("form", form.view(words.texts(), words.locale()));
  return view;
}

View editionPage(const Deck& deck, const Edition& edition, const std::vector<Shortcoming>& missing, const Words& words) {
  const std::string heading = words.language(edition.language) + ", " +
                              words.format("trendcards.card.version", {{"version", edition.version}});
  View view;
  view.list("breadcrumbs", breadcrumbs(wayToWork(&deck, edition.title, deck.region, heading, words), words))
      .set("title", edition.title)
      .set("heading", heading)
      .set("path", words.link(pathOf(edition.id)))
      .set("read", words.link(pathOf(deck.id) + "?edition=" + edition.id.text()))
      .flag("is_published", edition.isPublished())
      .set("date", edition.publishedAt ? showDate(Date::of(*edition.publishedAt), words.locale()) : std::string());
  setList(view, "missing", each(missing, [&](const Shortcoming& each) {
            View item;
            item.set("text", say(each, words));
            return item;
          }));
  const std::int64_t total = std::ssize(edition.cards);
  setList(view, "cards", each(edition.cards, [&](const Card& card) {
            View item = cardView(card, edition, words);
            item.set("edit", words.link("/trendcards/cards/" + card.id.text() + "/edit"))
                .set("move", words.link("/trendcards/cards/" + card.id.text() + "/move"))
                .set("before", card.number - 1)
                .set("after", card.number + 1)
                .flag("is_first", card.number == 1)
                .flag("is_last", card.number == total)
                .flag("is_untitled", card.title.empty());
            return item;
          }));
  return view;
}

View cardFormPage(const Deck& deck, const Edition& edition, const Card& shown, bool isNew, const Form& form,
                  const std::vector<paper::Overflow>& overflows, const Words& words) {
  const std::string heading = isNew ? words.text("trendcards.card_form.new")
                                    : words.format("trendcards.card_form.edit", {{"number", shown.number}});
  auto steps = wayToWork(&deck, edition.title, deck.region, heading, words);
  steps.insert(steps.end() - 1,
               {pathOf(edition.id), words.language(edition.language) + ", " +
                                        words.format("trendcards.card.version", {{"version", edition.version}})});
  View view = cardView(shown, edition, words);
  view.list("breadcrumbs", breadcrumbs(steps, words))
      .set("heading", heading)
      .set("back_href", words.link(pathOf(edition.id)))
      .set("action", isNew ? words.link(pathOf(edition.id) + "/cards/new")
                           : words.link("/trendcards/cards/" + shown.id.text() + "/edit"))
      .set("preview", words.link(pathOf(edition.id) + "/preview"))
      .list("fits", fitsOf(overflows, words))
      .set("remove", isNew ? std::string() : words.link("/trendcards/cards/" + shown.id.text() + "/remove"))
      .group("form", form.view(words.texts(), words.locale()));
  return view;
}

View removePage(const Deck& deck, const std::string& deckTitle, const std::string& heading, const std::string& text,
                const std::string& action, const std::string& back, const Words& words) {
  View view;
  view.list("breadcrumbs", breadcrumbs(wayToWork(&deck, deckTitle, deck.region, heading, words), words))
      .set("heading", heading)
      .set("text", text)
      .set("action", words.link(action))
      .set("back", words.link(back));
  return view;
}

}  // namespace toimela::trendcards::view
