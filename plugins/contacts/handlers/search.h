// Networks in the search of the whole service.
#pragma once

#include "toimela/registry.h"

namespace toimela::contacts::handlers {

SearchSource networkSearch();

}  // namespace toimela::contacts::handlers
