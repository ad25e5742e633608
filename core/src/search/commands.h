// "toimela search reindex", "toimela search status".
#pragma once

#include <vector>

#include "toimela/registry.h"

namespace toimela::search {

std::vector<Command> commands();

}  // namespace toimela::search
