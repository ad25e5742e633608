#include "domain/sheet.h"

#include <algorithm>
#include <cmath>

namespace toimela::trendcards {

namespace {

constexpr Size kA4{210, 297}, kA3{297, 420};
/// Lengths are sums of millimetres and halves of them.
constexpr double kTiny = 1e-6;

int fitting(double room, double each) { return static_cast<int>(std::floor(room / each + kTiny)); }

SheetPlan onSheet(const SheetWish& wish, Size page) {
  SheetPlan plan{.page = page, .card = trimmed(wish.card), .bleed = wish.hasBleed ? kBleed : 0, .hasMarks = wish.hasMarks};
  const double edge = kUnprintable + (wish.hasMarks ? kMarkLength + kMarkDistance : 0);
  plan.columns = fitting(page.width - 2 * edge, plan.across());
  plan.rows = fitting(page.height - 2 * edge, plan.down());
  return plan;
}

/// A page that is just as large as one card with what is around it.
SheetPlan onItsOwn(const SheetWish& wish) {
  SheetPlan plan{.page = {}, .card = trimmed(wish.card), .bleed = wish.hasBleed ? kBleed : 0, .hasMarks = wish.hasMarks};
  const double around = plan.bleed + (wish.hasMarks ? kMarkLength + kMarkDistance : 0);
  plan.page = {plan.card.width + 2 * around, plan.card.height + 2 * around};
  return plan;
}

void centre(SheetPlan& plan) {
  plan.left = (plan.page.width - plan.columns * plan.across()) / 2 + plan.bleed;
  plan.top = (plan.page.height - plan.rows * plan.down()) / 2 + plan.bleed;
}

/// Is the sheet turned like a page of a book? Else it is turned like a page of a wall calendar.
bool turnsSideways(const SheetPlan& plan, TurnedOver over) {
  return (over == TurnedOver::longEdge) != plan.isLandscape();
}

}  // namespace

Size trimmed(CardSize size) {
  switch (size) {
    case CardSize::a6: return {105, 148};
    case CardSize::a7: return {74, 105};
    case CardSize::poker: return {63, 88};
  }
  return {105, 148};
}

SheetPlan planSheet(const SheetWish& wish) {
  SheetPlan plan;
  if (wish.sheet == SheetSize::card) {
    plan = onItsOwn(wish);
  } else {
    const Size page = wish.sheet == SheetSize::a4 ? kA4 : kA3;
    const SheetPlan lying = onSheet(wish, {page.height, page.width});
    plan = onSheet(wish, page);
    if (lying.cardsOnSheet() > plan.cardsOnSheet()) plan = lying;
  }
  centre(plan);
  return plan;
}

std::vector<SheetPage> impose(const SheetPlan& plan, std::size_t cards, Sides sides, TurnedOver over) {
  std::vector<SheetPage> pages;
  const bool isSideways = turnsSideways(plan, over);
  for (std::size_t first = 0; first < cards; first += plan.cardsOnSheet()) {
    SheetPage front, back{.isBack = true, .placements = {}};
    const std::size_t end = std::min(cards, first + plan.cardsOnSheet());
    for (std::size_t card = first; card < end; ++card) {
      const int column = static_cast<int>(card - first) % plan.columns;
      const int row = static_cast<int>(card - first) / plan.columns;
      const auto at = [&](int atColumn, int atRow, bool isTurned) {
        return CardSpot{card, plan.left + atColumn * plan.across(), plan.top + atRow * plan.down(), isTurned};
      };
      front.placements.push_back(at(column, row, false));
      back.placements.push_back(isSideways ? at(plan.columns - 1 - column, row, false)
                                           : at(column, plan.rows - 1 - row, true));
    }
    if (sides != Sides::backs) pages.push_back(std::move(front));
    if (sides != Sides::fronts) pages.push_back(std::move(back));
  }
  return pages;
}

std::vector<Stroke> cropMarks(const SheetPlan& plan) {
  std::vector<Stroke> marks;
  if (!plan.hasMarks) return marks;
  const double away = plan.bleed + kMarkDistance, end = away + kMarkLength;
  const double right = plan.left + (plan.columns - 1) * plan.across() + plan.card.width;
  const double bottom = plan.top + (plan.rows - 1) * plan.down() + plan.card.height;
  // Cards that touch share a cut.
  const auto cuts = [&](double first, int count, double step, double length) {
    std::vector<double> at;
    for (int i = 0; i < count; ++i) {
      if (plan.bleed > 0 || i == 0) at.push_back(first + i * step);
      at.push_back(first + i * step + length);
    }
    return at;
  };
  for (const double x : cuts(plan.left, plan.columns, plan.across(), plan.card.width)) {
    marks.push_back({x, plan.top - end, x, plan.top - away});
    marks.push_back({x, bottom + away, x, bottom + end});
  }
  for (const double y : cuts(plan.top, plan.rows, plan.down(), plan.card.height)) {
    marks.push_back({plan.left - end, y, plan.left - away, y});
    marks.push_back({right + away, y, right + end, y});
  }
  return marks;
}

}  // namespace toimela::trendcards
