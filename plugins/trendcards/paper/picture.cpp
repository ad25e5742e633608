#include "paper/picture.h"

#include <cairo.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

namespace toimela::trendcards::paper {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kPng = "\x89PNG\r\n\x1A\n"sv, kJpeg = "\xFF\xD8\xFF"sv;
/// Pixels a side; what is more is no picture of a card.
constexpr std::uint32_t kMostPixels = 20'000;

std::uint32_t number(std::string_view bytes, std::size_t at, int length) {
  std::uint32_t value = 0;
  for (int i = 0; i < length; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

/// The header of a PNG (ISO/IEC 15948, 11.2.2); false for what PDF can not take.
bool readHeader(Picture& picture, std::string_view data) {
  if (data.size() != 13) return false;
  const std::uint32_t width = number(data, 0, 4), height = number(data, 4, 4);
  const int colourType = data[9], interlaced = data[12];
  if (width == 0 || height == 0 || width > kMostPixels || height > kMostPixels) return false;
  if (colourType != 0 && colourType != 2 && colourType != 3) return false;
  picture.width = static_cast<int>(width);
  picture.height = static_cast<int>(height);
  picture.bits = data[8];
  picture.components = colourType == 2 ? 3 : 1;
  return interlaced == 0;
}

std::optional<Picture> readPng(std::string_view file) {
  Picture picture;
  for (std::size_t at = kPng.size(); at + 12 <= file.size();) {
    const std::uint32_t length = number(file, at, 4);
    if (length > file.size() - at - 12) return std::nullopt;
    const std::string_view type = file.substr(at + 4, 4), data = file.substr(at + 8, length);
    if (type == "IHDR") {
      if (!readHeader(picture, data)) return std::nullopt;
    } else if (type == "PLTE") {
      picture.palette = data;
    } else if (type == "tRNS") {
      return std::nullopt;
    } else if (type == "IDAT") {
      picture.data += data;
    } else if (type == "IEND") {
      if (picture.width == 0 || picture.data.empty()) return std::nullopt;
      if (picture.components == 3) picture.palette.clear();
      return picture;
    }
    at += 12 + length;
  }
  return std::nullopt;
}

/// The frame header of a JPEG (ITU-T T.81, B.2.2).
std::optional<Picture> readJpeg(std::string_view file) {
  for (std::size_t at = 2; at + 4 <= file.size();) {
    if (static_cast<unsigned char>(file[at]) != 0xFF) return std::nullopt;
    const auto marker = static_cast<unsigned char>(file[at + 1]);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    const std::uint32_t length = number(file, at + 2, 2);
    const bool isFrame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (isFrame) {
      if (length < 8 || at + 10 > file.size()) return std::nullopt;
      const Picture picture{.width = static_cast<int>(number(file, at + 7, 2)),
                            .height = static_cast<int>(number(file, at + 5, 2)),
                            .isJpeg = true,
                            .bits = static_cast<unsigned char>(file[at + 4]),
                            .components = static_cast<unsigned char>(file[at + 9]),
                            .palette = {},
                            .data = std::string(file)};
      const bool isTaken = picture.width > 0 && picture.height > 0 && picture.bits == 8 &&
                           (picture.components == 1 || picture.components == 3);
      return isTaken ? std::optional(picture) : std::nullopt;
    }
    at += 2 + length;
  }
  return std::nullopt;
}

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};

struct Source {
  const std::string& file;
  std::size_t at = 0;
};
cairo_status_t give(void* from, unsigned char* to, unsigned int length) {
  auto& source = *static_cast<Source*>(from);
  if (source.file.size() - source.at < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(to, source.file.data() + source.at, length);
  source.at += length;
  return CAIRO_STATUS_SUCCESS;
}
cairo_status_t take(void* to, const unsigned char* bytes, unsigned int length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), length);
  return CAIRO_STATUS_SUCCESS;
}

/// Painted on white and written as a PNG of the plain kind.
std::string flattened(const std::string& file) {
  Source source{file};
  const std::unique_ptr<cairo_surface_t, Destroy> picture(cairo_image_surface_create_from_png_stream(give, &source));
  if (cairo_surface_status(picture.get()) != CAIRO_STATUS_SUCCESS) return {};
  const std::unique_ptr<cairo_surface_t, Destroy> white(cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, cairo_image_surface_get_width(picture.get()), cairo_image_surface_get_height(picture.get())));
  const std::unique_ptr<cairo_t, Destroy> context(cairo_create(white.get()));
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  cairo_set_source_surface(context.get(), picture.get(), 0, 0);
  cairo_paint(context.get());
  std::string out;
  cairo_surface_write_to_png_stream(white.get(), take, &out);
  return out;
}

/// What a PNG says of its size, before anything is unpacked.
bool isSane(std::string_view file) {
  constexpr std::size_t kMostArea = 40'000'000;
  if (file.size() < 33) return false;
  const std::size_t width = number(file, 16, 4), height = number(file, 20, 4);
  return width > 0 && height > 0 && width <= kMostPixels && height <= kMostPixels && width * height <= kMostArea;
}

}  // namespace

std::optional<Picture> readPicture(std::string_view file) {
  if (file.starts_with(kPng)) return readPng(file);
  if (file.starts_with(kJpeg)) return readJpeg(file);
  return std::nullopt;
}

std::optional<Picture> anyPicture(const std::string& file) {
  if (auto picture = readPicture(file)) return picture;
  if (!file.starts_with(kPng) || !isSane(file)) return std::nullopt;
  return readPicture(flattened(file));
}

}  // namespace toimela::trendcards::paper
