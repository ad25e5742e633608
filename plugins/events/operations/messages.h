// Messages of the organiser to those who take part.
#pragma once

#include <string>
#include <vector>

#include "domain/event.h"
#include "store/registrations.h"
#include "store/scheduled.h"
#include "toimela/host.h"

namespace toimela::events::operations {

/// Mails the text to each of them, or to whoever registered them, once to an address; how many it
/// mailed to.
std::size_t sendMessage(WriteTx& tx, Host& host, const Event& event,
                        const std::vector<store::ParticipantRow>& recipients, const std::string& subject,
                        const std::string& text);

/// Keeps a message until its time.
void schedule(WriteTx& tx, const Event& event, const store::ScheduledMessage& message);
/// False when it has gone out or was cancelled before.
bool cancelScheduled(WriteTx& tx, const Event& event, ScheduledId message);
/// Undoes that: it goes out at its time. False when that is over, or the event was called off meanwhile.
[[nodiscard]] bool restoreScheduled(WriteTx& tx, const Event& event, ScheduledId message);
/// Sends what was kept, once. An event that was called off meanwhile has told everybody already: nothing
/// more is sent about it.
void sendScheduled(WriteTx& tx, Host& host, const Event& event, const store::ScheduledMessage& message,
                   const std::vector<store::ParticipantRow>& recipients);

}  // namespace toimela::events::operations
