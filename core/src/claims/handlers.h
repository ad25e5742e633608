// The handlers of the claims room; routes.cpp says where each is found and who may call it.
#pragma once

#include "host/core_host.h"
#include "toimela/host.h"
#include "toimela/registry.h"
#include "toimela/request.h"

namespace toimela::claims {

inline constexpr Permission kDecide{"core.claim.decide"};

Response showRegister(const Request& request, Host& host);
Response submitRegister(const Request& request, Host& host);
Response showRepresent(const Request& request, Host& host);
Response submitRepresent(const Request& request, Host& host);
Response showOwnOrganisations(const Request& request, Host& host);
Response withdrawClaim(const Request& request, Host& host);
Response leaveOrganisation(const Request& request, Host& host);

Response listClaimsPage(const Request& request, Host& host);
Response showClaim(const Request& request, Host& host);
Response approveClaim(const Request& request, Host& host);
Response declineClaim(const Request& request, Host& host);

Response claimsAsJson(const Request& request, Host& host);
Response claimAsJson(const Request& request, Host& host);
Response apiApprove(const Request& request, Host& host);
Response apiDecline(const Request& request, Host& host);
void describeSchemas(Registry& registry);

/// The box of the dashboard for those who have something to decide.
bool fillWaitingTile(const Request& request, Host& host, View& view);

PersonalData personalData();

}  // namespace toimela::claims
