#include "domain/member.h"

#include <algorithm>

namespace toimela::contacts {

namespace {

bool isSamePlace(const Member& a, const Member& b) {
  return a.person == b.person && a.organisation == b.organisation && a.region == b.region;
}

}  // namespace

std::optional<RegionCode> memberRegion(const Network& network, std::optional<RegionCode> wished) {
  return network.isNational() ? wished : network.region;
}

std::optional<MemberProblem> problemWith(const Member& wanted,
                                         const std::vector<Member>& existing) {
  if (!wanted.period.ordered()) return MemberProblem::endsBeforeItStarts;
  const bool overlaps = std::ranges::any_of(existing, [&](const Member& other) {
    return other.id != wanted.id && isSamePlace(other, wanted) &&
           other.period.overlaps(wanted.period);
  });
  return overlaps ? std::optional{MemberProblem::overlaps} : std::nullopt;
}

std::optional<EndProblem> problemWithEnding(const Member& member, Date today) {
  if (today < member.period.from) return EndProblem::hasNotBegun;
  if (member.period.to && *member.period.to <= today) return EndProblem::hasEnded;
  return std::nullopt;
}

}  // namespace toimela::contacts
