#include "store/groups.h"

#include "domain/network.h"

namespace toimela::contacts::store {

namespace {

constexpr std::string_view kPrefix = "contacts.network:";

#define SELECT_GROUP "SELECT n.id, n.name_fi, n.name_sv, n.name_en, n.region FROM contacts_network n "
#define IS_ON                                                    \
  "(n.region IS NULL OR n.region IN "                            \
  "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'contacts')) "
#define VALID_TODAY "m.valid_from <= :today AND (m.valid_to IS NULL OR m.valid_to >= :today) "
// The coordinator, or somebody whose membership is of today.
#define IS_OF(person, network)                                                            \
  "(n.coordinator_id = " person " OR EXISTS (SELECT 1 FROM contacts_member m "            \
  "WHERE m.network_id = " network " AND m.person_id = " person " AND " VALID_TODAY ")) "

constexpr Sql kFind{"contacts.group.find", SELECT_GROUP "WHERE n.id = :id AND " IS_ON};
constexpr Sql kOfRegion{"contacts.group.of_region",
                        SELECT_GROUP "WHERE (n.region IS NULL OR n.region = CAST(:region AS TEXT)) AND " IS_ON
                        "ORDER BY CASE WHEN n.region IS NULL THEN 1 ELSE 0 END, n.name_fi, n.id"};
constexpr Sql kOfPerson{"contacts.group.of_person",
                        SELECT_GROUP "WHERE " IS_OF(":person", "n.id") "AND " IS_ON "ORDER BY n.name_fi, n.id"};
constexpr Sql kIsMember{"contacts.group.is_member",
                        "SELECT CAST(COUNT(*) AS BIGINT) FROM contacts_network n WHERE n.id = :id AND "
                        IS_OF(":person", "n.id") "AND " IS_ON};
constexpr Sql kMembers{"contacts.group.members",
                       "SELECT p.id FROM core_person p WHERE p.erased_at IS NULL AND p.disabled_at IS NULL "
                       "AND (p.id IN (SELECT m.person_id FROM contacts_member m WHERE m.network_id = :id AND "
                       VALID_TODAY ") OR p.id IN (SELECT n.coordinator_id FROM contacts_network n "
                       "WHERE n.id = :id)) AND EXISTS (SELECT 1 FROM contacts_network n WHERE n.id = :id AND "
                       IS_ON ") ORDER BY p.id"};

#undef SELECT_GROUP
#undef IS_ON
#undef IS_OF
#undef VALID_TODAY

Group toGroup(NetworkId id, std::string fi, std::string sv, std::string en, std::optional<RegionCode> region) {
  return {std::string(kPrefix) + id.text(), {std::move(fi), std::move(sv), std::move(en)}, region};
}

std::optional<NetworkId> networkIn(std::string_view key) {
  if (!key.starts_with(kPrefix)) return std::nullopt;
  const auto id = parseId(key.substr(kPrefix.size()));
  return id ? std::optional(NetworkId{*id}) : std::nullopt;
}

}  // namespace

std::optional<Group> NetworkGroups::find(ReadTx& tx, std::string_view key) {
  const auto id = networkIn(key);
  return id ? tx.first(kFind, &toGroup, *id) : std::nullopt;
}

std::vector<Group> NetworkGroups::ofRegion(ReadTx& tx, std::optional<RegionCode> region) {
  return tx.all(kOfRegion, &toGroup, region);
}

std::vector<Group> NetworkGroups::ofPerson(ReadTx& tx, PersonId person) {
  return tx.all(kOfPerson, &toGroup, person, Date::today());
}

bool NetworkGroups::isMember(ReadTx& tx, std::string_view key, PersonId person) {
  const auto id = networkIn(key);
  return id && tx.value<std::int64_t>(kIsMember, *id, person, Date::today()) > 0;
}

std::vector<PersonId> NetworkGroups::members(ReadTx& tx, std::string_view key) {
  const auto id = networkIn(key);
  if (!id) return {};
  return tx.all(kMembers, [](PersonId person) { return person; }, *id, Date::today());
}

}  // namespace toimela::contacts::store
