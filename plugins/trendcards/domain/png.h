// What a PNG says of itself, before anybody decodes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace toimela::trendcards {

/// The largest picture of a card: what is printed at A6 with 200 dots an inch.
inline constexpr std::uint32_t kWidestPicture = 1200, kHighestPicture = 900;
inline constexpr std::uint64_t kHeaviestPicture = 2 * 1024 * 1024;  ///< bytes

struct PictureSize {
  std::uint32_t width = 0, height = 0;  ///< in pixels
};

/// The size that a whole PNG has: signature, header and every chunk up to the end are there (PNG
/// specification, third edition, section 5). Nothing for anything else, one that was cut off too.
std::optional<PictureSize> pngSize(std::string_view content);

enum class PictureFault {
  notPng,       ///< no picture, or a damaged one
  otherFormat,  ///< a JPEG, WebP, GIF or AVIF, which is a picture all the same
  tooManyPixels,
  tooHeavy
};
/// What is wrong with the picture of a card; nothing when it may be used.
std::optional<PictureFault> faultOf(std::string_view content);

}  // namespace toimela::trendcards
