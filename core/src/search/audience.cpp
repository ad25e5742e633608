#include <algorithm>

#include "search/audience.h"
#include "toimela/search.h"

namespace toimela::search {

namespace {

std::string placeOf(const std::optional<RegionCode>& region, const std::optional<OrganisationId>& organisation) {
  return (region ? "r" + region->text() : std::string()) + (organisation ? "o" + organisation->text() : std::string());
}

}  // namespace

std::string holderMark(Permission permission, const std::optional<RegionCode>& region,
                       const std::optional<OrganisationId>& organisation) {
  return "h" + std::string(permission.name) + "@" + placeOf(region, organisation);
}
std::string personMark(PersonId person) { return "p" + person.text(); }
std::string groupMark(std::string_view name) { return "g" + std::string(name); }

Audience Audience::everyone() {
  Audience audience;
  audience.marks_ = {"e"};
  return audience;
}
Audience Audience::visitors() {
  Audience audience;
  audience.marks_ = {std::string(kVisitorMark)};
  return audience;
}
Audience Audience::signedIn() {
  Audience audience;
  audience.marks_ = {std::string(kSignedInMark)};
  return audience;
}
Audience Audience::person(PersonId person) {
  Audience audience;
  audience.marks_ = {personMark(person)};
  return audience;
}
Audience Audience::group(std::string_view name) {
  Audience audience;
  audience.marks_ = {groupMark(name)};
  return audience;
}
Audience Audience::holders(Permission permission, const Scope& scope) {
  // Everything that a grant names must match (covers()), so a thing carries every grant that covers it.
  Audience audience;
  audience.marks_.push_back(holderMark(permission, {}, {}));
  if (scope.region) audience.marks_.push_back(holderMark(permission, scope.region, {}));
  if (scope.organisation) audience.marks_.push_back(holderMark(permission, {}, scope.organisation));
  if (scope.region && scope.organisation)
    audience.marks_.push_back(holderMark(permission, scope.region, scope.organisation));
  std::ranges::sort(audience.marks_);
  return audience;
}

Audience Audience::or_(const Audience& other) const {
  Audience both;
  std::ranges::set_union(marks_, other.marks_, std::back_inserter(both.marks_));
  return both;
}

std::string_view code(Facet facet) {
  switch (facet) {
    case Facet::kind: return "kind";
    case Facet::type: return "type";
    case Facet::year: return "year";
    case Facet::language: return "language";
    case Facet::region: return "region";
    case Facet::project: return "project";
    case Facet::subject: return "subject";
  }
  return {};
}

}  // namespace toimela::search
