// Every route, permission, link and command of the access room.
#include "access/handlers.h"
#include "access/personal_data.h"
#include "access/schemas.h"
#include "access/token_command.h"
#include "access/user_command.h"
#include "host/core_host.h"
#include "toimela/registry.h"

namespace toimela::access {

namespace {

std::vector<Route> ownRoutes() {
  return {
      get("/sign-in", showSignIn).anyone().described("The sign-in form"),
      post("/sign-in", submitSignIn).anyone().rate(RateClass::credentials).described("Signs in"),
      post("/sign-out", signOut).anyone().rate(RateClass::write).described("Signs out"),
      get("/account", showAccount).signedIn().described("One's own details and password"),
      post("/account", saveAccount)
          .signedIn()
          .rate(RateClass::write)
          .described("Saves one's own details"),
      post("/account/password", changePassword)
          .signedIn()
          .rate(RateClass::credentials)
          .described("Changes one's own password"),
      get("/account/sessions", showSessions).signedIn().described("Where one is signed in"),
      post("/account/sessions/{session}/revoke", revokeOneSession)
          .signedIn()
          .rate(RateClass::write)
          .described("Ends one of one's own sessions"),
      post("/account/sessions/revoke-others", revokeTheOtherSessions)
          .signedIn()
          .rate(RateClass::write)
          .described("Ends all of one's other sessions"),
      get("/account/tokens", showTokens)
          .signedIn()
          .described("One's own access tokens, and the form that makes one"),
      post("/account/tokens", submitToken)
          .signedIn()
          .rate(RateClass::credentials)
          .described("Makes an access token and shows it once"),
      post("/account/tokens/{token}/revoke", revokeOneToken)
          .signedIn()
          .rate(RateClass::write)
          .described("Ends one of one's own access tokens"),
  };
}

std::vector<Route> administrationRoutes() {
  return {
      get("/admin", showAdministration).signedIn().described("What the reader may administer"),
      get("/admin/people", listPeople)
          .needs(kPersonView)
          .anywhere()
          .described("People within reach"),
      get("/admin/people/new", showNewPerson)
          .needs(kPersonEdit)
          .anywhere()
          .described("The form that adds a person"),
      post("/admin/people/new", submitNewPerson)
          .needs(kPersonEdit)
          .anywhere()
          .rate(RateClass::write)
          .described("Adds a person with a first role"),
      get("/admin/people/{person}", showPerson)
          .needs(kPersonView)
          .anywhere()
          .described("A person's card, memberships and roles"),
      post("/admin/people/{person}/grants", addGrant)
          .needs(kGrantEdit)
          .anywhere()
          .rate(RateClass::write)
          .described("Gives a person a role"),
      post("/admin/people/{person}/grants/{grant}/end", endGrant)
          .needs(kGrantEdit)
          .anywhere()
          .rate(RateClass::write)
          .described("Takes a role back"),
      post("/admin/people/{person}/disable", disablePerson)
          .needs(kPersonEdit)
          .anywhere()
          .rate(RateClass::write)
          .described("Closes a person's account"),
      post("/admin/people/{person}/enable", enablePerson)
          .needs(kPersonEdit)
          .anywhere()
          .rate(RateClass::write)
          .described("Opens a person's account again"),
      get("/admin/roles", showRoles)
          .needs(kRoleEdit)
          .described("Which role holds which permission"),
      post("/admin/roles", saveRoles)
          .needs(kRoleEdit)
          .rate(RateClass::write)
          .described("Changes which role holds which permission"),
  };
}

std::vector<Route> apiRoutes() {
  return {
      get("/api/v1/me", meAsJson)
          .signedIn()
          .answers("Me")
          .described("Whom the token speaks for, with their roles"),
      get("/api/v1/people", peopleAsJson)
          .needs(kPersonView)
          .anywhere()
          .paged("PersonSummary")
          .reads("q", "Words of a name or an e-mail address")
          .described("People within reach, by id"),
      get("/api/v1/people/{person}", personAsJson)
          .needs(kPersonView)
          .anywhere()
          .answers("Person")
          .described("A person within reach, with their organisations and roles"),
  };
}

}  // namespace

void contribute(Registry& registry) {
  registry.permissions({
      {kPersonView, {Role::nationalAdmin, Role::regionalAdmin}, "access.permission.person_view"},
      {kPersonEdit, {Role::nationalAdmin, Role::regionalAdmin}, "access.permission.person_edit"},
      {kGrantEdit, {Role::nationalAdmin, Role::regionalAdmin}, "access.permission.grant_edit"},
      {kRoleEdit, {Role::nationalAdmin}, "access.permission.role_edit"},
  });
  registry.routes(ownRoutes());
  registry.routes(administrationRoutes());
  registry.routes(apiRoutes());
  describeSchemas(registry);
  registry.navigation({"/admin/people", "access.people.title", kPersonView, 10});
  registry.navigation({"/admin/roles", "access.roles.title", kRoleEdit, 20});
  registry.personalData(personalData());
  registry.command(userCreateCommand());
  registry.command(tokenCreateCommand());
}

}  // namespace toimela::access
