// What editors and reviewers do.
#pragma once

#include <optional>

#include "operations/publications.h"
#include "toimela/host.h"
#include "toimela/registry.h"
#include "toimela/request.h"

namespace toimela::publications::handlers {

Response listWork(const Request& request, Host& host);
Response newPublication(const Request& request, Host& host);
Response addPublication(const Request& request, Host& host);
Response editPublication(const Request& request, Host& host);
Response savePublication(const Request& request, Host& host);
Response takeStep(const Request& request, Host& host);
Response askWithdraw(const Request& request, Host& host);
Response withdraw(const Request& request, Host& host);
Response removePublication(const Request& request, Host& host);
Response restorePublication(const Request& request, Host& host);

Response listFiles(const Request& request, Host& host);
Response newFile(const Request& request, Host& host);
Response addFile(const Request& request, Host& host);
Response editFile(const Request& request, Host& host);
Response saveFile(const Request& request, Host& host);
Response newVersion(const Request& request, Host& host);
Response addVersion(const Request& request, Host& host);
Response removeFile(const Request& request, Host& host);
Response restoreFile(const Request& request, Host& host);

/// Ends the request when the change was refused.
void require(std::optional<operations::Refusal> refusal);

/// For an hour what was removed can be taken back.
ScheduledJob clearing();

bool fillWorkTile(const Request& request, Host& host, View& view);

}  // namespace toimela::publications::handlers
