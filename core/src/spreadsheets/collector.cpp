#include "spreadsheets/collector.h"

#include "spreadsheets/cell_text.h"

namespace toimela::spreadsheet {

namespace {

// Strings that many cells share are written once in the file and once a cell here.
constexpr std::size_t kMostBytes = 64 * 1024 * 1024;

}  // namespace

void Collector::cell(int row, std::size_t column, std::string_view text) {
  const std::string_view value = trimmed(plain(trimmed(text)));
  if (value.empty()) return;
  if (column >= static_cast<std::size_t>(limits_.columns)) throw Refused(Trouble::tooManyColumns);
  if ((bytes_ += value.size()) > kMostBytes) throw Refused(Trouble::tooMuchWork);
  if (rows_.empty() || rows_.back().number != row) {
    if (rows_.size() >= static_cast<std::size_t>(limits_.rows)) throw Refused(Trouble::tooManyRows);
    rows_.push_back({row, {}});
  }
  auto& cells = rows_.back().cells;
  if (cells.size() <= column) cells.resize(column + 1);
  cells[column] = value;
}

}  // namespace toimela::spreadsheet
