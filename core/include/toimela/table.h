// A table declared once: sorted, filtered and paged by the address, shown by the partial
// {{> table}}, written as XLSX or CSV.
//
//   TableSpec spec{.id = "members", .path = "/contacts/networks/3/members", …,
//                  .columns = {TableColumn::text("name", "contacts.column.person").sorts().heads(), …}};
//   Table table(std::move(spec), request);
//   auto found = host.read([&](ReadTx& tx) { return store::list(tx, table.words(), orderOf(table), table.limit(), table.offset()); });
//   std::vector<TableRow> rows = …;
//   if (table.format()) return table.file(request, host, std::move(rows), "jasenet");
//   view.group("table", table.view(request, host, std::move(rows)));
//
// The template says {{#table}}{{> table}}{{/table}}. The file has the same columns, filters and
// order as the page, and so shows nobody more than the page does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "toimela/form.h"
#include "toimela/host.h"
#include "toimela/request.h"
#include "toimela/spreadsheet.h"

namespace toimela {

struct TableColumn {
  std::string key;  ///< in the address: ?sort=name
  std::string labelKey;
  bool isNumber = false;
  bool isSortable = false;
  bool isRowHeader = false;  ///< says what the row is about
  std::string label = {};    ///< ready, in place of the key

  static TableColumn text(std::string key, std::string labelKey) { return {std::move(key), std::move(labelKey)}; }
  static TableColumn number(std::string key, std::string labelKey) {
    return {std::move(key), std::move(labelKey), true};
  }
  TableColumn sorts() && { isSortable = true; return std::move(*this); }
  TableColumn heads() && { isRowHeader = true; return std::move(*this); }
};

/// A select above the table; ?key=value in the address.
struct TableFilter {
  std::string key;
  std::string labelKey;
  std::string allKey;  ///< label of the choice that leaves it open; empty: something is always chosen
  std::vector<Choice> choices;
};

struct TableSpec {
  std::string id;          ///< in the page's ids
  std::string path;        ///< of the page, without language
  std::string captionKey;
  std::string searchKey;   ///< label of the search field; empty: there is none
  std::vector<TableFilter> filters;
  std::vector<TableColumn> columns;
  std::string sort;        ///< column that orders it when nothing is asked for
  bool descending = false;
  std::string emptyKey;    ///< when nothing is found: what is missing …
  std::string emptyTextKey;  ///< … and what to do
  int rowsAPage = 25;
  bool isExported = true;
  /// Id of a form on the same page: each row has a box that sends its key as "selected" with it.
  std::string tickedInto = {};
  /// Pages follow on a row's key instead of being numbered: for logs and whatever grows without end.
  bool isPagedByKey = false;
};

/// What stands in one cell: the value is shown in the reader's language, and written to the file.
struct TOIMELA_API TableCell {
  spreadsheet::Cell value;
  std::string href;        ///< ready link; empty for none
  std::string lang;        ///< of a text that is not in the reader's language
  std::string tag;         ///< shows it as a tag: "tag", "tag tag--ok", …
  std::vector<std::string> lines;  ///< several texts, one below the other; `value` is not used then

  TableCell(spreadsheet::Cell value) : value(std::move(value)) {}  // NOLINT: a cell is written as its value
  TableCell(std::string text) : value(std::move(text)) {}          // NOLINT
  /// A content text in the reader's language or the one it has.
  TableCell(const LocalText& text, Locale reader);
  static TableCell ofLines(std::vector<std::string> lines);

  TableCell linked(std::string to) && { href = std::move(to); return std::move(*this); }
  TableCell tagged(std::string as) && { tag = std::move(as); return std::move(*this); }
};
struct TableRow {
  std::vector<TableCell> cells;  ///< one for each column, in their order
  /// Of tables that are paged by key: where the next page goes on; of those with boxes: what is sent.
  std::string key = {};
};

/// A page of a table that is paged by key, as a store gives it that knows where the next one begins.
struct TablePage {
  std::vector<TableRow> rows;
  std::string next;   ///< empty on the last page
  std::string count;  ///< ready text of how many were found; may be empty
};

class TOIMELA_API Table {
 public:
  /// The most rows of a file; when there are more, its last line says so.
  static constexpr int kMostExported = 20'000;

  /// Reads the address. What the table does not have (a column, a choice, a page) is as if it had
  /// not been asked for.
  Table(TableSpec spec, const Request& request);

  const std::string& words() const { return words_; }  ///< at most 100 characters, trimmed
  /// What was chosen of a filter; empty when it is open.
  const std::string& filter(std::string_view key) const;
  const std::string& sort() const { return sort_; }  ///< key of a sortable column
  bool isDescending() const { return descending_; }
  /// The file that is wanted instead of the page.
  std::optional<spreadsheet::Format> format() const { return format_; }
  /// How many rows to ask the store for: one more than is shown, to know whether more follow.
  int limit() const { return mostRows() + 1; }
  int offset() const;
  /// How many rows the page, or the file, has at most.
  int mostRows() const { return format_ ? kMostExported : spec_.rowsAPage; }
  /// The key behind which this page begins; empty at the beginning.
  const std::string& after() const { return after_; }

  /// The group for {{> table}}. `rows` are those asked for with limit() and offset(); `count`, where
  /// it is known, is of all that were found.
  View view(const Request& request, const Host& host, std::vector<TableRow> rows,
            std::optional<std::int64_t> count = std::nullopt) const;
  View view(const Request& request, const Host& host, TablePage page) const;
  /// The file, as a download named `name` (without ending).
  Response file(const Request& request, const Host& host, std::vector<TableRow> rows, std::string_view name) const;

 private:
  using Query = std::vector<std::pair<std::string, std::string>>;
  /// The address of this table with what was asked for, and the given values changed.
  std::string link(const Request& request, const Query& changed) const;
  View shown(const Request& request, const Host& host, const std::vector<TableRow>& rows, std::string count) const;
  /// What the row is about, in words.
  std::string headerOf(const TableRow& row, Locale locale) const;
  std::vector<View> headView(const Request& request, const Host& host) const;
  std::vector<View> filterViews(const Request& request, const Host& host) const;
  void showPager(View& view, const Request& request, const Host& host, bool hasNext,
                 std::optional<std::int64_t> count) const;
  void showKeyPager(View& view, const Request& request, const std::string& next) const;

  TableSpec spec_;
  std::string words_, sort_, after_;
  Query chosen_;  ///< of the filters, in their order
  bool descending_ = false;
  int page_ = 1;
  std::optional<spreadsheet::Format> format_;
};

}  // namespace toimela
