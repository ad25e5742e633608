// The newer interface can not put its state away between two requests.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "files/digest.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace toimela::files {

namespace {

int valueOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string hexOf(const void* data, std::size_t count) {
  static constexpr char kDigits[] = "0123456789abcdef";
  const auto* bytes = static_cast<const unsigned char*>(data);
  std::string text;
  text.reserve(count * 2);
  for (std::size_t i = 0; i < count; ++i) (text += kDigits[bytes[i] >> 4]) += kDigits[bytes[i] & 15];
  return text;
}

}  // namespace

RunningDigest::RunningDigest() {
  std::memset(&context_, 0, sizeof context_);
  SHA256_Init(&context_);
}

std::optional<RunningDigest> RunningDigest::from(std::string_view state) {
  RunningDigest digest;
  if (state.size() != sizeof digest.context_ * 2) return std::nullopt;
  std::array<unsigned char, sizeof digest.context_> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int high = valueOf(state[2 * i]), low = valueOf(state[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes[i] = static_cast<unsigned char>(high * 16 + low);
  }
  std::memcpy(&digest.context_, bytes.data(), bytes.size());
  if (digest.context_.num >= SHA256_CBLOCK || digest.context_.md_len != SHA256_DIGEST_LENGTH) return std::nullopt;
  return digest;
}

void RunningDigest::add(std::span<const char> bytes) { SHA256_Update(&context_, bytes.data(), bytes.size()); }

std::string RunningDigest::hex() const {
  SHA256_CTX copy = context_;
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256_Final(digest.data(), &copy);
  return hexOf(digest.data(), digest.size());
}

std::string RunningDigest::state() const { return hexOf(&context_, sizeof context_); }

bool isDigest(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) { return valueOf(c) >= 0; });
}

}  // namespace toimela::files
