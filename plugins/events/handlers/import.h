// Registrations from a table.
#pragma once

#include "toimela/host.h"

namespace toimela::events::handlers {

/// Of the file, in bytes.
inline constexpr std::uint64_t kLargestTable = 2 * 1024 * 1024;

Response showImport(const Request& request, Host& host);
Response previewImport(const Request& request, Host& host);
Response confirmImport(const Request& request, Host& host);
Response importExample(const Request& request, Host& host);

}  // namespace toimela::events::handlers
