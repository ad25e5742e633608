// Organisations that an organiser names.
#pragma once

#include <optional>
#include <string>

#include "domain/registration.h"
#include "toimela/directory.h"

namespace toimela::events::operations {

/// The organisation of the directory whose very name was typed, or its name with the Y-tunnus; nothing
/// when there is none, or several.
std::optional<Organisation> organisationNamed(ReadTx& tx, const std::string& typed);
/// What an organiser has typed is whom the registration is for. What a stranger types never is: it
/// would use up the places of an organisation that knows nothing of it. True when it was known.
bool recogniseOrganisation(ReadTx& tx, Registration& registration);

}  // namespace toimela::events::operations
