#include "spreadsheets/csv.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

namespace toimela::spreadsheet {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool isUtf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 character;
    U8_NEXT(bytes, at, size, character);
    if (character < 0) return false;
  }
  return true;
}

/// One character after the other, in quotes or not.
class Parser {
 public:
  Parser(std::string_view text, char separator, Collector& rows) : text_(text), separator_(separator), rows_(rows) {}

  void run() {
    while (at_ < text_.size()) {
      if (text_[at_] == '"' && cell_.empty()) quoted();
      else if (text_[at_] == separator_) endCell();
      else if (text_[at_] == '\n' || text_[at_] == '\r') endRow();
      else cell_ += text_[at_++];
    }
    endCell();
  }

 private:
  void quoted() {
    for (++at_; at_ < text_.size(); cell_ += text_[at_++]) {
      if (text_[at_] != '"') continue;
      ++at_;
      if (at_ == text_.size() || text_[at_] != '"') return;
    }
    throw Refused(Trouble::damaged);
  }
  void endCell() {
    rows_.cell(row_, column_++, cell_);
    cell_.clear();
    ++at_;
  }
  void endRow() {
    const bool isPair = text_.substr(at_).starts_with("\r\n");
    endCell();
    at_ += isPair;
    column_ = 0;
    ++row_;
  }

  std::string_view text_;
  char separator_;
  Collector& rows_;
  std::size_t at_ = 0, column_ = 0;
  int row_ = 1;
  std::string cell_;
};

}  // namespace

std::string toUtf8(std::string bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.erase(0, kByteOrderMark.size());
  if (isUtf8(bytes)) return bytes;
  std::string text;
  icu::UnicodeString(bytes.data(), static_cast<std::int32_t>(bytes.size()), "windows-1252").toUTF8String(text);
  return text;
}

char separatorOf(std::string_view text) {
  constexpr std::array kSeparators{';', ',', '\t'};
  std::array<int, kSeparators.size()> counts{};
  bool inQuotes = false;
  for (const char c : text) {
    if (c == '"') inQuotes = !inQuotes;
    if (inQuotes) continue;
    if (c == '\n' || c == '\r') break;
    if (const auto found = std::ranges::find(kSeparators, c); found != kSeparators.end()) ++counts[static_cast<std::size_t>(found - kSeparators.begin())];
  }
  return kSeparators[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

void readCsv(std::string bytes, Collector& rows) {
  const std::string text = toUtf8(std::move(bytes));
  if (text.find('\0') != std::string::npos) throw Refused(Trouble::notATable);
  Parser(text, separatorOf(text), rows).run();
}

}  // namespace toimela::spreadsheet
