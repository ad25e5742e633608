#include "handlers/yearly.h"

#include "store/yearly.h"
#include "view/trail.h"
#include "view/words.h"

namespace toimela::contacts::handlers {

namespace {

Chart kindChart(const std::map<NetworkKind, std::int64_t>& kinds, const view::Words& words) {
  Chart chart{.kind = Chart::Kind::barAcross,
              .title = words.text("contacts.yearly.by_kind"),
              .category = words.text("contacts.yearly.kind"),
              .series = {words.text("contacts.yearly.networks")},
              .rows = {}};
  for (const auto& [kind, count] : kinds) chart.rows.push_back({words.kind(kind), {count}});
  return chart;
}

report::Things networkList(ReadTx& tx, const report::Question& question, Date day, std::int64_t all,
                           const view::Words& words) {
  report::Things list{.title = words.text("contacts.yearly.list"), .things = {}, .all = all};
  for (store::NetworkName& network : store::networksOn(tx, question.region, day, report::kMostThings))
    list.things.push_back({std::move(network.name), view::pathOf(network.id), {}});
  return list;
}

}  // namespace

report::Part yearlyReport(ReadTx& tx, Host& host, const report::Question& question) {
  const view::Words words(question.locale, host);
  const Date today = Date::today(), day = question.lastDayUntil(today);
  const auto size = store::sizeOn(tx, question.region, day);
  // Who leaves today is still there.
  const Date lastLeft = std::min(question.lastDay(), today.plusDays(-1));
  report::Part part{.title = words.text("contacts.navigation")};
  part.figures = {
      report::count("networks", words.text("contacts.yearly.networks"), size.networks),
      report::people("people", words.text("contacts.yearly.people"), size.people),
      report::count("organisations", words.text("contacts.yearly.organisations"), size.organisations),
      report::people("joined", words.text("contacts.yearly.joined"),
                     store::joinedBetween(tx, question.region, question.firstDay(), day)),
      report::people("left", words.text("contacts.yearly.left"),
                     store::leftBetween(tx, question.region, question.firstDay(), lastLeft))};
  if (question.figuresOnly) return part;
  part.charts.push_back(kindChart(store::kindsOn(tx, question.region, day), words));
  part.lists.push_back(networkList(tx, question, day, size.networks, words));
  return part;
}

}  // namespace toimela::contacts::handlers
