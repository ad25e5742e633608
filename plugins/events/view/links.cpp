#include "view/links.h"

#include "toimela/secrets.h"

namespace toimela::events::view {

std::string registrationToken(Host& host, const Registration& registration) {
  return host.sign("registration:" + registration.id.text() + ":" + registration.accessNonce);
}

std::string registrationPath(Host& host, const Registration& registration) {
  return "/events/registrations/" + registration.id.text() + "/" +
         registrationToken(host, registration);
}

bool opens(Host& host, const Registration& registration, std::string_view token) {
  return secrets::equal(registrationToken(host, registration), token);
}

}  // namespace toimela::events::view
