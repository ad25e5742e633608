#include "domain/png.h"

namespace toimela::trendcards {

namespace {

constexpr std::string_view kSignature("\x89PNG\r\n\x1a\n", 8);

std::uint32_t number(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char byte : bytes.substr(0, 4)) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace

std::optional<PictureSize> pngSize(std::string_view content) {
  if (!content.starts_with(kSignature)) return std::nullopt;
  std::string_view rest = content.substr(kSignature.size());
  std::optional<PictureSize> size;
  while (rest.size() >= 12) {
    const std::uint64_t length = number(rest);
    const std::string_view kind = rest.substr(4, 4);
    if (length + 12 > rest.size()) return std::nullopt;
    if (!size) {
      if (kind != "IHDR" || length != 13) return std::nullopt;
      size = PictureSize{number(rest.substr(8)), number(rest.substr(12))};
      if (size->width == 0 || size->height == 0) return std::nullopt;
    }
    if (kind == "IEND") return size;
    rest.remove_prefix(length + 12);
  }
  return std::nullopt;
}

std::optional<PictureFault> faultOf(std::string_view content) {
  if (content.size() > kHeaviestPicture) return PictureFault::tooHeavy;
  const auto size = pngSize(content);
  if (!size) return PictureFault::notPng;
  if (size->width > kWidestPicture || size->height > kHighestPicture) return PictureFault::tooManyPixels;
  return std::nullopt;
}

}  // namespace toimela::trendcards
