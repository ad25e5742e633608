// The handlers of the directory room; routes.cpp says where each is found and who may call it.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::directory {

inline constexpr Permission kOrganisationAdd{"core.organisation.add"};
inline constexpr Permission kOrganisationEdit{"core.organisation.edit"};

Response listPage(const Request& request, Host& host);
/// What a lookup field offers while somebody types.
Response suggestOrganisations(const Request& request, Host& host);
Response showOrganisation(const Request& request, Host& host);

Response showEdit(const Request& request, Host& host);
Response submitEdit(const Request& request, Host& host);
Response showNew(const Request& request, Host& host);
Response submitNew(const Request& request, Host& host);

Response organisationsAsJson(const Request& request, Host& host);
Response organisationAsJson(const Request& request, Host& host);
Response addOrganisationFromJson(const Request& request, Host& host);
Response changeOrganisationFromJson(const Request& request, Host& host);
Response regionAsJson(const Request& request, Host& host);
Response municipalitiesAsJson(const Request& request, Host& host);
Response regionsAsJson(const Request& request, Host& host);

}  // namespace toimela::directory
