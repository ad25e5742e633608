// What the reading and the showing of a form both know of its fields.
#pragma once

#include <string>
#include <string_view>

#include "toimela/form.h"

namespace toimela::pages {

/// Is it a text in each language, with an input for each?
bool isLocal(Field::Kind kind);
bool isMultiline(Field::Kind kind);
/// Name of the input for one language.
std::string partName(std::string_view field, Locale locale);
/// Does a field of choices offer this value?
bool isChoice(const Field& field, std::string_view value);

}  // namespace toimela::pages
