#include "audit/personal_data.h"

#include <nlohmann/json.hpp>

#include "audit/audit.h"

namespace toimela::audit {

namespace {

using nlohmann::ordered_json;

std::string takeOut(ReadTx& tx, PersonId person) {
  ordered_json document{{"did", ordered_json::array()}, {"happened", ordered_json::array()}};
  for (const Row& row : of(tx, person)) {
    ordered_json json{
        {"at", isoText(row.at)}, {"action", row.action}, {"object", row.object},
        {"detail", ordered_json::parse(row.detail)}};
    if (row.region) json["region"] = row.region->text();
    document[row.person == person ? "did" : "happened"].push_back(std::move(json));
  }
  return document.dump();
}

// The rows stay: who keeps a register must be able to show afterwards what was done in it and that
// somebody had the right to (GDPR article 5(2); article 17(3)(b) exempts that from erasure). They
// have a number only, and the card with that number is empty once the person is erased; the numbers
// of one person's rows are one still, so that the log keeps its meaning.
void forget(WriteTx&, PersonId) {}

}  // namespace

PersonalData personalData() { return {"audit", takeOut, forget, {"core_audit.person_id"}}; }

}  // namespace toimela::audit
