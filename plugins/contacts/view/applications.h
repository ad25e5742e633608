// Pages and forms of joining by application.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/application.h"
#include "store/applications.h"
#include "toimela/form.h"
#include "toimela/view.h"
#include "view/words.h"

namespace toimela::contacts::view {

/// Asks for organisation, role, region (of a national network) and a message.
FormSpec applicationFields(const Network& network, const std::vector<Region>& regions,
                           const Words& words);
/// What was typed, by `person`; the organisation was chosen from what the field may mean.
Application readApplication(const Form& form, const Network& network, PersonId person,
                            OrganisationId organisation);
void explain(Form& form, ApplicationProblem problem);

/// The page where one applies; shows how the latest application stands, if there is one.
View applyPage(const Network& network, const Form& form,
               const std::optional<store::ApplicationRow>& latest, const Words& words);

View applicationList(const Network& network, const std::vector<store::ApplicationRow>& open,
                     const std::vector<store::ApplicationRow>& closed, const Words& words);

/// The two answers to an application.
FormSpec acceptFields();
FormSpec declineFields();
View applicationPage(const Network& network, const store::ApplicationRow& row, const Form& accept,
                     const Form& decline, const Words& words);

}  // namespace toimela::contacts::view
