// Taking publications in and giving them out, as commands.
#pragma once

#include <string>

#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::publications::handlers {

/// `toimela publications export FOLDER`: everything, as a folder that import reads back.
Command exportCommand();
/// `toimela publications import FOLDER|FILE [--check]`: such a folder, a table, or BibTeX.
Command importCommand();
/// `toimela publications harvest URL [--set SET] [--local]`: another archive by OAI-PMH, as drafts.
Command harvestCommand();

struct Sums {
  int added = 0, known = 0, wrong = 0, files = 0;
};
/// What the commands do, for tests too. Throws std::runtime_error with a sentence when it cannot.
Sums exportAll(Host& host, const std::string& folder);
Sums importAll(Host& host, const std::string& from, bool onlyCheck, std::string& report);

}  // namespace toimela::publications::handlers
