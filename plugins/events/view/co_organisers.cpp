#include "view/co_organisers.h"

#include <algorithm>

#include "view/event_form.h"

namespace toimela::events::view {

namespace {

std::string organisationField(int number) { return "organisation_" + std::to_string(number); }

}  // namespace

FormSpec coOrganiserFields(const std::vector<Region>& regions, const Words& words) {
  std::vector<Choice> choices;
  for (const Region& region : regions) choices.push_back({region.code.text(), words.pick(region.name), true});
  FormSpec fields{Field::several("regions", "events.co.regions", std::move(choices)).hint("events.co.regions_hint")};
  for (int number = 1; number <= kMostCoOrganisations; ++number) {
    Field field = Field::lookup(organisationField(number), "", "/organisations/suggest")
                      .asks(words.count("events.co.organisation", number));
    fields.push_back(std::move(field));
  }
  return fields;
}

void fillCoOrganisers(Form& form, const CoOrganisers& others, const std::vector<Organisation>& organisations,
                      Locale locale) {
  std::vector<std::string> regions;
  for (const RegionCode region : others.regions) regions.push_back(region.text());
  form.fill("regions", regions);
  int number = 0;
  for (const Organisation& organisation : organisations)
    if (++number <= kMostCoOrganisations)
      form.fill(organisationField(number), directory::lookupText(organisation, locale));
}

CoOrganisers readCoOrganisers(Form& form, const FindOrganisations& find, Locale locale) {
  CoOrganisers others;
  for (const std::string& text : form.texts("regions"))
    if (const auto region = RegionCode::parse(text)) others.regions.push_back(*region);
  for (int number = 1; number <= kMostCoOrganisations; ++number) {
    const std::string field = organisationField(number);
    if (form.text(field).empty()) continue;
    const auto chosen = chooseOrganisation(form, field, find(form.text(field)), locale);
    if (chosen && std::ranges::find(others.organisations, *chosen) == others.organisations.end())
      others.organisations.push_back(*chosen);
  }
  return others;
}

void showCoOrganisers(View& view, const CoOrganisers& others, const std::vector<Organisation>& organisations,
                      const Words& words) {
  std::vector<View> views;
  for (const Organisation& organisation : organisations) {
    View item;
    item.set("href", words.link("/organisations/" + organisation.id.text()))
        .text("name", organisation.name, words.locale());
    views.push_back(std::move(item));
  }
  for (const RegionCode code : others.regions) {
    const Region* region = words.region(code);
    if (!region) continue;
    View item;
    item.set("href", words.link("/regions/" + region->slug + "/events")).text("name", region->name, words.locale());
    views.push_back(std::move(item));
  }
  setList(view, "co_organisers", std::move(views));
}

}  // namespace toimela::events::view
