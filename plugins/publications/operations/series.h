// Series and collections: saved and audited.
#pragma once

#include "domain/series.h"
#include "toimela/data.h"

namespace toimela::publications::operations {

SeriesId addSeries(WriteTx& tx, const Series& series);
/// False when somebody else saved it since `series.revision`.
[[nodiscard]] bool saveSeries(WriteTx& tx, const Series& series);
/// The one of the same name and sort that is there, or a new one.
SeriesId takeInSeries(WriteTx& tx, const Series& series);

}  // namespace toimela::publications::operations
