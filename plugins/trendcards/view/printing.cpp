#include "view/printing.h"

#include <algorithm>
#include <set>

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

/// What most people want.
Form filled(Form form) {
  form.fill("size", "a6").fill("sheet", "a4").fill("sides", "both").fill("turned", "long").fill("bleed", "1").fill("marks", "1");
  return form;
}

/// How many fields at the end of sheetFields() say how a sheet is finished.
constexpr int kFinishes = 2;

View sheetPage(const std::string& title, const std::string& path, const Form& form, const Words& words) {
  View view;
  view.set("title", title)
      .set("action", words.link(path + ".pdf"))
      .group("form", form.view(words.texts(), words.locale()))
      .list("holds", holds(words));
  return view;
}

}  // namespace

std::string printPath(DeckId deck) { return pathOf(deck) + "/print"; }

std::string printPath(CollectionId collection) { return pathOf(collection) + "/print"; }

FormSpec sheetFields() {
  return {Field::choice("size", "trendcards.print.size", choicesOf(kCardSizes, "size")).required(),
          Field::choice("sheet", "trendcards.print.sheet", choicesOf(kSheetSizes, "sheet")).required(),
          Field::choice("sides", "trendcards.print.sides", choicesOf(kSides, "sides")).required(),
          Field::choice("turned", "trendcards.print.turned", choicesOf(kTurnedOver, "turned"))
              .required().hint("trendcards.print.turned.hint"),
          Field::flag("bleed", "trendcards.print.bleed").hint("trendcards.print.bleed.hint"),
          Field::flag("marks", "trendcards.print.marks")};
}

Form sheetForm() { return filled(Form(sheetFields())); }

FormSpec printFields(const std::vector<EditionHead>& editions, const Edition& edition, const Words& words) {
  std::vector<Choice> languages, themes{{"", "trendcards.print.theme.all"}};
  for (const EditionHead& head : editions) languages.push_back({head.id.text(), words.language(head.language), true});
  if (std::ranges::none_of(editions, [&](const EditionHead& head) { return head.id == edition.id; }))
    languages.push_back({edition.id.text(),
                         words.format("trendcards.print.old_version", {{"language", words.language(edition.language)},
                                                                       {"version", edition.version}}),
                         true});
  for (const Theme& theme : edition.themes) themes.push_back({theme.key, theme.name, true});
  FormSpec fields = sheetFields();
  fields.insert(fields.begin(), Field::choice("edition", "trendcards.print.edition", std::move(languages)).required());
  const auto place = fields.end() - kFinishes;
  fields.insert(place, {Field::choice("theme", "trendcards.print.theme", std::move(themes)),
                        Field::text("numbers", "trendcards.print.numbers").longest(200).hint("trendcards.print.numbers.hint")});
  return fields;
}

Form printForm(const std::vector<EditionHead>& editions, const Edition& edition, const Words& words) {
  Form form(printFields(editions, edition, words));
  form.fill("edition", edition.id.text());
  return filled(std::move(form));
}

paper::PrintWish readWish(const Form& form) {
  return {.sheet = {.card = *kCardSizes.parse(form.text("size")),
                    .sheet = *kSheetSizes.parse(form.text("sheet")),
                    .hasBleed = form.flag("bleed"),
                    .hasMarks = form.flag("marks")},
          .sides = *kSides.parse(form.text("sides")),
          .over = *kTurnedOver.parse(form.text("turned"))};
}

void refuseSize(Form& form, const std::vector<paper::Overflow>& overflows) {
  std::set<int> numbers;
  for (const auto& each : overflows) numbers.insert(each.number);
  std::string list;
  for (const int number : numbers) list.append(list.empty() ? "" : ", ").append(std::to_string(number));
  form.error("size", "trendcards.print.error.too_long", {{"cards", list}});
}

std::optional<PrintOrder> readPrintForm(Form& form, const Edition& edition) {
  const auto numbers = parseNumbers(form.text("numbers"), static_cast<std::int64_t>(kMostCards));
  if (!numbers) form.error("numbers", "trendcards.print.error.numbers");
  if (!form.ok()) return std::nullopt;
  PrintOrder order{.wish = readWish(form),
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

View printPage(const Deck& deck, const Edition& edition, const Form& form, const std::vector<Collection>& own,
               const Words& words) {
  View view = sheetPage(edition.title, printPath(deck.id), form, words);
  view.set("edition_lang", edition.language.locale == words.locale() ? "" : std::string(code(edition.language.locale)))
      .list("breadcrumbs", breadcrumbs({{"/trendcards", words.text("trendcards.navigation")},
                                        {pathOf(deck.id), edition.title},
                                        {"", words.text("trendcards.print.title")}},
                                       words));
  setCollections(view, own, [](CollectionId id) { return printPath(id); }, words);
  return view;
}

View collectionPrintPage(const Collection& collection, const Form& form, const Words& words) {
  View view = sheetPage(collection.name, printPath(collection.id), form, words);
  view.list("breadcrumbs", breadcrumbs({{"/trendcards", words.text("trendcards.navigation")},
                                        {"/trendcards/collections", words.text("trendcards.collections.title")},
                                        {pathOf(collection.id), collection.name},
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
                             .isPictured = card.image.has_value(),
                             .alternative = card.alternative});
  }
  return printed;
}

paper::PrintedDeck printedCollection(const Collection& collection, const std::vector<CollectedCard>& cards,
                                     const Words& words) {
  paper::PrintedDeck printed{.title = collection.name, .language = words.locale(), .words = {}, .made = {}, .cards = {}};
  if (!cards.empty()) printed.language = cards.front().edition.language.locale;
  for (const CollectedCard& each : cards) {
    auto alone = printedDeck(each.deck, each.edition, {each.card}, words.host());
    printed.made = std::max(printed.made, alone.made);
    auto& card = printed.cards.emplace_back(std::move(alone.cards.front()));
    card.language = alone.language;
    card.words = std::move(alone.words);
  }
  return printed;
}

}  // namespace toimela::trendcards::view
