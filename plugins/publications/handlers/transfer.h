// Taking publications in and giving them out, as commands.
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "toimela/host.h"
#include "toimela/registry.h"
#include "view/intake.h"

namespace toimela::publications::handlers {

/// `toimela publications export FOLDER`: everything, as a folder that import reads back.
Command exportCommand();
/// `toimela publications import FOLDER|FILE [--check]`: such a folder, a table, or BibTeX.
Command importCommand();
/// `toimela publications harvest URL [--set SET] [--local]`: another archive by OAI-PMH, as drafts.
Command harvestCommand();

struct Sums {
  int added = 0, known = 0, wrong = 0, files = 0, articles = 0;
};
/// As whom something is taken in: with whose rights, and in which language it is spoken of.
struct Importing {
  std::function<Powers(std::optional<RegionCode>)> powers;
  std::optional<PersonId> person = {};
  Locale locale = Locale::en;
  bool asDrafts = false;  ///< whatever state they had
};
struct Imported {
  Sums sums;
  std::vector<view::Judged> judged;   ///< each publication as it came
  std::vector<bool> isKnown;          ///< of each: is it here already?
  std::vector<std::string> remarks;   ///< what is wrong with rows, files and articles, in words
};
/// Nothing can be taken in; what() is a sentence for people, in the language of Importing.
struct ImportError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// A folder of export, a table, or BibTeX (".bib"); with `onlyCheck` nothing is saved. Throws ImportError.
Imported importFrom(Host& host, const std::string& from, bool onlyCheck, const Importing& as);

/// What the commands do, for tests too. Throws std::runtime_error with a sentence when it cannot.
Sums exportAll(Host& host, const std::string& folder);
Sums importAll(Host& host, const std::string& from, bool onlyCheck, std::string& report);

}  // namespace toimela::publications::handlers
