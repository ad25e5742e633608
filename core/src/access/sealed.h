// Texts that lie encrypted in the database, so that a copy of one table gives nothing away.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace toimela::access {

/// AES-256-GCM (NIST SP 800-38D) under a key derived from the service's secret with a fresh nonce.
/// `context` says what it is and whose ("second-factor:12"): sealed for one context, a text does not
/// open in another.
std::string seal(std::string_view serverSecret, std::string_view context, std::string_view text);
/// Nothing when it was sealed under another secret or for another context, or was changed.
std::optional<std::string> unseal(std::string_view serverSecret, std::string_view context,
                                  std::string_view sealed);

}  // namespace toimela::access
