// Pages that those who organise see of an event.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/event.h"
#include "domain/places.h"
#include "store/managing.h"
#include "toimela/table.h"
#include "view/words.h"

namespace toimela::events::view {

/// What the partial {{> organise_head}} shows above each page of an event: its name, state and time,
/// and links between its pages. `current` is the last part of the page's path.
void showHead(View& view, const Event& event, std::string_view current, const Words& words);

/// The table of events: which of them it asks for, and its rows.
TableSpec managedTable(const std::vector<Region>& regions, bool nation);
std::vector<store::ManagedEvent> select(std::vector<store::ManagedEvent> events, const Table& table,
                                        Instant now, const Words& words);
std::vector<TableRow> managedRows(const std::vector<store::ManagedEvent>& events, Instant now, const Words& words);

/// How many are in each state.
struct Standing {
  std::int64_t confirmed = 0, offered = 0, waiting = 0, pending = 0, attended = 0;
};
void showFigures(View& view, const Event& event, const Standing& standing, const Words& words);

}  // namespace toimela::events::view
