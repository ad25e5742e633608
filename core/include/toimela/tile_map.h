// The regions as squares of a map.
#pragma once

#include <string>
#include <string_view>

#include "toimela/export.h"

namespace toimela {

/// What fits on a small square: the initials of a name of several parts ("Etelä-Karjala" is "EK"),
/// otherwise its first three letters ("Lap"). No two regions share one in a language.
TOIMELA_API std::string shortRegionName(std::string_view name);

}  // namespace toimela
