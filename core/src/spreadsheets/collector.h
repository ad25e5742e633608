// Rows on their way out of a file, bounded.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/spreadsheet.h"

namespace toimela::spreadsheet {

/// Ends the reading.
struct Refused : std::runtime_error {
  explicit Refused(Trouble trouble) : std::runtime_error("a table that can not be read"), trouble(trouble) {}
  Trouble trouble;
};

/// Takes cells in the order of the file; keeps the rows that are not empty.
class Collector {
 public:
  explicit Collector(const Limits& limits) : limits_(limits) {}

  /// `column` is counted from 0. Throws Refused beyond the limits; empty cells cost nothing.
  void cell(int row, std::size_t column, std::string_view text);
  std::vector<Row> take() { return std::move(rows_); }

 private:
  Limits limits_;
  std::vector<Row> rows_;
  std::size_t bytes_ = 0;
};

}  // namespace toimela::spreadsheet
