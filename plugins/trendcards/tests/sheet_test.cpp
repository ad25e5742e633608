#include <catch2/catch.hpp>

#include <cmath>
#include <set>

#include "domain/sheet.h"

using namespace toimela::trendcards;

namespace {

std::vector<SheetPlan> everyPlan() {
  std::vector<SheetPlan> plans;
  for (const CardSize card : kCardSizes)
    for (const SheetSize sheet : kSheetSizes)
      for (const bool hasBleed : {false, true})
        for (const bool hasMarks : {false, true}) plans.push_back(planSheet({card, sheet, hasBleed, hasMarks}));
  return plans;
}

SheetPlan planOf(CardSize card, SheetSize sheet, bool hasBleed, bool hasMarks = true) {
  return planSheet({card, sheet, hasBleed, hasMarks});
}

/// Where a point of the back page lies on the front page, seen through the paper.
std::pair<double, double> seenThrough(const SheetPlan& plan, TurnedOver over, double x, double y) {
  const bool isBook = (over == TurnedOver::longEdge) == (plan.page.height >= plan.page.width);
  return isBook ? std::pair{plan.page.width - x, y} : std::pair{x, plan.page.height - y};
}

}  // namespace

TEST_CASE("A sheet lies as it holds more cards", "[sheet]") {
  const auto holds = [](const SheetPlan& plan) { return std::tuple(plan.columns, plan.rows, plan.isLandscape()); };
  CHECK(holds(planOf(CardSize::a6, SheetSize::a4, true)) == std::tuple(2, 1, true));
  CHECK(holds(planOf(CardSize::a7, SheetSize::a4, true)) == std::tuple(2, 2, false));
  CHECK(holds(planOf(CardSize::poker, SheetSize::a4, true)) == std::tuple(4, 2, true));
  CHECK(holds(planOf(CardSize::poker, SheetSize::a4, false)) == std::tuple(3, 3, false));
  CHECK(holds(planOf(CardSize::a6, SheetSize::a3, true)) == std::tuple(2, 2, false));
  CHECK(holds(planOf(CardSize::a7, SheetSize::a3, true)) == std::tuple(5, 2, true));
  CHECK(holds(planOf(CardSize::poker, SheetSize::a3, true)) == std::tuple(4, 4, false));
}

TEST_CASE("A page of one card is the card with its bleed and its marks around it", "[sheet]") {
  CHECK(planOf(CardSize::a6, SheetSize::card, false, false).page == Size{105, 148});
  CHECK(planOf(CardSize::a7, SheetSize::card, true, false).page == Size{80, 111});
  CHECK(planOf(CardSize::poker, SheetSize::card, true, true).page == Size{79, 104});
  CHECK(planOf(CardSize::poker, SheetSize::card, true, true).cardsOnSheet() == 1);
}

TEST_CASE("No sheet can hold one more column or row than it does", "[sheet]") {
  for (const CardSize card : kCardSizes)
    for (const SheetSize sheet : {SheetSize::a4, SheetSize::a3})
      for (const bool hasBleed : {false, true}) {
        const SheetPlan plan = planOf(card, sheet, hasBleed);
        const double edge = 2 * (kUnprintable + kMarkLength + kMarkDistance);
        CHECK((plan.columns + 1) * plan.across() > plan.page.width - edge);
        CHECK((plan.rows + 1) * plan.down() > plan.page.height - edge);
      }
}

TEST_CASE("Everything that is printed stays off the edge that printers leave white", "[sheet]") {
  for (const SheetPlan& plan : everyPlan()) {
    const bool isCard = plan.page.width < 200;
    const double edge = isCard ? 0 : kUnprintable;
    for (const SheetPage& page : impose(plan, plan.cardsOnSheet(), Sides::both, TurnedOver::longEdge))
      for (const CardSpot& placement : page.placements) {
        CHECK(placement.x - plan.bleed >= edge - 1e-9);
        CHECK(placement.y - plan.bleed >= edge - 1e-9);
        CHECK(placement.x + plan.card.width + plan.bleed <= plan.page.width - edge + 1e-9);
        CHECK(placement.y + plan.card.height + plan.bleed <= plan.page.height - edge + 1e-9);
      }
    for (const Stroke& mark : cropMarks(plan)) {
      CHECK(std::min(mark.fromX, mark.toX) >= edge - 1e-9);
      CHECK(std::min(mark.fromY, mark.toY) >= edge - 1e-9);
      CHECK(std::max(mark.fromX, mark.toX) <= plan.page.width - edge + 1e-9);
      CHECK(std::max(mark.fromY, mark.toY) <= plan.page.height - edge + 1e-9);
    }
  }
}

