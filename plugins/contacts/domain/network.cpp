#include "domain/network.h"

#include <algorithm>

namespace toimela::contacts {

Scope scopeOf(const Network& network) {
  return {.region = network.region, .owner = network.coordinator};
}

}  // namespace toimela::contacts
