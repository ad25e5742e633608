// A report as a PDF file of A4 pages, drawn with Cairo, its text laid out by Pango. Tagged (ISO 32000-1,
// 14.8): headings, paragraphs and tables are told to those who listen.
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "paper/finishing.h"
#include "view/report.h"

namespace toimela::trendcards::view {

namespace {

using spreadsheet::Cell;

constexpr double kWidth = 595.28, kHeight = 841.89, kMargin = 51.0;
constexpr double kInner = kWidth - 2 * kMargin, kFoot = kHeight - kMargin - 16;
constexpr double kPlaneHeight = 260;
/// As on cards.
constexpr const char* kFonts = "Lato, DejaVu Sans, sans-serif";

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

struct Style {
  double size = 10;
  bool isBold = false;
  PangoAlignment align = PANGO_ALIGN_LEFT;
};

/// Something told to those who listen as what it is, as long as it lives.
class Tag {
 public:
  Tag(cairo_t* context, const char* name, const char* attributes = nullptr) : context_(context), name_(name) {
    cairo_tag_begin(context, name, attributes);
  }
  ~Tag() { cairo_tag_end(context_, name_); }
  Tag(const Tag&) = delete;
  Tag& operator=(const Tag&) = delete;

 private:
  cairo_t* context_;
  const char* name_;
};

/// Pages that are written from top to foot.
class Pages {
 public:
  Pages(const std::string& title, Locale language) : language_(code(language)) {
    surface_.reset(cairo_pdf_surface_create_for_stream(append, &file_, kWidth, kHeight));
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    context_.reset(cairo_create(surface_.get()));
    // Without a root of this name the file does not say of itself that it is tagged.
    cairo_tag_begin(context(), "Document", nullptr);
  }

  cairo_t* context() const { return context_.get(); }
  double y() const { return y_; }
  void skip(double height) { y_ += height; }
  /// Begins a new page unless so much fits on this one; true when it did.
  bool need(double height) {
    if (y_ + height <= kFoot || y_ <= kMargin) return false;
    nextPage();
    return true;
  }

