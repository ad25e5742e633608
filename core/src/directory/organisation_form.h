// The form of an organisation's card, and what it says. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/reference.h"
#include "toimela/directory.h"
#include "toimela/form.h"
#include "toimela/texts.h"

namespace toimela::directory {

/// `municipalities` are those of the organisation's region.
FormSpec organisationForm(const std::vector<Municipality>& municipalities, Locale locale);
void fill(Form& form, const Organisation& organisation);

/// What the form says of `organisation`, whose region and id stay. Errors go into the form.
Organisation readOrganisation(Form& form, Organisation organisation);

/// An address of a web page as it can stand in a link, with its scheme; nothing when it is none.
std::optional<std::string> webAddress(std::string_view text);

/// A field whose stored value is not what was typed.
struct Difference {
  std::string labelKey;
  std::string stored;
};
std::vector<Difference> differences(const Organisation& typed, const Organisation& stored);

}  // namespace toimela::directory
