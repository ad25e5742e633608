// The handlers of the access room; routes.cpp says where each is found and who may call it.
#pragma once

#include <string>
#include <string_view>

#include "access/sign_in.h"
#include "host/core_host.h"
#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::access {

inline constexpr Permission kPersonView{"core.person.view"};
inline constexpr Permission kPersonEdit{"core.person.edit"};
inline constexpr Permission kGrantEdit{"core.grant.edit"};
inline constexpr Permission kRoleEdit{"core.role.edit"};

Response showSignIn(const Request& request, Host& host);
Response submitSignIn(const Request& request, Host& host);
Response signOut(const Request& request, Host& host);

Response showAccount(const Request& request, Host& host);
Response saveAccount(const Request& request, Host& host);
Response changePassword(const Request& request, Host& host);
Response showSessions(const Request& request, Host& host);
Response revokeOneSession(const Request& request, Host& host);
Response revokeTheOtherSessions(const Request& request, Host& host);

Response submitCode(const Request& request, Host& host);
Response showLinkRequest(const Request& request, Host& host);
Response submitLinkRequest(const Request& request, Host& host);
Response showJoin(const Request& request, Host& host);
Response submitJoin(const Request& request, Host& host);
Response showSignInLink(const Request& request, Host& host);
Response useSignInLink(const Request& request, Host& host);
Response showResetRequest(const Request& request, Host& host);
Response submitResetRequest(const Request& request, Host& host);
Response showReset(const Request& request, Host& host);
Response submitReset(const Request& request, Host& host);

Response showSecondFactor(const Request& request, Host& host);
Response beginSecondFactorSetup(const Request& request, Host& host);
Response confirmSecondFactorSetup(const Request& request, Host& host);
Response turnSecondFactorOff(const Request& request, Host& host);
Response makeRecoveryCodes(const Request& request, Host& host);
Response resetSecondFactor(const Request& request, Host& host);

Response showEmailChange(const Request& request, Host& host);
Response submitEmailChange(const Request& request, Host& host);
Response showEmailConfirmation(const Request& request, Host& host);
Response confirmEmail(const Request& request, Host& host);

Response showInvitation(const Request& request, Host& host);
Response acceptInvited(const Request& request, Host& host);
Response declineInvited(const Request& request, Host& host);

/// What follows the first step of signing in, by password or by link: the page that was wished for,
/// the question for a code, or nothing when the step failed.
std::optional<Response> afterFirstStep(const Request& request, Host& host,
                                       const SignInOutcome& outcome, std::string_view next);

Response showTokens(const Request& request, Host& host);
Response submitToken(const Request& request, Host& host);
Response revokeOneToken(const Request& request, Host& host);

Response showInvitations(const Request& request, Host& host);
Response renewOneInvitation(const Request& request, Host& host);
Response withdrawOneInvitation(const Request& request, Host& host);

Response showRequiredFactor(const Request& request, Host& host);
Response saveRequiredFactor(const Request& request, Host& host);
/// The box of the dashboard for those whose role waits for a second factor.
bool fillHeldBackTile(const Request& request, Host& host, View& view);

Response showAdministration(const Request& request, Host& host);
Response listPeople(const Request& request, Host& host);
Response showNewPerson(const Request& request, Host& host);
Response submitNewPerson(const Request& request, Host& host);
Response showPerson(const Request& request, Host& host);
Response addGrant(const Request& request, Host& host);
Response endGrant(const Request& request, Host& host);
Response disablePerson(const Request& request, Host& host);
Response enablePerson(const Request& request, Host& host);
Response endSessionsOfPerson(const Request& request, Host& host);

Response meAsJson(const Request& request, Host& host);
Response peopleAsJson(const Request& request, Host& host);
Response personAsJson(const Request& request, Host& host);

Response showRoles(const Request& request, Host& host);
Response saveRoles(const Request& request, Host& host);

/// The text of a key as the page's title.
inline PageOptions titled(const Request& request, Host& host, std::string_view key,
                          int status = 200) {
  return {.status = status, .title = host.texts().get(request.locale, key)};
}

}  // namespace toimela::access
