// What the audit log knows of a person.
#pragma once

#include "toimela/registry.h"

namespace toimela::audit {

PersonalData personalData();

}  // namespace toimela::audit
