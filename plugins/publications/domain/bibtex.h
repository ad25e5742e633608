// BibTeX as it is exchanged: entries with fields in braces or quotes. Macros of TeX beyond letters with accents
// are left as they are; @comment, @preamble and @string are passed over.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace toimela::publications {

struct BibtexEntry {
  int line = 0;
  std::string type, key;                      ///< type in lower case
  std::map<std::string, std::string> fields;  ///< names in lower case, values without braces
};
struct BibtexFile {
  std::vector<BibtexEntry> entries;
  std::vector<int> damaged;  ///< lines where an entry begins that does not end, or has no fields
};
/// Takes whatever it is given; at most 10,000 entries.
BibtexFile parseBibtex(std::string_view text);

/// "Marianne Suntio and Mikkonen, Sanna-Leena" as lines "Suntio, Marianne"; a name in braces is an organisation.
std::string bibtexPeople(std::string_view names);

}  // namespace toimela::publications
