// A deck as a PDF file.
#pragma once

#include <string>
#include <vector>

#include "paper/printed.h"

namespace toimela::trendcards::paper {

/// The cards on sheets: tagged, with the fonts that it needs in it (ISO 32000-1). The same deck and wish give
/// the same file. Text is never left out: a side that overflows() tells of runs over its foot.
std::string print(const PrintedDeck& deck, const PrintWish& wish);

/// The file, or what has too much text for its card; then there is no file.
struct Made {
  std::string file;
  std::vector<Overflow> overflows;  ///< of the sides that were asked for
};
Made printIfItFits(const PrintedDeck& deck, const PrintWish& wish);

/// What has too much text for a card, for each of the sizes that it is too much for. Asked before a deck is
/// published, and before it is printed.
std::vector<Overflow> overflows(const PrintedDeck& deck,
                                const std::vector<CardSize>& sizes = {kCardSizes.begin(), kCardSizes.end()});

}  // namespace toimela::trendcards::paper
