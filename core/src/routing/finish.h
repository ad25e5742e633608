// The last step of every response: security headers, ETag, compression.
#pragma once

#include <string>
#include <string_view>

#include "routing/page_cache.h"
#include "toimela/http.h"

namespace toimela::routing {

struct FinishOptions {
  bool https = false;       ///< the service is reached over https: HSTS
  bool publicPage = false;  ///< may be kept by shared caches, to be asked again each time
};

/// Adds what every answer has. Pages that are not public are not to be kept by anybody.
void addSecurityHeaders(Response& response, const FinishOptions& options);
/// Gives a body in memory an ETag and compresses it when it is text and worth it.
void encode(Response& response, Encoding encoding);

}  // namespace toimela::routing
