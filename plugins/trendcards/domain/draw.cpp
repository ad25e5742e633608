#include "domain/draw.h"

#include <algorithm>

namespace toimela::trendcards {

std::vector<std::int64_t> draw(const Edition& edition, std::int64_t wanted,
                               const std::function<std::size_t(std::size_t)>& upTo) {
  std::vector<std::int64_t> numbers;
  for (const Card& card : edition.cards) numbers.push_back(card.number);
  const auto count = std::min(numbers.size(), static_cast<std::size_t>(std::clamp<std::int64_t>(wanted, 1, kLargestDraw)));
  // The beginning of a shuffle (Fisher and Yates).
  for (std::size_t i = 0; i < count; ++i) std::swap(numbers[i], numbers[i + upTo(numbers.size() - 1 - i)]);
  numbers.resize(count);
  return numbers;
}

std::vector<std::int64_t> parseDraw(std::string_view text) {
  std::vector<std::int64_t> numbers;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    const auto number = parseId(text.substr(0, end));
    if (!number || std::ranges::find(numbers, *number) != numbers.end()) return {};
    numbers.push_back(*number);
    if (numbers.size() > static_cast<std::size_t>(kLargestDraw)) return {};
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return numbers;
}

std::string drawText(const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (const std::int64_t number : numbers) text.append(text.empty() ? "" : ",").append(std::to_string(number));
  return text;
}

}  // namespace toimela::trendcards
