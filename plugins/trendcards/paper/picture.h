// A picture as it can stand in a PDF without being taken apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace toimela::trendcards::paper {

/// PDF reads what is in a JPEG file, and the compressed rows of most PNG files, as they are (ISO 32000-1,
/// 7.4.4.4 and 7.4.8): nothing is decoded and compressed again, and nothing is lost.
struct Picture {
  int width = 0, height = 0;      ///< pixels
  bool isJpeg = false;
  int bits = 8;                   ///< of one component
  int components = 3;             ///< 1: grey or a palette, 3: red, green, blue
  std::string palette;            ///< three bytes a colour; empty: there is none
  std::string data;               ///< the file of a JPEG; the compressed rows of a PNG
};

/// Nothing for what PDF can not take as it is: transparency, interlacing, four-colour JPEG, other formats.
std::optional<Picture> readPicture(std::string_view file);

/// The same for every PNG: what PDF can not take as it is is painted on white first. Nothing for what is
/// neither a PNG nor a JPEG, or is damaged.
std::optional<Picture> anyPicture(const std::string& file);

}  // namespace toimela::trendcards::paper
