// Addresses that open a thing without signing in.
#pragma once

#include <string>
#include <string_view>

#include "domain/registration.h"
#include "toimela/host.h"

namespace toimela::events::view {

/// The mark in the private link of a registration; a new nonce makes the old link dead.
std::string registrationToken(Host& host, const Registration& registration);
/// Path of the registration's private page, without language.
std::string registrationPath(Host& host, const Registration& registration);
/// Is `token` the mark of this registration? Takes the same time whatever it is.
bool opens(Host& host, const Registration& registration, std::string_view token);

}  // namespace toimela::events::view
