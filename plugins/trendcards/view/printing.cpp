#include "view/printing.h"

#include <algorithm>

#include "domain/selection.h"
#include "toimela/texts.h"

namespace toimela::trendcards::view {

namespace {

template <class T, std::size_t N>
std::vector<Choice> choicesOf(const Codes<T, N>& codes, std::string_view group) {
  std::vector<Choice> choices;
  for (const T value : codes)
    choices.push_back({std::string(codes.code(value)), std::string("trendcards.print.").append(group).append(".").append(codes.code(value))});
  return choices;
}

/// How many cards of each size a sheet holds.
std::vector<View> holds(const Words& words) {
  std::vector<View> rows;
  for (const CardSize size : kCardSizes) {
    View row;
    row.set("size", words.text(std::string("trendcards.print.size.").append(kCardSizes.code(size))));
    for (const SheetSize sheet : {SheetSize::a4, SheetSize::a3})
      for (const bool hasBleed : {true, false})
        row.set(std::string(kSheetSizes.code(sheet)) + (hasBleed ? "_bleed" : "_touching"),
                planSheet({size, sheet, hasBleed, true}).cardsOnSheet());
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

std::string printPath(DeckId deck) { return pathOf(deck) + "/print"; }

FormSpec printFields(const std::vector<EditionHead>& editions, const Edition& edition, const Words& words) {
  std::vector<Choice> languages, themes{{"", "trendcards.print.theme.all"}};
  for (const EditionHead& head : editions) languages.push_back({head.id.text(), words.language(head.language), true});
  if (std::ranges::none_of(editions, [&](const EditionHead& head) { return head.id == edition.id; }))
    languages.push_back({edition.id.text(),
                         words.format("trendcards.print.old_version", {{"language", words.language(edition.language)},
                                                                       {"version", edition.version}}),
                         true});
  for (const Theme& theme : edition.themes) themes.push_back({theme.key, theme.name, true});
  return {Field::choice("edition", "trendcards.print.edition", std::move(languages)).required(),
          Field::choice("size", "trendcards.print.size", choicesOf(kCardSizes, "size")).required(),
          Field::choice("sheet", "trendcards.print.sheet", choicesOf(kSheetSizes, "sheet")).required(),
          Field::choice("sides", "trendcards.print.sides", choicesOf(kSides, "sides")).required(),
          Field::choice("turned", "trendcards.print.turned", choicesOf(kTurnedOver, "turned"))
              .required().hint("trendcards.print.turned.hint"),
          Field::choice("theme", "trendcards.print.theme", std::move(themes)),
          Field::text("numbers", "trendcards.print.numbers").longest(200).hint("trendcards.print.numbers.hint"),
          Field::flag("bleed", "trendcards.print.bleed").hint("trendcards.print.bleed.hint"),
          Field::flag("marks", "trendcards.print.marks")};
}

Form printForm(const std::vector<EditionHead>& editions, const Edition& edition, const Words& words) {
  Form form(printFields(editions, edition, words));
  form.fill("edition", edition.id.text()).fill("size", "a6").fill("sheet", "a4").fill("sides", "both").fill("turned", "long");
  form.fill("bleed", "1").fill("marks", "1");
  return form;
}

std::optional<PrintOrder> readPrintForm(Form& form, const Edition& edition) {
  const auto numbers = parseNumbers(form.text("numbers"), static_cast<std::int64_t>(kMostCards));
  if (!numbers) form.error("numbers", "trendcards.print.error.numbers");
  if (!form.ok()) return std::nullopt;
  PrintOrder order{.wish = {.sheet = {.card = *kCardSizes.parse(form.text("size")),
                                      .sheet = *kSheetSizes.parse(form.text("sheet")),
                                      .hasBleed = form.flag("bleed"),
                                      .hasMarks = form.flag("marks")},
                            .sides = *kSides.parse(form.text("sides")),
                            .over = *kTurnedOver.parse(form.text("turned"))},
                   .edition = edition.id,
                   .theme = form.text("theme"),
                   .cards = {}};
  for (const Card& card : edition.cards)
    if ((order.theme.empty() || card.theme == order.theme) && (numbers->empty() || numbers->contains(card.number)))
      order.cards.push_back(card);
  if (!order.cards.empty()) return order;
  form.error(numbers->empty() ? "theme" : "numbers", "trendcards.print.error.none");
  return std::nullopt;
}

View printPage(const Deck& deck, const Edition& edition, const Form& form, const Words& words) {
  View view;
  view.set("title", edition.title)
      .set("edition_lang", edition.language.locale == words.locale() ? "" : std::string(code(edition.language.locale)))
      .set("action", words.link(printPath(deck.id) + ".pdf"))
      .group("form", form.view(words.texts(), words.locale()))
      .list("holds", holds(words))
      .list("breadcrumbs", breadcrumbs({{"/trendcards", words.text("trendcards.navigation")},
                                        {pathOf(deck.id), edition.title},
                                        {"", words.text("trendcards.print.title")}},
                                       words));
  return view;
}

paper::PrintedDeck printedDeck(const Deck& deck, const Edition& edition, const std::vector<Card>& cards,
                               const Host& host) {
  const Words words(edition.language.locale, host);
  paper::PrintedDeck printed{
      .title = edition.title,
      .language = edition.language.locale,
      .words = {.sources = words.text("trendcards.print.card.sources"),
                .foot = words.format("trendcards.print.card.foot", {{"title", edition.title}, {"version", edition.version}}),
                .licence = words.text(std::string("trendcards.print.licence.").append(kLicences.code(deck.licence)))},
      .made = edition.publishedAt.value_or(Instant{}),
      .cards = {}};
  for (const Card& card : cards) {
    const Theme* theme = edition.theme(card.theme);
    printed.cards.push_back({.number = static_cast<int>(card.number),
                             .theme = theme ? theme->name : std::string(),
                             .colour = theme ? theme->colour : Colour::blue,
                             .title = card.title,
                             .front = card.front,
                             .back = card.back,
                             .sources = card.sources,
                             .picture = {},
                             .alternative = card.alternative});
  }
  return printed;
}

}  // namespace toimela::trendcards::view
