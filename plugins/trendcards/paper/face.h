// One side of a card: what stands where, and in what size, so that all of it fits.
#pragma once

#include <string>
#include <vector>

#include "paper/pen.h"
#include "paper/picture.h"
#include "paper/printed.h"

namespace toimela::trendcards::paper {

/// Something that stands on a side of a card, in points from its cut corner.
struct Piece {
  Laid text;
  double x = 0, y = 0;
  Rgb colour;
  const char* tag = "P";   ///< for those who listen (ISO 32000-1, 14.8.4)
  bool isListed = false;   ///< a part of an item of a list
};

struct Face {
  double size = 0;         ///< of its text, in points
  bool fits = true;
  bool isWhole = true;     ///< of a front: its picture is, or nearly is, as wide as the card
  std::vector<Piece> pieces;
  double bandHeight = 0;
  /// Where the picture lies; no height: there is none.
  double pictureTop = 0, pictureHeight = 0;
};

/// The sizes of print that are tried for the text of a card, in points. Below the least nobody reads with ease.
struct Print {
  double most = 0, least = 0, step = 0.25;
};
Print printOf(CardSize card, bool isBack);

/// The texts of a card, taken apart once.
struct Written {
  explicit Written(const PrintedCard& printed);
  const PrintedCard& card;
  std::vector<Block> front, back;
};

/// The side with its text in the size given; it may not fit.
Face layFront(const Pen& pen, const Written& written, const std::optional<Picture>& picture, CardSize cardSize, double size);
Face layBack(const Pen& pen, const Written& written, const PrintedWords& words, CardSize cardSize, double size);

/// The largest size in which the side fits; the least one when it does not fit at all. The sides of a deck are
/// much alike, so that it is looked for from `near` on, which is that of the card before.
double fittingFront(const Pen& pen, const Written& written, const std::optional<Picture>& picture, CardSize cardSize,
                    double near);
double fittingBack(const Pen& pen, const Written& written, const PrintedWords& words, CardSize cardSize, double near);

/// Whether the side fits in any size at all.
bool holdsFront(const Pen& pen, const Written& written, const std::optional<Picture>& picture, CardSize cardSize);
bool holdsBack(const Pen& pen, const Written& written, const PrintedWords& words, CardSize cardSize);

}  // namespace toimela::trendcards::paper
