// Events in the search of the whole service.
#pragma once

#include "toimela/search.h"

namespace toimela::events::handlers {

/// Published events are found by whoever may see them; drafts, and events of a closed group, by
/// those who organise them.
search::Source eventSource();

}  // namespace toimela::events::handlers
