#include "files/upload_id.h"

#include "access/passwords.h"
#include "toimela/secrets.h"

namespace toimela::files {

namespace {

constexpr std::size_t kTokenLength = 32;

std::string markOf(const std::string& secret, std::string_view token) {
  return access::hmac(secret, "upload:" + std::string(token)).substr(0, 22);
}

}  // namespace

std::string uploadId(const std::string& secret, std::string_view token) {
  return std::string(token) + markOf(secret, token);
}

std::optional<std::string> uploadToken(const std::string& secret, std::string_view id) {
  if (id.size() <= kTokenLength) return std::nullopt;
  const std::string_view token = id.substr(0, kTokenLength);
  if (token.find_first_not_of("0123456789abcdef") != std::string_view::npos) return std::nullopt;
  if (!secrets::equal(id.substr(kTokenLength), markOf(secret, token))) return std::nullopt;
  return std::string(token);
}

}  // namespace toimela::files
