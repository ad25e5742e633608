// The audit log: a row per change, written in the change's transaction.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "toimela/data.h"

namespace toimela::audit {

void record(WriteTx& tx, std::span<const AuditEntry> entries);

struct Row {
  std::int64_t id;
  Instant at;
  std::optional<PersonId> person;
  std::string personName;  ///< empty for the system or an erased person
  std::string action, object, detail;
  std::optional<RegionCode> region;
};
/// What the person did, and what was done to the person ("person:12"); the oldest first. The names
/// of others are left out.
std::vector<Row> of(ReadTx& tx, PersonId person);
struct Filter {
  std::optional<RegionCode> region;  ///< all when unset
  std::string words;                 ///< somewhere in the name of who did it, in the action or the object; empty for all
};
/// Newest first, before `before` (0: from the newest).
std::vector<Row> list(ReadTx& tx, const Filter& filter, std::int64_t before, int limit);

}  // namespace toimela::audit
