// What the access room knows of a person.
#pragma once

#include "toimela/registry.h"

namespace toimela::access {

PersonalData personalData();

}  // namespace toimela::access