  Owned<PangoLayout> lay(const std::string& text, double width, const Style& style) const {
    Owned<PangoLayout> layout(pango_cairo_create_layout(context()));
    const Owned<PangoFontDescription> font(pango_font_description_from_string(kFonts));
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    if (style.isBold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_context_set_language(pango_layout_get_context(layout.get()), pango_language_from_string(language_.c_str()));
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), style.align);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
  }
  double widthOf(const std::string& text, const Style& style) const {
    const auto layout = lay(text, kInner, style);
    pango_layout_set_width(layout.get(), -1);
    int width = 0, unused = 0;
    pango_layout_get_size(layout.get(), &width, &unused);
    // A layout of the very same width must hold it.
    return static_cast<double>(width) / PANGO_SCALE + 0.5;
  }
  static double heightOf(const Owned<PangoLayout>& layout) {
    int unused = 0, height = 0;
    pango_layout_get_size(layout.get(), &unused, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }
  void show(const Owned<PangoLayout>& layout, double x, double y) const {
    cairo_move_to(context(), x, y);
    pango_cairo_show_layout(context(), layout.get());
  }
  /// A text of its own over the whole width. One that is longer than a page goes on on the next.
  void text(const std::string& text, const char* tag, const Style& style) {
    if (text.empty()) return;
    const auto layout = lay(text, kInner, style);
    need(std::min(heightOf(layout), kFoot - kMargin));
    const Tag told(context(), tag);
    show(layout, kMargin, y_);
    y_ += heightOf(layout);
  }
  void line(double fromX, double fromY, double toX, double toY, double width, double grey) const {
    cairo_set_source_rgb(context(), grey, grey, grey);
    cairo_set_line_width(context(), width);
    cairo_move_to(context(), fromX, fromY);
    cairo_line_to(context(), toX, toY);
    cairo_stroke(context());
    cairo_set_source_rgb(context(), 0, 0, 0);
  }

  std::string finish() {
    cairo_tag_end(context(), "Document");
    numberPage();
    context_.reset();
    cairo_surface_finish(surface_.get());
    if (const auto status = cairo_surface_status(surface_.get()); status != CAIRO_STATUS_SUCCESS)
      throw std::runtime_error(std::string("the PDF could not be made: ") + cairo_status_to_string(status));
    return std::move(file_);
  }

 private:
  void nextPage() {
    numberPage();
    cairo_show_page(context());
    y_ = kMargin;
  }
  void numberPage() {
    ++page_;
    const auto layout = lay(std::to_string(page_), kInner, {.size = 9, .align = PANGO_ALIGN_RIGHT});
    show(layout, kMargin, kHeight - kMargin);
  }

  std::string file_;
  std::string language_;
  Owned<cairo_surface_t> surface_;
  Owned<cairo_t> context_;
  double y_ = kMargin;
  int page_ = 0;
};

// ---- the plane ----

void drawPlane(Pages& pages, const ReportSection& section) {
  pages.need(kPlaneHeight + 46);
  pages.skip(4);
  pages.show(pages.lay("↑ " + section.up, kInner, {.size = 9, .isBold = true}), kMargin, pages.y());
  pages.skip(8);
  cairo_t* context = pages.context();
  const double left = kMargin + 30, top = pages.y() + 18, width = kInner - 60, height = kPlaneHeight - 44;
  const auto atX = [&](double value) { return left + (value - 1) / (kMostOnScale - 1) * width; };
  const auto atY = [&](double value) { return top + height - (value - 1) / (kMostOnScale - 1) * height; };
  for (int step = 1; step <= kMostOnScale; ++step) {
    pages.line(atX(step), top, atX(step), top + height, 0.4, 0.75);
    pages.line(left, atY(step), left + width, atY(step), 0.4, 0.75);
    pages.show(pages.lay(std::to_string(step), 20, {.size = 8, .align = PANGO_ALIGN_CENTER}), atX(step) - 10, top + height + 4);
    pages.show(pages.lay(std::to_string(step), 20, {.size = 8, .align = PANGO_ALIGN_RIGHT}), left - 26, atY(step) - 5);
  }
  // The middle half of the opinions as a cross, the median where it is.
  const auto shiftOf = [&](std::size_t i) {
    return std::pair(apart(i).right * width / (kMostOnScale - 1), -apart(i).up * height / (kMostOnScale - 1));
  };
  for (std::size_t i = 0; i < section.plane.size(); ++i) {
    const PlanePoint& point = section.plane[i];
    const auto [right, down] = shiftOf(i);
    const double x = atX(point.likelihood.median) + right, y = atY(point.impact.median) + down;
    pages.line(atX(point.likelihood.lowerQuartile) + right, y, atX(point.likelihood.upperQuartile) + right, y, 1, 0.5);
    pages.line(x, atY(point.impact.lowerQuartile) + down, x, atY(point.impact.upperQuartile) + down, 1, 0.5);
  }
  for (std::size_t i = 0; i < section.plane.size(); ++i) {
    const PlanePoint& point = section.plane[i];
    const auto [right, down] = shiftOf(i);
    const double x = atX(point.likelihood.median) + right, y = atY(point.impact.median) + down;
    cairo_set_source_rgb(context, 0.05, 0.36, 0.38);
    cairo_new_path(context);
    cairo_arc(context, x, y, 3.5, 0, 6.2831853);
    cairo_fill(context);
    cairo_set_source_rgb(context, 0, 0, 0);
    pages.show(pages.lay(std::to_string(point.card), 40, {.size = 8.5, .isBold = true}), x + 5, y - 11);
  }
  const double below = pages.y() + kPlaneHeight - 12;
  pages.show(pages.lay(section.across + " →", width, {.size = 9, .isBold = true, .align = PANGO_ALIGN_RIGHT}), left, below);
  pages.skip(kPlaneHeight + 10);
}

// ---- tables ----

std::string shown(const Cell& cell, Locale locale) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  if (const auto* real = std::get_if<double>(&cell)) return decimalText(*real, 1, locale);
  return {};
}

constexpr Style kHead{.size = 8, .isBold = true}, kCell{.size = 9.5};
constexpr double kBetween = 6;

/// Of the widest word, so that none is parted.
double wordWidth(const Pages& pages, const std::string& text, const Style& style) {
  double widest = 0;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(' ', from), text.size());
    widest = std::max(widest, pages.widthOf(text.substr(from, end - from), style));
    from = end + 1;
  }
  return widest;
}

