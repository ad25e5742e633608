// Publications that come from elsewhere.
#pragma once

#include "domain/publication.h"
#include "domain/series.h"
#include "toimela/data.h"

namespace toimela::publications::operations {

enum class Taken { added, known };
struct Arrival {
  Taken taken = Taken::added;
  PublicationId id{};
};
/// Adds what is not here yet (by its address, ISBN, identifier, or title and date), in the state it had.
Arrival takeIn(WriteTx& tx, Publication publication, State state);
/// A series or collection, unless there is one of that title.
SeriesId takeInSeries(WriteTx& tx, const Series& series);

}  // namespace toimela::publications::operations
