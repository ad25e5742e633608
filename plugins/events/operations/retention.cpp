#include "operations/retention.h"

#include <nlohmann/json.hpp>

#include "operations/audit.h"
#include "store/events.h"
#include "store/retention.h"
#include "toimela/host.h"

namespace toimela::events::operations {

namespace {

struct Locked {
  Event event;
  Retention retention;
};
/// The event as nobody else changes it until the transaction ends.
Locked lock(WriteTx& tx, EventId id) {
  if (!store::lockEvent(tx, id, 0)) throw NotFound();
  return {*store::findEvent(tx, id), store::holdingOf(tx, id)->retention};
}

void auditPeople(WriteTx& tx, const char* action, const Event& event, std::int64_t people) {
  AuditEntry entry = entryFor(action, event);
  entry.detail = nlohmann::json{{"people", people}}.dump();
  tx.audit(std::move(entry));
}

}  // namespace

bool advanceRetention(WriteTx& tx, EventId id) {
  const auto [event, retention] = lock(tx, id);
  switch (stepOf(retention, tx.time())) {
    case RetentionStep::none:
      tx.unaudited("its time has not come");
      return false;
    case RetentionStep::tell:
      store::noteTold(tx, id, retention.due());
      tx.letter(kRetention, id.value);
      tx.audit(entryFor("events.retention.tell", event));
      return true;
    case RetentionStep::putAside:
      auditPeople(tx, "events.retention.aside", event, store::putAside(tx, id));
      store::noteAside(tx, id);
      return true;
    case RetentionStep::erase:
      auditPeople(tx, "events.retention.erase", event, store::eraseAside(tx, id));
      store::noteErased(tx, id);
      return true;
  }
  return false;
}

bool takeBack(WriteTx& tx, EventId id, const std::string& reason) {
  const auto [event, retention] = lock(tx, id);
  if (!retention.asideAt) {
    tx.unaudited("nothing is put aside");
    return false;
  }
  store::takeBack(tx, id);
  store::noteTakenBack(tx, id, tx.time() + kKeptLonger);
  tx.audit(entryFor("events.retention.undo", event, reason));
  return true;
}

}  // namespace toimela::events::operations
