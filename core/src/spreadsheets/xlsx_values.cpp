#include "spreadsheets/xlsx_values.h"

#include <charconv>
#include <chrono>
#include <cmath>

#include "toimela/types.h"

namespace toimela::spreadsheet {

namespace {

constexpr double kLastSerial = 2'958'465;  // 31 December 9999
constexpr int kFrom1904 = 1'462;           // days between the two calendars

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

bool isDateFormat(std::string_view code) {
  char closing = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (closing) {
      if (c == closing) closing = 0;
    } else if (c == '"') {
      closing = '"';
    } else if (c == '[') {
      closing = ']';
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
      return true;
    }
  }
  return false;
}

bool isDateFormat(int builtIn) {
  return (builtIn >= 14 && builtIn <= 17) || builtIn == 22 || (builtIn >= 27 && builtIn <= 36) ||
         (builtIn >= 50 && builtIn <= 58);
}

std::optional<std::string> dateText(double serial, bool from1904) {
  if (from1904) serial += kFrom1904;
  if (!(serial >= 1) || serial > kLastSerial) return std::nullopt;
  // The calendar has a 29 February 1900 that never was; the days before it are one off.
  if (serial < 61) serial += 1;
  const double whole = std::floor(serial);
  const auto minutes = static_cast<int>(std::lround((serial - whole) * 24 * 60));
  using namespace std::chrono;
  const sys_days day = sys_days{December / 30 / 1899} + days{static_cast<int>(whole) + minutes / 1440};
  const std::string text = Date(year_month_day(day)).text();
  return minutes % 1440 == 0 ? text : text + " " + two(minutes % 1440 / 60) + ":" + two(minutes % 60);
}

std::string numberText(double value) {
  char buffer[400];
  const bool isWhole = std::abs(value) < 1e15 && std::floor(value) == value;
  const auto end = isWhole ? std::to_chars(buffer, buffer + sizeof buffer, static_cast<long long>(value)).ptr
                           : std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

std::optional<Place> parsePlace(std::string_view reference) {
  std::size_t column = 0, at = 0;
  for (; at < reference.size() && at < 3 && reference[at] >= 'A' && reference[at] <= 'Z'; ++at)
    column = column * 26 + static_cast<std::size_t>(reference[at] - 'A') + 1;
  int row = 0;
  const char* end = reference.data() + reference.size();
  const auto parsed = std::from_chars(reference.data() + at, end, row);
  if (at == 0 || parsed.ec != std::errc{} || parsed.ptr != end || row < 1) return std::nullopt;
  return Place{column - 1, row};
}

std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    const bool isMark = text.size() - i >= 7 && text[i] == '_' && text[i + 1] == 'x' && text[i + 6] == '_' &&
                        std::from_chars(text.data() + i + 2, text.data() + i + 6, value, 16).ptr == text.data() + i + 6;
    if (!isMark || value >= 0x80) {
      result += text[i];
      continue;
    }
    if (value != 0) result += static_cast<char>(value);
    i += 6;
  }
  return result;
}

}  // namespace toimela::spreadsheet
