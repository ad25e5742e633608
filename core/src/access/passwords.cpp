#include "access/passwords.h"

#include <argon2.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <span>
#include <stdexcept>
#include <unordered_set>
#include <vector>

#include "access/encoding.h"
#include "toimela/host.h"

namespace toimela::access {

namespace {

constexpr std::uint32_t kMemoryKiB = 19'456;
constexpr std::uint32_t kPasses = 2;
constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kTagBytes = 32;
constexpr std::size_t kEncodedBytes = 128;  // argon2_encodedlen() of the above is 97

// Of a password nobody has: what an unknown account is compared with, at the same cost.
constexpr const char* kDummy =
    "$argon2id$v=19$m=19456,t=2,p=1$dG9pbWVsYS1uby1vbmUhIQ$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

constexpr std::size_t kLeastCharacters = 12;
constexpr std::size_t kMostCharacters = 256;

constexpr std::string_view kCommonWords =
#include "access/common_passwords.inc"
    ;

using Digest = std::array<unsigned char, 32>;

void fillRandom(std::span<unsigned char> bytes) {
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw std::runtime_error("the system gives no random numbers");
  }
}

Digest hmacBytes(std::string_view key, std::string_view text) {
  Digest digest;
  unsigned int length = 0;
  if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
            reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
            &length)) {
    throw std::runtime_error("HMAC-SHA-256 failed");
  }
  return digest;
}

Digest formDigest(std::string_view serverSecret, std::string_view cookie) {
  return hmacBytes(serverSecret, "csrf:" + std::string(cookie));
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

// Lower case of ASCII and of the Latin-1 letters (å, ä, ö and their kin).
std::string lowered(std::string_view text) {
  std::string result(text);
  for (std::size_t i = 0; i < result.size(); ++i) {
    auto c = static_cast<unsigned char>(result[i]);
    if (c >= 'A' && c <= 'Z') {
      result[i] = static_cast<char>(c + 0x20);
    } else if (i > 0 && static_cast<unsigned char>(result[i - 1]) == 0xC3 && c >= 0x80 &&
               c <= 0x9E) {
      result[i] = static_cast<char>(c + 0x20);
    }
  }
  return result;
}

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// What is left without the digits and signs around it: "!!salasana2026" is "salasana".
std::string_view stem(std::string_view text) {
  while (!text.empty() && !isLetter(text.front())) text.remove_prefix(1);
  while (!text.empty() && !isLetter(text.back())) text.remove_suffix(1);
  return text;
}

// The shortest part that the text repeats: "kissakissa" is "kissa".
std::string_view period(std::string_view text) {
  for (std::size_t length = 1; length <= text.size() / 2; ++length) {
    if (text.size() % length == 0 && text.substr(length) == text.substr(0, text.size() - length)) {
      return text.substr(0, length);
    }
  }
  return text;
}

const std::unordered_set<std::string_view>& commonWords() {
  static const auto kWords = [] {
    std::unordered_set<std::string_view> words;
    std::string_view rest = kCommonWords;
    while (true) {
      const auto begin = rest.find_first_not_of(" \n");
      if (begin == std::string_view::npos) return words;
      const auto end = std::min(rest.find_first_of(" \n", begin), rest.size());
      words.insert(rest.substr(begin, end - begin));
      rest.remove_prefix(end);
    }
  }();
  return kWords;
}

bool isCommon(std::string_view password) {
  const std::string text = lowered(password);
  const std::string_view word = stem(text);
  if (word.size() < 4) return true;  // hardly more than digits: a date, a phone number
  const auto& words = commonWords();
  return words.contains(text) || words.contains(word) || words.contains(period(text)) ||
         words.contains(period(word)) || period(text).size() < 4;
}

bool contains(const std::string& password, std::string_view part) {
  return characters(part) >= 4 && password.find(lowered(part)) != std::string::npos;
}

bool isPersonal(std::string_view password, std::string_view email, std::string_view name) {
  const std::string text = lowered(password);
  for (std::string_view words : {email.substr(0, email.find('@')), name}) {
    while (!words.empty()) {
      const auto end = std::min(words.find_first_of(" .-_+"), words.size());
      if (contains(text, words.substr(0, end))) return true;
      words.remove_prefix(std::min(end + 1, words.size()));
    }
  }
  return false;
}

}  // namespace

