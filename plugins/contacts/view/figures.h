// The page of a network's figures: charts with their tables.
#pragma once

#include <vector>

#include "domain/figures.h"
#include "domain/network.h"
#include "store/figures.h"
#include "store/members.h"
#include "toimela/view.h"
#include "view/words.h"

namespace toimela::contacts::view {

struct FiguresPage {
  Network network;
  std::vector<MonthFigures> months;
  std::vector<store::RegionShare> regions;
  std::vector<store::SectorShare> sectors;
};
View figuresPage(const FiguresPage& page, const Words& words);

}  // namespace toimela::contacts::view
