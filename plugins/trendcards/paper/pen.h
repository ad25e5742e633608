// Text laid out by Pango and drawn by Cairo, in points (1/72 inch).
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "paper/blocks.h"
#include "paper/hyphens.h"
#include "paper/printed.h"

namespace toimela::trendcards::paper {

/// Points of a millimetre.
inline constexpr double kMillimetre = 72.0 / 25.4;

struct Release {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoAttrList* attributes) const { pango_attr_list_unref(attributes); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

struct Style {
  double size = 10;      ///< points
  int weight = 400;
  double leading = 1.3;  ///< from one line to the next, in sizes
  bool isRight = false;  ///< ends at the right edge
  int spacing = 0;       ///< between letters, in thousandths of the size
  /// Letters of the shortest word that may be parted at the end of a line.
  std::size_t hyphenates = 9;
};

/// A text whose height is known, ready to be drawn anywhere.
struct Laid {
  std::vector<Run> runs;
  double width = 0;  ///< points
  Style style;
  double height = 0;
};

/// Lays texts out in one language. Sizes do not depend on where they are drawn. For one thread.
class Pen {
 public:
  explicit Pen(Locale language);

  /// Measures it, and remembers the measures: a size that fits is looked for among many.
  Laid lay(std::vector<Run> runs, double width, const Style& style) const;
  Laid lay(const std::string& text, double width, const Style& style) const;
  void draw(cairo_t* to, const Laid& laid, double x, double y, const Rgb& colour) const;

 private:
  /// How a text falls into lines, in the size that everything is laid out in.
  struct Lines {
    double height = 0;
    std::vector<std::size_t> ends;  ///< of lines, in bytes of the softened text
  };
  /// What lines depend on. The size is in the width.
  using Measure = std::tuple<int, int, double, int, std::size_t, std::vector<Run>>;

  const Lines& linesOf(const std::vector<Run>& runs, double width, const Style& style) const;
  std::vector<Run> softened(std::vector<Run> runs, const Style& style) const;
  Owned<PangoLayout> layout(const std::vector<Run>& runs, double width, const Style& style) const;

  Owned<PangoContext> context_;
  Hyphens hyphens_;
  mutable std::map<Measure, Lines> known_;
};

/// A pen for each language. For one thread.
class Pens {
 public:
  const Pen& in(Locale language) { return pens_.try_emplace(language, language).first->second; }

 private:
  std::map<Locale, Pen> pens_;
};

}  // namespace toimela::trendcards::paper
