#include "view/paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <stdexcept>
#include <utility>

namespace toimela::events::view {

namespace {

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
template <class T>
using Owned = std::unique_ptr<T, Destroy>;

cairo_status_t append(void* file, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(file)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

PangoAlignment alignmentOf(Paper::Align align) {
  switch (align) {
    case Paper::Align::middle: return PANGO_ALIGN_CENTER;
    case Paper::Align::right: return PANGO_ALIGN_RIGHT;
    case Paper::Align::left: return PANGO_ALIGN_LEFT;
  }
  return PANGO_ALIGN_LEFT;
}

}  // namespace

struct Paper::Impl {
  std::string file;
  std::string language;
  Owned<cairo_surface_t> surface;
  Owned<cairo_t> context;
};

Paper::Paper(const std::string& title, const std::string& language) : impl_(std::make_unique<Impl>()) {
  impl_->language = language;
  impl_->surface.reset(
      cairo_pdf_surface_create_for_stream(append, &impl_->file, kPaperWidth, kPaperHeight));
  cairo_pdf_surface_set_metadata(impl_->surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  impl_->context.reset(cairo_create(impl_->surface.get()));
  // Without a root of this name the file does not say of itself that it is tagged (ISO 32000, 14.8).
  cairo_tag_begin(impl_->context.get(), "Document", nullptr);
}
Paper::~Paper() = default;

double Paper::text(double x, double y, double width, const std::string& text, const Style& style) {
  if (text.empty()) return 0;
  cairo_t* context = impl_->context.get();
  const Owned<PangoLayout> layout(pango_cairo_create_layout(context));
  const Owned<PangoFontDescription> font(pango_font_description_from_string("DejaVu Sans, Noto Sans, sans-serif"));
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_context_set_language(pango_layout_get_context(layout.get()),
                             pango_language_from_string(impl_->language.c_str()));
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), alignmentOf(style.align));
  if (style.lines > 0) {
    pango_layout_set_height(layout.get(), -style.lines);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  }
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  int unused = 0, height = 0;
  pango_layout_get_size(layout.get(), &unused, &height);
  cairo_tag_begin(context, style.tag, nullptr);
  cairo_move_to(context, x, y);
  pango_cairo_show_layout(context, layout.get());
  cairo_tag_end(context, style.tag);
  return static_cast<double>(height) / PANGO_SCALE;
}

void Paper::line(double fromX, double fromY, double toX, double toY, double width) {
  cairo_t* context = impl_->context.get();
  cairo_set_line_width(context, width);
  cairo_move_to(context, fromX, fromY);
  cairo_line_to(context, toX, toY);
  cairo_stroke(context);
}

void Paper::frame(double x, double y, double width, double height) {
  cairo_t* context = impl_->context.get();
  cairo_set_line_width(context, 0.4);
  cairo_rectangle(context, x, y, width, height);
  cairo_stroke(context);
}

void Paper::bar(double x, double y, double width, double height) {
  cairo_t* context = impl_->context.get();
  cairo_save(context);
  cairo_set_source_rgb(context, 0.05, 0.36, 0.38);
  cairo_rectangle(context, x, y, width, height);
  cairo_fill(context);
  cairo_restore(context);
}

void Paper::nextPage() { cairo_show_page(impl_->context.get()); }

std::string Paper::finish() {
  cairo_tag_end(impl_->context.get(), "Document");
  impl_->context.reset();
  cairo_surface_finish(impl_->surface.get());
  if (const auto status = cairo_surface_status(impl_->surface.get()); status != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error(std::string("the PDF could not be made: ") + cairo_status_to_string(status));
  return std::move(impl_->file);
}

}  // namespace toimela::events::view
