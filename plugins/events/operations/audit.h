// Audit entries of the plugin: ids only, never names.
#pragma once

#include <string>

#include "domain/event.h"
#include "domain/registration.h"
#include "toimela/data.h"

namespace toimela::events::operations {

AuditEntry entryFor(std::string action, const Event& event);
/// With the reason that its organiser gave.
AuditEntry entryFor(std::string action, const Event& event, const std::string& reason);
AuditEntry entryFor(std::string action, const Event& event, const Registration& registration);
AuditEntry entryFor(std::string action, const Event& event, ParticipantId participant,
                    const std::string& reason = {});

}  // namespace toimela::events::operations
