// A text as a QR code (ISO/IEC 18004), drawn as one path of an SVG.
#pragma once

#include <string>

namespace toimela::access {

struct QrDrawing {
  int size = 0;      ///< of the square, in modules, with the quiet zone of four on every side
  std::string path;  ///< value of a path's d attribute: a rectangle for every run of dark modules
};
QrDrawing drawQr(const std::string& text);

}  // namespace toimela::access
