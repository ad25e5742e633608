#include "handlers/coverage.h"

#include <array>
#include <chrono>
#include <nlohmann/json.hpp>

#include "contacts.h"
#include "handlers/lookup.h"
#include "handlers/rights.h"
#include "operations/coverage.h"
#include "operations/telling.h"
#include "store/networks.h"
#include "toimela/bookkeeping.h"
#include "toimela/notices.h"
#include "view/trail.h"

namespace toimela::contacts::handlers {

namespace {

using Json = nlohmann::ordered_json;

/// Once a week, with room for a job that runs a little early.
constexpr std::chrono::hours kBetweenNotices{24 * 7 - 6};

int settingOf(Host& host, RegionCode region) {
  const std::string value =
      host.setting(kPlugin, kTargetOrganisations, region);
  return static_cast<int>(parseId(value).value_or(0));
}

std::vector<RegionCode> regionsOf(const Host& host, const Network& network) {
  if (network.region) return {*network.region};
  std::vector<RegionCode> codes;
  for (const Region& region : host.regions()) codes.push_back(region.code);
  return codes;
}

std::vector<Term> termsIn(const std::vector<store::TermRow>& rows) {
  std::vector<Term> terms;
  for (const auto& row : rows) terms.push_back(row.term);
  return terms;
}

std::string pageOf(const Network& network) { return view::pathOf(network.id) + "/coverage"; }

struct EditPage {
  Network network;
  std::optional<CoverageRule> rule;
};

EditPage loadEdit(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Network network = requireNetwork(tx, request);
    auto rule = store::findCoverageRule(tx, network.id);
    return EditPage{std::move(network), std::move(rule)};
  });
}

Response showEdit(const Request& request, Host& host, const Network& network, const Form& form,
                  int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "coverage_edit", view::coverageForm(network, form, words),
                   {.status = status});
}

/// "Coverage: contact persons are missing in 2 regions, 1 term ends soon", in every language.
LocalText titleFor(const Texts& texts, const CoverageSummary& summary) {
  LocalText title;
  for (Locale locale : kLocales)
    title.in(locale) = texts.format(locale, "contacts.coverage.notice",
                                    {{"regions", summary.isShort}, {"terms", summary.ending}});
  return title;
}

void tellCoordinatorOf(WriteTx& tx, Host& host, const Network& network) {
  const Date today = Date::of(tx.time());
  const auto regions =
      coverageOfNetwork(host, network, store::findCoverageRule(tx, network.id),
                        store::termsOf(tx, network.id, today), today);
  store::noteTold(tx, network.id);
  bookkeeping(tx, "the coordinator is told what the page of the network says");
  const auto summary = summarise(regions);
  if (summary.isShort == 0 && summary.ending == 0) return;
  const std::array recipients{*network.coordinator};
  notices::tell(tx,
                {.topic = operations::topicOf(network),
                 .title = titleFor(host.texts(), summary),
                 .path = pageOf(network),
                 .object = "contacts.coverage:" + network.id.text()},
                recipients);
}

}  // namespace

std::vector<RegionCoverage> coverageOfNetwork(Host& host, const Network& network,
                                              const std::optional<CoverageRule>& rule,
                                              const std::vector<store::TermRow>& rows,
                                              Date today) {
  std::vector<RegionCoverage> regions;
  if (!rule) return regions;
  const auto terms = termsIn(rows);
  for (RegionCode region : regionsOf(host, network))
    regions.push_back(
        coverageOf(region, targetOf(*rule, region, settingOf(host, region)), terms, today));
  return regions;
}

std::vector<view::MissingHere> missingIn(ReadTx& tx, Host& host, RegionCode region, Date today) {
  std::vector<view::MissingHere> missing;
  for (Network& network : store::networksWithCoverage(tx)) {
    if (network.region && network.region != region) continue;
    const auto rule = store::findCoverageRule(tx, network.id);
    const auto terms = termsIn(store::termsOf(tx, network.id, today));
    auto coverage =
        coverageOf(region, targetOf(*rule, region, settingOf(host, region)), terms, today);
    if (coverage.state == CoverageState::isShort)
      missing.push_back({std::move(network), std::move(coverage)});
  }
  return missing;
}

