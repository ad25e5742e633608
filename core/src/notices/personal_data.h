// What the notices know of a person: taken out on request, and forgotten.
#pragma once

#include "toimela/registry.h"

namespace toimela::notices {

PersonalData personalData();

}  // namespace toimela::notices
