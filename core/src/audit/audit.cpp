#include "audit/audit.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "directory/search_pattern.h"

namespace toimela::audit {

namespace {

constexpr Sql kAdd{
    "core.audit.add",
    "INSERT INTO core_audit (at, person_id, action, object, region, organisation_id, detail) "
    "SELECT CAST(:at AS BIGINT), CAST(value ->> 0 AS BIGINT), value ->> 1, value ->> 2, value ->> 3, "
    "CAST(value ->> 4 AS BIGINT), value ->> 5 FROM json_each(:rows)",
    "INSERT INTO core_audit (at, person_id, action, object, region, organisation_id, detail) "
    "SELECT CAST(:at AS BIGINT), CAST(value ->> 0 AS BIGINT), value ->> 1, value ->> 2, value ->> 3, "
    "CAST(value ->> 4 AS BIGINT), value ->> 5 FROM jsonb_array_elements(CAST(:rows AS JSONB))"};

constexpr Sql kList{
    "core.audit.list",
    "SELECT a.id, a.at, a.person_id, "
    "CASE WHEN p.id IS NULL OR p.erased_at IS NOT NULL THEN '' "
    "ELSE p.given_name || ' ' || p.family_name END, "
    "a.action, a.object, a.detail, a.region "
    "FROM core_audit a LEFT JOIN core_person p ON p.id = a.person_id "
    "WHERE a.id < :before AND (CAST(:region AS TEXT) IS NULL OR a.region = :region) "
    "AND (CAST(:pattern AS TEXT) = '%' OR a.action LIKE :pattern ESCAPE '!' OR a.object LIKE :pattern ESCAPE '!' "
    "OR (p.erased_at IS NULL AND LOWER(p.given_name || ' ' || p.family_name) LIKE LOWER(:pattern) ESCAPE '!')) "
    "ORDER BY a.id DESC LIMIT :limit"};

constexpr Sql kOf{"core.audit.of",
                  "SELECT id, at, person_id, action, object, detail, region FROM core_audit "
                  "WHERE person_id = :person OR object = :object ORDER BY id"};

}  // namespace

void record(WriteTx& tx, std::span<const AuditEntry> entries) {
  // One statement for all of them: a transaction of a rush has hundreds.
  auto rows = nlohmann::json::array();
  for (const AuditEntry& entry : entries) {
    if (!nlohmann::json::accept(entry.detail))
      throw std::logic_error("the audit entry " + entry.action + " has a detail that is no JSON");
    const auto actor = entry.actor ? entry.actor : tx.actor();
    nlohmann::json person, region, organisation;
    if (actor) person = actor->value;
    if (entry.region) region = entry.region->text();
    if (entry.organisation) organisation = entry.organisation->value;
    rows.push_back({person, entry.action, entry.object, region, organisation, entry.detail});
  }
  tx.run(kAdd, tx.time(), rows.dump());
}

std::vector<Row> list(ReadTx& tx, const Filter& filter, std::int64_t before, int limit) {
  constexpr std::int64_t kNewest = std::numeric_limits<std::int64_t>::max();
  return tx.all(
      kList,
      [](std::int64_t id, Instant at, std::optional<PersonId> person, std::string personName,
         std::string action, std::string object, std::string detail,
         std::optional<RegionCode> region) {
        return Row{id,
                   at,
                   person,
                   std::move(personName),
                   std::move(action),
                   std::move(object),
                   std::move(detail),
                   region};
      },
      before > 0 ? before : kNewest, filter.region, directory::containing(filter.words), limit);
}

std::vector<Row> of(ReadTx& tx, PersonId person) {
  return tx.all(
      kOf,
      [](std::int64_t id, Instant at, std::optional<PersonId> by, std::string action,
         std::string object, std::string detail, std::optional<RegionCode> region) {
        return Row{id, at, by, "", std::move(action), std::move(object), std::move(detail), region};
      },
      person, "person:" + person.text());
}

}  // namespace toimela::audit
