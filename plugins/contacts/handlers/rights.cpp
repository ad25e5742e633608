#include "handlers/rights.h"

#include <algorithm>

#include "contacts.h"
#include "store/people.h"

namespace toimela::contacts::handlers {

namespace {

bool seesDetails(const Request& request, Host& host, const Network& network,
                 const std::vector<store::MemberRow>& current) {
  if (!request.actor.signedIn()) return false;
  // Those who are in the network know each other, whatever their roles are.
  if (std::ranges::any_of(current, [&](const auto& row) {
        return row.member.person == request.actor.person;
      }))
    return true;
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
  const bool sees = isCoordinator || seesDetails(request, host, network, current);
  const bool leads = may(kEditMembers);
  return {.closeness = leads  ? Closeness::coordinator
                       : sees ? Closeness::fellow
                              : Closeness::stranger,
          .self = actor.person,
          .seesDetails = sees,
          .editsNetwork = may(kEditNetwork),
          .addsMembers = host.allowed(actor, kAddMembers, scopeOf(network)),
          .editsMembers = leads};
}

view::Reader readerOf(const Request& request, Host& host, RegionCode region) {
  const Scope scope{.region = region};
  const bool leads = host.allowed(request.actor, kEditMembers, scope);
  const bool sees = request.actor.signedIn() && host.allowed(request.actor, kViewDetails, scope);
  return {.closeness = leads  ? Closeness::coordinator
                       : sees ? Closeness::fellow
                              : Closeness::stranger,
          .self = request.actor.person,
          .seesDetails = sees};
}

Acquaintance acquaintanceOf(const Request& request, Host& host, ReadTx& tx) {
  return acquaintanceOf(request.actor, host, tx);
}

Acquaintance acquaintanceOf(const Actor& actor, Host& host, ReadTx& tx) {
  Acquaintance reader{.self = actor.person};
  if (!actor.signedIn()) return reader;
  reader.leadsAll = host.allowed(actor, kEditMembers, {});
  reader.seesAll = reader.leadsAll || host.allowed(actor, kViewDetails, {});
  std::vector<OrganisationId> organisations;
  std::vector<RegionCode> regions;
  for (const Grant& grant : actor.grants) {
    const Scope scope{.region = grant.region, .organisation = grant.organisation};
    if (grant.region && host.allowed(actor, kEditMembers, scope))
      reader.ledRegions.insert(*grant.region);
    if (!host.allowed(actor, kViewDetails, scope)) continue;
    if (grant.organisation) organisations.push_back(*grant.organisation);
    if (grant.region) regions.push_back(*grant.region);
  }
  store::acquaint(tx, reader, organisations, regions, Date::today());
  return reader;
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
