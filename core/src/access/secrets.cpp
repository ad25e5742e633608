#include "toimela/secrets.h"

#include "access/passwords.h"

namespace toimela::secrets {

std::string random(int bytes) { return access::randomToken(bytes); }
bool equal(std::string_view a, std::string_view b) { return access::same(a, b); }

}  // namespace toimela::secrets