Response showCoverage(const Request& request, Host& host) {
  const Date today = Date::today();
  auto page = host.read([&](ReadTx& tx) {
    view::CoveragePage page{.network = requireNetwork(tx, request)};
    const auto rule = store::findCoverageRule(tx, page.network.id);
    page.isFollowed = rule.has_value();
    page.terms = store::termsOf(tx, page.network.id, today);
    page.regions = coverageOfNetwork(host, page.network, rule, page.terms, today);
    return page;
  });
  const auto reader = readerOf(request, host, page.network, {});
  page.editsNetwork = reader.editsNetwork;
  page.editsMembers = reader.editsMembers;
  page.announces = request.actor.signedIn() &&
                   (request.actor.person == page.network.coordinator ||
                    host.allowed(request.actor, kModerateBoard, scopeOf(page.network)));
  return host.page(request, "coverage", view::coveragePage(page, view::Words(request, host)));
}

Response editCoverage(const Request& request, Host& host) {
  const auto page = loadEdit(request, host);
  Form form(view::coverageFields(page.network, host.regions(), view::Words(request, host)));
  view::fillCoverage(form, page.network, page.rule);
  return showEdit(request, host, page.network, form);
}

Response saveCoverage(const Request& request, Host& host) {
  const auto page = loadEdit(request, host);
  Form form = Form::read(
      view::coverageFields(page.network, host.regions(), view::Words(request, host)),
      request.form);
  const CoverageRule rule = view::readCoverage(form, page.network);
  if (!form.ok()) return showEdit(request, host, page.network, form, 422);
  const auto saved = host.write(request, [&](WriteTx& tx) {
    if (view::readFollows(form)) return operations::saveCoverageRule(tx, page.network, rule);
    operations::removeCoverageRule(tx, page.network);
    return operations::Saved::yes;
  });
  if (saved == operations::Saved::stale) {
    form.error("", "contacts.error.stale");
    form.fill("revision", std::to_string(page.rule ? page.rule->revision : 0));
    return showEdit(request, host, page.network, form, 409);
  }
  return host.redirect(request, pageOf(page.network), "contacts.flash.coverage_saved");
}

Response confirmMember(const Request& request, Host& host) {
  const auto [network, row] = host.read([&](ReadTx& tx) {
    Network found = requireNetwork(tx, request);
    auto member = requireMember(tx, request, found);
    return std::pair{std::move(found), std::move(member)};
  });
  host.write(request, [&](WriteTx& tx) {
    operations::confirmMember(tx, network, row.member);
  });
  return host.redirect(request, pageOf(network), "contacts.flash.confirmed");
}

Response apiCoverage(const Request& request, Host& host) {
  const Date today = Date::today();
  return host.json(host.read([&](ReadTx& tx) {
    const Network network = requireNetwork(tx, request);
    const auto rule = store::findCoverageRule(tx, network.id);
    Json items = Json::array();
    for (const auto& each : coverageOfNetwork(host, network, rule,
                                              store::termsOf(tx, network.id, today), today))
      items.push_back({{"region", each.region.text()},
                       {"state", code(each.state)},
                       {"organisations", each.organisations},
                       {"least", each.target.least},
                       {"most", each.target.most ? Json(*each.target.most) : Json(nullptr)},
                       {"missing", each.missing()}});
    return Json{{"followed", rule.has_value()}, {"items", items}}.dump();
  }));
}

ScheduledJob tellCoverage() {
  return {.name = "coverage", .every = std::chrono::hours{6}, .run = [](Host& host, const JobTurn& turn) {
            const auto due = host.read(
                [](ReadTx& tx) { return store::networksToTell(tx, now() - kBetweenNotices); });
            for (const Network& network : due) {
              if (turn.stop.stop_requested()) return;
              host.writeAs({}, [&](WriteTx& tx) { tellCoordinatorOf(tx, host, network); });
            }
          }};
}

void noteSignIn(WriteTx& tx, PersonId person) {
  store::noteSeen(tx, person, Date::of(tx.time()));
}

}  // namespace toimela::contacts::handlers
