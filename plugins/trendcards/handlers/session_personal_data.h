// What sessions know of a person.
#pragma once

#include "toimela/registry.h"

namespace toimela::trendcards::handlers {

/// Of a facilitator what they led. Participants are known by nobody: their nicknames stand for no
/// person that the service could find, and are forgotten in time (kNicknamesKept).
PersonalData sessionData();

}  // namespace toimela::trendcards::handlers
