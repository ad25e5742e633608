// "toimela import organisations", "toimela export organisations|people".
#pragma once

#include "toimela/registry.h"

namespace toimela::exchange {

void contribute(Registry& registry);

}  // namespace toimela::exchange
