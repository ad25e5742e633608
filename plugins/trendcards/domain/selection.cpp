#include "domain/selection.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace toimela::trendcards {

namespace {

std::string withPlainDashes(std::string_view text) {
  constexpr std::string_view kDash = "–";
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    const bool isDash = text.substr(i).starts_with(kDash);
    plain += isDash ? '-' : text[i];
    i += isDash ? kDash.size() : 1;
  }
  return plain;
}

std::optional<std::int64_t> number(std::string_view text, std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > most) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::set<std::int64_t>> parseNumbers(std::string_view text, std::int64_t most) {
  std::set<std::int64_t> numbers;
  const std::string plain = withPlainDashes(text);
  const std::string_view all = plain;
  constexpr std::string_view kBetween = ",; \t\r\n";
  for (std::size_t at = 0; (at = all.find_first_not_of(kBetween, at)) != all.npos;) {
    const std::size_t end = std::min(all.find_first_of(kBetween, at), all.size());
    const std::string_view word = all.substr(at, end - at);
    const std::size_t dash = word.find('-');
    const auto first = number(word.substr(0, dash), most);
    const auto last = dash == word.npos ? first : number(word.substr(dash + 1), most);
    if (!first || !last || *last < *first) return std::nullopt;
    for (std::int64_t each = *first; each <= *last; ++each) numbers.insert(each);
    at = end;
  }
  return numbers;
}

}  // namespace toimela::trendcards
