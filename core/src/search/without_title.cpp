#include "search/without_title.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <optional>

namespace toimela::search {

namespace {

/// So many words are hardly the beginning of a sentence that goes on with a name.
constexpr int kWordsOfTitle = 3;

struct Reader {
  std::string_view text;
  std::int32_t at = 0;

  bool isAtEnd() const { return at >= static_cast<std::int32_t>(text.size()); }
  UChar32 next() {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, static_cast<std::int32_t>(text.size()), c);
    return c;
  }
  /// The next letter or digit, in lower case; 0 at the end.
  UChar32 nextLetter() {
    while (!isAtEnd())
      if (const UChar32 c = next(); u_isalnum(c)) return u_foldCase(c, U_FOLD_CASE_DEFAULT);
    return 0;
  }
};

int wordsOf(std::string_view title) {
  return 1 + static_cast<int>(std::ranges::count(title, ' '));
}

/// Does something of its own begin behind the title, or does its sentence go on?
bool isOver(std::string_view rest, int words) {
  Reader reader{rest};
  bool isAfterWord = false, isApart = false;
  while (!reader.isAtEnd()) {
    const UChar32 c = reader.next();
    if (u_isalnum(c)) return isApart || (isAfterWord && words >= kWordsOfTitle && (u_isupper(c) || u_isdigit(c)));
    isAfterWord = true;
    isApart = isApart || c == '\n' || c == '.' || c == ':' || c == '!' || c == '?' || c == '|';
  }
  return true;
}

/// Where the text goes on behind the title that it begins with.
std::optional<std::size_t> behind(std::string_view text, std::string_view title) {
  Reader in{text}, of{title};
  UChar32 wanted = of.nextLetter();
  if (wanted == 0) return std::nullopt;
  for (; wanted != 0; wanted = of.nextLetter())
    if (in.nextLetter() != wanted) return std::nullopt;
  const auto end = static_cast<std::size_t>(in.at);
  if (!isOver(text.substr(end), wordsOf(title))) return std::nullopt;
  return std::min(text.find_first_not_of(" \t\r\n.:!?|", end), text.size());
}

}  // namespace

std::string withoutTitle(std::string_view text, const LocalText& title) {
  std::string out;
  while (!text.empty()) {
    std::optional<std::size_t> end;
    for (const Locale locale : kLocales)
      if (!end) end = behind(text, title.in(locale));
    if (end) {
      text.remove_prefix(*end);
      continue;
    }
    const auto line = std::min(text.find('\n'), text.size() - 1) + 1;
    out += text.substr(0, line);
    text.remove_prefix(line);
  }
  out.erase(out.find_last_not_of(" \t\r\n") + 1);
  return out;
}

}  // namespace toimela::search
