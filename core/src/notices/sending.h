// Mails what is due.
#pragma once

#include <stop_token>

#include "toimela/host.h"

namespace toimela::notices {

/// One mail for each person for whom something is due at `now`, from all of their topics. What is
/// of a plugin that is off in its topic's region waits. Returns how many mails went into the
/// outbox. Several processes may do this at once: a notice goes into one mail only.
int sendDue(Host& host, Instant now, const std::stop_token& stop = {});
/// Forgets notices that were held back for too long, and links of mails of years ago.
void sweepOld(Host& host, Instant now);

}  // namespace toimela::notices
