// The pages under /account/data.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::own_data {

Response showOwnData(const Request& request, Host& host);
Response downloadOwnData(const Request& request, Host& host);
Response submitErasure(const Request& request, Host& host);
Response submitTakeBack(const Request& request, Host& host);

}  // namespace toimela::own_data
