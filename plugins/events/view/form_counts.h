// What became of forms, as organisers see it.
#pragma once

#include <vector>

#include "store/form_counts.h"
#include "view/words.h"

namespace toimela::events::view {

/// "forms": a row for everything that happened, with the number of all days; "form_days": the same by day.
void showForms(View& view, const std::vector<store::DayOfForms>& days, const Words& words);

}  // namespace toimela::events::view
