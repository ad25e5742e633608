// Joining by application: each change checks its rule, saves, leaves its audit entry and writes to
// those whom it concerns in one transaction.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "domain/application.h"
#include "toimela/data.h"
#include "toimela/host.h"

namespace toimela::contacts::operations {

/// Puts the application into the queue and tells the coordinator.
std::variant<ApplicationId, ApplicationProblem> apply(WriteTx& tx, Host& host,
                                                      const Network& network, Application wanted);

/// Makes the applicant a member for these days and tells them.
std::variant<MemberId, ApplicationProblem> accept(WriteTx& tx, Host& host, const Network& network,
                                                  ApplicationId id, const DateRange& period);

/// Tells the applicant why not; nothing when it went well.
std::optional<ApplicationProblem> decline(WriteTx& tx, Host& host, const Network& network,
                                          ApplicationId id, const std::string& reason);

/// The applicant takes it back; nothing when it went well.
std::optional<ApplicationProblem> withdraw(WriteTx& tx, const Network& network, ApplicationId id);

}  // namespace toimela::contacts::operations
