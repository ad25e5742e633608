// What a text says beyond the title that it stands under.
#pragma once

#include <string>
#include <string_view>

#include "toimela/types.h"

namespace toimela::search {

/// The text without the title where a line of it begins with that, as the first page of a file does. Letters and
/// digits alone are compared: files break lines and words where they like. A title with which a sentence begins
/// stays.
std::string withoutTitle(std::string_view text, const LocalText& title);

}  // namespace toimela::search
