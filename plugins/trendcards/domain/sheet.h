// How cards lie on sheets of paper: which sheet, how many, where, and where their backs come.
// Lengths are millimetres, measured from the top left corner of the page that is looked at.
#pragma once

#include <cstddef>
#include <vector>

#include "toimela/codes.h"

namespace toimela::trendcards {

/// What a card is cut to: A6 and A7 (ISO 216), and the size of poker cards.
enum class CardSize { a6, a7, poker };
inline constexpr auto kCardSizes =
    codes<CardSize>({{CardSize::a6, "a6"}, {CardSize::a7, "a7"}, {CardSize::poker, "poker"}});

/// What it is printed on; `card`: a page of its own for each side of each card, as print shops want it.
enum class SheetSize { a4, a3, card };
inline constexpr auto kSheetSizes =
    codes<SheetSize>({{SheetSize::a4, "a4"}, {SheetSize::a3, "a3"}, {SheetSize::card, "card"}});

enum class Sides { both, fronts, backs };
inline constexpr auto kSides =
    codes<Sides>({{Sides::both, "both"}, {Sides::fronts, "fronts"}, {Sides::backs, "backs"}});

/// The edge of the sheet over which the printer turns it for its other side.
enum class TurnedOver { longEdge, shortEdge };
inline constexpr auto kTurnedOver =
    codes<TurnedOver>({{TurnedOver::longEdge, "long"}, {TurnedOver::shortEdge, "short"}});

struct Size {
  double width = 0, height = 0;
  bool operator==(const Size&) const = default;
};
/// Of the card after cutting.
Size trimmed(CardSize size);

/// Colour that goes on beyond the cut, so that a cut that is a little off leaves no white edge.
inline constexpr double kBleed = 3;
/// What printers leave white at the edge of a sheet.
inline constexpr double kUnprintable = 5;
/// A crop mark, and how far it stays away from what is printed.
inline constexpr double kMarkLength = 4, kMarkDistance = 1;

struct SheetWish {
  CardSize card = CardSize::a6;
  SheetSize sheet = SheetSize::a4;
  bool hasBleed = true;  ///< without it neighbours touch: one cut parts them, and more of them fit
  bool hasMarks = true;
};

/// One sheet: a grid of cards in its middle.
struct SheetPlan {
  Size page;    ///< the sheet as it lies: portrait or landscape
  Size card;    ///< after cutting
  int columns = 1, rows = 1;
  double left = 0, top = 0;  ///< the cut corner of the first card
  double bleed = 0;
  bool hasMarks = false;

  std::size_t cardsOnSheet() const { return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows); }
  bool isLandscape() const { return page.width > page.height; }
  /// From one card's corner to the next one's.
  double across() const { return card.width + 2 * bleed; }
  double down() const { return card.height + 2 * bleed; }
};
/// The sheet lies as it holds more; portrait when both are the same.
SheetPlan planSheet(const SheetWish& wish);

/// Where one side of a card comes.
struct CardSpot {
  std::size_t card = 0;  ///< which of the cards that are printed
  double x = 0, y = 0;   ///< its cut corner at the top left
  bool isTurned = false; ///< upside down, so that whoever turns the card like a page of a book reads it upright
  bool operator==(const CardSpot&) const = default;
};
struct SheetPage {
  bool isBack = false;
  std::vector<CardSpot> placements;
};
/// The pages for so many cards, in the order in which they are printed: with both sides each front is
/// followed by its back. A back comes where its front is seen through the paper.
std::vector<SheetPage> impose(const SheetPlan& plan, std::size_t cards, Sides sides, TurnedOver over);

struct Stroke {
  double fromX, fromY, toX, toY;
};
/// Short lines around the grid, in line with every cut. None when the sheet has none.
std::vector<Stroke> cropMarks(const SheetPlan& plan);

}  // namespace toimela::trendcards
