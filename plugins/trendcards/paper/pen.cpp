#include "paper/pen.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace toimela::trendcards::paper {

namespace {

// Lato is made for small print and is narrow enough for a card; DejaVu has what it lacks.
constexpr const char* kFonts = "Lato, DejaVu Sans, sans-serif";

// Every text is laid out in this size and drawn in its own: finding the fonts of a new size is the
// slowest part of it all.
constexpr double kLaidOut = 10;

/// As Pango counts.
int laidOutWidth(double width, const Style& style) { return static_cast<int>(width * kLaidOut / style.size * PANGO_SCALE); }

void over(PangoAttrList* list, PangoAttribute* attribute, std::size_t from, std::size_t to) {
  attribute->start_index = static_cast<guint>(from);
  attribute->end_index = static_cast<guint>(to);
  pango_attr_list_insert(list, attribute);
}

constexpr std::string_view kSoftHyphen = "\u00AD";

/// Leaves the soft hyphens only where a line ends: what copies or reads out the text meets no others.
std::vector<Run> withoutUnused(std::vector<Run> runs, const std::vector<std::size_t>& ends) {
  std::size_t at = 0;
  for (Run& run : runs) {
    std::string kept;
    for (std::size_t i = 0; i < run.text.size();) {
      const bool isSoft = std::string_view(run.text).substr(i).starts_with(kSoftHyphen);
      const std::size_t length = isSoft ? kSoftHyphen.size() : 1;
      if (!isSoft || std::ranges::binary_search(ends, at + length)) kept.append(run.text, i, length);
      i += length;
      at += length;
    }
    run.text = std::move(kept);
  }
  return runs;
}

}  // namespace

Pen::Pen(Locale language)
    : context_(pango_font_map_create_context(pango_cairo_font_map_get_default())), hyphens_(language) {
  pango_cairo_context_set_resolution(context_.get(), 72);
  pango_context_set_language(context_.get(), pango_language_from_string(std::string(code(language)).c_str()));
  // Paper has no pixels: letters stand where their widths say.
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context_.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
}

Owned<PangoLayout> Pen::layout(const std::vector<Run>& runs, double width, const Style& style) const {
  Owned<PangoLayout> made(pango_layout_new(context_.get()));
  PangoLayout* layout = made.get();
  const Owned<PangoFontDescription> font(pango_font_description_from_string(kFonts));
  pango_font_description_set_size(font.get(), static_cast<int>(std::lround(kLaidOut * PANGO_SCALE)));
  pango_font_description_set_weight(font.get(), static_cast<PangoWeight>(style.weight));
  pango_layout_set_font_description(layout, font.get());
  pango_layout_set_width(layout, laidOutWidth(width, style));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(layout, 0);
  if (style.isRight) pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);

  const Owned<PangoAttrList> attributes(pango_attr_list_new());
  std::string text;
  for (const Run& run : runs) {
    const std::size_t from = text.size();
    text += run.text;
    if (run.isBold) over(attributes.get(), pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, text.size());
    if (run.isItalic) over(attributes.get(), pango_attr_style_new(PANGO_STYLE_ITALIC), from, text.size());
  }
  const auto height = static_cast<int>(std::lround(kLaidOut * style.leading * PANGO_SCALE));
  over(attributes.get(), pango_attr_line_height_new_absolute(height), 0, text.size());
  if (style.spacing) {
    const auto spacing = static_cast<int>(kLaidOut * style.spacing * PANGO_SCALE / 1000);
    over(attributes.get(), pango_attr_letter_spacing_new(spacing), 0, text.size());
  }
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  pango_layout_set_attributes(layout, attributes.get());
  return made;
}

std::vector<Run> Pen::softened(std::vector<Run> runs, const Style& style) const {
  for (Run& run : runs) run.text = hyphens_.softened(run.text, style.hyphenates);
  return runs;
}

const Pen::Lines& Pen::linesOf(const std::vector<Run>& runs, double width, const Style& style) const {
  const auto [found, isNew] = known_.try_emplace(
      {laidOutWidth(width, style), style.weight, style.leading, style.spacing, style.hyphenates, runs});
  Lines& lines = found->second;
  if (!isNew) return lines;
  const Owned<PangoLayout> laid = layout(softened(runs, style), width, style);
  int unused = 0, height = 0;
  pango_layout_get_size(laid.get(), &unused, &height);
  lines.height = static_cast<double>(height) / PANGO_SCALE;
  for (int i = 0; i < pango_layout_get_line_count(laid.get()); ++i) {
    const PangoLayoutLine* line = pango_layout_get_line_readonly(laid.get(), i);
    lines.ends.push_back(static_cast<std::size_t>(line->start_index + line->length));
  }
  return lines;
}

Laid Pen::lay(std::vector<Run> runs, double width, const Style& style) const {
  const double height = style.size / kLaidOut * linesOf(runs, width, style).height;
  return {std::move(runs), width, style, height};
}

Laid Pen::lay(const std::string& text, double width, const Style& style) const {
  return lay(std::vector<Run>{{text, false, false}}, width, style);
}

void Pen::draw(cairo_t* to, const Laid& laid, double x, double y, const Rgb& colour) const {
  const auto& ends = linesOf(laid.runs, laid.width, laid.style).ends;
  const Owned<PangoLayout> drawn =
      layout(withoutUnused(softened(laid.runs, laid.style), ends), laid.width, laid.style);
  const double scale = laid.style.size / kLaidOut;
  cairo_save(to);
  cairo_set_source_rgb(to, colour.red, colour.green, colour.blue);
  cairo_translate(to, x, y);
  cairo_scale(to, scale, scale);
  cairo_move_to(to, 0, 0);
  pango_cairo_show_layout(to, drawn.get());
  cairo_restore(to);
}

}  // namespace toimela::trendcards::paper
