// `toimela doctor`: is everything that the service stands on in order?
#pragma once

#include <functional>

#include "commands/config.h"
#include "doctor/finding.h"

namespace toimela::doctor {

/// Looks at every part and tells of each as soon as it is known. Changes nothing. Never throws for
/// what it finds. `thorough` reads the whole database file too.
Findings examine(const commands::Config& config, bool thorough, const std::function<void(const Finding&)>& tell);

}  // namespace toimela::doctor
