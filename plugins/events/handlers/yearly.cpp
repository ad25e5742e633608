#include "handlers/yearly.h"

#include <array>

#include "domain/report.h"
#include "events.h"
#include "store/figures.h"
#include "store/yearly.h"
#include "view/words.h"

namespace toimela::events::handlers {

namespace {

/// Of the nation without the regions where the plugin is off.
Report heldIn(ReadTx& tx, Host& host, const report::Question& question) {
  auto held = store::heldEvents(
      tx, {.region = question.region, .project = {}, .from = question.begins(), .to = question.ends()}, now());
  std::erase_if(held, [&](const HeldEvent& event) { return event.region && !host.active(kPlugin, event.region); });
  return reportOn(std::move(held));
}

Chart monthChart(const Report& held, int year, const view::Words& words) {
  std::array<std::int64_t, 12> months{};
  for (const HeldEvent& event : held.events)
    ++months[static_cast<unsigned>(Date::of(event.startsAt).day().month()) - 1];
  Chart chart{.kind = Chart::Kind::bar,
              .title = words.text("events.yearly.by_month"),
              .category = words.text("events.yearly.month"),
              .series = {words.text("events.yearly.held")},
              .rows = {}};
  for (std::size_t month = 0; month < months.size(); ++month)
    chart.rows.push_back({std::to_string(month + 1) + "/" + std::to_string(year), {months[month]}});
  return chart;
}

report::Things eventList(ReadTx& tx, const report::Question& question, const view::Words& words) {
  constexpr int kCounted = 10'000;  // more than a year has
  auto open = store::openEvents(tx, question.region, question.begins(), question.ends(), now(), kCounted);
  report::Things list{.title = words.text("events.yearly.list"), .things = {}, .all = std::ssize(open)};
  if (open.size() > report::kMostThings) open.resize(report::kMostThings);
  for (store::OpenEvent& event : open)
    list.things.push_back({std::move(event.title), view::pathOf(event.id), Date::of(event.startsAt)});
  return list;
}

}  // namespace

report::Part yearlyReport(ReadTx& tx, Host& host, const report::Question& question) {
  const view::Words words(question.locale, host);
  const Report held = heldIn(tx, host, question);
  const FeedbackSums& feedback = held.feedback;
  report::Part part{.title = words.text("events.navigation")};
  part.figures = {
      report::count("held", words.text("events.yearly.held"), std::ssize(held.events)),
      report::people("participants", words.text("events.yearly.participants"), held.people.all()),
      report::share("third_sector", words.text("events.yearly.third_sector"), held.people.thirdSector(),
                    held.people.all() - held.people.unknown),
      report::mean("feedback", words.text("events.yearly.feedback"), feedback.ratings, feedback.answers),
      report::share("new_partners", words.text("events.yearly.new_partners"), feedback.partners,
                    feedback.partnerAnswers)};
  if (question.figuresOnly) return part;
  if (!held.events.empty()) part.charts.push_back(monthChart(held, question.year, words));
  part.lists.push_back(eventList(tx, question, words));
  part.path = "/events/report";
  part.pathLabel = words.text("events.yearly.more");
  part.pathNeeds = kOrganise;
  return part;
}

}  // namespace toimela::events::handlers
