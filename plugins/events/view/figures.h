// Figures as pages, charts and spreadsheets.
#pragma once

#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/report.h"
#include "store/feedback.h"
#include "store/figures.h"
#include "toimela/chart.h"
#include "toimela/form.h"
#include "toimela/spreadsheet.h"
#include "view/words.h"

namespace toimela::events::view {

struct EventFigures {
  Event event;
  SectorCounts sectors;
  std::vector<store::Share> regions, organisations;
  std::map<Date, std::int64_t> registeredOn;
  std::vector<store::GivenFeedback> feedback;
  bool isNamed = false;
  bool mayChooseNames = false;
};
View eventFigures(const EventFigures& figures, const Words& words);

FeedbackSums sumsOf(const std::vector<store::GivenFeedback>& feedback);

/// The same numbers as a table: what is counted, of which group, how many.
std::string eventSheet(const EventFigures& figures, spreadsheet::Format format, const Words& words);

/// A chart, and what it shows in a sentence; empty without people.
struct ExplainedChart {
  Chart chart;
  std::string sentence;
};
std::vector<ExplainedChart> reportCharts(const Report& report, const Words& words);
/// Number and what it counts.
std::vector<std::pair<std::string, std::string>> reportNumbers(const Report& report, const Words& words);

struct ReportPage {
  Report report;
  store::ReportFilter filter;
  std::vector<Region> regions;         ///< to choose from
  std::vector<std::string> projects;
  std::int64_t together = 0;           ///< held with others and belonging to them, shown or not
};
FormSpec reportFields(const std::vector<Region>& regions, const std::vector<std::string>& projects);
View reportPage(const ReportPage& page, const Request& request, const Words& words);
/// A row for each event and one for all of them.
std::string reportSheet(const Report& report, spreadsheet::Format format, const Words& words);

/// How many had registered by the end of each day on which somebody did, the first one first.
std::vector<std::pair<Date, std::int64_t>> fillingOf(const std::map<Date, std::int64_t>& registeredOn);
/// "60 %", "3,3" as readers write them; "–" when there is nothing to tell.
std::string percentText(std::optional<double> share, Locale locale);
std::string meanText(std::optional<double> mean, Locale locale);

}  // namespace toimela::events::view
