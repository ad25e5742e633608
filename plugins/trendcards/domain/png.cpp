#include "domain/png.h"

namespace toimela::trendcards {

namespace {

constexpr std::string_view kSignature("\x89PNG\r\n\x1a\n", 8);

std::uint32_t number(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char byte : bytes.substr(0, 4)) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

/// What such a file begins with: ITU-T T.81 (JPEG), RFC 9649 (WebP), GIF89a, ISO/IEC 23008-12 (AVIF, HEIC).
bool isOtherPicture(std::string_view content) {
  const auto has = [&](std::size_t at, std::string_view mark) {
    return content.size() >= at + mark.size() && content.substr(at, mark.size()) == mark;
  };
  return has(0, "\xff\xd8\xff") || has(0, "GIF8") || (has(0, "RIFF") && has(8, "WEBP")) || has(4, "ftyp");
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
  if (!size) return isOtherPicture(content) ? PictureFault::otherFormat : PictureFault::notPng;
  if (size->width > kWidestPicture || size->height > kHighestPicture) return PictureFault::tooManyPixels;
  return std::nullopt;
}

}  // namespace toimela::trendcards
