#include "operations/networks.h"

#include "operations/audit.h"
#include "store/applications.h"
#include "store/coverage.h"
#include "store/handovers.h"
#include "store/invitations.h"
#include "store/members.h"
#include "store/networks.h"
#include "store/people.h"

namespace toimela::contacts::operations {

NetworkId addNetwork(WriteTx& tx, Network network) {
  network.coordinator = tx.actor();
  network.id = store::insertNetwork(tx, network);
  tx.audit(entryFor("contacts.network.add", network));
  return network.id;
}

Saved saveNetwork(WriteTx& tx, const Network& network) {
  const auto before = store::findNetwork(tx, network.id);
  if (!store::updateNetwork(tx, network)) return Saved::stale;
  if (before && before->name != network.name) store::indexPeopleOf(tx, network.id);
  tx.audit(entryFor("contacts.network.edit", network));
  return Saved::yes;
}

void forgetPerson(WriteTx& tx, PersonId person) {
  store::endAllMemberships(tx, person, Date::of(tx.time()));
  store::releaseCoordinator(tx, person);
  store::forgetApplications(tx, person);
  store::forgetSeen(tx, person);
  store::forgetInvited(tx, person);
  store::forgetWriter(tx, person);
  tx.audit({.action = "contacts.person.forget", .object = "core.person:" + person.text()});
}

}  // namespace toimela::contacts::operations
