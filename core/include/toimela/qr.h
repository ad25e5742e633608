// A text as a QR code (ISO/IEC 18004), drawn as one path of an SVG:
// <svg viewBox="0 0 SIZE SIZE"><rect …/><path d="PATH"/></svg>
#pragma once

#include <string>

#include "toimela/export.h"

namespace toimela {

struct QrDrawing {
  int size = 0;      ///< of the square, in modules, with the quiet zone of four on every side
  std::string path;  ///< value of a path's d attribute: a rectangle for every run of dark modules
};
/// Throws std::runtime_error when the text is too long for one.
TOIMELA_API QrDrawing drawQr(const std::string& text);

}  // namespace toimela
