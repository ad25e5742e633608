// Publications for programs.
#pragma once

#include "toimela/host.h"
#include "toimela/registry.h"
#include "toimela/request.h"

namespace toimela::publications::handlers {

Response apiPublications(const Request& request, Host& host);
Response apiPublication(const Request& request, Host& host);
Response apiAdd(const Request& request, Host& host);
Response apiSave(const Request& request, Host& host);
Response apiStep(const Request& request, Host& host);

/// Who wrote what, to be taken out or forgotten. Creators stay: they are facts about the work.
PersonalData editorData();

}  // namespace toimela::publications::handlers
