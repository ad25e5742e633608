#include "operations/members.h"

#include "operations/audit.h"
#include "store/members.h"
#include "store/networks.h"
#include "toimela/directory.h"
#include "toimela/host.h"

namespace toimela::contacts::operations {

namespace {

Member requireMember(ReadTx& tx, const Network& network, MemberId id) {
  auto row = store::findMember(tx, network.id, id);
  if (!row) throw NotFound();
  return row->member;
}

void lock(WriteTx& tx, const Network& network) {
  if (!store::lockNetwork(tx, network.id)) throw NotFound();
}

}  // namespace

std::variant<MemberId, MemberProblem> addMember(WriteTx& tx, const Network& network,
                                                const NewMember& wanted) {
  lock(tx, network);
  auto person = directory::findPerson(tx, wanted.email);
  if (!person && (wanted.givenName.empty() || wanted.familyName.empty()))
    return MemberProblem::personUnknown;

  Member member{.person = person ? person->id : PersonId{},
                .organisation = wanted.organisation,
                .role = wanted.role,
                .region = memberRegion(network, wanted.region),
                .period = wanted.period};
  if (auto problem = problemWith(member, store::membershipsOf(tx, network.id, member.person)))
    return *problem;

  if (!person)
    member.person = directory::addPerson(tx, {.givenName = wanted.givenName,
                                              .familyName = wanted.familyName,
                                              .email = wanted.email,
                                              .language = wanted.language});
  member.id = store::insertMember(tx, network.id, member);
  tx.audit(entryFor("contacts.member.add", network, member));
  return member.id;
}

std::optional<MemberProblem> saveMember(WriteTx& tx, const Network& network, Member member) {
  lock(tx, network);
  member.region = memberRegion(network, member.region);
  if (auto problem = problemWith(member, store::membershipsOf(tx, network.id, member.person)))
    return problem;
  if (!store::updateMember(tx, network.id, member)) return MemberProblem::stale;
  tx.audit(entryFor("contacts.member.edit", network, member));
  return std::nullopt;
}

std::optional<EndProblem> endMember(WriteTx& tx, const Network& network, MemberId id) {
  lock(tx, network);
  const Date today = Date::of(tx.time());
  Member member = requireMember(tx, network, id);
  if (auto problem = problemWithEnding(member, today)) return problem;
  member.period.to = today;
  if (!store::updateMember(tx, network.id, member)) throw NotFound();
  tx.audit(entryFor("contacts.member.end", network, member));
  return std::nullopt;
}

bool reopenMember(WriteTx& tx, const Network& network, MemberId id, std::int64_t revision,
                  std::optional<Date> to) {
  lock(tx, network);
  tx.unaudited("what has changed since stays as it is");
  Member member = requireMember(tx, network, id);
  if (member.revision != revision) return false;
  member.period.to = to;
  if (problemWith(member, store::membershipsOf(tx, network.id, member.person))) return false;
  if (!store::updateMember(tx, network.id, member)) return false;
  tx.audit(entryFor("contacts.member.reopen", network, member));
  return true;
}

}  // namespace toimela::contacts::operations
