#include "spreadsheets/xlsx_writer.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "spreadsheets/cell_text.h"
#include "spreadsheets/moment.h"

namespace toimela::spreadsheet {

namespace {

constexpr std::size_t kMostCellBytes = 32'000;  // XLSX allows 32,767 characters
constexpr double kNarrowest = 8, kWidest = 60;

// Numbers of formats that every program shows as its user writes dates (ECMA-376, 18.8.30).
constexpr std::uint8_t kDayFormat = 14, kMomentFormat = 22;

template <class... F>
struct Cases : F... {
  using F::operator()...;
};

std::string_view cut(std::string_view text) {
  if (text.size() <= kMostCellBytes) return text;
  std::size_t end = kMostCellBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

lxw_datetime dateOf(const Date& date) {
  const auto day = date.day();
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day())), 0, 0, 0};
}

lxw_datetime momentOf(Instant instant) {
  lxw_datetime moment = dateOf(Date::of(instant));
  const std::chrono::hh_mm_ss clock(timeOfDay(instant));
  moment.hour = static_cast<int>(clock.hours().count());
  moment.min = static_cast<int>(clock.minutes().count());
  return moment;
}

/// At most 31 characters, without those that mean something in formulas (ECMA-376, 18.2.19).
std::string sheetName(std::string_view wanted) {
  std::string name;
  int characters = 0;
  for (const char c : wanted) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (begins && ++characters > 31) break;
    name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
  }
  return name;
}

std::size_t charactersOf(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string temporaryFile() {
  std::string path = (std::filesystem::temp_directory_path() / "toimela-table-XXXXXX").string();
  const int file = ::mkstemp(path.data());
  if (file < 0) throw std::runtime_error("no room for a spreadsheet");
  ::close(file);
  return path;
}

}  // namespace

XlsxWriter::XlsxWriter(std::string_view sheet, const std::vector<std::string>& header)
    : path_(temporaryFile()), widths_(header.size()) {
  // Not in constant memory: there a header can not be made to filter rows that come after it.
  workbook_ = workbook_new(path_.c_str());
  if (!workbook_) throw std::runtime_error("a spreadsheet can not be begun");
  sheet_ = add(sheet);
  bold_ = workbook_add_format(workbook_);
  format_set_bold(bold_);
  day_ = formatted(kDayFormat);
  moment_ = formatted(kMomentFormat);
  for (std::size_t i = 0; i < header.size(); ++i) text(i, header[i], bold_);
  worksheet_freeze_panes(sheet_, 1, 0);
  ++row_;
}

XlsxWriter::~XlsxWriter() {
  if (workbook_) lxw_workbook_free(workbook_);
  ::unlink(path_.c_str());
}

void XlsxWriter::row(const std::vector<Cell>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) put(i, cells[i]);
  tableEnd_ = row_++;
}

void XlsxWriter::note(std::string_view sentence) {
  ++row_;
  worksheet_write_string(sheet_, row_++, 0, neutral(cut(sentence), Format::xlsx).c_str(), nullptr);
}

void XlsxWriter::page(std::string_view name, const std::vector<std::string>& sentences) {
  lxw_worksheet* page = add(name);
  lxw_format* wrapped = workbook_add_format(workbook_);
  format_set_text_wrap(wrapped);
  worksheet_set_column(page, 0, 0, 100, nullptr);
  lxw_row_t line = 0;
  for (const std::string& sentence : sentences)
    worksheet_write_string(page, line++, 0, neutral(cut(sentence), Format::xlsx).c_str(), wrapped);
}

std::string XlsxWriter::finish() {
  if (!widths_.empty()) worksheet_autofilter(sheet_, 0, 0, tableEnd_, static_cast<lxw_col_t>(widths_.size() - 1));
  for (std::size_t i = 0; i < widths_.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet_, column, column, std::clamp(static_cast<double>(widths_[i]) + 3, kNarrowest, kWidest), nullptr);
  }
  const lxw_error failed = workbook_close(std::exchange(workbook_, nullptr));
  if (failed != LXW_NO_ERROR) throw std::runtime_error(std::string("a spreadsheet: ") + lxw_strerror(failed));
  std::ifstream in(path_, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

lxw_worksheet* XlsxWriter::add(std::string_view name) {
  const std::string clean = sheetName(name);
  return workbook_add_worksheet(workbook_, clean.empty() ? nullptr : clean.c_str());
}

lxw_format* XlsxWriter::formatted(std::uint8_t number) {
  lxw_format* format = workbook_add_format(workbook_);
  format_set_num_format_index(format, number);
  return format;
}

void XlsxWriter::widen(std::size_t column, std::size_t width) {
  if (column < widths_.size()) widths_[column] = std::max(widths_[column], width);
}

void XlsxWriter::text(std::size_t column, std::string_view value, lxw_format* format) {
  if (value.empty()) return;
  widen(column, charactersOf(value));
  worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column), neutral(cut(value), Format::xlsx).c_str(), format);
}

void XlsxWriter::date(std::size_t column, lxw_datetime value, std::size_t width, lxw_format* format) {
  widen(column, width);
  worksheet_write_datetime(sheet_, row_, static_cast<lxw_col_t>(column), &value, format);
}

void XlsxWriter::number(std::size_t column, double value) {
  worksheet_write_number(sheet_, row_, static_cast<lxw_col_t>(column), value, nullptr);
}

void XlsxWriter::put(std::size_t column, const Cell& cell) {
  std::visit(Cases{[](std::monostate) {},
                   [&](const std::string& value) { text(column, value, nullptr); },
                   [&](std::int64_t value) { number(column, static_cast<double>(value)); },
                   [&](double value) { number(column, value); },
                   [&](const Date& value) { date(column, dateOf(value), 10, day_); },
                   [&](Instant value) { date(column, momentOf(value), 16, moment_); }},
             cell);
}

}  // namespace toimela::spreadsheet