/// Every column has room for its words; what is left goes to texts by how much stands in them.
std::vector<double> widthsOf(const Pages& pages, const ReportTable& table, Locale locale) {
  constexpr double kMostWish = 260;
  std::vector<double> widths, wishes;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    double least = wordWidth(pages, table.columns[i].label, kHead), wish = 0;
    for (const auto& row : table.rows) {
      const std::string text = shown(row[i], locale);
      least = std::max(least, std::min(kMostWish, wordWidth(pages, text, kCell)));
      if (!table.columns[i].isNumber) wish = std::max(wish, std::min(kMostWish, pages.widthOf(text, kCell)));
    }
    widths.push_back(least + kBetween);
    wishes.push_back(std::max(0.0, wish - least));
  }
  const auto sum = [](const std::vector<double>& all) { return std::accumulate(all.begin(), all.end(), 0.0); };
  const double room = kInner - sum(widths), wished = sum(wishes);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (room < 0) widths[i] *= kInner / (kInner - room);
    else if (wished > 0) widths[i] += room * wishes[i] / wished;
    else widths[i] += room / static_cast<double>(widths.size());
  }
  return widths;
}

void tableRow(Pages& pages, const ReportTable& table, const std::vector<double>& widths,
              const std::vector<std::string>& cells, bool isHead) {
  std::vector<Owned<PangoLayout>> layouts;
  double height = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Style style = isHead ? kHead : kCell;
    style.align = table.columns[i].isNumber ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
    layouts.push_back(pages.lay(cells[i], widths[i] - kBetween, style));
    height = std::max(height, Pages::heightOf(layouts.back()));
  }
  {
    const Tag row(pages.context(), "TR");
    double x = kMargin;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Tag cell(pages.context(), isHead ? "TH" : "TD");
      pages.show(layouts[i], x, pages.y());
      x += widths[i];
    }
  }
  pages.skip(height + 3);
  pages.line(kMargin, pages.y(), kWidth - kMargin, pages.y(), isHead ? 1 : 0.3, isHead ? 0 : 0.6);
  pages.skip(3);
}

double heightOfRow(const Pages& pages, const std::vector<double>& widths, const std::vector<std::string>& cells) {
  double height = 0;
  for (std::size_t i = 0; i < cells.size(); ++i)
    height = std::max(height, Pages::heightOf(pages.lay(cells[i], widths[i] - kBetween, kCell)));
  return height + 6;
}

void drawTable(Pages& pages, const ReportTable& table, Locale locale) {
  const auto widths = widthsOf(pages, table, locale);
  std::vector<std::string> head;
  for (const ReportColumn& column : table.columns) head.push_back(column.label);
  pages.need(60);
  const Tag told(pages.context(), "Table");
  tableRow(pages, table, widths, head, true);
  for (const auto& row : table.rows) {
    std::vector<std::string> cells;
    for (const Cell& cell : row) cells.push_back(shown(cell, locale));
    if (pages.need(heightOfRow(pages, widths, cells))) tableRow(pages, table, widths, head, true);
    tableRow(pages, table, widths, cells, false);
  }
}

}  // namespace

std::string paperOf(const Report& report, Locale language) {
  Pages pages(report.title, language);
  pages.text(report.title, "H1", {.size = 22, .isBold = true});
  pages.skip(6);
  pages.text(report.question, "P", {.size = 13});
  pages.skip(8);
  std::string facts;
  for (const std::string& fact : report.facts) facts.append(facts.empty() ? "" : " · ").append(fact);
  pages.text(facts, "P", {.size = 10});
  for (const ReportSection& section : report.sections) {
    pages.skip(20);
    pages.need(110);
    pages.text(section.heading, "H2", {.size = 15, .isBold = true});
    pages.skip(5);
    for (const std::string& sentence : section.sentences) {
      pages.text(sentence, "P", {});
      pages.skip(4);
    }
    if (!section.plane.empty()) drawPlane(pages, section);
    pages.skip(4);
    if (section.table) drawTable(pages, *section.table, language);
  }
  pages.skip(18);
  pages.text(report.foot, "P", {.size = 8.5});
  return paper::finished(pages.finish(), {.language = language});
}

}  // namespace toimela::trendcards::view
