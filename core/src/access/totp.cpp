#include "access/totp.h"

#include <liboath/oath.h>
#include <openssl/rand.h>

#include <Poco/URI.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include "access/passwords.h"

namespace toimela::access {

namespace {

constexpr std::size_t kSecretBytes = 20;

std::string base32(std::string_view bytes) {
  char* encoded = nullptr;
  std::size_t length = 0;
  if (oath_base32_encode(bytes.data(), bytes.size(), &encoded, &length) != OATH_OK)
    throw std::runtime_error("base32 failed");
  const std::unique_ptr<char, decltype(&std::free)> owner(encoded, std::free);
  std::string text(encoded, length);
  while (text.ends_with('=')) text.pop_back();
  return text;
}

void prepareOath() {
  static const int kResult = oath_init();
  if (kResult != OATH_OK) throw std::runtime_error(oath_strerror(kResult));
}

std::string codeAt(std::string_view secret, std::int64_t step) {
  prepareOath();
  std::array<char, kTotpDigits + 1> code{};
  const int result = oath_hotp_generate(secret.data(), secret.size(),
                                        static_cast<std::uint64_t>(step), kTotpDigits, false,
                                        OATH_HOTP_DYNAMIC_TRUNCATION, code.data());
  if (result != OATH_OK) throw std::runtime_error(oath_strerror(result));
  return code.data();
}

std::string escaped(std::string_view text) {
  std::string result;
  Poco::URI::encode(std::string(text), ":?&=#+@/%", result);
  return result;
}

}  // namespace

std::string newTotpSecret() {
  std::array<unsigned char, kSecretBytes> bytes;
  if (RAND_bytes(bytes.data(), kSecretBytes) != 1)
    throw std::runtime_error("the system gives no random numbers");
  return {bytes.begin(), bytes.end()};
}

std::string shownTotpSecret(std::string_view secret) {
  std::string shown;
  const std::string text = base32(secret);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i % 4 == 0) shown += ' ';
    shown += text[i];
  }
  return shown;
}

std::string totpAddress(std::string_view secret, std::string_view issuer,
                        std::string_view account) {
  return "otpauth://totp/" + escaped(issuer) + ":" + escaped(account) + "?secret=" +
         base32(secret) + "&issuer=" + escaped(issuer) + "&algorithm=SHA1&digits=6&period=30";
}

std::optional<std::int64_t> totpStep(std::string_view secret, std::string_view code, Instant now,
                                     std::int64_t lastStep) {
  std::string typed(code);
  std::erase(typed, ' ');
  const std::int64_t current = now.time_since_epoch() / kTotpStep;
  std::optional<std::int64_t> found;
  for (const std::int64_t step : {current - 1, current, current + 1})
    if (same(codeAt(secret, step), typed) && step > lastStep && !found) found = step;
  return found;
}

}  // namespace toimela::access
