#include "handlers/rights.h"

#include <algorithm>

#include "contacts.h"
#include "domain/visibility.h"

namespace toimela::contacts::handlers {

namespace {

bool seesDetails(const Request& request, Host& host, const Network& network,
                 const std::vector<store::MemberRow>& current) {
  if (!request.actor.signedIn()) return false;
  std::vector<Member> members;
  for (const auto& row : current) members.push_back(row.member);
  return std::ranges::any_of(placesOf(network, members), [&](const Scope& place) {
    return host.allowed(request.actor, kViewDetails, place);
  });
}

}  // namespace

view::Reader readerOf(const Request& request, Host& host, const Network& network,
                      const std::vector<store::MemberRow>& current) {
  const Actor& actor = request.actor;
  const bool isCoordinator = actor.signedIn() && actor.person == network.coordinator;
  const auto may = [&](Permission permission) {
    return isCoordinator || host.allowed(actor, permission, scopeOf(network));
  };
  return {.seesDetails = isCoordinator || seesDetails(request, host, network, current),
          .editsNetwork = may(kEditNetwork),
          .addsMembers = host.allowed(actor, kAddMembers, scopeOf(network)),
          .editsMembers = may(kEditMembers)};
}

bool readsBoard(const Request& request, Host& host, const Network& network,
                const std::vector<store::MemberRow>& current) {
  const Actor& actor = request.actor;
  if (!actor.person) return false;
  return actor.person == network.coordinator ||
         host.allowed(actor, kModerateBoard, scopeOf(network)) ||
         std::ranges::any_of(current, [&](const store::MemberRow& row) {
           return row.member.person == actor.person;
         });
}

Places placesToAdd(const Request& request, Host& host) {
  Places places{.nation = host.allowed(request.actor, kAddNetwork, Scope{})};
  for (const Region& region : host.regions())
    if (host.allowed(request.actor, kAddNetwork, {.region = region.code}) &&
        host.active(kPlugin, region.code))
      places.regions.push_back(region);
  return places;
}

}  // namespace toimela::contacts::handlers
