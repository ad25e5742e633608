#include "domain/issued.h"

#include <chrono>
#include <cstdio>
#include <vector>

namespace toimela::publications {

namespace {

struct Parts {
  std::vector<int> numbers;
  std::string separators;
};

/// Numbers of at most four digits with one character between them.
std::optional<Parts> partsOf(std::string_view text) {
  Parts parts;
  std::size_t length = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (length == 0) parts.numbers.push_back(0);
      if (++length > 4) return std::nullopt;
      parts.numbers.back() = parts.numbers.back() * 10 + (c - '0');
    } else {
      if (length == 0 || (c != '-' && c != '.' && c != '/')) return std::nullopt;
      parts.separators += c;
      length = 0;
    }
  }
  if (length == 0) return std::nullopt;
  return parts;
}

}  // namespace

std::optional<Issued> Issued::parse(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  const auto parts = partsOf(text);
  if (!parts || parts->numbers.size() > 3) return std::nullopt;
  auto numbers = parts->numbers;
  if (parts->separators == ".." || parts->separators == "/") numbers = {numbers.rbegin(), numbers.rend()};
  else if (!parts->separators.empty() && parts->separators != "-" && parts->separators != "--")
    return std::nullopt;
  if (numbers[0] < 1500 || numbers[0] > 2100) return std::nullopt;
  const unsigned month = numbers.size() > 1 ? static_cast<unsigned>(numbers[1]) : 1;
  const unsigned day = numbers.size() > 2 ? static_cast<unsigned>(numbers[2]) : 1;
  if (!std::chrono::year_month_day{std::chrono::year{numbers[0]}, std::chrono::month{month}, std::chrono::day{day}}.ok())
    return std::nullopt;
  char written[16];
  const int size = numbers.size() == 1   ? std::snprintf(written, sizeof written, "%04d", numbers[0])
                   : numbers.size() == 2 ? std::snprintf(written, sizeof written, "%04d-%02u", numbers[0], month)
                                         : std::snprintf(written, sizeof written, "%04d-%02u-%02u", numbers[0], month, day);
  Issued issued;
  issued.text_.assign(written, static_cast<std::size_t>(size));
  return issued;
}

int Issued::year() const { return std::stoi(text_.substr(0, 4)); }
std::optional<unsigned> Issued::month() const {
  return text_.size() >= 7 ? std::optional(static_cast<unsigned>(std::stoi(text_.substr(5, 2)))) : std::nullopt;
}
std::optional<unsigned> Issued::day() const {
  return text_.size() == 10 ? std::optional(static_cast<unsigned>(std::stoi(text_.substr(8, 2)))) : std::nullopt;
}

}  // namespace toimela::publications
