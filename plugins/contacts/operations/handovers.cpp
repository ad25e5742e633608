#include "operations/handovers.h"

#include "operations/audit.h"
#include "operations/letters.h"
#include "store/handovers.h"
#include "store/members.h"
#include "store/networks.h"
#include "toimela/directory.h"

namespace toimela::contacts::operations {

std::optional<HandoverProblem> saveNotes(WriteTx& tx, const Network& network, const Member& leaver,
                                         const Handover& handover) {
  if (!store::saveNotes(tx, handover)) {
    tx.unaudited("somebody else wrote meanwhile");
    return HandoverProblem::stale;
  }
  tx.audit(entryFor("contacts.handover.notes", network, leaver));
  return std::nullopt;
}

std::variant<MemberId, HandoverProblem> handOver(WriteTx& tx, Host& host, const Network& network,
                                                 MemberId id, const Succession& succession) {
  if (!store::lockNetwork(tx, network.id)) throw NotFound();
  const auto row = store::findMember(tx, network.id, id);
  const auto successor = directory::findPerson(tx, succession.successor);
  if (!row || !successor) throw NotFound();
  Member leaver = row->member;
  if (auto problem = problemWithSuccession(leaver, succession)) return *problem;
  Member next = successorOf(leaver, succession);
  if (problemWith(next, store::membershipsOf(tx, network.id, next.person)))
    return HandoverProblem::overlaps;

  leaver.period.to = succession.lastDay;
  if (!store::updateMember(tx, network.id, leaver)) return HandoverProblem::stale;
  next.id = store::insertMember(tx, network.id, next);
  store::noteSuccessor(tx, leaver.id, next.id);
  tx.audit(entryFor("contacts.handover.end", network, leaver));
  tx.audit(entryFor("contacts.handover.begin", network, next));
  tx.mail(letterTo(*successor, host, network,
                   {.name = "successor",
                    .person = row->name(),
                    .path = "/contacts/networks/" + network.id.text() + "/members/" +
                            next.id.text() + "/history"}));
  return next.id;
}

}  // namespace toimela::contacts::operations
