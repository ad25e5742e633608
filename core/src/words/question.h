// A question taken apart: what must be found, and where things stand in a list. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/words.h"

namespace toimela::words {

/// Stands before a mark in the index; it is no letter, so no word begins with it.
inline constexpr std::string_view kMarkSign = "\xC2\xA7";  // §

/// What must be found: the beginning of a word, or a mark.
struct Term {
  std::string text;
  bool isMark = false;

  /// Behind everything that the index has for the term. No word has a blank; the greatest code point
  /// ends every range of beginnings.
  std::string end() const { return text + (isMark ? " " : "\U0010FFFF"); }
  /// For LIKE, on all words of a thing with a blank before and behind each.
  std::string pattern() const { return "% " + text + (isMark ? " %" : "%"); }
  bool isIn(std::string_view folded) const {
    return folded.find(" " + text + (isMark ? " " : "")) != std::string_view::npos;
  }
};

/// Where something stands in the list: names that begin with what was typed come first.
struct Place {
  bool isLater = false;
  std::string key;
  std::int64_t id = 0;
  auto operator<=>(const Place&) const = default;

  std::string text() const { return (isLater ? "1" : "0") + key + "." + std::to_string(id); }
};
std::optional<Place> parsePlace(std::string_view text);

/// Keys from one to another, without the latter.
struct KeyRange {
  std::string from, to;
  bool has(std::string_view key) const { return key >= from && key < to; }
};

struct Search {
  std::string kind;
  Locale locale = Locale::fi;
  std::vector<Term> terms;            ///< words, the longest first, then marks
  std::vector<KeyRange> beginnings;   ///< of names that begin with a word that was typed; in order
  bool isHopeless = false;            ///< something was typed, but no word

  /// The range of beginnings that the key is in; null for none.
  const KeyRange* beginningOf(std::string_view key) const;
  bool matches(std::string_view folded) const;
};
Search searchFor(const Question& question);

/// A word as the index has it, cut to what counts.
std::string shortened(std::string word);

}  // namespace toimela::words
