// Taking in a table or BibTeX from a page, with a look at it before anything is saved.
#pragma once

#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::publications::handlers {

Response askImport(const Request& request, Host& host);
Response previewImport(const Request& request, Host& host);
Response doImport(const Request& request, Host& host);

}  // namespace toimela::publications::handlers
