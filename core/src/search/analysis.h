// Words of a text in the forms by which they are found. Pure but for the dictionary.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/types.h"

namespace toimela::search {

/// A word of a text: letters and digits without anything between.
struct Token {
  std::string word;            ///< as words::fold compares it; at most kLongestWord bytes
  std::size_t begin = 0, end = 0;  ///< its bytes in the text
};
inline constexpr std::size_t kLongestWord = 64;
/// The words of a text in order, at most `most`.
std::vector<Token> tokensOf(std::string_view text, std::size_t most);

/// What every term begins with, so that a word of one kind is never taken for one of another.
namespace prefix {
inline constexpr char kSurface = 'S';   ///< the word as it stands, in any language
inline constexpr char kFinnish = 'F';   ///< base form by the dictionary
inline constexpr char kPart = 'C';      ///< base form by the dictionary, of the word or of a part of the compound that it is
inline constexpr char kStem = 'Z';      ///< Snowball's stem of what the Finnish dictionary does not know
inline constexpr char kSwedish = 'V';   ///< Snowball's stem
inline constexpr char kEnglish = 'E';   ///< Snowball's stem
inline constexpr char kTitle = 'T';     ///< a word of a title as it stands, for suggestions
/// Before a term of a word of a title, base form or stem: "HFtalo".
inline constexpr char kHeading = 'H';
}  // namespace prefix

/// Of a word of a title, `term` being its base form or stem.
std::string headingTerm(std::string_view term);

/// The forms of one word in one language.
struct Forms {
  /// Terms of the word as a whole: base forms, or a stem.
  std::vector<std::string> whole;
  /// Base forms of everything within a compound, without prefix: työ and toiminta of työtoiminta,
  /// and of three parts also each two that follow each other.
  std::vector<std::string> inner;
  /// The parts of a compound in order, each with all that it can be the form of.
  std::vector<std::vector<std::string>> parts;
};

/// Which Finnish a machine has: the dictionary, or the stemmer alone (for comparison, and where no
/// dictionary is installed).
enum class Finnish { dictionary, stemmer };

/// Finds the forms of words and remembers those that it has met. Used by one thread at a time.
class Analyser {
 public:
  /// `remembered`: so many words of each language at most.
  explicit Analyser(std::size_t remembered = 20'000, Finnish finnish = Finnish::dictionary);
  ~Analyser();
  Analyser(const Analyser&) = delete;
  Analyser& operator=(const Analyser&) = delete;

  /// `word` is a folded one. The reference holds until the next call.
  const Forms& forms(Locale locale, const std::string& word);
  bool hasDictionary() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Words that are too common to be asked for when others are there: "ja", "och", "the".
bool isStopWord(std::string_view word);

}  // namespace toimela::search
