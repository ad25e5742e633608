// The audit log: a row per change, written in the change's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "toimela/data.h"

namespace toimela::audit {

void record(WriteTx& tx, const AuditEntry& entry);

struct Row {
  std::int64_t id;
  Instant at;
  std::optional<PersonId> person;
  std::string personName;  ///< empty for the system or an erased person
  std::string action, object, detail;
  std::optional<RegionCode> region;
};
/// Newest first, before `before` (0: from the newest); all regions when `region` is unset.
std::vector<Row> list(ReadTx& tx, std::optional<RegionCode> region, std::int64_t before, int limit);
/// What the person did, and what was done to the person ("person:12"); the oldest first. The names
/// of others are left out.
std::vector<Row> of(ReadTx& tx, PersonId person);

}  // namespace toimela::audit
