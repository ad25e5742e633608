// Series and collections in the database.
#pragma once

#include <optional>
#include <vector>

#include "domain/publication.h"
#include "domain/series.h"
#include "toimela/data.h"

namespace toimela::publications::store {

std::optional<Series> findSeries(ReadTx& tx, SeriesId id);
std::vector<Series> allSeries(ReadTx& tx);
SeriesId insertSeries(WriteTx& tx, const Series& series);
/// False when somebody else saved it since.
[[nodiscard]] bool updateSeries(WriteTx& tx, const Series& series);

}  // namespace toimela::publications::store
