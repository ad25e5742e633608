// The directory of people: pages, cards and vCards.
#pragma once

#include "store/people.h"
#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::contacts::handlers {

Response listPeople(const Request& request, Host& host);
Response showContact(const Request& request, Host& host);
Response downloadCard(const Request& request, Host& host);
/// Of everybody whom the filters find, or of a network.
Response downloadCards(const Request& request, Host& host);

Response apiPeople(const Request& request, Host& host);
Response apiContact(const Request& request, Host& host);

/// Keeps the index of words in step with the days that pass.
ScheduledJob refreshPeople();
void registerPeopleSchemas(Registry& registry);

}  // namespace toimela::contacts::handlers
