// SHA-256 (FIPS 180-4) of bytes that come in pieces, also over the end of a process.
#pragma once

#include <openssl/sha.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace toimela::files {

class RunningDigest {
 public:
  RunningDigest();
  /// Goes on from a state(); nothing when the text is none.
  static std::optional<RunningDigest> from(std::string_view state);

  void add(std::span<const char> bytes);
  /// The digest of what was added so far, 64 hexadecimal digits.
  std::string hex() const;
  /// What is needed to go on later, as hexadecimal digits; good for this machine and library.
  std::string state() const;

 private:
  SHA256_CTX context_;
};

/// 64 hexadecimal digits in lower case.
bool isDigest(std::string_view text);

}  // namespace toimela::files
