// What an import and an export ask the database beyond the directory's own questions.
#pragma once

#include <vector>

#include "toimela/data.h"
#include "toimela/directory.h"

namespace toimela::exchange {

/// Is there an organisation with its business id; or, when it has none, one of the name in the region?
bool isKnown(ReadTx& tx, const Organisation& organisation);
/// Everybody who was not erased, by name.
std::vector<Person> allPeople(ReadTx& tx);

}  // namespace toimela::exchange
