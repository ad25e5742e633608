#include "operations/coverage.h"

#include <nlohmann/json.hpp>

#include "operations/audit.h"
#include "store/coverage.h"

namespace toimela::contacts::operations {

namespace {

using Json = nlohmann::ordered_json;

Json numberOrNull(std::optional<int> number) { return number ? Json(*number) : Json(nullptr); }

}  // namespace

Saved saveCoverageRule(WriteTx& tx, const Network& network, const CoverageRule& rule) {
  if (!store::saveCoverageRule(tx, network.id, rule)) {
    tx.unaudited("somebody else saved meanwhile");
    return Saved::stale;
  }
  Json excepted = Json::array();
  for (RegionCode region : rule.excepted) excepted.push_back(region.text());
  AuditEntry entry = entryFor("contacts.coverage.edit", network);
  entry.detail = Json{{"least", numberOrNull(rule.least)},
                      {"most", numberOrNull(rule.most)},
                      {"excepted", excepted}}
                     .dump();
  tx.audit(entry);
  return Saved::yes;
}

void removeCoverageRule(WriteTx& tx, const Network& network) {
  store::removeCoverageRule(tx, network.id);
  tx.audit(entryFor("contacts.coverage.remove", network));
}

void confirmMember(WriteTx& tx, const Network& network, const Member& member) {
  store::confirmMember(tx, network.id, member.id, Date::of(tx.time()));
  tx.audit(entryFor("contacts.member.confirm", network, member));
}

}  // namespace toimela::contacts::operations
