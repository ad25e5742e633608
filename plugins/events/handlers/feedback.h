// Feedback after an event, by a private link.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

Response showFeedback(const Request& request, Host& host);
Response giveFeedback(const Request& request, Host& host);
/// The same for programs: 204, or 409 when they have answered already.
Response apiGiveFeedback(const Request& request, Host& host);
/// The organiser chooses whether answers keep their names, before the first one has come.
Response chooseFeedbackNames(const Request& request, Host& host);

}  // namespace toimela::events::handlers
