// How often publications are taken.
#pragma once

#include "operations/downloads.h"
#include "toimela/host.h"
#include "toimela/request.h"

namespace toimela::publications::handlers {

/// Of one publication, of a region, or of everything: charts with their tables, and XLSX.
Response showFigures(const Request& request, Host& host, operations::Downloads& downloads);

}  // namespace toimela::publications::handlers
