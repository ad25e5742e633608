// "toimela user create": how an empty installation gets its first administrator.
#pragma once

#include "toimela/registry.h"

namespace toimela::access {

Command userCreateCommand();

}  // namespace toimela::access
