// Publications, files, series and articles coming in: judged, then taken in as far as the rights go.
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "exchange/sums.h"
#include "toimela/host.h"
#include "view/intake.h"

namespace toimela::publications::exchange {

/// As whom something is taken in: with whose rights, and in which language it is spoken of.
struct Importing {
  std::function<Powers(std::optional<RegionCode>)> powers;
  std::optional<PersonId> person = {};
  Locale locale = Locale::en;
  bool asDrafts = false;   ///< whatever state they had
  bool onlyCheck = false;  ///< nothing is saved
};
struct Imported {
  Sums sums;
  std::vector<view::Judged> judged;   ///< each publication as it came
  std::vector<bool> isKnown;          ///< of each: is it here already?
  std::vector<std::string> remarks;   ///< what is wrong with rows, files and articles, in words
};
/// Everything that is wrong, a line each, with the place where it stands.
std::vector<std::string> problemsOf(const Imported& imported);

/// Nothing can be taken in; what() is a sentence for people, in the language of Importing.
struct ImportError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A folder of export, also as ZIP, a table (CSV, XLSX), or BibTeX (".bib"). Throws ImportError.
Imported importFrom(Host& host, const std::string& from, const Importing& as);
Imported importBibtex(Host& host, std::string_view bibtex, const Importing& as);

}  // namespace toimela::publications::exchange
