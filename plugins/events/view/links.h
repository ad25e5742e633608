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

/// Path of the feedback form of one who took part.
std::string feedbackPath(Host& host, const Participant& participant);
bool opensFeedback(Host& host, const Participant& participant, std::string_view token);

/// Path of the materials that one who took part may have.
std::string materialsPath(Host& host, const Participant& participant);
bool opensMaterials(Host& host, const Participant& participant, std::string_view token);

}  // namespace toimela::events::view
