#include "view/example.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <numbers>
#include <stdexcept>

namespace toimela::publications::view {

namespace {

constexpr double kWidth = 595.28, kHeight = 841.89, kMargin = 60;

cairo_status_t append(void* file, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(file)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

/// Writes a paragraph and returns its height.
double paragraph(cairo_t* page, double y, const std::string& text, const char* font, const char* tag) {
  const std::unique_ptr<PangoLayout, decltype(&g_object_unref)> layout(pango_cairo_create_layout(page), g_object_unref);
  const std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)> description(
      pango_font_description_from_string(font), pango_font_description_free);
  pango_layout_set_font_description(layout.get(), description.get());
  pango_layout_set_width(layout.get(), static_cast<int>((kWidth - 2 * kMargin) * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  cairo_tag_begin(page, tag, nullptr);
  cairo_move_to(page, kMargin, y);
  pango_cairo_show_layout(page, layout.get());
  cairo_tag_end(page, tag);
  int height = 0;
  pango_layout_get_size(layout.get(), nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

void little(std::string& file, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) file += static_cast<char>((value >> (8 * i)) & 0xFF);
}

}  // namespace

std::string examplePdf(const std::string& title, const std::string& byline, const std::string& note) {
  std::string file;
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_pdf_surface_create_for_stream(append, &file, kWidth, kHeight), cairo_surface_destroy);
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  {
    const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> page(cairo_create(surface.get()), cairo_destroy);
    double y = 120;
    y += paragraph(page.get(), y, title, "DejaVu Sans Bold 22", "H1") + 20;
    if (!byline.empty()) y += paragraph(page.get(), y, byline, "DejaVu Sans 13", "P") + 30;
    paragraph(page.get(), y, note, "DejaVu Sans 11", "P");
    cairo_show_page(page.get());
  }
  cairo_surface_finish(surface.get());
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) throw std::runtime_error("a PDF can not be drawn");
  return file;
}

std::string exampleSound() {
  constexpr std::uint32_t kRate = 8000, kSamples = 2 * kRate;
  std::string file = "RIFF";
  little(file, 36 + kSamples, 4);
  file += "WAVEfmt ";
  little(file, 16, 4);
  little(file, 1, 2);       // PCM
  little(file, 1, 2);       // mono
  little(file, kRate, 4);
  little(file, kRate, 4);   // bytes a second
  little(file, 1, 2);
  little(file, 8, 2);
  file += "data";
  little(file, kSamples, 4);
  for (std::uint32_t i = 0; i < kSamples; ++i)
    file += static_cast<char>(static_cast<unsigned char>(128 + 30 * std::sin(2 * std::numbers::pi * 440 * i / kRate)));
  return file;
}

}  // namespace toimela::publications::view
