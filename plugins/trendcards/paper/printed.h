// What is printed: a deck as its printer needs it, apart from where it came from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/deck.h"
#include "domain/sheet.h"
#include "toimela/types.h"

namespace toimela::trendcards::paper {

/// From 0 to 1, in sRGB.
struct Rgb {
  double red = 0, green = 0, blue = 0;
};
/// Of a theme: `band` for its surfaces, `onBand` for what is written on them (contrast at least 4.5 : 1,
/// WCAG 2.2, 1.4.3), `pale` behind a picture that does not fill its place.
struct ThemeColours {
  Rgb band, onBand, pale;
};
ThemeColours themeColours(Colour colour);

/// Words on every card, in the language of the deck.
struct PrintedWords {
  std::string sources;  ///< heading of the sources
  std::string foot;     ///< deck and version: "Työllisyydenhoidon trendikortit, versio 2"
  std::string licence;  ///< "CC BY 4.0"
};

struct PrintedCard {
  int number = 0;
  std::string theme;         ///< its name, in the language of the deck
  Colour colour = Colour::blue;  ///< of its theme
  std::string title;
  std::string front, back;   ///< Markdown
  std::vector<std::string> sources;
  std::string picture;       ///< content of a PNG or JPEG file; empty: none is drawn
  bool isPictured = false;   ///< room is left for a picture when texts are measured, even for one that was not read
  std::string alternative;   ///< what the picture shows
  /// Of a card that came from another deck, and may be in another language, than the rest.
  std::optional<Locale> language = {};
  std::optional<PrintedWords> words = {};
};

struct PrintedDeck {
  std::string title;
  Locale language = Locale::fi;
  PrintedWords words;
  Instant made;  ///< stands in the file; the same deck gives the same file, byte for byte
  std::vector<PrintedCard> cards;

  Locale languageOf(const PrintedCard& card) const { return card.language.value_or(language); }
  const PrintedWords& wordsOf(const PrintedCard& card) const { return card.words ? *card.words : words; }
};

struct PrintWish {
  SheetWish sheet;
  Sides sides = Sides::both;
  TurnedOver over = TurnedOver::longEdge;
};

/// A side whose text is too long for a size of card, even in the smallest print.
struct Overflow {
  int number = 0;
  std::string title;
  bool isBack = false;
  CardSize size = CardSize::a6;
};

}  // namespace toimela::trendcards::paper
