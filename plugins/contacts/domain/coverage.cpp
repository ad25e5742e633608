#include "domain/coverage.h"

#include <set>

namespace toimela::contacts {

namespace {

CoverageState stateOf(const Target& target, int organisations) {
  if (target.isExcepted) return CoverageState::excepted;
  if (organisations < target.least) return CoverageState::isShort;
  if (target.most && organisations > *target.most) return CoverageState::over;
  return target.least == 0 ? CoverageState::untargeted : CoverageState::met;
}

}  // namespace

std::string_view code(CoverageState state) {
  switch (state) {
    case CoverageState::excepted: return "excepted";
    case CoverageState::untargeted: return "untargeted";
    case CoverageState::isShort: return "short";
    case CoverageState::met: return "met";
    case CoverageState::over: return "over";
  }
  return {};
}

Target targetOf(const CoverageRule& rule, RegionCode region, int regionSetting) {
  return {.least = rule.least.value_or(regionSetting),
          .most = rule.most,
          .isExcepted = std::ranges::find(rule.excepted, region) != rule.excepted.end()};
}

bool endsSoon(const Term& term, const std::vector<Term>& all, Date today) {
  const Member& member = term.member;
  if (!member.period.to || *member.period.to > today.plusDays(kEndsSoonDays)) return false;
  const Date next = member.period.to->plusDays(1);
  return std::ranges::none_of(all, [&](const Term& other) {
    return other.member.id != member.id && other.member.organisation == member.organisation &&
           other.member.region == member.region && other.member.period.contains(next);
  });
}

bool isSilent(const Term& term, Date today) {
  const Date sign = std::max(term.member.period.from, term.lastSign.value_or(term.member.period.from));
  return sign < today.plusDays(-kSilentDays);
}

RegionCoverage coverageOf(RegionCode region, const Target& target, const std::vector<Term>& terms,
                          Date today) {
  RegionCoverage coverage{.region = region, .target = target};
  std::set<OrganisationId> organisations;
  for (const Term& term : terms) {
    if (term.member.region != region || !term.member.period.contains(today)) continue;
    organisations.insert(term.member.organisation);
    if (endsSoon(term, terms, today)) coverage.ending.push_back(term);
    if (isSilent(term, today)) coverage.silent.push_back(term);
  }
  coverage.organisations = static_cast<int>(organisations.size());
  coverage.state = stateOf(target, coverage.organisations);
  return coverage;
}

CoverageSummary summarise(const std::vector<RegionCoverage>& regions) {
  CoverageSummary summary;
  for (const RegionCoverage& region : regions) {
    summary.isShort += region.state == CoverageState::isShort;
    summary.met += region.state == CoverageState::met;
    summary.over += region.state == CoverageState::over;
    summary.excepted += region.state == CoverageState::excepted;
    summary.missing += region.missing();
    summary.ending += static_cast<int>(region.ending.size());
    summary.silent += static_cast<int>(region.silent.size());
  }
  return summary;
}

}  // namespace toimela::contacts
