#include "view/organisation_field.h"

#include <algorithm>
#include <string>

namespace toimela::contacts::view {

namespace {

bool isNamed(const Organisation& organisation, std::string_view typed) {
  if (organisation.id.text() == typed) return true;
  if (organisation.businessId && typed.find(organisation.businessId->text()) != typed.npos)
    return true;
  return std::ranges::any_of(kLocales, [&](Locale locale) {
    return organisation.name.in(locale) == typed ||
           directory::lookupText(organisation, locale) == typed;
  });
}

}  // namespace

Field organisationField(std::string_view labelKey) {
  return Field::lookup("organisation", std::string(labelKey), "/organisations/suggest")
      .hint("contacts.form.organisation_hint")
      .required();
}

std::optional<OrganisationId> chooseOrganisation(Form& form,
                                                 const std::vector<Organisation>& matches,
                                                 const Words& words) {
  const std::string& typed = form.text("organisation");
  if (typed.empty()) return std::nullopt;
  if (matches.size() == 1 && isNamed(matches.front(), typed)) return matches.front().id;
  if (matches.empty()) {
    form.error("organisation", "contacts.error.organisation_unknown");
    return std::nullopt;
  }
  std::string names;
  for (const Organisation& organisation : matches)
    names += (names.empty() ? "" : ", ") + directory::lookupText(organisation, words.locale());
  form.error("organisation", "contacts.error.organisation_which", {{"names", names}});
  return std::nullopt;
}

}  // namespace toimela::contacts::view
