// Telling the platform's search what changed.
#pragma once

#include "domain/ids.h"
#include "toimela/data.h"
#if __has_include("toimela/search.h")
#include "toimela/search.h"
#endif

namespace toimela::publications::operations {

inline constexpr const char* kSearchKind = "publication";

/// In the transaction of the change. A kit whose search asks the plugin's own tables need not be told.
inline void indexAnew([[maybe_unused]] WriteTx& tx, [[maybe_unused]] PublicationId id) {
#if __has_include("toimela/search.h")
  search::changed(tx, kSearchKind, id.value);
#endif
}

}  // namespace toimela::publications::operations
