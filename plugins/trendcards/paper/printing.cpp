#include "paper/printing.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <stdexcept>

#include "paper/face.h"
#include "paper/finishing.h"

namespace toimela::trendcards::paper {

namespace {

constexpr Rgb kBlack{0, 0, 0};

cairo_status_t append(void* file, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(file)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void fill(cairo_t* to, const Rgb& colour, double x, double y, double width, double height) {
  cairo_set_source_rgb(to, colour.red, colour.green, colour.blue);
  cairo_rectangle(to, x, y, width, height);
  cairo_fill(to);
}

/// Content of one kind for those who listen.
class Tag {
 public:
  Tag(cairo_t* to, const char* name) : to_(to), name_(name) { cairo_tag_begin(to_, name_, nullptr); }
  ~Tag() { cairo_tag_end(to_, name_); }
  Tag(const Tag&) = delete;
  Tag& operator=(const Tag&) = delete;

 private:
  cairo_t* to_;
  const char* name_;
};

/// One size for all cards looks best: the one that four of five can have. Who needs a smaller one has it.
std::vector<double> harmonised(std::vector<double> sizes) {
  if (sizes.empty()) return sizes;
  std::vector<double> sorted = sizes;
  std::ranges::sort(sorted);
  const double common = sorted[sorted.size() / 5];
  for (double& size : sizes) size = std::min(size, common);
  return sizes;
}

class Press {
 public:
  Press(const PrintedDeck& deck, const PrintWish& wish, Pens& pens)
      : deck_(deck), wish_(wish), plan_(planSheet(wish.sheet)), pens_(pens) {
    for (const PrintedCard& card : deck_.cards) {
      written_.emplace_back(card);
      pictures_.push_back(card.picture.empty() ? std::nullopt : anyPicture(card.picture));
    }
    measure();
    const double width = plan_.page.width * kMillimetre, height = plan_.page.height * kMillimetre;
    surface_.reset(cairo_pdf_surface_create_for_stream(append, &file_, width, height));
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, deck_.title.c_str());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, isoText(deck_.made).c_str());
    context_.reset(cairo_create(surface_.get()));
  }

  std::string run() {
    {
      // Without a root of this name the file does not say of itself that it is tagged (ISO 32000-1, 14.8).
      const Tag document(context_.get(), "Document");
      for (const SheetPage& page : impose(plan_, deck_.cards.size(), wish_.sides, wish_.over)) {
        drawPage(page);
        cairo_show_page(context_.get());
      }
    }
    context_.reset();
    cairo_surface_finish(surface_.get());
    if (const auto status = cairo_surface_status(surface_.get()); status != CAIRO_STATUS_SUCCESS)
      throw std::runtime_error(std::string("the PDF could not be made: ") + cairo_status_to_string(status));
    return finished(file_, finishing());
  }

 private:
  const Pen& penFor(std::size_t index) { return pens_.in(deck_.languageOf(deck_.cards[index])); }

  void measure() {
    const CardSize size = wish_.sheet.card;
    double front = printOf(size, false).most, back = printOf(size, true).most;
    for (std::size_t i = 0; i < deck_.cards.size(); ++i) {
      const Pen& pen = penFor(i);
      if (wish_.sides != Sides::backs)
        fronts_.push_back(front = fittingFront(pen, written_[i], pictures_[i], size, front));
      if (wish_.sides != Sides::fronts)
        backs_.push_back(back = fittingBack(pen, written_[i], deck_.wordsOf(deck_.cards[i]), size, back));
    }
    fronts_ = harmonised(std::move(fronts_));
    backs_ = harmonised(std::move(backs_));
  }

