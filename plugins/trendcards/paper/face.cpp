#include "paper/face.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "paper/largest.h"

namespace toimela::trendcards::paper {

namespace {

constexpr Rgb kInk{0.11, 0.12, 0.14}, kQuiet{0.34, 0.36, 0.39};

/// Titles are parted only where a word would hardly fit on a line.
constexpr std::size_t kTitleHyphenates = 18;
/// Of the card, that a picture keeps whatever stands below it.
constexpr double kLeastShare = 0.24;
/// Of its height as wide as the card: so much of a picture is enough to be shown in full width.
constexpr double kWholeEnough = 0.85;

/// Measures of a card that do not depend on its texts, in points.
struct Frame {
  double width, height;
  double inset;     ///< from the cut to the text
  double band;      ///< height of the coloured band of the front
  double number;    ///< size of the number in it
  double theme;     ///< size of the theme's name in it
  double small;     ///< size of sources and foot
};

Frame frameOf(CardSize size) {
  const Size cut = trimmed(size);
  const auto frame = [&](double inset, double band, double number, double theme, double small) {
    return Frame{cut.width * kMillimetre, cut.height * kMillimetre, inset * kMillimetre, band * kMillimetre,
                 number,                  theme,                    small};
  };
  switch (size) {
    case CardSize::a6: return frame(7, 14, 25, 10, 6.5);
    case CardSize::a7: return frame(5.5, 10.5, 18, 7.5, 5.5);
    case CardSize::poker: return frame(4.5, 8.5, 14, 6.5, 4.75);
  }
  return frame(7, 14, 25, 10, 6.5);
}

/// Puts texts one below the other.
class Column {
 public:
  Column(const Pen& pen, Face& face, double x, double width, double y)
      : pen_(pen), face_(face), x_(x), width_(width), y_(y) {}

  double y() const { return y_; }
  void skip(double height) { y_ += height; }
  void put(const std::vector<Run>& runs, const Style& style, const Rgb& colour, const char* tag) {
    Laid laid = pen_.lay(runs, width_, style);
    const double height = laid.height;
    face_.pieces.push_back({std::move(laid), x_, y_, colour, tag, false});
    y_ += height;
  }
  /// The text of a card, with space between its blocks.
  void put(const std::vector<Block>& blocks, double size) {
    bool isFirst = true;
    for (const Block& block : blocks) {
      const bool isItem = block.kind == Block::Kind::item;
      if (!isFirst) skip(size * (isItem ? 0.28 : 0.55));
      isFirst = false;
      if (isItem) item(block, size);
      else put(block.runs, {.size = size, .weight = block.kind == Block::Kind::heading ? 700 : 400}, kInk,
               block.kind == Block::Kind::heading ? "H2" : "P");
    }
  }

 private:
  void item(const Block& block, double size) {
    const double indent = size * 1.15 * block.depth;
    const Style style{.size = size};
    if (!block.mark.empty())
      face_.pieces.push_back({pen_.lay(block.mark, indent, style), x_ + indent - size * 1.15, y_, kQuiet, "Lbl", true});
    Laid laid = pen_.lay(block.runs, width_ - indent, style);
    const double height = laid.height;
    face_.pieces.push_back({std::move(laid), x_ + indent, y_, kInk, "LBody", true});
    y_ += height;
  }

