#include "store/coverage.h"

#include <algorithm>

#include "store/networks.h"
#include "store/stored.h"

namespace toimela::contacts::store {

namespace {

constexpr Sql kRule{"contacts.coverage.find",
                    "SELECT least, most, revision FROM contacts_coverage WHERE network_id = :network"};
constexpr Sql kExceptions{"contacts.coverage.exceptions",
                          "SELECT region FROM contacts_coverage_exception "
                          "WHERE network_id = :network ORDER BY region"};
constexpr Sql kTerms{
    "contacts.coverage.terms",
    "SELECT m.id, m.person_id, m.organisation_id, m.region, m.valid_from, m.valid_to, m.revision, "
    "m.confirmed_on, s.day, "
    "(SELECT MAX(w.created_at) FROM contacts_post w WHERE w.author_id = m.person_id), p.given_name, p.family_name, o.name_fi, o.name_sv, o.name_en "
    "FROM contacts_member m JOIN core_person p ON p.id = m.person_id "
    "JOIN core_organisation o ON o.id = m.organisation_id "
    "LEFT JOIN contacts_presence s ON s.person_id = m.person_id "
    "WHERE m.network_id = :network AND m.role = 'contact_person' AND m.region IS NOT NULL "
    "AND (m.valid_to IS NULL OR m.valid_to >= :today) AND p.erased_at IS NULL "
    "ORDER BY m.region, o.name_fi, p.family_name, p.given_name, m.id"};
#define IS_ON                         \
  "(n.region IS NULL OR n.region IN " \
  "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'contacts')) "
constexpr Sql kFollowing{"contacts.coverage.following",
                         "SELECT n.id FROM contacts_coverage c "
                         "JOIN contacts_network n ON n.id = c.network_id WHERE " IS_ON
                         "ORDER BY n.id"};
constexpr Sql kToTell{"contacts.coverage.to_tell",
                      "SELECT n.id FROM contacts_coverage c "
                      "JOIN contacts_network n ON n.id = c.network_id "
                      "WHERE (c.told_at IS NULL OR c.told_at < :before) "
                      "AND n.coordinator_id IS NOT NULL AND " IS_ON "ORDER BY n.id"};
#undef IS_ON

constexpr Sql kAdd{"contacts.coverage.add",
                   "INSERT INTO contacts_coverage (network_id, least, most, revision) "
                   "VALUES (:network, :least, :most, 1) ON CONFLICT DO NOTHING"};
constexpr Sql kUpdate{"contacts.coverage.update",
                      "UPDATE contacts_coverage SET least = :least, most = :most, "
                      "revision = revision + 1 WHERE network_id = :network "
                      "AND revision = :revision"};
constexpr Sql kRemove{"contacts.coverage.remove",
                      "DELETE FROM contacts_coverage WHERE network_id = :network"};
constexpr Sql kClearExceptions{"contacts.coverage.clear_exceptions",
                               "DELETE FROM contacts_coverage_exception "
                               "WHERE network_id = :network"};
constexpr Sql kExcept{"contacts.coverage.except",
                      "INSERT INTO contacts_coverage_exception (network_id, region) "
                      "VALUES (:network, :region)"};
constexpr Sql kTold{"contacts.coverage.told",
                    "UPDATE contacts_coverage SET told_at = :now WHERE network_id = :network"};
constexpr Sql kConfirm{"contacts.member.confirm",
                       "UPDATE contacts_member SET confirmed_on = :day "
                       "WHERE network_id = :network AND id = :member"};

constexpr Sql kSee{"contacts.presence.note",
                   "INSERT INTO contacts_presence (person_id, day) "
                   "SELECT DISTINCT m.person_id, CAST(:day AS TEXT) FROM contacts_member m "
                   "WHERE m.person_id = :person "
                   "ON CONFLICT (person_id) DO UPDATE SET day = excluded.day"};
constexpr Sql kSeen{"contacts.presence.last",
                    "SELECT day FROM contacts_presence WHERE person_id = :person"};
constexpr Sql kForget{"contacts.presence.forget",
                      "DELETE FROM contacts_presence WHERE person_id = :person"};

std::optional<Date> dayOf(std::optional<Instant> instant) {
  return instant ? std::optional{Date::of(*instant)} : std::nullopt;
}

TermRow toTerm(MemberId id, PersonId person, OrganisationId organisation, RegionCode region,
               Date from, std::optional<Date> to, std::int64_t revision,
               std::optional<Date> confirmed, std::optional<Date> seen, std::optional<Instant> posted,
               std::string givenName,
               std::string familyName, std::string nameFi, std::string nameSv,
               std::string nameEn) {
  return {.term = {.member = {.id = id,
                              .person = person,
                              .organisation = organisation,
                              .role = MemberRole::contactPerson,
                              .region = region,
                              .period = {from, to},
                              .revision = revision},
                   .lastSign = std::max({confirmed, seen, dayOf(posted)})},
          .person = givenName + " " + familyName,
          .organisation = {std::move(nameFi), std::move(nameSv), std::move(nameEn)}};
}

std::vector<Network> found(ReadTx& tx, const std::vector<NetworkId>& ids) {
  std::vector<Network> networks;
  for (NetworkId id : ids)
    if (auto network = findNetwork(tx, id)) networks.push_back(std::move(*network));
  return networks;
}

}  // namespace

std::optional<CoverageRule> findCoverageRule(ReadTx& tx, NetworkId network) {
  auto rule = tx.first(
      kRule,
      [](std::optional<int> least, std::optional<int> most, std::int64_t revision) {
        return CoverageRule{.least = least, .most = most, .excepted = {}, .revision = revision};
      },
      network);
  if (rule) rule->excepted = tx.all(kExceptions, [](RegionCode region) { return region; }, network);
  return rule;
}

std::vector<TermRow> termsOf(ReadTx& tx, NetworkId network, Date today) {
  return tx.all(kTerms, toTerm, network, today);
}

std::vector<Network> networksWithCoverage(ReadTx& tx) {
  return found(tx, tx.all(kFollowing, [](NetworkId id) { return id; }));
}

std::vector<Network> networksToTell(ReadTx& tx, Instant before) {
  return found(tx, tx.all(kToTell, [](NetworkId id) { return id; }, before));
}

bool saveCoverageRule(WriteTx& tx, NetworkId network, const CoverageRule& rule) {
  const auto saved = rule.revision == 0
                         ? tx.run(kAdd, network, rule.least, rule.most)
                         : tx.run(kUpdate, rule.least, rule.most, network, rule.revision);
  if (saved != 1) return false;
  tx.run(kClearExceptions, network);
  for (RegionCode region : rule.excepted) tx.run(kExcept, network, region);
  return true;
}

void removeCoverageRule(WriteTx& tx, NetworkId network) {
  tx.run(kClearExceptions, network);
  tx.run(kRemove, network);
}

void noteTold(WriteTx& tx, NetworkId network) { tx.run(kTold, tx.time(), network); }

void confirmMember(WriteTx& tx, NetworkId network, MemberId member, Date day) {
  tx.run(kConfirm, day, network, member);
}

void noteSeen(WriteTx& tx, PersonId person, Date day) { tx.run(kSee, day, person); }

std::optional<Date> lastSeen(ReadTx& tx, PersonId person) {
  return tx.first(kSeen, [](Date day) { return day; }, person);
}

void forgetSeen(WriteTx& tx, PersonId person) { tx.run(kForget, person); }

}  // namespace toimela::contacts::store
