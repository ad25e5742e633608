#include "view/transfer.h"

#include <algorithm>
#include <set>

namespace toimela::trendcards::view {

namespace {

constexpr const char* kColumns[] = {"number", "title", "front", "back", "sources", "tags", "alternative"};

std::vector<View> way(std::optional<RegionCode> region, const Words& words) {
  const std::string list = listPath(words.region(region));
  return breadcrumbs({{list, words.text("trendcards.list.title")},
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
                             {std::begin(kColumns), std::end(kColumns)});
  for (const Card& card : edition.cards)
    writer.row({card.number, card.title, card.front, card.back, joined(card.sources, "\n"), joined(card.tags, "\n"),
                card.alternative});
  return writer.finish();
}

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
  std::set<std::int64_t> seen;
  for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
    const auto cell = [&](std::size_t column) { return row->cell(places[column]); };
    const std::string where = std::to_string(row->number);
    const auto number = parseId(cell(0));
    if (!number || !edition.numbered(*number) || !seen.insert(*number).second) {
      form.error("file", "trendcards.error.row_number", {{"row", where}});
      continue;
    }
    Card card{.number = *number, .title = cell(1), .front = cell(2), .back = cell(3), .sources = lines(cell(4)),
              .alternative = cell(6), .tags = lines(cell(5))};
    if (isTooLong(card)) form.error("file", "trendcards.error.row_long", {{"row", where}});
    if (hasWrongLists(card)) form.error("file", "trendcards.error.row_lists", {{"row", where}});
    cards.push_back(std::move(card));
  }
  return cards;
}

}  // namespace toimela::trendcards::view
