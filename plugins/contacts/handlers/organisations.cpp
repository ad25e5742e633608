#include "handlers/organisations.h"

namespace toimela::contacts::handlers {

namespace {

constexpr int kMostMatches = 5;

}  // namespace

std::vector<Organisation> matchOrganisation(ReadTx& tx, std::string_view typed) {
  if (const auto id = parseId(typed))
    if (auto found = directory::findOrganisation(tx, OrganisationId{*id}))
      return {std::move(*found)};
  return directory::matchOrganisations(tx, typed, kMostMatches);
}

std::string organisationText(ReadTx& tx, OrganisationId id, Locale locale) {
  const auto organisation = directory::findOrganisation(tx, id);
  return organisation ? directory::lookupText(*organisation, locale) : std::string();
}

}  // namespace toimela::contacts::handlers
