// Random texts that nobody guesses, and comparing them without telling how far they agree.
#pragma once

#include <string>
#include <string_view>

#include "toimela/export.h"

namespace toimela::secrets {

/// `bytes` random bytes in base64url (RFC 4648, section 5); 16 of them can not be guessed.
TOIMELA_API std::string random(int bytes = 16);
/// In a time that does not depend on what the texts are.
TOIMELA_API bool equal(std::string_view a, std::string_view b);

}  // namespace toimela::secrets
