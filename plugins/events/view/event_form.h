// The form of an event.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.h"
#include "operations/organising.h"
#include "toimela/directory.h"
#include "toimela/groups.h"
#include "toimela/municipalities.h"
#include "view/form_groups.h"
#include "view/words.h"

namespace toimela::events::view {

struct EventChoices {
  std::vector<directory::Municipality> municipalities;
  std::vector<Group> groups;  ///< whose members the event can be for
};
/// Of a new event, or of one that is there: how long data is kept is chosen before it is published.
std::vector<FieldGroup> eventGroups(const Event& event, const EventChoices& choices, const Words& words);
/// `organiser` as its lookup field shows it.
void fillEvent(Form& form, const Event& event, const std::string& organiser);
/// What a new event is filled with.
Event newEvent(std::optional<RegionCode> region, const Person& organiser, Instant now);
/// What the form says of `event`; of a form without errors.
Event readEvent(const Form& form, Event event);
/// The organisation that was named in full; nothing with an error at the field, or when it is empty.
std::optional<OrganisationId> chooseOrganisation(Form& form, std::string_view field,
                                                 const std::vector<Organisation>& matches, Locale locale);
void explain(Form& form, const std::vector<EventProblem>& problems);
void explain(Form& form, const operations::SaveProblem& problem);

}  // namespace toimela::events::view
