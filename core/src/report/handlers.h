// The yearly report over all plugins. Anybody may read it: it has figures and what is public anyhow.
#pragma once

#include "toimela/host.h"

namespace toimela::report {

/// Of the region of the path, or of the whole country; ?year=, ?format=xlsx|csv. A ?region= sends to the
/// region's own address.
Response showReport(const Request& request, Host& host);
Response apiReport(const Request& request, Host& host);

}  // namespace toimela::report
