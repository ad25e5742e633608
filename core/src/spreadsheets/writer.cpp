#include <charconv>

#include "spreadsheets/cell_text.h"
#include "spreadsheets/moment.h"
#include "spreadsheets/xlsx_writer.h"

namespace toimela::spreadsheet {

namespace {

template <class... F>
struct Cases : F... {
  using F::operator()...;
};

std::string momentText(Instant instant) {
  const std::chrono::hh_mm_ss clock(timeOfDay(instant));
  const auto two = [](auto value) { return std::string(value < 10 ? "0" : "") + std::to_string(value); };
  return Date::of(instant).text() + " " + two(clock.hours().count()) + ":" + two(clock.minutes().count());
}

/// With a comma, as a Finnish spreadsheet reads it.
std::string numberText(double value) {
  char buffer[32];
  std::string text(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
  std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

std::string csvText(const Cell& cell) {
  return std::visit(Cases{[](std::monostate) { return std::string(); },
                          [](const std::string& text) { return csvField(neutral(text, Format::csv)); },
                          [](std::int64_t number) { return std::to_string(number); },
                          [](double number) { return numberText(number); },
                          [](const Date& date) { return date.text(); },
                          [](Instant instant) { return momentText(instant); }},
                    cell);
}

void addLine(std::string& csv, const std::vector<Cell>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) (csv += i ? ";" : "") += csvText(cells[i]);
  csv += "\r\n";
}

}  // namespace

/// An XLSX file where there is one, else CSV.
struct Writer::Impl {
  std::unique_ptr<XlsxWriter> xlsx;
  std::string csv = "\xEF\xBB\xBF";
};

Writer::Writer(Format format, std::string_view sheet, const std::vector<std::string>& header)
    : impl_(std::make_unique<Impl>()) {
  if (format == Format::xlsx) impl_->xlsx = std::make_unique<XlsxWriter>(sheet, header);
  else addLine(impl_->csv, {header.begin(), header.end()});
}
Writer::~Writer() = default;
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;

void Writer::row(const std::vector<Cell>& cells) {
  if (impl_->xlsx) impl_->xlsx->row(cells);
  else addLine(impl_->csv, cells);
}

void Writer::note(std::string_view text) {
  if (impl_->xlsx) impl_->xlsx->note(text);
  else addLine(impl_->csv, {std::string(text)});
}

void Writer::page(std::string_view sheet, const std::vector<std::string>& sentences) {
  if (impl_->xlsx) impl_->xlsx->page(sheet, sentences);
}

std::string Writer::finish() { return impl_->xlsx ? impl_->xlsx->finish() : std::move(impl_->csv); }

std::string_view code(Format format) { return format == Format::xlsx ? "xlsx" : "csv"; }

std::optional<Format> parseFormat(std::string_view text) {
  for (const Format format : {Format::xlsx, Format::csv})
    if (code(format) == text) return format;
  return std::nullopt;
}

Response download(Format format, std::string_view name, std::string content) {
  return Response::attachment(std::string(name) + "." + std::string(code(format)),
                              format == Format::xlsx
                                  ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                                  : "text/csv; charset=utf-8",
                              std::move(content));
}

}  // namespace toimela::spreadsheet
