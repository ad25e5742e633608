#include "spreadsheets/cell_text.h"

#include <algorithm>

namespace toimela::spreadsheet {

namespace {

constexpr std::string_view kFormulaStarts("=+-@\t\r\0", 7);
constexpr std::string_view kSpaces = " \t\r\n\f\v";
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

bool startsLikeFormula(std::string_view text) {
  return !text.empty() && kFormulaStarts.find(text.front()) != std::string_view::npos;
}

bool isTelephoneNumber(std::string_view text) {
  return text.size() > 1 && text.front() == '+' && std::ranges::all_of(text.substr(1), [](char c) {
    return (c >= '0' && c <= '9') || c == ' ';
  });
}

}  // namespace

std::string neutral(std::string_view text, Format format) {
  const bool isDangerous = startsLikeFormula(text) && !(format == Format::xlsx && isTelephoneNumber(text));
  std::string result = isDangerous ? "'" : "";
  std::ranges::copy_if(text, std::back_inserter(result), [](char c) { return c != '\0'; });
  return result;
}

std::string_view plain(std::string_view text) {
  return text.starts_with('\'') && startsLikeFormula(text.substr(1)) ? text.substr(1) : text;
}

std::string_view trimmed(std::string_view text) {
  for (;;) {
    if (!text.empty() && kSpaces.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
    else if (!text.empty() && kSpaces.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
    else if (text.starts_with(kNoBreakSpace)) text.remove_prefix(2);
    else if (text.ends_with(kNoBreakSpace)) text.remove_suffix(2);
    else return text;
  }
}

std::string csvField(std::string_view text) {
  const bool needsQuotes = text.find_first_of(";,\t\"\r\n") != std::string_view::npos || trimmed(text).size() != text.size();
  if (!needsQuotes) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace toimela::spreadsheet
