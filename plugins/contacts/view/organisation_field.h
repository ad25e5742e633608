// The field that asks for an organisation: typed by name or Y-tunnus, with suggestions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "toimela/directory.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::contacts::view {

/// "organisation", required.
Field organisationField(std::string_view labelKey);

/// The organisation that was named in full; otherwise the field gets an error that says what it may
/// have meant. Nothing too when the field has an error already.
std::optional<OrganisationId> chooseOrganisation(Form& form,
                                                 const std::vector<Organisation>& matches,
                                                 const Words& words);

}  // namespace toimela::contacts::view
