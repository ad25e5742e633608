// Messages of the organiser to those who take part.
#pragma once

#include <string>
#include <vector>

#include "domain/event.h"
#include "store/registrations.h"
#include "toimela/host.h"

namespace toimela::events::operations {

/// Mails the text to each of them, or to whoever registered them, once to an address; how many it
/// mailed to.
std::size_t sendMessage(WriteTx& tx, Host& host, const Event& event,
                        const std::vector<store::ParticipantRow>& recipients, const std::string& subject,
                        const std::string& text);

}  // namespace toimela::events::operations
