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
    "VALUES (:at, :person, :action, :object, :region, :organisation, :detail)"};

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

void record(WriteTx& tx, const AuditEntry& entry) {
  if (!nlohmann::json::accept(entry.detail))
    throw std::logic_error("the audit entry " + entry.action + " has a detail that is no JSON");
  tx.run(kAdd, tx.time(), tx.actor(), entry.action, entry.object, entry.region, entry.organisation,
         entry.detail);
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
