// Who comes to an event, and what its organisers do about it.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

Response listParticipants(const Request& request, Host& host);
/// What was chosen for those who are ticked: does it, or asks for a reason or a text first.
Response chooseDeed(const Request& request, Host& host);
Response doDeed(const Request& request, Host& host);

Response newMessage(const Request& request, Host& host);
Response sendMessage(const Request& request, Host& host);

Response newEntry(const Request& request, Host& host);
Response addEntry(const Request& request, Host& host);

Response showParticipant(const Request& request, Host& host);
Response moveToSessions(const Request& request, Host& host);
Response linkParticipant(const Request& request, Host& host);
Response showParticipantFile(const Request& request, Host& host);
Response remindFollowUp(const Request& request, Host& host);
Response moveInList(const Request& request, Host& host);

}  // namespace toimela::events::handlers
