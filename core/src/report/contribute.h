// What the report room brings into the service.
#pragma once

#include "toimela/registry.h"

namespace toimela::report {

void contribute(Registry& registry);

}  // namespace toimela::report
