// Saving an organisation's card: the pages' form and the API's body come to the same outcomes.
#pragma once

#include <variant>

#include "toimela/data.h"
#include "toimela/directory.h"

namespace toimela::directory {

struct Saved {
  OrganisationId id;
};
struct Taken {
  Organisation other;  ///< has the business id
};
struct Stale {
  Organisation stored;
};
using SaveOutcome = std::variant<Saved, Taken, Stale>;

/// Saved or Taken.
SaveOutcome saveNew(WriteTx& tx, const Organisation& organisation);
SaveOutcome saveChanged(WriteTx& tx, const Organisation& organisation);

}  // namespace toimela::directory
