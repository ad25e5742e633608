#include "operations/naming.h"

#include <algorithm>

namespace toimela::events::operations {

std::optional<Organisation> organisationNamed(ReadTx& tx, const std::string& typed) {
  if (typed.empty()) return std::nullopt;
  const auto matches = directory::matchOrganisations(tx, typed, 2);
  const bool isName = matches.size() == 1 && std::ranges::any_of(kLocales, [&](Locale locale) {
                        return matches.front().name.in(locale) == typed ||
                               directory::lookupText(matches.front(), locale) == typed;
                      });
  return isName ? std::optional(matches.front()) : std::nullopt;
}

bool recogniseOrganisation(ReadTx& tx, Registration& registration) {
  const auto organisation = organisationNamed(tx, registration.organisationName);
  if (!organisation) return false;
  registration.organisation = organisation->id;
  registration.sector = organisation->sector;
  return true;
}

}  // namespace toimela::events::operations
