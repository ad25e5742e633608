// Codes of an authenticator app (TOTP, RFC 6238): pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "toimela/types.h"

namespace toimela::access {

/// Length of a time step and number of digits: what every authenticator app knows (RFC 6238 5.2).
inline constexpr std::chrono::seconds kTotpStep{30};
inline constexpr int kTotpDigits = 6;

/// A secret of 160 random bits, the length of HMAC-SHA-1 (RFC 4226, section 4, R6).
std::string newTotpSecret();
/// The secret in base32 (RFC 4648), in groups of four for typing.
std::string shownTotpSecret(std::string_view secret);
/// What the QR code says: "otpauth://totp/Toimela:aino@example.org?secret=…&issuer=Toimela"
/// (Key Uri Format of Google Authenticator, which the other apps follow).
std::string totpAddress(std::string_view secret, std::string_view issuer, std::string_view account);

/// The time step whose code this is: of now, one before or one after (clocks differ, and people
/// type slowly; RFC 6238 5.2). Only steps after `lastStep` count: a code works once. Spaces in the
/// code are nothing.
std::optional<std::int64_t> totpStep(std::string_view secret, std::string_view code, Instant now,
                                     std::int64_t lastStep);

}  // namespace toimela::access
