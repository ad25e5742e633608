#include "operations/series.h"

#include "store/series.h"

namespace toimela::publications::operations {

namespace {

AuditEntry entry(const char* action, SeriesId id, const Series& series) {
  return {.action = action, .object = "publications.series:" + id.text(), .region = series.region};
}

}  // namespace

SeriesId addSeries(WriteTx& tx, const Series& series) {
  const auto id = store::insertSeries(tx, series);
  tx.audit(entry("publications.series.add", id, series));
  return id;
}

bool saveSeries(WriteTx& tx, const Series& series) {
  if (!store::updateSeries(tx, series)) {
    tx.unaudited("nothing was changed: somebody else saved it first");
    return false;
  }
  tx.audit(entry("publications.series.save", series.id, series));
  return true;
}

SeriesId takeInSeries(WriteTx& tx, const Series& series) {
  for (const Series& each : store::allSeries(tx))
    if (each.title == series.title && each.isCollection == series.isCollection) return each.id;
  return addSeries(tx, series);
}

}  // namespace toimela::publications::operations
