// What the networks know of a person: taken out on request, and forgotten.
#pragma once

#include "toimela/registry.h"

namespace toimela::contacts::handlers {

PersonalData personalData();
/// What a person tells of themselves in the directory.
PersonalData profileData();

}  // namespace toimela::contacts::handlers
