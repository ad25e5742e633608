// What the notices room brings into the service.
#pragma once

#include "toimela/registry.h"

namespace toimela::notices {

void contribute(Registry& registry);

}  // namespace toimela::notices
