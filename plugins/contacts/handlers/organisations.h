// The organisations that a form's lookup field may mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "toimela/directory.h"

namespace toimela::contacts::handlers {

/// A program may also send an organisation's id.
std::vector<Organisation> matchOrganisation(ReadTx& tx, std::string_view typed);

/// How the field shows a stored organisation; empty when it is no more.
std::string organisationText(ReadTx& tx, OrganisationId id, Locale locale);

}  // namespace toimela::contacts::handlers
