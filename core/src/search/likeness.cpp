#include "search/likeness.h"

#include <algorithm>

#include "search/analysis.h"

namespace toimela::search {

namespace {

// Letters at the end of a base that its forms need not have: "ihminen", "ihmisten".
constexpr std::size_t kEnding = 3;
constexpr std::size_t kLeastAlike = 3;

/// One letter in one byte: folded words have few beyond ASCII, and those that are told apart nowhere else.
std::string lettersOf(std::string_view word) {
  std::string letters;
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0xC0) letters += c;  // what begins a letter of several bytes says less than what ends it
  }
  return letters;
}

/// Consonants that gradation puts in each other's place are one; i stands for j ("aika", "ajan").
char kindOf(char letter) {
  switch (letter) {
    case 'v': case 'm': case 'b': return 'p';
    case 'd': case 'l': case 'r': case 'n': case 's': return 't';
    case 'g': case 'h': return 'k';
    case 'j': return 'i';
    default: return letter;
  }
}

bool canVanish(char letter) { return letter == 'k' || letter == 'p' || letter == 't'; }

/// Whether the word goes on from there as the beginning does; one stop may be missing ("vika", "vian"; "lapsi", "lasten").
bool goesOn(std::string_view word, std::string_view beginning) {
  std::size_t at = 0;
  bool isOneMissing = false;
  for (std::size_t i = 0; i < beginning.size(); ++i) {
    if (at < word.size() && kindOf(word[at]) == kindOf(beginning[i])) ++at;
    else if (i == 0 || isOneMissing || !canVanish(beginning[i])) return false;
    else isOneMissing = true;
  }
  return true;
}

bool isVowel(char letter) { return std::string_view("aeiouy\xA4\xB6").find(letter) != std::string_view::npos; }

}  // namespace

Likeness::Likeness(const std::set<std::string>& bases) {
  for (const std::string& base : bases) {
    const std::string letters = lettersOf(base);
    if (letters.size() <= kLeastAlike) {
      // "työ" becomes "töi-", "suo" becomes "soi-".
      beginnings_.push_back(letters.substr(0, 2));
      if (letters.size() == 3 && !isVowel(letters[0]) && isVowel(letters[2])) beginnings_.push_back({letters[0], letters[2]});
      continue;
    }
    beginnings_.push_back(letters.substr(0, std::max(kLeastAlike, letters.size() - kEnding)));
  }
}

bool Likeness::canBe(std::string_view word) const {
  const std::string letters = lettersOf(word);
  for (std::size_t from = 0; from < letters.size(); ++from)
    for (const std::string& beginning : beginnings_)
      if (goesOn(std::string_view(letters).substr(from), beginning)) return true;
  return false;
}

}  // namespace toimela::search
