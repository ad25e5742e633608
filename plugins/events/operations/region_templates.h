// What a region that is opened like another one gets of its events.
#pragma once

#include "toimela/data.h"
#include "toimela/region_events.h"

namespace toimela::events::operations {

/// Copies the templates that the opened region lacks. What belongs to the people and houses of the
/// model stays there: who is asked, who organises, where people meet.
void copyTemplates(WriteTx& tx, const RegionOpened& opened);

}  // namespace toimela::events::operations
