#include "access/grant_store.h"

#include <nlohmann/json.hpp>

namespace toimela::access {

namespace {

constexpr Sql kHeld{"access.grant.held",
                    "SELECT g.id, g.role, g.region, g.organisation_id, o.region,"
                    " o.name_fi, o.name_sv, o.name_en, g.valid_from, g.valid_to"
                    " FROM core_grant g LEFT JOIN core_organisation o ON o.id = g.organisation_id"
                    " WHERE g.person_id = :person ORDER BY g.valid_from DESC, g.id DESC"};

constexpr Sql kInsert{
    "access.grant.insert",
    "INSERT INTO core_grant (person_id, role, region, organisation_id, valid_from,"
    " valid_to, granted_by, created_at)"
    " VALUES (:person, :role, :region, :organisation, :valid_from, :valid_to, :by, :at)"};

constexpr Sql kEnd{
    "access.grant.end",
    "UPDATE core_grant SET valid_to = :last WHERE id = :grant AND person_id = :person"};

constexpr Sql kDelete{"access.grant.delete",
                      "DELETE FROM core_grant WHERE id = :grant AND person_id = :person"};

constexpr Sql kOtherAdmins{
    "access.grant.other_national_admins",
    "SELECT COUNT(*) FROM core_grant g"
    " JOIN core_person p ON p.id = g.person_id"
    " WHERE g.role = 'national_admin' AND p.id <> :person"
    " AND g.valid_from <= :day AND (g.valid_to IS NULL OR g.valid_to >= :day)"
    " AND p.disabled_at IS NULL AND p.erased_at IS NULL"
    " AND p.password_hash IS NOT NULL"};

// On SQLite a transaction that writes is alone already.
constexpr Sql kLockAdmins{
    "access.grant.lock_national_admins",
    "SELECT id FROM core_grant WHERE role = 'national_admin' ORDER BY id",
    "SELECT id FROM core_grant WHERE role = 'national_admin' ORDER BY id FOR UPDATE"};

AuditEntry entry(std::string action, PersonId person, Role role, const GrantPlace& place) {
  return {.action = std::move(action),
          .object = "person:" + person.text(),
          .region = place.scope().region,
          .organisation = place.organisation,
          .detail = nlohmann::json{{"role", code(role)}}.dump()};
}

}  // namespace

std::vector<HeldGrant> heldGrants(ReadTx& tx, PersonId person) {
  return tx.all(
      kHeld,
      [](std::int64_t id, Role role, std::optional<RegionCode> region,
         std::optional<OrganisationId> organisation, std::optional<RegionCode> organisationRegion,
         std::optional<std::string> nameFi, std::optional<std::string> nameSv,
         std::optional<std::string> nameEn, Date from, std::optional<Date> to) {
        return HeldGrant{id,
                         role,
                         {region, organisation, organisationRegion},
                         {nameFi.value_or(""), nameSv.value_or(""), nameEn.value_or("")},
                         {from, to}};
      },
      person);
}

void insertGrant(WriteTx& tx, PersonId person, Role role, const GrantPlace& place,
                 const DateRange& period) {
  tx.run(kInsert, person, role, place.region, place.organisation, period.from, period.to,
         tx.actor(), tx.time());
  tx.audit(entry("core.grant.add", person, role, place));
}

void endGrant(WriteTx& tx, PersonId person, const HeldGrant& grant, Date today) {
  if (grant.period.from >= today) {
    tx.run(kDelete, grant.id, person);
  } else {
    tx.run(kEnd, today.plusDays(-1), grant.id, person);
  }
  tx.audit(entry("core.grant.end", person, grant.role, grant.place));
}

std::int64_t otherNationalAdmins(WriteTx& tx, PersonId person, Date day) {
  tx.each(kLockAdmins, [](std::int64_t) {});
  return tx.value<std::int64_t>(kOtherAdmins, person, day);
}

}  // namespace toimela::access
