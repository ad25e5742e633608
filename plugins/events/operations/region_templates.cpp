#include "operations/region_templates.h"

#include "operations/audit.h"
#include "operations/copying.h"
#include "store/managing.h"
#include "store/region_templates.h"

namespace toimela::events::operations {

void copyTemplates(WriteTx& tx, const RegionOpened& opened) {
  for (const EventId id : store::templatesLackingIn(tx, opened.from, opened.to)) {
    Whole whole = wholeOf(tx, id);
    whole.moveTo({Date::of(whole.event.startsAt), opened.to});
    whole.event.contactName.clear();
    whole.event.contactEmail.clear();
    whole.event.contactPhone.clear();
    whole.event.onlineLink.clear();
    whole.others = {};
    insertCopy(tx, whole);
    store::makeTemplate(tx, whole.event.id);
    tx.audit(entryFor("events.event.keep", whole.event));
  }
}

}  // namespace toimela::events::operations
