#include "pages/form_fields.h"

#include <algorithm>

namespace toimela::pages {

using Kind = Field::Kind;

bool isLocal(Kind kind) { return kind == Kind::localText || kind == Kind::localMultiline; }
bool isMultiline(Kind kind) { return kind == Kind::multiline || kind == Kind::localMultiline; }

std::string partName(std::string_view field, Locale locale) {
  return std::string(field) + "_" + std::string(code(locale));
}

bool isChoice(const Field& field, std::string_view value) {
  return std::any_of(field.choices.begin(), field.choices.end(),
                     [&](const Choice& choice) { return choice.value == value; });
}

}  // namespace toimela::pages
