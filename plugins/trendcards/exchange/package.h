// A whole deck as files: deck.json, a file of each edition, pictures. docs/trendcards.md has the format.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/deck.h"
#include "toimela/codes.h"

namespace toimela::trendcards::exchange {

/// Contents by their names, "images/01.png".
using Files = std::map<std::string, std::string>;

struct PackagedEdition {
  std::string file;                   ///< "fi.json"
  Edition edition;
  std::vector<std::string> pictures;  ///< of each card, the name of its file; empty for none
};

struct Package {
  Deck deck;
  std::vector<PackagedEdition> editions;
  Files pictures;
};

/// What is wrong, where.
struct Problem {
  enum class Kind {
    missingFile,
    notJson,
    wrongFormat,         ///< of another version, or no deck at all
    wrongValue,          ///< a field is missing or of another kind
    tooLong,
    tooMany,
    unknownTheme,
    themeWithoutName,
    twice,               ///< a theme, a language or a number of a trend
    wrongNumber,         ///< cards are numbered 1, 2, 3 …
    pictureNotPng,
    pictureTooManyPixels,
    pictureTooHeavy,
    pictureWithoutAlternative,
    notZip,
    encrypted,
    badPlace,            ///< in a ZIP: a name that leads out of it, a link, or one name twice
    tooLarge,            ///< unpacked, or with too many files
    doesNotFit,          ///< text on a printed card; told when the deck is to be published at once
  };
  Kind kind;
  std::string file;
  std::int64_t card = 0;  ///< 0: not of one card
  std::string detail = {};  ///< a field, a value
};
inline constexpr auto kProblems = codes<Problem::Kind>({
    {Problem::Kind::missingFile, "missing_file"},
    {Problem::Kind::notJson, "not_json"},
    {Problem::Kind::wrongFormat, "wrong_format"},
    {Problem::Kind::wrongValue, "wrong_value"},
    {Problem::Kind::tooLong, "too_long"},
    {Problem::Kind::tooMany, "too_many"},
    {Problem::Kind::unknownTheme, "unknown_theme"},
    {Problem::Kind::themeWithoutName, "theme_without_name"},
    {Problem::Kind::twice, "twice"},
    {Problem::Kind::wrongNumber, "wrong_number"},
    {Problem::Kind::pictureNotPng, "picture_not_png"},
    {Problem::Kind::pictureTooManyPixels, "picture_too_many_pixels"},
    {Problem::Kind::pictureTooHeavy, "picture_too_heavy"},
    {Problem::Kind::pictureWithoutAlternative, "picture_without_alternative"},
    {Problem::Kind::notZip, "not_zip"},
    {Problem::Kind::encrypted, "encrypted"},
    {Problem::Kind::badPlace, "bad_place"},
    {Problem::Kind::tooLarge, "too_large"},
    {Problem::Kind::doesNotFit, "does_not_fit"},
});
using Problems = std::vector<Problem>;
/// No more are told at once.
inline constexpr std::size_t kMostProblems = 50;

std::variant<Package, Problems> parse(const Files& files);
Files write(const Package& package);

}  // namespace toimela::trendcards::exchange
