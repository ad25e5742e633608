// Passwords: argon2id at OWASP's parameters, and a bound on how many are worked on at once.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace toimela::access {

/// Argon2id, 19456 KiB, two passes, one lane (OWASP Password Storage Cheat Sheet).
class Passwords {
 public:
  /// At most `atOnce` hashes are computed at a time; a further caller waits up to `patience` and is
  /// then refused, so that a flood of sign-ins can not take the machine.
  explicit Passwords(int atOnce = 2, std::chrono::milliseconds patience = std::chrono::seconds(3));
  ~Passwords();

  /// Encoded hash with its parameters. Throws RequestError(503) when too many are waiting.
  std::string hash(std::string_view password);
  /// Takes the same time whether or not there is a hash (pass an empty one for unknown accounts).
  bool verify(std::string_view password, std::string_view encoded);

  /// Translation key of what is wrong with a new password, or nothing. At least 12 characters, at
  /// most 256, not a common one, not the person's own name or address (ASVS 5.0 6.2).
  static std::optional<std::string> complaint(std::string_view password, std::string_view email,
                                              std::string_view name);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// `bytes` random bytes in base64url.
std::string randomToken(int bytes = 24);
/// A password that can be read aloud and typed: four groups of four letters and digits (80 bits),
/// without those that look alike.
std::string readablePassword();
/// SHA-256 in hexadecimal.
std::string sha256(std::string_view text);
/// HMAC-SHA-256 in base64url.
std::string hmac(std::string_view key, std::string_view text);
/// Compares in constant time.
bool same(std::string_view a, std::string_view b);

/// Tokens of forms: bound to a secret of the visitor's cookie, masked anew on every page so that
/// compression can not give them away.
std::string csrfToken(std::string_view serverSecret, std::string_view cookie);
bool csrfMatches(std::string_view serverSecret, std::string_view cookie, std::string_view token);

}  // namespace toimela::access