TEST_CASE("Neighbours keep the bleed of both between them, or touch where there is none", "[sheet]") {
  for (const SheetPlan& plan : everyPlan()) {
    const auto pages = impose(plan, plan.cardsOnSheet(), Sides::fronts, TurnedOver::longEdge);
    for (const CardSpot& a : pages.front().placements)
      for (const CardSpot& b : pages.front().placements) {
        if (a.card == b.card) continue;
        const double apartX = std::abs(a.x - b.x) - plan.card.width, apartY = std::abs(a.y - b.y) - plan.card.height;
        CHECK(std::max(apartX, apartY) >= 2 * plan.bleed - 1e-9);
      }
  }
}

TEST_CASE("Every back lies exactly behind its front, whichever edge the sheet is turned over", "[sheet]") {
  for (const SheetPlan& plan : everyPlan())
    for (const TurnedOver over : kTurnedOver)
      // A last sheet that is not full is where a mirrored grid goes wrong.
      for (std::size_t cards = 1; cards <= 2 * plan.cardsOnSheet() + 1; ++cards) {
        const auto pages = impose(plan, cards, Sides::both, over);
        REQUIRE(pages.size() == 2 * ((cards + plan.cardsOnSheet() - 1) / plan.cardsOnSheet()));
        for (std::size_t sheet = 0; sheet < pages.size(); sheet += 2) {
          const SheetPage& front = pages[sheet];
          const SheetPage& back = pages[sheet + 1];
          CHECK_FALSE(front.isBack);
          CHECK(back.isBack);
          REQUIRE(front.placements.size() == back.placements.size());
          for (std::size_t i = 0; i < front.placements.size(); ++i) {
            const CardSpot& f = front.placements[i];
            const CardSpot& b = back.placements[i];
            CHECK(f.card == b.card);
            const auto [x, y] = seenThrough(plan, over, b.x + plan.card.width / 2, b.y + plan.card.height / 2);
            CHECK(x == Approx(f.x + plan.card.width / 2));
            CHECK(y == Approx(f.y + plan.card.height / 2));
          }
        }
      }
}

TEST_CASE("A cut card is turned like a page of a book, whichever edge the sheet was turned over", "[sheet]") {
  const auto isTurned = [](const SheetPlan& plan, TurnedOver over) {
    return impose(plan, 1, Sides::backs, over).front().placements.front().isTurned;
  };
  const SheetPlan upright = planOf(CardSize::a7, SheetSize::a4, true), lying = planOf(CardSize::poker, SheetSize::a4, true);
  CHECK_FALSE(isTurned(upright, TurnedOver::longEdge));
  CHECK(isTurned(upright, TurnedOver::shortEdge));
  CHECK(isTurned(lying, TurnedOver::longEdge));
  CHECK_FALSE(isTurned(lying, TurnedOver::shortEdge));
}

TEST_CASE("Each card is printed once on the sides that are wanted, in order", "[sheet]") {
  const SheetPlan plan = planOf(CardSize::poker, SheetSize::a4, true);
  for (const Sides sides : kSides) {
    std::vector<std::size_t> fronts, backs;
    for (const SheetPage& page : impose(plan, 21, sides, TurnedOver::longEdge))
      for (const CardSpot& placement : page.placements) (page.isBack ? backs : fronts).push_back(placement.card);
    CHECK(fronts.size() == (sides == Sides::backs ? 0 : 21));
    CHECK(backs.size() == (sides == Sides::fronts ? 0 : 21));
    CHECK(std::is_sorted(fronts.begin(), fronts.end()));
    CHECK(std::set(backs.begin(), backs.end()).size() == backs.size());
  }
  CHECK(impose(plan, 0, Sides::both, TurnedOver::longEdge).empty());
}

TEST_CASE("Crop marks stand in line with every cut and touch no card", "[sheet]") {
  CHECK(cropMarks(planOf(CardSize::a6, SheetSize::a4, true, false)).empty());
  // With bleed each card has two cuts of its own each way, on both sides of the grid.
  CHECK(cropMarks(planOf(CardSize::poker, SheetSize::a4, true)).size() == 2 * (2 * 4 + 2 * 2));
  // Cards that touch share theirs.
  CHECK(cropMarks(planOf(CardSize::poker, SheetSize::a4, false)).size() == 2 * (4 + 4));
  for (const SheetPlan& plan : everyPlan()) {
    const double left = plan.left - plan.bleed, top = plan.top - plan.bleed;
    const double right = left + plan.columns * plan.across(), bottom = top + plan.rows * plan.down();
    for (const Stroke& mark : cropMarks(plan)) {
      const bool isOutside = std::max(mark.fromX, mark.toX) < left || std::min(mark.fromX, mark.toX) > right ||
                             std::max(mark.fromY, mark.toY) < top || std::min(mark.fromY, mark.toY) > bottom;
      CHECK(isOutside);
      CHECK(std::hypot(mark.toX - mark.fromX, mark.toY - mark.fromY) == Approx(kMarkLength));
    }
  }
}
