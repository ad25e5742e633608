#include "domain/visibility.h"

#include <algorithm>
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

namespace {

bool isDetailShown(Closeness reader, Level level) {
  switch (level) {
    case Level::everyone: return true;
    case Level::network: return reader >= Closeness::fellow;
    case Level::coordinators: return reader >= Closeness::coordinator;
  }
  return false;
}

}  // namespace

Shown shownTo(Closeness reader, bool isPublic, const Levels& levels) {
  if (reader == Closeness::stranger && !isPublic) return {};
  return {.name = true,
          .email = isDetailShown(reader, levels.email),
          .phone = isDetailShown(reader, levels.phone)};
}

Closeness closenessIn(const Acquaintance& reader, const Attachment& where) {
  const bool leads = reader.leadsAll || reader.led.contains(where.network) ||
                     (where.region && reader.ledRegions.contains(*where.region));
  if (leads) return Closeness::coordinator;
  return reader.seesAll || reader.shared.contains(where.network) ? Closeness::fellow
                                                                 : Closeness::stranger;
}

Closeness closenessTo(const Acquaintance& reader, PersonId person,
                      const std::vector<Attachment>& places) {
  if (reader.self == person) return Closeness::self;
  Closeness nearest = Closeness::stranger;
  for (const Attachment& place : places) nearest = std::max(nearest, closenessIn(reader, place));
  return nearest;
}

bool isPlaceShown(Closeness inNetwork, bool isSelf, MemberRole role) {
  return isSelf || isNamePublic(role) || inNetwork >= Closeness::fellow;
}

}  // namespace toimela::contacts
