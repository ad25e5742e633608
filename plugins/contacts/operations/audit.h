// The audit entries of this plugin. They name people by id only.
#pragma once

#include <string>

#include "domain/application.h"
#include "domain/member.h"
#include "domain/network.h"
#include "toimela/data.h"

namespace toimela::contacts::operations {

AuditEntry entryFor(std::string action, const Network& network);
AuditEntry entryFor(std::string action, const Network& network, const Member& member);
AuditEntry entryFor(std::string action, const Network& network, const Application& application);

}  // namespace toimela::contacts::operations
