#include "operations/series.h"

#include "operations/audit.h"
#include "operations/copying.h"
#include "operations/locked.h"
#include "store/series.h"

namespace toimela::events::operations {

namespace {

AuditEntry entryFor(std::string action, const Series& series) {
  return {.action = std::move(action),
          .object = "events.series:" + series.id.text(),
          .region = series.region};
}

}  // namespace

std::vector<EventId> makeSeries(WriteTx& tx, EventId source, const LocalText& title,
                                const std::vector<Occasion>& occasions) {
  const Event event = lockedEvent(tx, source);
  auto series = store::seriesOf(tx, source);
  if (!series) {
    series = Series{.id = {}, .region = event.region, .title = title};
    series->id = store::insertSeries(tx, *series);
    store::putInSeries(tx, source, series->id);
    tx.audit(entryFor("events.series.add", *series));
  }
  std::vector<EventId> made;
  for (const Occasion& occasion : occasions) {
    Whole whole = wholeOf(tx, source);
    whole.moveTo(occasion);
    const EventId id = insertCopy(tx, whole);
    store::putInSeries(tx, id, series->id);
    tx.audit(operations::entryFor("events.event.copy", whole.event));
    made.push_back(id);
  }
  if (made.empty()) tx.unaudited("no further occasion was named");
  return made;
}

bool joinSeries(WriteTx& tx, EventId id, SeriesId series) {
  const Event event = lockedEvent(tx, id);
  if (!store::findSeries(tx, series)) {
    tx.unaudited("the series is gone");
    return false;
  }
  store::putInSeries(tx, id, series);
  tx.audit(operations::entryFor("events.series.join", event));
  return true;
}

void leaveSeries(WriteTx& tx, EventId id) {
  const Event event = lockedEvent(tx, id);
  store::leaveSeries(tx, id);
  tx.audit(operations::entryFor("events.series.leave", event));
}

void renameSeries(WriteTx& tx, const Series& series) {
  store::renameSeries(tx, series.id, series.title);
  tx.audit(entryFor("events.series.rename", series));
}

}  // namespace toimela::events::operations
