// Cards drawn at random.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/deck.h"

namespace toimela::trendcards {

inline constexpr std::int64_t kUsualDraw = 3, kLargestDraw = 12;

/// So many different cards of the edition, at most kLargestDraw and no more than there are, each with
/// the same chance. `upTo(n)` gives a random number from 0 to n, both included.
std::vector<std::int64_t> draw(const Edition& edition, std::int64_t wanted,
                               const std::function<std::size_t(std::size_t)>& upTo);

/// "3,7,12" as numbers; nothing when it is anything else, has a number twice or too many.
std::vector<std::int64_t> parseDraw(std::string_view text);
std::string drawText(const std::vector<std::int64_t>& numbers);

}  // namespace toimela::trendcards
