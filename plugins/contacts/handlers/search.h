// Networks and people in the search of the whole service.
#pragma once

#include "toimela/search.h"

namespace toimela::contacts::handlers {

search::Source networkSource();
/// Contact persons are found by everybody, the others by those who know them (domain/visibility.h).
search::Source peopleSource();

}  // namespace toimela::contacts::handlers
