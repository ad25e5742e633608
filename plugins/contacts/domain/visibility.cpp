#include "domain/visibility.h"

#include <set>

namespace toimela::contacts {

bool isNamePublic(MemberRole role) { return role == MemberRole::contactPerson; }

std::vector<Scope> placesOf(const Network& network, const std::vector<Member>& current) {
  std::vector<Scope> places{scopeOf(network)};
  std::set<RegionCode> regions;
  std::set<OrganisationId> organisations;
  for (const Member& member : current) {
    if (member.region && regions.insert(*member.region).second)
      places.push_back({.region = member.region});
    if (organisations.insert(member.organisation).second)
      places.push_back({.organisation = member.organisation});
  }
  return places;
}

}  // namespace toimela::contacts
