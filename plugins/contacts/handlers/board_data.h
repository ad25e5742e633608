// What the boards know of a person: taken out on request, and forgotten.
#pragma once

#include "toimela/registry.h"

namespace toimela::contacts::handlers {

PersonalData boardData();

}  // namespace toimela::contacts::handlers
