// What the boards know of a person: taken out on request, and forgotten.
#pragma once

#include "toimela/registry.h"

namespace toimela::contacts::handlers {

PersonalData boardData();
/// What was removed can be brought back for an hour; then its words are gone.
ScheduledJob clearBoardJob();

}  // namespace toimela::contacts::handlers
