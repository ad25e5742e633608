// Pages of results: of one session, and of the sessions of a region.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/results.h"
#include "toimela/event_materials.h"
#include "toimela/form.h"
#include "toimela/table.h"
#include "view/report.h"

namespace toimela::trendcards::view {

/// "/trendcards/sessions/12/results"
std::string resultPath(SessionId session);
/// Where a shared result is: "/trendcards/results/KEY".
std::string sharedResultPath(const std::string& key);
/// "/regions/pirkanmaa/trendcards/results"
std::string resultsPath(const Region& region);

/// What the facilitator can do with the result.
struct ResultDeeds {
  store::ResultRecord record;
  std::string sharedAddress;                  ///< full; empty: it is not shared
  bool isOver = false;
  bool feedsMap = false;
  std::vector<EventSummary> events;           ///< that the result can be brought to
  std::optional<EventSummary> attachedTo;
  std::optional<EventSummary> belongsTo;      ///< the event of the session
  bool takesDeposit = false;
};

FormSpec attachFields(const std::vector<EventSummary>& events, const Words& words);
/// `path` is where the page is open, for its files; without `deeds` it is the page of a shared result.
View resultPage(const Outcome& outcome, const std::string& path, const std::optional<ResultDeeds>& deeds,
                const Form* attaching, const Words& words);

/// A session that is over, as the list of a region shows it.
struct ListedResult {
  Session session;
  std::string deck;
  std::int64_t answered = 0;
  store::ResultRecord record;
};
TableSpec resultsTable(const Region& region);
std::vector<TableRow> resultRows(const std::vector<ListedResult>& results, const Words& words);

/// What came of it in a few sentences, for who looks for it in an archive.
std::string abstractOf(const Outcome& outcome, const Words& words);

}  // namespace toimela::trendcards::view
