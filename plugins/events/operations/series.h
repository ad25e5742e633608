// Series of events: rule, save and audit entry in one transaction.
#pragma once

#include <vector>

#include "domain/event.h"
#include "domain/series.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// Makes drafts like the event, one for each occasion, and puts them and the event into one series: the
/// one in which it is, or a new one of this name. What is made in another region has no place, no
/// municipality and no organiser yet.
std::vector<EventId> makeSeries(WriteTx& tx, EventId source, const LocalText& title,
                                const std::vector<Occasion>& occasions);
/// False when there is no such series.
bool joinSeries(WriteTx& tx, EventId event, SeriesId series);
void leaveSeries(WriteTx& tx, EventId event);
void renameSeries(WriteTx& tx, const Series& series);

}  // namespace toimela::events::operations
