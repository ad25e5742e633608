// Requests of programs that may be repeated: the header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header).
#pragma once

#include <optional>
#include <string>

#include "toimela/request.h"

namespace toimela {

/// What the header says, as it may be stored: "api:" and 64 hexadecimal digits, another one for each
/// person, method and path, from which neither the person nor what they sent can be read. Nothing
/// without the header. Throws RequestError 400 when it has none or more than 200 bytes.
TOIMELA_API std::optional<std::string> idempotencyKey(const Request& request);

}  // namespace toimela
