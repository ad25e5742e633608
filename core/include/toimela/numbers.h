// How numbers look in each language.
#pragma once

#include <cstdint>
#include <string>

#include "toimela/export.h"
#include "toimela/types.h"

namespace toimela {

/// "1 290" with a no-break space in Finnish and Swedish, "1,290" in English: as texts with a number in them
/// (toimela/texts.h) have it. Not for years, ordinals and codes.
TOIMELA_API std::string showNumber(std::int64_t number, Locale locale);

}  // namespace toimela
