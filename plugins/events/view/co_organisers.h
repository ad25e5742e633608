// The form of who organises an event together, and how pages name them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "toimela/directory.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::events::view {

/// So many organisations beside the organiser.
inline constexpr int kMostCoOrganisations = 5;

FormSpec coOrganiserFields(const std::vector<Region>& regions, const Words& words);
void fillCoOrganisers(Form& form, const CoOrganisers& others, const std::vector<Organisation>& organisations,
                      Locale locale);
/// What the form says; with an error at the field of an organisation that is not in the directory.
/// `find` gives the organisations that a typed text may mean.
using FindOrganisations = std::function<std::vector<Organisation>(const std::string& typed)>;
CoOrganisers readCoOrganisers(Form& form, const FindOrganisations& find, Locale locale);

/// "co_organisers" of a page: organisations with links, then regions.
void showCoOrganisers(View& view, const CoOrganisers& others, const std::vector<Organisation>& organisations,
                      const Words& words);

}  // namespace toimela::events::view
