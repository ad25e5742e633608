// Every route, permission, link and command of the directory room.
#include "directory/handlers.h"
#include "directory/indexing.h"
#include "directory/organisations.h"
#include "directory/personal_data.h"
#include "directory/schemas.h"
#include "host/core_host.h"
#include "toimela/directory.h"
#include "toimela/registry.h"

namespace toimela::directory {

namespace {

std::vector<Route> pages() {
  return {
      get("/organisations", listPage)
          .anyone()
          .cached()
          .described("Organisations, by name, region and sector"),
      get("/organisations/suggest", suggestOrganisations)
          .anyone()
          .described("Organisations that a typed text may mean, as a JSON list of texts"),
      get("/organisations/{organisation}", showOrganisation)
          .anyone()
          .cached()
          .described("The public card of an organisation"),
      get("/organisations/{organisation}/edit", showEdit)
          .needs(kOrganisationEdit)
          .at(organisationScope())
          .described("The form of an organisation's card"),
      post("/organisations/{organisation}/edit", submitEdit)
          .needs(kOrganisationEdit)
          .at(organisationScope())
          .rate(RateClass::write)
          .described("Saves an organisation's card"),
      get("/admin/organisations/new", showNew)
          .needs(kOrganisationAdd)
          .anywhere()
          .described("The form that adds an organisation to a region"),
      post("/admin/organisations/new", submitNew)
          .needs(kOrganisationAdd)
          .anywhere()
          .rate(RateClass::write)
          .described("Adds an organisation to a region"),
  };
}

std::vector<Route> api() {
  return {
      get("/api/v1/organisations", organisationsAsJson)
          .anyone()
          .cached()
          .paged("Organisation")
          .reads("q", "Words of a name")
          .reads("region", "Code or slug of a region")
          .reads("sector", "One of the sectors")
          .described("Organisations, by id"),
      post("/api/v1/organisations", addOrganisationFromJson)
          .needs(kOrganisationAdd)
          .anywhere()
          .takes("OrganisationNew")
          .creates("Organisation")
          .described("Adds an organisation to a region"),
      get("/api/v1/organisations/{organisation}", organisationAsJson)
          .anyone()
          .cached()
          .answers("Organisation")
          .described("One organisation"),
      put("/api/v1/organisations/{organisation}", changeOrganisationFromJson)
          .needs(kOrganisationEdit)
          .at(organisationScope())
          .takes("OrganisationChange")
          .answers("Organisation")
          .described("Saves an organisation's card"),
      get("/api/v1/regions", regionsAsJson)
          .anyone()
          .cached()
          .answers("RegionList")
          .described("The regions of Finland"),
      get("/api/v1/regions/{region}", regionAsJson)
          .anyone()
          .cached()
          .answers("Region")
          .described("One region"),
      get("/api/v1/municipalities", municipalitiesAsJson)
          .anyone()
          .cached()
          .paged("Municipality")
          .reads("region", "Code or slug of a region")
          .described("Today's municipalities, by code"),
  };
}

}  // namespace

void contribute(Registry& registry) {
  registry.permissions({
      {kOrganisationAdd,
       {Role::nationalAdmin, Role::regionalAdmin, Role::contactPerson},
       "directory.permission.organisation_add"},
      {kOrganisationEdit,
       {Role::nationalAdmin, Role::regionalAdmin, Role::contactPerson, Role::organisationRep},
       "directory.permission.organisation_edit"},
  });
  registry.routes(pages());
  registry.routes(api());
  describeSchemas(registry);
  registry.navigation({"/organisations", "directory.organisations.title", std::nullopt, 20});
  registry.navigation(
      {"/admin/organisations/new", "directory.organisation.new.title", kOrganisationAdd, 30});
  registry.search(organisationSource());
  registry.personalData(personalData());
  for (auto& command : personCommands()) registry.command(std::move(command));
}

}  // namespace toimela::directory
