// Card numbers as people write them: "1–5, 8".
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

namespace toimela::trendcards {

/// Numbers and ranges, parted by commas, semicolons or spaces; a range by '-' or '–'. Nothing when something
/// else stands there, when a range runs backwards, or when a number is above `most`. Empty: no numbers.
std::optional<std::set<std::int64_t>> parseNumbers(std::string_view text, std::int64_t most);

}  // namespace toimela::trendcards
