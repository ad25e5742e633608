#include "domain/handover.h"

#include <algorithm>

namespace toimela::contacts {

std::optional<HandoverProblem> problemWithSuccession(const Member& leaver,
                                                     const Succession& succession) {
  if (succession.lastDay < leaver.period.from) return HandoverProblem::endsBeforeItStarts;
  if (succession.firstDay <= succession.lastDay) return HandoverProblem::daysOverlap;
  if (succession.successor == leaver.person) return HandoverProblem::samePerson;
  return std::nullopt;
}

Member successorOf(const Member& leaver, const Succession& succession) {
  return {.person = succession.successor,
          .organisation = succession.organisation,
          .role = leaver.role,
          .region = leaver.region,
          .period = {succession.firstDay, std::nullopt}};
}

bool sharesPlace(PersonId person, const std::vector<Member>& ofThePlace, Date today) {
  return std::ranges::any_of(ofThePlace, [&](const Member& member) {
    return member.person == person && (!member.period.to || today <= *member.period.to);
  });
}

}  // namespace toimela::contacts
