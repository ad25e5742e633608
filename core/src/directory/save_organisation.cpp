#include "directory/save_organisation.h"

#include "directory/organisations.h"

namespace toimela::directory {

namespace {

Taken takenBy(ReadTx& tx, const Organisation& organisation) {
  return {findOrganisation(tx, organisation.businessId.value()).value()};
}

}  // namespace

SaveOutcome saveNew(WriteTx& tx, const Organisation& organisation) {
  const auto id = addOrganisation(tx, organisation);
  if (id) return Saved{*id};
  return takenBy(tx, organisation);
}

SaveOutcome saveChanged(WriteTx& tx, const Organisation& organisation) {
  switch (updateOrganisation(tx, organisation)) {
    case UpdateOutcome::saved: return Saved{organisation.id};
    case UpdateOutcome::taken: return takenBy(tx, organisation);
    case UpdateOutcome::stale: break;
  }
  return Stale{findOrganisation(tx, organisation.id).value()};
}

}  // namespace toimela::directory
