// An XLSX file in the making.
#pragma once

#include <xlsxwriter.h>

#include <string>
#include <string_view>
#include <vector>

#include "toimela/spreadsheet.h"

namespace toimela::spreadsheet {

class XlsxWriter {
 public:
  XlsxWriter(std::string_view sheet, const std::vector<std::string>& header);
  ~XlsxWriter();
  XlsxWriter(const XlsxWriter&) = delete;
  XlsxWriter& operator=(const XlsxWriter&) = delete;

  void row(const std::vector<Cell>& cells);
  void note(std::string_view text);
  void page(std::string_view name, const std::vector<std::string>& sentences);
  std::string finish();

 private:
  lxw_worksheet* add(std::string_view name);
  lxw_format* formatted(std::uint8_t number);
  void widen(std::size_t column, std::size_t width);
  void text(std::size_t column, std::string_view value, lxw_format* format);
  void date(std::size_t column, lxw_datetime value, std::size_t width, lxw_format* format);
  void number(std::size_t column, double value);
  void put(std::size_t column, const Cell& cell);

  std::string path_;
  lxw_workbook* workbook_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format *bold_ = nullptr, *day_ = nullptr, *moment_ = nullptr;
  lxw_row_t row_ = 0, tableEnd_ = 0;  ///< the table ends before its notes
  std::vector<std::size_t> widths_;   ///< in characters, one a column of the header
};

}  // namespace toimela::spreadsheet
