#include "view/transfer.h"

#include <algorithm>
#include <set>

namespace toimela::trendcards::view {

namespace {

constexpr const char* kColumns[] = {"number", "title", "front", "back", "sources", "tags", "alternative"};
// Tables that were made by hand may lack it: they know cards by their numbers.
constexpr const char* kTrendColumn = "trend";

std::vector<View> way(std::optional<RegionCode> region, const Words& words) {
  const std::string list = listPath(words.region(region));
  return breadcrumbs({{list, words.text("trendcards.navigation")},
                      {list + "/work", words.text("trendcards.work.title")},
                      {"", words.text("trendcards.import.title")}},
                     words);
}

bool isTooLong(const Card& card) {
  return characters(card.title) > kLongestTitle || characters(card.front) > kLongestFront ||
         characters(card.back) > kLongestBack || characters(card.alternative) > kLongestAlternative;
}

bool hasWrongLists(const Card& card) {
  const auto isLong = [](const std::vector<std::string>& items, std::size_t longest) {
    return std::ranges::any_of(items, [&](const std::string& item) { return characters(item) > longest; });
  };
  return card.sources.size() > kMostSources || card.tags.size() > kMostTags || isLong(card.sources, kLongestSource) ||
         isLong(card.tags, kLongestTag);
}

}  // namespace

std::string say(const exchange::Problem& problem, const Words& words) {
  return words.format("trendcards.problem." + std::string(exchange::kProblems.code(problem.kind)),
                      {{"detail", problem.detail.empty() ? problem.file : problem.detail}});
}

View importPage(std::optional<RegionCode> region, const Form& form, const exchange::Problems& problems, const Words& words) {
  View view;
  view.list("breadcrumbs", way(region, words))
      .set("action", words.link(listPath(words.region(region)) + "/import"))
      .set("back", words.link(listPath(words.region(region)) + "/work"))
      .set("place", words.place(region))
      .group("form", form.view(words.texts(), words.locale()));
  setList(view, "problems", each(problems, [&](const exchange::Problem& problem) {
            View item;
            item.set("file", problem.file)
                .set("card", problem.card ? words.format("trendcards.import.card", {{"number", problem.card}}) : std::string())
                .set("text", say(problem, words));
            return item;
          }));
  return view;
}

View importPreview(std::optional<RegionCode> region, const exchange::Package& package, const std::string& stored,
                   const std::string& mark, const Words& words) {
  View view;
  view.list("breadcrumbs", way(region, words))
      .set("action", words.link(listPath(words.region(region)) + "/import/do"))
      .set("back", words.link(listPath(words.region(region)) + "/import"))
      .set("place", words.place(region))
      .set("key", package.deck.key)
      .set("licence", words.licence(package.deck.licence))
      .set("pictures", words.count("trendcards.import.pictures", std::ssize(package.pictures)))
      .set("stored", stored)
      .set("mark", mark);
  setList(view, "editions", each(package.editions, [&](const exchange::PackagedEdition& each) {
            View item;
            item.set("language", words.language(each.edition.language))
                .set("title", each.edition.title)
                .set("edition_lang", std::string(code(each.edition.language.locale)))
                .set("cards", words.count("trendcards.list.cards", std::ssize(each.edition.cards)));
            return item;
          }));
  return view;
}

std::string textsTable(const Edition& edition, const Words& words) {
  spreadsheet::Writer writer(spreadsheet::Format::csv, words.text("trendcards.deck.cards"),
                             {"number", "title", "front", "back", "sources", "tags", "alternative", kTrendColumn});
  for (const Card& card : edition.cards)
    writer.row({card.number, card.title, card.front, card.back, joined(card.sources, "\n"), joined(card.tags, "\n"),
                card.alternative, card.trend});
  return writer.finish();
}

namespace {

/// The card that a row is of: the trend stays when cards are moved, and is the same in all languages.
const Card* cardOf(const Edition& edition, const std::string& number, const std::optional<std::string>& trend) {
  const auto wanted = parseId(trend ? *trend : number);
  if (!wanted) return nullptr;
  if (!trend) return edition.numbered(*wanted);
  const auto found = std::ranges::find(edition.cards, *wanted, &Card::trend);
  return found == edition.cards.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Card> readTexts(const std::vector<spreadsheet::Row>& rows, const Edition& edition, Form& form) {
  std::vector<Card> cards;
  std::vector<std::size_t> places;
  for (const char* column : kColumns) {
    const auto& header = rows.empty() ? std::vector<std::string>{} : rows.front().cells;
    const auto found = std::ranges::find(header, std::string_view(column));
    if (found == header.end()) {
      form.error("file", "trendcards.error.column", {{"column", column}});
      return cards;
    }
    places.push_back(static_cast<std::size_t>(found - header.begin()));
  }
  const auto& header = rows.front().cells;
  const auto trend = std::ranges::find(header, std::string_view(kTrendColumn));
  std::set<std::int64_t> seen;
  for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
    const auto cell = [&](std::size_t column) { return row->cell(places[column]); };
    const std::string where = std::to_string(row->number);
    const Card* known = cardOf(edition, cell(0),
                               trend == header.end() ? std::nullopt
                                                     : std::optional(row->cell(static_cast<std::size_t>(trend - header.begin()))));
    if (!known || !seen.insert(known->number).second) {
      form.error("file", "trendcards.error.row_number", {{"row", where}});
      continue;
    }
    Card card{.number = known->number, .title = cell(1), .front = cell(2), .back = cell(3), .sources = lines(cell(4)),
              .alternative = cell(6), .tags = lines(cell(5))};
    if (isTooLong(card)) form.error("file", "trendcards.error.row_long", {{"row", where}});
    if (hasWrongLists(card)) form.error("file", "trendcards.error.row_lists", {{"row", where}});
    cards.push_back(std::move(card));
  }
  return cards;
}

}  // namespace toimela::trendcards::view
