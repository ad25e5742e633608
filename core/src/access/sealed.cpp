#include "access/sealed.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <vector>

#include "access/encoding.h"

namespace toimela::access {

namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

using Key = std::array<unsigned char, 32>;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* bytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// The secret serves form tokens as well; this key is its own.
Key keyOf(std::string_view serverSecret) {
  constexpr std::string_view kUse = "sealed texts, version 1";
  Key key;
  unsigned int length = 0;
  if (!HMAC(EVP_sha256(), serverSecret.data(), static_cast<int>(serverSecret.size()),
            bytesOf(kUse), kUse.size(), key.data(), &length)) {
    throw std::runtime_error("HMAC-SHA-256 failed");
  }
  return key;
}

void demand(int result) {
  if (result != 1) throw std::runtime_error("AES-256-GCM failed");
}

}  // namespace

std::string seal(std::string_view serverSecret, std::string_view context, std::string_view text) {
  const Key key = keyOf(serverSecret);
  std::vector<unsigned char> sealed(kNonceBytes + text.size() + kTagBytes);
  unsigned char* const body = sealed.data() + kNonceBytes;
  demand(RAND_bytes(sealed.data(), kNonceBytes));
  const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int length = 0;
  demand(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.data()));
  demand(EVP_EncryptUpdate(cipher.get(), nullptr, &length, bytesOf(context),
                           static_cast<int>(context.size())));
  demand(EVP_EncryptUpdate(cipher.get(), body, &length, bytesOf(text),
                           static_cast<int>(text.size())));
  demand(EVP_EncryptFinal_ex(cipher.get(), body + length, &length));
  demand(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, body + text.size()));
  return base64url(sealed);
}

std::optional<std::string> unseal(std::string_view serverSecret, std::string_view context,
                                  std::string_view sealed) {
  auto bytes = fromBase64url(sealed);
  if (!bytes || bytes->size() < kNonceBytes + kTagBytes) return std::nullopt;
  const Key key = keyOf(serverSecret);
  const std::size_t size = bytes->size() - kNonceBytes - kTagBytes;
  unsigned char* const body = bytes->data() + kNonceBytes;
  std::string text(size, '\0');
  const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int length = 0;
  demand(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes->data()));
  demand(EVP_DecryptUpdate(cipher.get(), nullptr, &length, bytesOf(context),
                           static_cast<int>(context.size())));
  demand(EVP_DecryptUpdate(cipher.get(), reinterpret_cast<unsigned char*>(text.data()), &length,
                           body, static_cast<int>(size)));
  demand(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, body + size));
  unsigned char rest[16];
  if (EVP_DecryptFinal_ex(cipher.get(), rest, &length) != 1) return std::nullopt;
  return text;
}

}  // namespace toimela::access