  const Pen& pen_;
  Face& face_;
  double x_, width_, y_;
};

std::vector<Run> plain(const std::string& text) { return {{text, false, false}}; }

/// Theme at the left of the band, number at its right.
void putBand(const Pen& pen, Face& face, const PrintedCard& card, const Frame& frame) {
  const Rgb colour = themeColours(card.colour).onBand;
  const double inner = frame.width - 2 * frame.inset;
  Laid number = pen.lay(std::to_string(card.number), inner, {.size = frame.number, .weight = 900, .leading = 1, .isRight = true});
  Laid theme = pen.lay(card.theme, inner - frame.number * 1.9, {.size = frame.theme, .weight = 700, .leading = 1.1, .spacing = 20});
  face.bandHeight = frame.band;
  const double themeY = (frame.band - theme.height) / 2, numberY = (frame.band - number.height) / 2;
  face.pieces.push_back({std::move(theme), frame.inset, themeY, colour, "P", false});
  face.pieces.push_back({std::move(number), frame.inset, numberY, colour, "P", false});
}

/// Moves what was put since `from` down.
void lower(Face& face, std::size_t from, double by) {
  for (std::size_t i = from; i < face.pieces.size(); ++i) face.pieces[i].y += by;
}

std::optional<double> largest(const Print& print, double least, double near, const std::function<bool(double)>& fits) {
  const auto at = [&](int step) { return least + step * print.step; };
  const auto stepOf = [&](double size) { return static_cast<int>((size - least) / print.step); };
  const auto step = largestStep(stepOf(print.most), stepOf(near), [&](int each) { return fits(at(each)); });
  return step ? std::optional(at(*step)) : std::nullopt;
}

/// The size that a text goes down to before a picture gives way to it.
double besidePicture(const Print& print) {
  return print.least + std::floor((print.most - print.least) / 3 / print.step) * print.step;
}

}  // namespace

ThemeColours themeColours(Colour colour) {
  constexpr Rgb kWhite{1, 1, 1}, kBlack{0.10, 0.08, 0.02};
  switch (colour) {
    case Colour::blue: return {{0.09, 0.31, 0.56}, kWhite, {0.90, 0.94, 0.98}};
    case Colour::green: return {{0.07, 0.40, 0.29}, kWhite, {0.90, 0.96, 0.93}};
    case Colour::red: return {{0.68, 0.14, 0.20}, kWhite, {0.99, 0.92, 0.92}};
    case Colour::yellow: return {{0.97, 0.74, 0.16}, kBlack, {1.00, 0.96, 0.87}};
    case Colour::purple: return {{0.36, 0.22, 0.53}, kWhite, {0.94, 0.92, 0.98}};
    case Colour::brown: return {{0.44, 0.28, 0.17}, kWhite, {0.97, 0.94, 0.91}};
  }
  return {{0.30, 0.30, 0.32}, kWhite, {0.94, 0.94, 0.95}};
}

Written::Written(const PrintedCard& printed)
    : card(printed), front(blocksOf(printed.front)), back(blocksOf(printed.back)) {}

Print printOf(CardSize card, bool isBack) {
  switch (card) {
    case CardSize::a6: return isBack ? Print{12.5, 7.5, 0.5} : Print{12, 8, 0.5};
    case CardSize::a7: return isBack ? Print{10, 6} : Print{9.5, 6.5};
    case CardSize::poker: return isBack ? Print{8.5, 5.25} : Print{8, 5.75};
  }
  return {10, 7.5};
}

Face layFront(const Pen& pen, const Written& written, const std::optional<Picture>& picture, CardSize cardSize, double size) {
  const PrintedCard& card = written.card;
  const Frame frame = frameOf(cardSize);
  Face face{.size = size, .pieces = {}};
  putBand(pen, face, card, frame);
  const std::size_t first = face.pieces.size();
  Column column(pen, face, frame.inset, frame.width - 2 * frame.inset, 0);
  column.put(plain(card.title), {.size = size * 1.6, .weight = 800, .leading = 1.12, .hyphenates = kTitleHyphenates}, themeColours(card.colour).band, "H1");
  // Yellow on white can not be read.
  if (card.colour == Colour::yellow) face.pieces.back().colour = kInk;
  column.skip(size * 0.5);
  column.put(written.front, size);

  const double gap = frame.inset * 0.75;
  const double room = frame.height - frame.band - column.y() - gap - frame.inset;
  if (!picture) {
    face.fits = face.isWhole = room >= 0;
    // Without a picture the text stands a little above the middle.
    lower(face, first, frame.band + gap + std::max(0.0, room * 0.35));
    return face;
  }
  const double natural = frame.width * picture->height / picture->width;
  face.pictureTop = frame.band;
  face.pictureHeight = std::min(natural, room);
  face.fits = room >= std::min(natural, frame.height * kLeastShare);
  face.isWhole = room >= natural * kWholeEnough;
  const double over = room - face.pictureHeight;
  lower(face, first, frame.band + face.pictureHeight + gap + std::max(0.0, over * 0.3));
  return face;
}

Face layBack(const Pen& pen, const Written& written, const PrintedWords& words, CardSize cardSize, double size) {
  const PrintedCard& card = written.card;
  const Frame frame = frameOf(cardSize);
  Face face{.size = size, .pieces = {}};
  const double inner = frame.width - 2 * frame.inset;
  const bool isDark = card.colour != Colour::yellow;
  const Rgb accent = isDark ? themeColours(card.colour).band : kInk;
  face.bandHeight = frame.inset * 0.4;

  Column column(pen, face, frame.inset, inner, face.bandHeight + frame.inset * 0.7);
  column.put({{std::to_string(card.number) + "  ", true, false}, {card.title, true, false}},
             {.size = size * 1.22, .weight = 800, .leading = 1.15, .hyphenates = kTitleHyphenates}, accent, "H1");
  column.skip(size * 0.45);
  column.put(written.back, size);
  const double textEnd = column.y();

  // Sources and foot stand at the bottom.
  const std::size_t first = face.pieces.size();
  Column foot(pen, face, frame.inset, inner, 0);
  const Style small{.size = frame.small, .leading = 1.2};
  if (!card.sources.empty()) {
    std::string sources;
    for (const std::string& source : card.sources) sources.append(sources.empty() ? " " : " · ").append(source);
    foot.put({{words.sources, true, false}, {sources, false, false}}, small, kQuiet, "P");
    foot.skip(frame.small * 0.4);
  }
  foot.put(plain(words.foot + " · " + words.licence), small, kQuiet, "P");
  const double footTop = frame.height - frame.inset * 0.7 - foot.y();
  lower(face, first, footTop);
  face.fits = textEnd + size * 0.6 <= footTop;
  return face;
}

double fittingFront(const Pen& pen, const Written& written, const std::optional<Picture>& picture, CardSize cardSize,
                    double near) {
  const Print print = printOf(cardSize, false);
  const auto lay = [&](double size) { return layFront(pen, written, picture, cardSize, size); };
  const auto beside = largest(print, besidePicture(print), near, [&](double size) { return lay(size).isWhole; });
  if (beside) return *beside;
  return largest(print, print.least, near, [&](double size) { return lay(size).fits; }).value_or(print.least);
}

double fittingBack(const Pen& pen, const Written& written, const PrintedWords& words, CardSize cardSize, double near) {
  const Print print = printOf(cardSize, true);
  return largest(print, print.least, near, [&](double size) { return layBack(pen, written, words, cardSize, size).fits; })
      .value_or(print.least);
}

// What fits in a larger size fits in the least. Most texts fit in the largest, which is what is tried for print.
bool holdsFront(const Pen& pen, const Written& written, const std::optional<Picture>& picture, CardSize cardSize) {
  const Print print = printOf(cardSize, false);
  const auto fits = [&](double size) { return layFront(pen, written, picture, cardSize, size).fits; };
  return fits(print.most) || fits(print.least);
}

bool holdsBack(const Pen& pen, const Written& written, const PrintedWords& words, CardSize cardSize) {
  const Print print = printOf(cardSize, true);
  const auto fits = [&](double size) { return layBack(pen, written, words, cardSize, size).fits; };
  return fits(print.most) || fits(print.least);
}

}  // namespace toimela::trendcards::paper
