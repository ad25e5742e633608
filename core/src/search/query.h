// What was typed, taken apart and made into a query of the index.
#pragma once

#include <xapian.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "search/analysis.h"
#include "toimela/types.h"


namespace toimela::search {

inline constexpr std::size_t kMostTyped = 200, kMostWords = 12;

/// What was typed: words, and phrases that stood in quotes.
struct Typed {
  std::vector<std::string> words;
  std::vector<std::vector<std::string>> phrases;
  /// Of the words those that are found nowhere as a whole; who asks fills it in.
  std::set<std::string> unknown = {};
  bool empty() const { return words.empty() && phrases.empty(); }
};
/// "…", ”…” and «…» hold phrases; an open quote goes to the end. Common words are left out where
/// there are others.
Typed parseTyped(std::string_view text);

/// How strictly words must be there.
enum class Strictness {
  all,        ///< all of them, in any form
  beginning,  ///< all of them; one that is found nowhere may also begin a longer word
  any         ///< some of them, the more the better; likewise
};

/// The terms by which a text shows why it was found.
struct Sought {
  std::set<std::string> near;          ///< of the words as a whole
  std::set<std::string> far;           ///< of parts of a compound that was typed
  std::vector<std::string> beginnings; ///< of words
};

/// What was typed as queries, by all languages at once: by the reader's a little more. They are two because lists of
/// common words are long: one for each base form has to be gone through, and the others only say more of what is found.
struct Wanted {
  Xapian::Query must;
  Xapian::Query better;  ///< outweighs where it is so; finds nothing by itself
};
Wanted queryOf(const Typed& typed, Strictness strictness, Locale locale, Analyser& analyser);
Sought soughtOf(const Typed& typed, Strictness strictness, Analyser& analyser);
/// What has one of the words, in any form, in its title. Says nothing of weight.
Xapian::Query headingQuery(const Typed& typed, Analyser& analyser);
/// Titles with all words, the last of which is still being typed.
Xapian::Query suggestionQuery(const Typed& typed);

}  // namespace toimela::search
