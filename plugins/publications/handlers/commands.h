// Taking publications in and giving them out, as commands.
#pragma once

#include "toimela/registry.h"

namespace toimela::publications::handlers {

/// `toimela publications export FOLDER`: everything, as a folder that import reads back.
Command exportCommand();
/// `toimela publications import FOLDER|FILE [--check]`: such a folder, also as ZIP, a table, or BibTeX.
Command importCommand();
/// `toimela publications harvest URL [--set SET] [--local]`: another archive by OAI-PMH, as drafts.
Command harvestCommand();

}  // namespace toimela::publications::handlers
