// Series of events in the database.
#pragma once

#include <optional>
#include <vector>

#include "domain/series.h"
#include "toimela/access.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// For routes with {series}: where it belongs.
ScopeResolver seriesScope();

std::optional<Series> findSeries(ReadTx& tx, SeriesId id);
std::optional<Series> seriesOf(ReadTx& tx, EventId event);
/// Every event of the series, drafts too, the first one first.
std::vector<EventId> eventsOfSeries(ReadTx& tx, SeriesId id);
/// Series that belong to these regions, and those of the nation if `nation`, by name.
std::vector<Series> seriesIn(ReadTx& tx, const std::vector<RegionCode>& regions, bool nation);

SeriesId insertSeries(WriteTx& tx, const Series& series);
void renameSeries(WriteTx& tx, SeriesId id, const LocalText& title);
/// Puts the event into the series, out of the one in which it was.
void putInSeries(WriteTx& tx, EventId event, SeriesId id);
/// Takes the event out of its series, which is forgotten with its last event.
void leaveSeries(WriteTx& tx, EventId event);

}  // namespace toimela::events::store
