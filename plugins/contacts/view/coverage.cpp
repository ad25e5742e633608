#include "view/coverage.h"

#include <algorithm>
#include <tuple>

#include "toimela/tile_map.h"
#include "toimela/wording.h"
#include "view/forms.h"
#include "view/trail.h"

namespace toimela::contacts::view {

namespace {

constexpr int kLargestTarget = 99;

/// What stands on a square too small for words.
std::string mark(const RegionCoverage& coverage) {
  switch (coverage.state) {
    case CoverageState::isShort: return "−" + std::to_string(coverage.missing());
    case CoverageState::met: return "✓";
    case CoverageState::over: return "+";
    case CoverageState::excepted:
    case CoverageState::untargeted: return "–";
  }
  return {};
}

std::string targetText(const Target& target) {
  if (target.isExcepted || (target.least == 0 && !target.most)) return "–";
  if (!target.most) return std::to_string(target.least) + "–";
  if (*target.most == target.least) return std::to_string(target.least);
  return std::to_string(target.least) + "–" + std::to_string(*target.most);
}

const store::TermRow& rowOf(const std::vector<store::TermRow>& rows, const Term& term) {
  return *std::ranges::find(rows, term.member.id,
                            [](const store::TermRow& row) { return row.term.member.id; });
}

View termView(const store::TermRow& row, const Words& words) {
  const Term& term = row.term;
  View view;
  view.set("id", term.member.id.value)
      .set("person", row.person)
      .text("organisation", row.organisation, words.locale())
      .set("place", words.place(term.member.region))
      .set("ends", term.member.period.to ? showDate(*term.member.period.to, words.locale()) : "")
      .set("seen", term.lastSign ? showDate(*term.lastSign, words.locale())
                                 : words.text("contacts.coverage.never"));
  return view;
}

View regionView(const RegionCoverage& coverage, const Words& words) {
  const Region* region = words.region(coverage.region);
  const std::string& name = words.place(coverage.region);
  View view;
  view.set("code", coverage.region.text())
      .set("slug", region ? region->slug : std::string())
      .set("name", name)
      .set("short_name", shortRegionName(name))
      .set("column", region ? region->column : 0)
      .set("row", region ? region->row : 0)
      .set("state", std::string(code(coverage.state)))
      .set("state_text", stateText(coverage, words))
      .set("mark", mark(coverage))
      .set("organisations", coverage.organisations)
      .set("target", targetText(coverage.target))
      .flag("is_short", coverage.state == CoverageState::isShort)
      .flag("is_met", coverage.state == CoverageState::met)
      .flag("is_over", coverage.state == CoverageState::over);
  return view;
}

std::vector<RegionCoverage> inReadingOrder(std::vector<RegionCoverage> regions,
                                           const Words& words) {
  std::ranges::sort(regions, {}, [&](const RegionCoverage& coverage) {
    const Region* region = words.region(coverage.region);
    return region ? std::tuple(region->row, region->column) : std::tuple(0, 0);
  });
  return regions;
}

std::vector<RegionCoverage> byName(std::vector<RegionCoverage> regions, const Words& words) {
  std::ranges::sort(regions, [&](const RegionCoverage& a, const RegionCoverage& b) {
    return sortsBefore(words.place(a.region), words.place(b.region), words.locale());
  });
  return regions;
}

/// The terms of all regions that `pick` names, with their names.
template <class Pick>
std::vector<View> terms(const CoveragePage& page, Pick pick, const Words& words) {
  std::vector<View> views;
  for (const RegionCoverage& region : byName(page.regions, words))
    for (const Term& term : region.*pick)
      views.push_back(termView(rowOf(page.terms, term), words));
  return views;
}

/// The form of an announcement with the short regions ticked; nothing when none is short.
std::string announcePath(const CoveragePage& page) {
  std::string codes;
  for (const RegionCoverage& region : page.regions)
    if (region.state == CoverageState::isShort)
      (codes += codes.empty() ? "" : ",") += region.region.text();
  if (codes.empty() || !page.announces) return {};
  return pathOf(page.network.id) + "/board/announce" +
         (page.network.isNational() ? "?regions=" + codes : std::string());
}

}  // namespace

std::string stateText(const RegionCoverage& coverage, const Words& words) {
  if (coverage.state == CoverageState::isShort)
    return words.count("contacts.coverage.short", coverage.missing());
  return words.text("contacts.coverage.state." + std::string(code(coverage.state)));
}

View coveragePage(const CoveragePage& page, const Words& words) {
  const auto summary = summarise(page.regions);
  View view;
  view.list("breadcrumbs", trailBeyond(page.network, "contacts.coverage.title", words))
      .set("network_id", page.network.id.value)
      .text("network", page.network.name, words.locale())
      .flag("is_followed", page.isFollowed)
      .flag("is_national", page.network.isNational())
      .flag("edits_network", page.editsNetwork)
      .flag("edits_members", page.editsMembers)
      .flag("has_short", summary.isShort > 0)
      .set("announce_path", announcePath(page))
      .set("short_regions", words.count("contacts.coverage.short_regions", summary.isShort))
      .set("met_regions", words.count("contacts.coverage.met_regions", summary.met + summary.over));
  const auto show = [&](const RegionCoverage& region) { return regionView(region, words); };
  view.list("map", each(inReadingOrder(page.regions, words), show))
      .list("regions", each(byName(page.regions, words), show));
  if (page.editsMembers) {
    setList(view, "ending", terms(page, &RegionCoverage::ending, words));
    setList(view, "silent", terms(page, &RegionCoverage::silent, words));
  }
  return view;
}

std::vector<View> missingHere(const std::vector<MissingHere>& missing, const Words& words) {
  return each(missing, [&](const MissingHere& here) {
    View view;
    view.set("id", here.network.id.value)
        .text("name", here.network.name, words.locale())
        .set("missing", stateText(here.coverage, words));
    return view;
  });
}

FormSpec coverageFields(const Network& network, const std::vector<Region>& regions,
                        const Words& words) {
  FormSpec fields;
  fields.push_back(Field::flag("follow", "contacts.coverage.follow"));
  fields.push_back(Field::number("least", "contacts.coverage.least", 0, kLargestTarget)
                       .hint("contacts.coverage.least_hint"));
  fields.push_back(Field::number("most", "contacts.coverage.most", 0, kLargestTarget)
                       .hint("contacts.coverage.most_hint"));
  if (network.isNational()) {
    std::vector<Choice> choices;
    for (const Region& region : regions)
      choices.push_back({region.code.text(), words.pick(region.name), true});
    fields.push_back(
        Field::several("excepted", "contacts.coverage.excepted", std::move(choices)));
  }
  fields.push_back(Field::hidden("revision"));
  return fields;
}

void fillCoverage(Form& form, const Network& network, const std::optional<CoverageRule>& rule) {
  form.fill("follow", rule ? "1" : "").fill("revision", std::to_string(rule ? rule->revision : 0));
  if (!rule) return;
  if (rule->least) form.fill("least", std::to_string(*rule->least));
  if (rule->most) form.fill("most", std::to_string(*rule->most));
  std::vector<std::string> excepted;
  for (RegionCode region : rule->excepted) excepted.push_back(region.text());
  if (network.isNational()) form.fill("excepted", excepted);
}

CoverageRule readCoverage(Form& form, const Network& network) {
  CoverageRule rule{.revision = readRevision(form)};
  if (const auto least = form.number("least")) rule.least = static_cast<int>(*least);
  if (const auto most = form.number("most")) rule.most = static_cast<int>(*most);
  if (rule.most && *rule.most < rule.least.value_or(0))
    form.error("most", "contacts.error.most_below_least");
  if (network.isNational())
    for (const std::string& code : form.texts("excepted"))
      if (auto region = RegionCode::parse(code)) rule.excepted.push_back(*region);
  return rule;
}

bool readFollows(const Form& form) { return form.flag("follow"); }

View coverageForm(const Network& network, const Form& form, const Words& words) {
  View view;
  view.list("breadcrumbs", trailBeyond(network, "contacts.coverage_edit.title", words))
      .set("network_id", network.id.value)
      .text("network", network.name, words.locale())
      .group("form", form.view(words.texts(), words.locale()));
  return view;
}

}  // namespace toimela::contacts::view
