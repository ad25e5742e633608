// What the plugin knows about a person: for taking out and for forgetting.
#pragma once

#include "toimela/registry.h"

namespace toimela::events::handlers {

PersonalData registrationData();

}  // namespace toimela::events::handlers
