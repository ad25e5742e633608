#include "toimela/last_change.h"

#include "toimela/texts.h"

namespace toimela {

namespace {

constexpr Sql kLast{
    "core.audit.last",
    "SELECT a.at, CASE WHEN p.id IS NULL OR p.erased_at IS NOT NULL OR p.disabled_at IS NOT NULL THEN '' "
    "ELSE p.given_name || ' ' || p.family_name END "
    "FROM core_audit a LEFT JOIN core_person p ON p.id = a.person_id "
    "WHERE a.object = :object ORDER BY a.id DESC LIMIT 1"};

}  // namespace

std::optional<LastChange> lastChange(ReadTx& tx, std::string_view object) {
  return tx.first(
      kLast, [](Instant at, std::string by) { return LastChange{at, std::move(by)}; }, object);
}

void showLastChange(View& view, const std::optional<LastChange>& change, const Request& request, const Host& host) {
  if (!change) return;
  const std::string at = showInstant(change->at, request.locale);
  view.set("last_change", change->by.empty()
                              ? host.texts().format(request.locale, "site.changed_at", {{"at", at}})
                              : host.texts().format(request.locale, "site.changed_by", {{"at", at}, {"name", change->by}}));
}

}  // namespace toimela
