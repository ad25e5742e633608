// Telling the platform's search what changed.
#pragma once

#include "domain/ids.h"
#include "toimela/data.h"
#include "toimela/search.h"

namespace toimela::publications::operations {

inline constexpr const char* kSearchKind = "publication";

/// In the transaction of the change.
inline void indexAnew(WriteTx& tx, PublicationId id) { search::changed(tx, kSearchKind, id.value); }

}  // namespace toimela::publications::operations
