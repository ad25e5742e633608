// A PDF file of A4 pages, drawn from the top left corner in points (1/72 inch).
#pragma once

#include <memory>
#include <string>

namespace toimela::events::view {

inline constexpr double kPaperWidth = 595.28, kPaperHeight = 841.89, kMargin = 51.0;
/// Points of a millimetre.
inline constexpr double kMillimetre = 72.0 / 25.4;

/// Text is laid out by Pango, so every script and letter that the fonts of the system have is there; what
/// does not fit on its lines ends with an ellipsis.
class Paper {
 public:
  enum class Align { left, middle, right };
  struct Style {
    double size = 11;
    bool bold = false;
    Align align = Align::left;
    int lines = 1;               ///< the most; 0: as many as it takes
    const char* tag = "P";       ///< what it is for those who listen: "H1", "P"
  };

  /// `title` stands in the file's properties, `language` ("fi") too.
  Paper(const std::string& title, const std::string& language);
  ~Paper();
  Paper(const Paper&) = delete;
  Paper& operator=(const Paper&) = delete;

  /// Returns the height that it took.
  double text(double x, double y, double width, const std::string& text, const Style& style);
  void line(double fromX, double fromY, double toX, double toY, double width = 0.5);
  void frame(double x, double y, double width, double height);
  /// A filled box, for charts; says nothing to those who listen, whose text stands beside it.
  void bar(double x, double y, double width, double height);
  void nextPage();
  /// The file. Call it once, last.
  std::string finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::events::view