/// Invariant: `free` + the hashes being computed = the number allowed at once.
struct Passwords::Impl {
  int free;
  std::chrono::milliseconds patience;
  std::mutex mutex;
  std::condition_variable freed;

  class Turn {
   public:
    explicit Turn(Impl& impl) : impl_(impl) {
      std::unique_lock lock(impl_.mutex);
      if (!impl_.freed.wait_for(lock, impl_.patience, [this] { return impl_.free > 0; })) {
        throw RequestError(503, "access.busy", "too many passwords are waiting to be checked");
      }
      --impl_.free;
    }
    ~Turn() {
      {
        std::lock_guard lock(impl_.mutex);
        ++impl_.free;
      }
      impl_.freed.notify_one();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Impl& impl_;
  };
};

Passwords::Passwords(int atOnce, std::chrono::milliseconds patience)
    : impl_(std::make_unique<Impl>()) {
  impl_->free = atOnce;
  impl_->patience = patience;
}

Passwords::~Passwords() = default;

std::string Passwords::hash(std::string_view password) {
  std::array<unsigned char, kSaltBytes> salt;
  fillRandom(salt);
  std::array<char, kEncodedBytes> encoded{};
  Impl::Turn turn(*impl_);
  const int result =
      argon2id_hash_encoded(kPasses, kMemoryKiB, kLanes, password.data(), password.size(),
                            salt.data(), salt.size(), kTagBytes, encoded.data(), encoded.size());
  if (result != ARGON2_OK) throw std::runtime_error(argon2_error_message(result));
  return encoded.data();
}

bool Passwords::verify(std::string_view password, std::string_view encoded) {
  const std::string stored(encoded.empty() ? std::string_view(kDummy) : encoded);
  Impl::Turn turn(*impl_);
  const int result = argon2id_verify(stored.c_str(), password.data(), password.size());
  if (result != ARGON2_OK && result != ARGON2_VERIFY_MISMATCH) {
    throw std::runtime_error(argon2_error_message(result));
  }
  return result == ARGON2_OK && !encoded.empty();
}

std::optional<std::string> Passwords::complaint(std::string_view password, std::string_view email,
                                                std::string_view name) {
  const std::size_t length = characters(password);
  if (length < kLeastCharacters) return "access.password.too_short";
  if (length > kMostCharacters) return "access.password.too_long";
  if (isPersonal(password, email, name)) return "access.password.personal";
  if (isCommon(password)) return "access.password.common";
  return std::nullopt;
}

std::string randomToken(int bytes) {
  std::vector<unsigned char> random(static_cast<std::size_t>(bytes));
  fillRandom(random);
  return base64url(random);
}

std::string readablePassword() {
  constexpr std::string_view kSigns = "abcdefghijkmnpqrstuvwxyz23456789";
  static_assert(kSigns.size() == 32);
  std::array<unsigned char, 16> random;
  fillRandom(random);
  std::string password;
  for (std::size_t i = 0; i < random.size(); ++i) {
    if (i > 0 && i % 4 == 0) password += '-';
    password += kSigns[random[i] % kSigns.size()];
  }
  return password;
}

std::string sha256(std::string_view text) {
  Digest digest;
  unsigned int length = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 failed");
  }
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * digest.size());
  for (unsigned char byte : digest) {
    hex += kHex[byte >> 4];
    hex += kHex[byte & 15];
  }
  return hex;
}

std::string hmac(std::string_view key, std::string_view text) {
  return base64url(hmacBytes(key, text));
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string csrfToken(std::string_view serverSecret, std::string_view cookie) {
  const Digest digest = formDigest(serverSecret, cookie);
  std::array<unsigned char, 64> token;
  fillRandom(std::span(token).first(32));
  for (std::size_t i = 0; i < 32; ++i) token[32 + i] = token[i] ^ digest[i];
  return base64url(token);
}

bool csrfMatches(std::string_view serverSecret, std::string_view cookie, std::string_view token) {
  if (cookie.empty() || token.size() > 100) return false;
  const auto bytes = fromBase64url(token);
  if (!bytes || bytes->size() != 64) return false;
  const Digest digest = formDigest(serverSecret, cookie);
  Digest unmasked;
  for (std::size_t i = 0; i < 32; ++i) unmasked[i] = (*bytes)[i] ^ (*bytes)[32 + i];
  return CRYPTO_memcmp(unmasked.data(), digest.data(), digest.size()) == 0;
}

}  // namespace toimela::access