  void drawPage(const SheetPage& page) {
    cairo_t* to = context_.get();
    const double width = plan_.card.width * kMillimetre, height = plan_.card.height * kMillimetre;
    const double bleed = plan_.bleed * kMillimetre;
    for (const CardSpot& placement : page.placements) {
      cairo_save(to);
      cairo_translate(to, placement.x * kMillimetre, placement.y * kMillimetre);
      if (placement.isTurned) {
        cairo_translate(to, width, height);
        cairo_scale(to, -1, -1);
      }
      cairo_rectangle(to, -bleed, -bleed, width + 2 * bleed, height + 2 * bleed);
      cairo_clip(to);
      drawCard(placement.card, page.isBack);
      cairo_restore(to);
    }
    drawMarks();
  }

  void drawCard(std::size_t index, bool isBack) {
    cairo_t* to = context_.get();
    const PrintedCard& card = deck_.cards[index];
    const CardSize size = wish_.sheet.card;
    const Face face = isBack ? layBack(penFor(index), written_[index], deck_.wordsOf(card), size, backs_[index])
                             : layFront(penFor(index), written_[index], pictures_[index], size, fronts_[index]);
    sections_.push_back(deck_.languageOf(card));
    const double width = plan_.card.width * kMillimetre, bleed = plan_.bleed * kMillimetre;
    const ThemeColours colours = themeColours(card.colour);
    fill(to, colours.band, -bleed, -bleed, width + 2 * bleed, face.bandHeight + bleed);
    if (plan_.bleed == 0 && !plan_.hasMarks) drawEdge();
    const Tag section(to, "Sect");
    if (face.pictureHeight > 0) drawPicture(index, face, colours.pale);
    drawTexts(penFor(index), face);
  }

  /// A hair line where the cut goes, when nothing else shows it.
  void drawEdge() {
    if (wish_.sheet.sheet == SheetSize::card) return;
    cairo_t* to = context_.get();
    cairo_set_source_rgb(to, 0.75, 0.75, 0.75);
    cairo_set_line_width(to, 0.25);
    cairo_rectangle(to, 0, 0, plan_.card.width * kMillimetre, plan_.card.height * kMillimetre);
    cairo_stroke(to);
  }

  void drawTexts(const Pen& pen, const Face& face) {
    cairo_t* to = context_.get();
    bool isInList = false;
    const auto endItem = [&] { cairo_tag_end(to, "LI"); };
    bool isInItem = false;
    for (const Piece& piece : face.pieces) {
      if (isInItem && (!piece.isListed || std::string_view(piece.tag) == "Lbl")) {
        endItem();
        isInItem = false;
      }
      if (piece.isListed != isInList) {
        if (piece.isListed) cairo_tag_begin(to, "L", nullptr);
        else cairo_tag_end(to, "L");
        isInList = piece.isListed;
      }
      if (piece.isListed && !isInItem) {
        cairo_tag_begin(to, "LI", nullptr);
        isInItem = true;
      }
      const Tag tag(to, piece.tag);
      pen.draw(to, piece.text, piece.x, piece.y, piece.colour);
    }
    if (isInItem) endItem();
    if (isInList) cairo_tag_end(to, "L");
  }

  /// As wide as the card where that fits; else whole on the colour of its theme.
  void drawPicture(std::size_t index, const Face& face, const Rgb& around) {
    cairo_t* to = context_.get();
    const Picture& picture = *pictures_[index];
    const double bleed = plan_.bleed * kMillimetre, width = plan_.card.width * kMillimetre + 2 * bleed;
    fill(to, around, -bleed, face.pictureTop, width, face.pictureHeight);
    const double across = width / picture.width, down = face.pictureHeight / picture.height;
    // A little may be lost at the top and the bottom, and at the sides no more than the bleed.
    constexpr double kMostLost = 0.15;
    const bool isCut = down >= across * (1 - kMostLost);
    const double scale = isCut ? std::max(across, down) : down;
    cairo_save(to);
    cairo_rectangle(to, -bleed, face.pictureTop, width, face.pictureHeight);
    cairo_clip(to);
    cairo_translate(to, -bleed + (width - picture.width * scale) / 2,
                    face.pictureTop + (face.pictureHeight - picture.height * scale) / 2);
    {
      const Tag figure(to, "Figure");
      drawPlace(picture.width * scale, picture.height * scale);
    }
    cairo_restore(to);
    placed_.push_back(index);
  }

