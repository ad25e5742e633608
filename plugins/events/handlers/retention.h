// What falls due of people's data, the page that takes putting aside back, the job that does it.
#pragma once

#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::events::handlers {

Response listRetention(const Request& request, Host& host);
Response showRetention(const Request& request, Host& host);
Response takeBackRetention(const Request& request, Host& host);
ScheduledJob retaining();
/// What is put aside of a person.
PersonalData asideData();

}  // namespace toimela::events::handlers
