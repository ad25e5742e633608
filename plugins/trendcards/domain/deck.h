// A deck, its editions and their cards.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "toimela/codes.h"
#include "toimela/types.h"

namespace toimela::trendcards {

enum class Colour { blue, green, red, yellow, purple, brown };
inline constexpr auto kColours = codes<Colour>({{Colour::blue, "blue"},
                                                {Colour::green, "green"},
                                                {Colour::red, "red"},
                                                {Colour::yellow, "yellow"},
                                                {Colour::purple, "purple"},
                                                {Colour::brown, "brown"}});

enum class Licence { by, bySa, zero, reserved };
/// By their SPDX identifiers, as far as they have one (spdx.org/licenses).
inline constexpr auto kLicences = codes<Licence>({{Licence::by, "CC-BY-4.0"},
                                                  {Licence::bySa, "CC-BY-SA-4.0"},
                                                  {Licence::zero, "CC0-1.0"},
                                                  {Licence::reserved, "all-rights-reserved"}});

enum class EditionState { draft, published };
inline constexpr auto kEditionStates =
    codes<EditionState>({{EditionState::draft, "draft"}, {EditionState::published, "published"}});

/// The language of an edition; only Finnish has a plain one (selkokieli).
struct Language {
  Locale locale = Locale::fi;
  bool isPlain = false;

  bool operator==(const Language&) const = default;
  /// "fi", "fi-plain", "sv", "en"
  std::string code() const;
  static std::optional<Language> parse(std::string_view code);
};
inline constexpr Language kLanguages[] = {{Locale::fi}, {Locale::fi, true}, {Locale::sv}, {Locale::en}};

/// In characters; what fits on a card that is held in a hand.
inline constexpr std::size_t kLongestTitle = 60, kLongestFront = 350, kLongestBack = 900, kLongestAlternative = 300;
inline constexpr std::size_t kLongestName = 120, kLongestIntroduction = 6000, kLongestSource = 200, kLongestTag = 40;
inline constexpr std::size_t kMostSources = 6, kMostTags = 6, kMostThemes = 12, kMostCards = 120;

/// A theme as the deck has it, in all editions.
struct DeckTheme {
  std::string key;  ///< a–z, digits and "-"
  Colour colour = Colour::blue;
  bool operator==(const DeckTheme&) const = default;
};

/// A theme as one edition shows it.
struct Theme {
  std::string key;
  Colour colour = Colour::blue;
  std::string name;
  bool operator==(const Theme&) const = default;
};

struct Card {
  CardId id;
  EditionId edition;
  std::int64_t number = 0;  ///< 1, 2, … in its edition
  /// What the card is about, the same in all editions and versions of the deck, however they are
  /// ordered: what people said of one trend is counted together by it.
  std::int64_t trend = 0;
  std::string theme;        ///< key of one of the edition's themes
  std::string title;
  std::string front, back;  ///< Markdown
  std::vector<std::string> sources;
  std::optional<FileId> image;
  std::string alternative;  ///< what the picture shows
  std::vector<std::string> tags;
};

/// An edition without what is written in it.
struct EditionHead {
  EditionId id;
  DeckId deck;
  Language language;
  std::int64_t version = 1;
  EditionState state = EditionState::draft;
  std::string title;
  std::optional<Instant> publishedAt;
  std::optional<EditionId> origin;  ///< the edition it was copied from
  std::int64_t cardCount = 0;
  std::int64_t revision = 0;

  bool isPublished() const { return state == EditionState::published; }
};

/// A whole edition. A published one never changes: sessions and orders refer to it.
struct Edition : EditionHead {
  std::string introduction;  ///< Markdown: how to use the deck
  std::vector<Theme> themes;
  std::vector<Card> cards;   ///< by number

  const Theme* theme(std::string_view key) const;
  const Card* card(CardId id) const;
  const Card* numbered(std::int64_t number) const;
};

struct Deck {
  DeckId id;
  std::optional<RegionCode> region;  ///< nothing: the nation's
  std::string key;                   ///< its name in files, a–z, digits and "-"
  Licence licence = Licence::by;
  std::vector<DeckTheme> themes;
  std::optional<DeckId> origin;      ///< the deck it was copied from
  std::optional<Instant> putAsideAt; ///< shown in no list any more
  std::int64_t revision = 0;
};

/// A deck as lists show it; editions in the order of kLanguages, newest version first.
struct ListedDeck {
  Deck deck;
  std::vector<EditionHead> editions;
};

/// a–z, digits and "-", 1–40 of them, beginning with a letter.
bool isKey(std::string_view text);
/// A key of a name: "Työ muuttuu" is "tyo-muuttuu"; "deck" when nothing of it can stand in one.
std::string keyOf(std::string_view name);

/// How many characters (code points) a UTF-8 text has.
std::size_t characters(std::string_view text);

/// The lines of a text that are not empty, trimmed; for sources and tags.
std::vector<std::string> lines(std::string_view text);
std::string joined(const std::vector<std::string>& items, std::string_view between);

/// The newest published edition of each language, in the order of kLanguages.
std::vector<EditionHead> readable(const std::vector<EditionHead>& editions);
/// The edition of `readable` ones that suits a reader of the language: theirs, else Finnish, else any.
/// Null when there is none.
const EditionHead* suiting(const std::vector<EditionHead>& readable, Locale reader);

/// What keeps a draft from being published.
struct Shortcoming {
  enum class Kind {
    noTitle,            ///< of the edition
    noCards,
    themeWithoutName,
    cardWithoutTitle,
    cardWithoutFront,
    cardWithoutTheme,
    pictureWithoutAlternative,
    tooLong,
    doesNotFit          ///< on a printed card, even in the smallest print
  };
  Kind kind;
  std::int64_t card = 0;  ///< number; 0 for the edition as a whole
  std::string detail = {};
};
inline constexpr auto kShortcomings = codes<Shortcoming::Kind>({
    {Shortcoming::Kind::noTitle, "no_title"},
    {Shortcoming::Kind::noCards, "no_cards"},
    {Shortcoming::Kind::themeWithoutName, "theme_without_name"},
    {Shortcoming::Kind::cardWithoutTitle, "card_without_title"},
    {Shortcoming::Kind::cardWithoutFront, "card_without_front"},
    {Shortcoming::Kind::cardWithoutTheme, "card_without_theme"},
    {Shortcoming::Kind::pictureWithoutAlternative, "picture_without_alternative"},
    {Shortcoming::Kind::tooLong, "too_long"},
    {Shortcoming::Kind::doesNotFit, "does_not_fit"},
});
/// All but doesNotFit, which only a printer can tell.
std::vector<Shortcoming> shortcomings(const Edition& edition);

}  // namespace toimela::trendcards
