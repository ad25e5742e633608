// Demonstration content: the publications that the source projects name, with their real bibliographic data and
// small files in place of the originals.
#pragma once

#include <string>

#include "toimela/host.h"

namespace toimela::publications::handlers {

void loadDemo(Host& host, const std::string& folder);

}  // namespace toimela::publications::handlers
