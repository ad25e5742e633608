// Every route, permission, link and command of the access room.
#include "access/account_mail.h"
#include "access/handlers.h"
#include "access/invitations.h"
#include "access/personal_data.h"
#include "access/schemas.h"
#include "access/secret_command.h"
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
      post("/sign-in/code", submitCode)
          .anyone()
          .rate(RateClass::credentials)
          .described("The second step of signing in: a code of the second factor"),
      get("/sign-in/link", showLinkRequest)
          .anyone()
          .described("Asks for a one-time link to sign in with"),
      post("/sign-in/link", submitLinkRequest)
          .anyone()
          .rate(RateClass::credentials)
          .described("Mails a one-time link to who has an account"),
      get("/join", showJoin).anyone().described("For who has no account and wants one"),
      post("/join", submitJoin)
          .anyone()
          .rate(RateClass::credentials)
          .described("Mails a link to make an account with"),
      get("/sign-in/link/{token}", showSignInLink)
          .anyone()
          .rate(RateClass::credentials)
          .described("Where a one-time link leads; does not use it up"),
      post("/sign-in/link/{token}", useSignInLink)
          .anyone()
          .rate(RateClass::credentials)
          .described("Signs in with a one-time link"),
      get("/password/reset", showResetRequest).anyone().described("For a forgotten password"),
      post("/password/reset", submitResetRequest)
          .anyone()
          .rate(RateClass::credentials)
          .described("Mails a link to set a new password with"),
      get("/password/reset/{token}", showReset)
          .anyone()
          .rate(RateClass::credentials)
          .described("The form for a new password"),
      post("/password/reset/{token}", submitReset)
          .anyone()
          .rate(RateClass::credentials)
          .described("Sets a new password and ends every session"),
      get("/invitations/{token}", showInvitation)
          .anyone()
          .rate(RateClass::credentials)
          .described("What one is invited to"),
      post("/invitations/{token}/accept", acceptInvited)
          .anyone()
          .rate(RateClass::credentials)
          .described("Accepts an invitation; makes the account of who has none"),
      post("/invitations/{token}/decline", declineInvited)
          .anyone()
          .rate(RateClass::credentials)
          .described("Declines an invitation; what is known of the invited is deleted"),
      get("/account", showAccount).signedIn().described("One's own details and password"),
      post("/account", saveAccount)
          .signedIn()
          .rate(RateClass::write)
          .described("Saves one's own details"),
      post("/account/password", changePassword)
          .signedIn()
          .rate(RateClass::credentials)
          .described("Changes one's own password"),
      get("/account/second-factor", showSecondFactor)
          .signedIn()
          .described("One's own second factor"),
      post("/account/second-factor/begin", beginSecondFactorSetup)
          .signedIn()
          .rate(RateClass::credentials)
          .described("Makes the secret of a second factor"),
      post("/account/second-factor/confirm", confirmSecondFactorSetup)
          .signedIn()
          .rate(RateClass::credentials)
          .described("Turns the second factor on with a first code"),
      post("/account/second-factor/off", turnSecondFactorOff)
          .signedIn()
          .rate(RateClass::credentials)
          .described("Turns the second factor off with a code"),
      post("/account/second-factor/codes", makeRecoveryCodes)
          .signedIn()
          .rate(RateClass::credentials)
          .described("Makes new recovery codes with a code"),
      get("/account/email", showEmailChange)
          .signedIn()
          .described("The form for another address to sign in with"),
      post("/account/email", submitEmailChange)
          .signedIn()
          .rate(RateClass::credentials)
          .described("Mails a link to the new address"),
      get("/account/email/{token}", showEmailConfirmation)
          .anyone()
          .rate(RateClass::credentials)
          .described("Where the link to a new address leads; does not use it up"),
      post("/account/email/{token}", confirmEmail)
          .anyone()
          .rate(RateClass::credentials)
          .described("Confirms the new address"),
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
      post("/admin/people/{person}/sessions/end", endSessionsOfPerson)
          .needs(kPersonEdit)
          .anywhere()
          .rate(RateClass::write)
          .described("Ends every session of a person"),
      post("/admin/people/{person}/second-factor/reset", resetSecondFactor)
          .needs(kPersonEdit)
          .rate(RateClass::write)
          .described("Takes away the second factor of who has lost it"),
      get("/admin/people/invitations", showInvitations)
          .needs(kPersonEdit)
          .anywhere()
          .described("Invitations that are not answered yet"),
      post("/admin/people/invitations/{invitation}/again", renewOneInvitation)
          .needs(kPersonEdit)
          .anywhere()
          .rate(RateClass::write)
          .described("Sends an invitation again"),
      post("/admin/people/invitations/{invitation}/withdraw", withdrawOneInvitation)
          .needs(kPersonEdit)
          .anywhere()
          .rate(RateClass::write)
          .described("Takes an invitation back"),
      get("/admin/roles", showRoles)
          .needs(kRoleEdit)
          .described("Which role holds which permission"),
      post("/admin/roles", saveRoles)
          .needs(kRoleEdit)
          .rate(RateClass::write)
          .described("Changes which role holds which permission"),
      get("/admin/roles/second-factor", showRequiredFactor)
          .needs(kRoleEdit)
          .described("Which roles demand a second factor"),
      post("/admin/roles/second-factor", saveRequiredFactor)
          .needs(kRoleEdit)
          .rate(RateClass::write)
          .described("Changes which roles demand a second factor"),
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
  registry.navigation({"/account/second-factor", "accounts.factor.title", std::nullopt, 30});
  registry.navigation({"/account/email", "accounts.email.short", std::nullopt, 40});
  registry.navigation({"/account/sessions", "access.sessions.title", std::nullopt, 50});
  registry.navigation({"/account/tokens", "access.tokens.title", std::nullopt, 80});
  registry.navigation({"/admin/people", "access.people.title", kPersonView, 10});
  registry.navigation({"/admin/roles", "access.roles.title", kRoleEdit, 20});
  registry.tile({Tile::Place::dashboard, "tile_held_back", fillHeldBackTile, 0});
  registry.personalData(personalData());
  registry.job({"links", std::chrono::seconds(5),
                [](Host& host, const JobTurn&) { answerLinkRequests(host); }});
  registry.job({"invitations", std::chrono::hours(1),
                [](Host& host, const JobTurn&) { sweepInvitations(host); }});
  registry.command(userCreateCommand());
  registry.command(tokenCreateCommand());
  registry.command(secretRenewCommand());
}

}  // namespace toimela::access
