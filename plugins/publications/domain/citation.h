// How others cite a publication.
#pragma once

#include <string>
#include <string_view>

#include "domain/publication.h"

namespace toimela::publications {

/// What a citation needs beside the publication itself, in one language.
struct Cited {
  const Publication& publication;
  Locale locale = Locale::fi;
  std::string address;      ///< the short address, in full
  std::string series;       ///< name of the series that it is an issue of; may be empty
  std::string issue;
  std::string editorsWord;  ///< "(toim.)"
  std::string andOthers;    ///< "ym."
};

/// "Suntio, M. & Mikkonen, S.-L. 2015. Title. Publisher. Address." as Finnish guides to theses have it.
std::string readableCitation(const Cited& cited);
/// BibTeX, in ASCII but for UTF-8 letters; braces and backslashes of texts are escaped.
std::string bibtex(const Cited& cited);
/// RIS (Research Information Systems), lines with CRLF.
std::string ris(const Cited& cited);
/// A list with one item of CSL-JSON (Citation Style Language 1.0.2).
std::string cslJson(const Cited& cited);

/// "S.-L." of "Sanna-Leena", "T. A." of "Timo Antero".
std::string initials(std::string_view given);

}  // namespace toimela::publications
