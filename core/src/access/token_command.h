// `toimela token create`: a token for a program that somebody sets up on the server.
#pragma once

#include "toimela/registry.h"

namespace toimela::access {

Command tokenCreateCommand();

}  // namespace toimela::access
