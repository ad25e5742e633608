#include "toimela/table.h"

#include "toimela/numbers.h"

#include <Poco/URI.h>

#include <algorithm>

namespace toimela {

namespace {

std::string labelOf(const TableColumn& column, const Host& host, Locale locale) {
  return column.label.empty() ? host.texts().get(locale, column.labelKey) : column.label;
}


constexpr std::size_t kLongestSearch = 100;  // characters
constexpr std::size_t kLongestKey = 1'000;    // bytes
// What lies deeper is found by searching; a limit keeps offsets small for the database.
constexpr std::int64_t kLastPage = 10'000;

template <class... F>
struct Cases : F... {
  using F::operator()...;
};

/// Trimmed, and cut between characters.
std::string searchWords(std::string_view typed) {
  const auto begin = typed.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  typed = typed.substr(begin, typed.find_last_not_of(" \t\r\n") - begin + 1);
  std::size_t characters = 0, end = 0;
  for (; end < typed.size(); ++end)
    if ((static_cast<unsigned char>(typed[end]) & 0xC0) != 0x80 && ++characters > kLongestSearch) break;
  return std::string(typed.substr(0, end));
}

std::string labelOf(const Choice& choice, const Texts& texts, Locale locale) {
  return choice.translated ? choice.label : texts.get(locale, choice.label);
}

std::string shownText(const spreadsheet::Cell& value, Locale locale) {
  return std::visit(Cases{[](std::monostate) { return std::string(); },
                          [](const std::string& text) { return text; },
                          [&](std::int64_t number) { return showNumber(number, locale); },
                          [](double number) { return std::to_string(number); },
                          [&](const Date& date) { return showDate(date, locale); },
                          [&](Instant instant) { return showInstant(instant, locale); }},
                    value);
}

/// For the datetime attribute of a moment or a day; empty for anything else.
std::string machineText(const spreadsheet::Cell& value) {
  if (const auto* date = std::get_if<Date>(&value)) return date->text();
  if (const auto* instant = std::get_if<Instant>(&value)) return isoText(*instant);
  return {};
}

View cellView(const TableColumn& column, const TableCell& cell, Locale locale) {
  std::vector<View> lines;
  for (const std::string& text : cell.lines) {
    View line;
    line.set("line", text);
    lines.push_back(std::move(line));
  }
  View view;
  view.set("text", shownText(cell.value, locale))
      .set("machine_text", machineText(cell.value))
      .set("href", cell.href)
      .set("cell_lang", cell.lang)
      .set("tag", cell.tag)
      .flag("is_number", column.isNumber)
      .flag("is_row_header", column.isRowHeader)
      .flag("has_lines", !lines.empty())
      .list("lines", std::move(lines));
  return view;
}

spreadsheet::Cell fileCell(const TableCell& cell) {
  if (cell.lines.empty()) return cell.value;
  std::string joined;
  for (const std::string& line : cell.lines) joined += (joined.empty() ? "" : "\n") + line;
  return joined;
}

}  // namespace

TableCell::TableCell(const LocalText& text, Locale reader) : value(text.pick(reader).text) {
  const auto picked = text.pick(reader);
  if (!picked.text.empty() && picked.locale != reader) lang = code(picked.locale);
}

TableCell TableCell::ofLines(std::vector<std::string> lines) {
  TableCell cell{std::string()};
  cell.lines = std::move(lines);
  return cell;
}

Table::Table(TableSpec spec, const Request& request)
    : spec_(std::move(spec)), sort_(spec_.sort), descending_(spec_.descending) {
  if (!spec_.searchKey.empty()) words_ = searchWords(request.query.text("q"));
  for (const TableFilter& filter : spec_.filters) {
    const std::string asked(request.query.text(filter.key));
    const bool isThere = std::ranges::any_of(filter.choices, [&](const Choice& choice) { return choice.value == asked; });
    const bool isOpen = !filter.allKey.empty() || filter.choices.empty();
    chosen_.emplace_back(filter.key, isThere ? asked : isOpen ? "" : filter.choices.front().value);
  }
  const auto wanted = request.query.text("sort");
  const bool sorts = std::ranges::any_of(
      spec_.columns, [&](const TableColumn& column) { return column.isSortable && column.key == wanted; });
  if (sorts) {
    sort_ = wanted;
    descending_ = request.query.text("dir") == "desc";
  }
  page_ = static_cast<int>(std::clamp<std::int64_t>(parseId(request.query.text("page")).value_or(1), 1, kLastPage));
  if (spec_.isPagedByKey) {
    page_ = 1;
    after_ = request.query.text("after").substr(0, kLongestKey);
  }
  if (spec_.isExported) format_ = spreadsheet::parseFormat(request.query.text("format"));
  if (format_) after_.clear();  // a file begins at the beginning
}

const std::string& Table::filter(std::string_view key) const {
  static const std::string open;
  for (const auto& [name, value] : chosen_)
    if (name == key) return value;
  return open;
}

int Table::offset() const { return format_ ? 0 : (page_ - 1) * spec_.rowsAPage; }

std::string Table::link(const Request& request, const Query& changed) const {
  Query query;
  if (!words_.empty()) query.emplace_back("q", words_);
  for (const auto& [name, value] : chosen_)
    if (!value.empty()) query.emplace_back(name, value);
  if (sort_ != spec_.sort || descending_ != spec_.descending) {
    query.emplace_back("sort", sort_);
    if (descending_) query.emplace_back("dir", "desc");
  }
  for (const auto& change : changed) {
    std::erase_if(query, [&](const auto& part) { return part.first == change.first; });
    if (!change.second.empty()) query.push_back(change);
  }
  std::string address = request.link(spec_.path);
  char separator = '?';
  for (const auto& [name, value] : query) {
    address += separator + name + '=';
    Poco::URI::encode(value, "!*'();:@&=+$,/?#[]%", address);
    separator = '&';
  }
  return address;
}

std::vector<View> Table::headView(const Request& request, const Host& host) const {
  std::vector<View> head;
  for (const TableColumn& column : spec_.columns) {
    const bool isSorted = column.isSortable && column.key == sort_;
    const bool toDescending = isSorted && !descending_;
    View cell;
    cell.set("key", column.key)
        .set("label", labelOf(column, host, request.locale))
        .set("href", column.isSortable ? link(request, {{"sort", column.key}, {"dir", toDescending ? "desc" : ""}}) : "")
        .flag("is_number", column.isNumber)
        .flag("is_ascending", isSorted && !descending_)
        .flag("is_descending", isSorted && descending_);
    head.push_back(std::move(cell));
  }
  return head;
}

std::vector<View> Table::filterViews(const Request& request, const Host& host) const {
  std::vector<View> filters;
  for (const TableFilter& filter : spec_.filters) {
    std::vector<View> choices;
    const auto add = [&](const std::string& value, std::string label) {
      View choice;
      choice.set("value", value).set("label", std::move(label)).flag("selected", this->filter(filter.key) == value);
      choices.push_back(std::move(choice));
    };
    if (!filter.allKey.empty()) add("", host.texts().get(request.locale, filter.allKey));
    for (const Choice& choice : filter.choices) add(choice.value, labelOf(choice, host.texts(), request.locale));
    View view;
    view.set("key", filter.key)
        .set("label", host.texts().get(request.locale, filter.labelKey))
        .list("choices", std::move(choices));
    filters.push_back(std::move(view));
  }
  return filters;
}

std::string Table::headerOf(const TableRow& row, Locale locale) const {
  for (std::size_t i = 0; i < row.cells.size() && i < spec_.columns.size(); ++i)
    if (spec_.columns[i].isRowHeader) return shownText(row.cells[i].value, locale);
  return {};
}

void Table::showPager(View& view, const Request& request, const Host& host, bool hasNext,
                      std::optional<std::int64_t> count) const {
  if (page_ == 1 && !hasNext) return;
  const auto pageLink = [&](int page) { return link(request, {{"page", page > 1 ? std::to_string(page) : ""}}); };
  const std::int64_t pages = count ? std::max<std::int64_t>(page_, (*count + spec_.rowsAPage - 1) / spec_.rowsAPage) : 0;
  View pager;
  pager.set("previous", page_ > 1 ? pageLink(page_ - 1) : "")
      .set("next", hasNext ? pageLink(page_ + 1) : "")
      .set("position", pages > 0 ? host.texts().format(request.locale, "site.position",
                                                       {{"page", std::int64_t{page_}}, {"pages", pages}})
                                 : host.texts().format(request.locale, "table.page", {{"page", std::int64_t{page_}}}));
  view.group("pager", std::move(pager));
}

void Table::showKeyPager(View& view, const Request& request, const std::string& next) const {
  if (after_.empty() && next.empty()) return;
  View pager;
  pager.set("first", after_.empty() ? "" : link(request, {}))
      .set("next", next.empty() ? "" : link(request, {{"after", next}}));
  view.group("onward", std::move(pager));
}

View Table::view(const Request& request, const Host& host, std::vector<TableRow> rows,
                 std::optional<std::int64_t> count) const {
  const bool hasNext = rows.size() > static_cast<std::size_t>(spec_.rowsAPage);
  if (hasNext) rows.resize(static_cast<std::size_t>(spec_.rowsAPage), TableRow{});
  View view = shown(request, host, rows,
                    count ? host.texts().format(request.locale, "table.count", {{"count", *count}}) : std::string());
  if (spec_.isPagedByKey) showKeyPager(view, request, hasNext ? rows.back().key : "");
  else showPager(view, request, host, hasNext, count);
  return view;
}

View Table::view(const Request& request, const Host& host, TablePage page) const {
  View view = shown(request, host, page.rows, std::move(page.count));
  showKeyPager(view, request, page.next);
  return view;
}

View Table::shown(const Request& request, const Host& host, const std::vector<TableRow>& rows, std::string count) const {
  std::vector<View> views;
  for (const TableRow& row : rows) {
    std::vector<View> cells;
    for (std::size_t i = 0; i < row.cells.size() && i < spec_.columns.size(); ++i)
      cells.push_back(cellView(spec_.columns[i], row.cells[i], request.locale));
    View view;
    view.list("cells", std::move(cells)).set("tick", row.key).set("tick_label", headerOf(row, request.locale));
    views.push_back(std::move(view));
  }
  const auto text = [&](const std::string& key) { return key.empty() ? std::string() : host.texts().get(request.locale, key); };
  const bool isNarrowed = !words_.empty() || std::ranges::any_of(chosen_, [](const auto& part) { return !part.second.empty(); });
  const bool isResorted = sort_ != spec_.sort || descending_ != spec_.descending;
  View view;
  view.set("id", spec_.id)
      .set("action", request.link(spec_.path))
      .set("caption", text(spec_.captionKey))
      .set("ticked_into", spec_.tickedInto)
      .set("search_label", text(spec_.searchKey))
      .set("words", words_)
      .set("kept_sort", isResorted ? sort_ : "")
      .flag("kept_descending", descending_)
      .flag("has_filter", !spec_.searchKey.empty() || !spec_.filters.empty())
      .list("filters", filterViews(request, host))
      .set("clear", isNarrowed ? request.link(spec_.path) : "")
      .set("count", std::move(count))
      .flag("has_rows", !views.empty())
      .flag("is_exported", spec_.isExported && !views.empty())
      .set("xlsx", link(request, {{"format", "xlsx"}}))
      .set("csv", link(request, {{"format", "csv"}}))
      .list("head", headView(request, host))
      .list("rows", std::move(views))
      .set("empty", text(spec_.emptyKey))
      .set("empty_text", text(spec_.emptyTextKey));
  return view;
}

Response Table::file(const Request& request, const Host& host, std::vector<TableRow> rows, std::string_view name) const {
  const bool isCut = rows.size() > static_cast<std::size_t>(kMostExported);
  if (isCut) rows.resize(static_cast<std::size_t>(kMostExported), TableRow{});
  std::vector<std::string> labels;
  for (const TableColumn& column : spec_.columns) labels.push_back(labelOf(column, host, request.locale));
  const auto format = format_.value_or(spreadsheet::Format::xlsx);
  spreadsheet::Writer writer(format, host.texts().get(request.locale, spec_.captionKey), labels);
  for (const TableRow& row : rows) {
    std::vector<spreadsheet::Cell> cells;
    for (const TableCell& cell : row.cells) cells.push_back(fileCell(cell));
    writer.row(cells);
  }
  if (isCut)
    writer.note(host.texts().format(request.locale, "table.cut", {{"count", std::int64_t{kMostExported}}}));
  Response response = spreadsheet::download(format, name, {});
  // In one piece, but as a stream: a file is not for the cache of pages.
  response.body = StreamBody{[content = writer.finish(), sent = false](std::string& piece) mutable {
    if (std::exchange(sent, true)) return false;
    piece = std::move(content);
    return true;
  }};
  return response;
}

}  // namespace toimela
