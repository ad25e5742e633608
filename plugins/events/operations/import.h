// Registrations from a table: what would happen to each row, and doing it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/import.h"
#include "operations/places.h"

namespace toimela::events::operations {

struct PlannedRow {
  ImportedRow row;
  std::optional<Outcome> outcome;  ///< unset: the row is wrong by itself
};
struct ImportPlan {
  std::vector<PlannedRow> rows;
  /// Says what happens to each row: when it is another one later, something has changed meanwhile.
  std::string mark() const;
};

/// A row that is right by itself as a registration: for its organisation where the directory has it,
/// and under `contact` where it has no address.
struct ImportContact {
  std::string name;
  EmailAddress email;
  Locale locale = Locale::fi;
};
/// `key` makes a repetition safe: the same rows with the same key are the same registrations.
ImportPlan planImport(ReadTx& tx, EventId event, std::vector<ImportedRow> rows,
                                   const ImportContact& contact, const std::string& key);
/// Registers what can be registered, by the one rule for places; what can not stops nothing else.
/// Nothing is done, and nothing comes back, when the plan is no longer the one that was shown.
std::optional<ImportPlan> carryOut(WriteTx& tx, EventId event, std::vector<ImportedRow> rows,
                                   const ImportContact& contact, const std::string& key,
                                   const std::string& reason, const std::string& mark);

}  // namespace toimela::events::operations