  /// What finished() puts the picture in place of.
  void drawPlace(double width, double height) {
    cairo_t* to = context_.get();
    const int columns = static_cast<int>(placed_.size()) + 1;
    const Owned<cairo_surface_t> place(cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, kPlaceHeight));
    cairo_scale(to, width / columns, height / kPlaceHeight);
    cairo_set_source_surface(to, place.get(), 0, 0);
    cairo_paint(to);
  }

  void drawMarks() {
    cairo_t* to = context_.get();
    cairo_set_source_rgb(to, kBlack.red, kBlack.green, kBlack.blue);
    cairo_set_line_width(to, 0.25);
    for (const Stroke& mark : cropMarks(plan_)) {
      cairo_move_to(to, mark.fromX * kMillimetre, mark.fromY * kMillimetre);
      cairo_line_to(to, mark.toX * kMillimetre, mark.toY * kMillimetre);
    }
    cairo_stroke(to);
  }

  Finishing finishing() const {
    Finishing finishing;
    finishing.language = deck_.language;
    finishing.sections = sections_;
    for (const std::size_t index : placed_) {
      finishing.pictures.push_back(*pictures_[index]);
      finishing.alternatives.push_back(deck_.cards[index].alternative);
    }
    if (wish_.sheet.sheet != SheetSize::card) return finishing;
    const auto inside = [&](double around) {
      return Box{(plan_.left - around) * kMillimetre, (plan_.top - around) * kMillimetre,
                 (plan_.page.width - plan_.left + around) * kMillimetre,
                 (plan_.page.height - plan_.top + around) * kMillimetre};
    };
    finishing.trim = inside(0);
    finishing.bleed = inside(plan_.bleed);
    return finishing;
  }

  const PrintedDeck& deck_;
  const PrintWish& wish_;
  SheetPlan plan_;
  Pens& pens_;
  std::vector<Written> written_;
  std::vector<std::optional<Picture>> pictures_;
  std::vector<double> fronts_, backs_;
  std::vector<std::size_t> placed_;  ///< cards whose pictures were drawn, in order
  std::vector<Locale> sections_;     ///< of the sides that were drawn, in order
  std::string file_;
  Owned<cairo_surface_t> surface_;
  Owned<cairo_t> context_;
};

std::vector<Overflow> overflows(const PrintedDeck& deck, const std::vector<CardSize>& sizes, Pens& pens) {
  std::vector<Overflow> found;
  // Any picture of the usual shape: it gives way to text down to the same share of the card.
  const Picture usual{.width = 4, .height = 3, .palette = {}, .data = {}};
  for (const PrintedCard& card : deck.cards) {
    const Written written(card);
    const Pen& pen = pens.in(deck.languageOf(card));
    const auto picture = card.isPictured || !card.picture.empty() ? std::optional(usual) : std::nullopt;
    for (const CardSize size : sizes) {
      if (!holdsFront(pen, written, picture, size))
        found.push_back({card.number, card.title, false, size});
      if (!holdsBack(pen, written, deck.wordsOf(card), size))
        found.push_back({card.number, card.title, true, size});
    }
  }
  return found;
}

}  // namespace

std::string print(const PrintedDeck& deck, const PrintWish& wish) {
  Pens pens;
  return Press(deck, wish, pens).run();
}

std::vector<Overflow> overflows(const PrintedDeck& deck, const std::vector<CardSize>& sizes) {
  Pens pens;
  return overflows(deck, sizes, pens);
}

Made printIfItFits(const PrintedDeck& deck, const PrintWish& wish) {
  Pens pens;
  Made made{{}, overflows(deck, {wish.sheet.card}, pens)};
  std::erase_if(made.overflows, [&](const Overflow& each) { return wish.sides == (each.isBack ? Sides::fronts : Sides::backs); });
  if (made.overflows.empty()) made.file = Press(deck, wish, pens).run();
  return made;
}

}  // namespace toimela::trendcards::paper
