// What Cairo leaves out of a PDF: pictures as they are, what they show, the language, the cut.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "paper/picture.h"
#include "toimela/types.h"

namespace toimela::trendcards::paper {

/// A place that was drawn for a picture: an image of `index` + 1 by kPlaceHeight pixels.
inline constexpr int kPlaceHeight = 3;

/// A part of a page, in points from its bottom left corner.
struct Box {
  double left, bottom, right, top;
};

struct Finishing {
  Locale language = Locale::fi;            ///< of the document
  std::vector<Locale> sections;            ///< of every section (Sect), in the order of the document
  std::vector<Picture> pictures;           ///< by the index of their places
  std::vector<std::string> alternatives;   ///< of every figure, in the order of the document
  std::optional<Box> trim, bleed;          ///< of all pages (ISO 32000-1, 14.11.2)
};

/// The file with all that in it (ISO 32000-1, 14.9.2 and 14.9.3), the same for the same `pdf`.
std::string finished(const std::string& pdf, const Finishing& finishing);

}  // namespace toimela::trendcards::paper
