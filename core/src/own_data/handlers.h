// The pages under /account/data and /admin/erasures.
#pragma once

#include "toimela/access.h"
#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::own_data {

/// To see what the service knows of anybody, and to erase them.
inline constexpr Permission kErase{"core.erasure.decide"};

Response showOwnData(const Request& request, Host& host);
Response downloadOwnData(const Request& request, Host& host);
Response submitErasure(const Request& request, Host& host);
Response submitTakeBack(const Request& request, Host& host);

Response listErasures(const Request& request, Host& host);
Response showHoldings(const Request& request, Host& host);
Response submitErasureOf(const Request& request, Host& host);
/// The box of the dashboard for those who may erase somebody.
bool fillErasuresTile(const Request& request, Host& host, View& view);

}  // namespace toimela::own_data
