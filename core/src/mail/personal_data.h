// What the outbox knows of a person.
#pragma once

#include "toimela/registry.h"

namespace toimela::mail {

PersonalData personalData();

}  // namespace toimela::mail
