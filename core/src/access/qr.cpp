#include "toimela/qr.h"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace toimela {

namespace {

constexpr int kQuiet = 4;

std::string runAt(int x, int y, int length) {
  const std::string width = std::to_string(length);
  return "M" + std::to_string(x + kQuiet) + " " + std::to_string(y + kQuiet) + "h" + width +
         "v1h-" + width + "z";
}

}  // namespace

QrDrawing drawQr(const std::string& text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), QRcode_free);
  if (!code) throw std::runtime_error("the text is too long for a QR code");
  QrDrawing drawing{code->width + 2 * kQuiet, {}};
  for (int y = 0; y < code->width; ++y) {
    const unsigned char* row = code->data + y * code->width;
    for (int x = 0; x < code->width; ++x) {
      const int start = x;
      while (x < code->width && (row[x] & 1)) ++x;
      if (x > start) drawing.path += runAt(start, y, x - start);
    }
  }
  return drawing;
}

}  // namespace toimela
