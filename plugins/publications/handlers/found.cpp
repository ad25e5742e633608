#include "handlers/found.h"

#include <algorithm>

#include "publications.h"
#include "store/publications.h"
#include "toimela/files.h"

namespace toimela::publications::handlers {

Powers powersIn(std::optional<RegionCode> region, const Request& request, Host& host) {
  const Scope scope{.region = region};
  // The whole country has no settings of its own: a second pair of eyes is the rule there.
  return {.edits = host.allowed(request.actor, kEdit, scope),
          .reviews = host.allowed(request.actor, kReview, scope),
          .needsReview = !region || host.setting("publications", kReviewSetting, *region) != "no"};
}

bool mayBeSeen(const Publication& publication, const Request& request, Host& host) {
  if (publication.state == State::published || publication.state == State::withdrawn) return true;
  const Powers powers = powersIn(publication.region, request, host);
  return powers.edits || powers.reviews;
}

Publication requireVisible(ReadTx& tx, const Request& request, Host& host) {
  const auto id = request.parameters.id<PublicationId>("publication");
  auto found = id ? store::find(tx, *id) : std::nullopt;
  if (!found || !mayBeSeen(*found, request, host)) throw NotFound();
  return std::move(*found);
}

std::optional<PartId> picturedPart(ReadTx& tx, const Publication& publication, const std::vector<Part>& parts) {
  if (!publication.isOpen(Date::today())) return std::nullopt;
  for (const Part& part : parts)
    if (part.role != PartRole::supplement && files::hasThumbnail(tx, part.newest().file)) return part.id;
  return std::nullopt;
}

Publication requireChangeable(ReadTx& tx, const Request& request, Host& host) {
  Publication found = requireVisible(tx, request, host);
  if (!powersIn(found.region, request, host).changes(found.state)) refuse();
  return found;
}

const Part& requirePart(const std::vector<Part>& parts, const Request& request) {
  const auto id = request.parameters.id<PartId>("part");
  const auto found = std::ranges::find_if(parts, [&](const Part& part) { return id == part.id; });
  if (found == parts.end()) throw NotFound();
  return *found;
}

std::vector<RegionCode> Territory::codes() const {
  std::vector<RegionCode> codes;
  for (const Region& region : regions) codes.push_back(region.code);
  return codes;
}

Territory territoryOf(const Request& request, Host& host) {
  const auto works = [&](const Scope& scope) {
    return host.allowed(request.actor, kEdit, scope) || host.allowed(request.actor, kReview, scope);
  };
  Territory territory{.nation = works({})};
  for (const Region& region : host.regions())
    if (works({.region = region.code}) && host.active("publications", region.code)) territory.regions.push_back(region);
  return territory;
}

void refuse() { throw RequestError(403, "publications.error.not_now", "the step is not theirs to take"); }

}  // namespace toimela::publications::handlers
