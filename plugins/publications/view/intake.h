// Publications that come from elsewhere: each is judged by the same form as one that is typed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/bibtex.h"
#include "toimela/form.h"
#include "toimela/http.h"
#include "toimela/spreadsheet.h"
#include "view/words.h"

namespace toimela::publications::view {

/// One thing as it came: fields of the form by name.
struct Sent {
  std::string where;      ///< "3" of a table, the key of BibTeX, an identifier
  Fields fields;
  std::string shortCode;  ///< of an export; may be empty
  std::string region, state, withdrawnWhy;
};
/// Columns of the table, in order; the names are those of the form's fields.
const std::vector<std::string>& columns();
/// Rows of a table whose first row has the names of columns, in any order. Columns that nobody knows come back.
struct Table {
  std::vector<Sent> sent;
  std::vector<std::string> unknown;
};
Table fromTable(const std::vector<spreadsheet::Row>& rows, const std::vector<Series>& series);
Sent fromBibtex(const BibtexEntry& entry);
std::vector<spreadsheet::Cell> toRow(const Publication& publication, const std::vector<Series>& series);

struct Judged {
  std::string where;
  std::optional<Publication> publication;  ///< nothing when something is wrong
  State state = State::draft;
  std::vector<std::string> problems;       ///< in words
};
Judged judge(const Sent& sent, const std::vector<Series>& series, const Words& words);

}  // namespace toimela::publications::view
