#include "control_store.h"

namespace control {

namespace {

// The statements are those of Toimela word for word, so that the database has the same work.
constexpr const char* kGenerations =
    "SELECT component, CAST(SUM(value) AS BIGINT) FROM core_generation GROUP BY component";

constexpr const char* kVisitor =
    "SELECT p.id, p.given_name, p.family_name, p.language, s.public_id,"
    " s.last_seen_at, g.role, g.region, g.organisation_id"
    " FROM core_session s JOIN core_person p ON p.id = s.person_id"
    " LEFT JOIN core_grant g ON g.person_id = p.id AND g.valid_from <= :day"
    " AND (g.valid_to IS NULL OR g.valid_to >= :day)"
    " WHERE s.token_hash = :hash AND s.expires_at > :now AND s.last_seen_at > :idle"
    " AND p.disabled_at IS NULL AND p.erased_at IS NULL";

constexpr const char* kScope = "SELECT region, coordinator_id FROM contacts_network WHERE id = :id";

constexpr const char* kNetwork =
    "SELECT n.id, n.name_fi, n.name_sv, n.name_en, n.purpose_fi, n.purpose_sv, n.purpose_en, "
    "n.kind, n.region, n.coordinator_id, n.revision FROM contacts_network n WHERE n.id = :id";

constexpr const char* kPerson =
    "SELECT id, given_name, family_name, email, phone, language FROM core_person"
    " WHERE id = :person AND erased_at IS NULL";

#define SELECT_MEMBER                                                                         \
  "SELECT m.id, m.person_id, m.organisation_id, m.role, m.region, m.valid_from, m.valid_to, " \
  "m.revision, p.given_name, p.family_name, p.email, p.phone, o.name_fi, o.name_sv, o.name_en, " \
  "COALESCE(f.email_level, 'network'), COALESCE(f.phone_level, 'network') "                   \
  "FROM contacts_member m JOIN core_person p ON p.id = m.person_id "                          \
  "JOIN core_organisation o ON o.id = m.organisation_id "                                     \
  "LEFT JOIN contacts_profile f ON f.person_id = p.id "
#define VALID_TODAY "m.valid_from <= :today AND (m.valid_to IS NULL OR m.valid_to >= :today) "

constexpr const char* kCurrent = SELECT_MEMBER
    "WHERE m.network_id = :network AND " VALID_TODAY "AND p.erased_at IS NULL "
    "ORDER BY CASE m.role WHEN 'contact_person' THEN 0 WHEN 'deputy' THEN 1 ELSE 2 END, "
    "o.name_fi, p.family_name, p.given_name, m.id";

constexpr const char* kOther = SELECT_MEMBER
    "WHERE m.network_id = :network AND NOT (" VALID_TODAY ") AND p.erased_at IS NULL "
    "ORDER BY m.valid_from DESC, m.id DESC LIMIT :limit";

constexpr const char* kOrganisations =
    "SELECT o.id, o.name_fi, o.name_sv, o.name_en, s.people FROM (SELECT m.organisation_id, "
    "COUNT(DISTINCT m.person_id) AS people FROM contacts_member m "
    "WHERE m.network_id = :network AND " VALID_TODAY "GROUP BY m.organisation_id) s "
    "JOIN core_organisation o ON o.id = s.organisation_id ORDER BY o.name_fi, o.id";

constexpr const char* kRegionShares =
    "SELECT s.region, COUNT(*), 0 FROM (SELECT DISTINCT m.region, m.person_id "
    "FROM contacts_member m WHERE m.network_id = :network AND " VALID_TODAY ") s "
    "GROUP BY s.region ORDER BY s.region";

constexpr const char* kCounts =
    "SELECT COUNT(DISTINCT m.person_id), COUNT(DISTINCT m.organisation_id), "
    "COUNT(DISTINCT m.region), "
    "COUNT(DISTINCT CASE WHEN m.role = 'contact_person' THEN m.person_id END) "
    "FROM contacts_member m WHERE m.network_id = :network AND " VALID_TODAY;

constexpr const char* kRelated =
    "SELECT n.id, n.name_fi, n.name_sv, n.name_en, n.region, r.shared "
    "FROM contacts_network n "
    "JOIN (SELECT m.network_id AS id, COUNT(DISTINCT m.person_id) AS shared "
    "FROM contacts_member own JOIN contacts_member m "
    "ON m.person_id = own.person_id AND m.network_id <> own.network_id "
    "WHERE own.network_id = :id AND own.valid_from <= :today "
    "AND (own.valid_to IS NULL OR own.valid_to >= :today) AND " VALID_TODAY
    "GROUP BY m.network_id) r ON r.id = n.id "
    "WHERE (n.region IS NULL OR n.region IN "
    "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'contacts')) "
    "ORDER BY r.shared DESC, n.name_fi, n.id LIMIT :limit";

#undef SELECT_MEMBER
#undef VALID_TODAY

constexpr long long kSessionIdle = 12LL * 60 * 60 * 1000;
constexpr int kRelatedShown = 5;
constexpr int kOthersShown = 50;

template <class T>
std::optional<T> present(const T& value, soci::indicator indicator) {
  return indicator == soci::i_ok ? std::optional<T>(value) : std::nullopt;
}

/// Runs a statement that gives members.
std::vector<Member> members(soci::statement& statement, Member& member, std::string& given,
                            std::string& family, std::string& region, soci::indicator& hasRegion,
                            std::string& to, soci::indicator& hasTo) {
  std::vector<Member> found;
  statement.execute();
  while (statement.fetch()) {
    member.person = given + " " + family;
    member.region = present(region, hasRegion);
    member.to = present(to, hasTo);
    found.push_back(member);
  }
  return found;
}

}  // namespace

long long generation(soci::session& sql) {
  std::string component;
  long long value = 0, total = 0;
  soci::statement statement =
      (sql.prepare << kGenerations, soci::into(component), soci::into(value));
  statement.execute();
  while (statement.fetch()) total += value;
  return total;
}

std::vector<Region> regions(soci::session& sql) {
  std::vector<Region> found;
  Region region;
  soci::statement statement =
      (sql.prepare << "SELECT code, slug, name_fi FROM core_region ORDER BY name_fi",
       soci::into(region.code), soci::into(region.slug), soci::into(region.name));
  statement.execute();
  while (statement.fetch()) found.push_back(region);
  return found;
}

std::optional<Visitor> findVisitor(soci::session& sql, const std::string& tokenHash, long long now,
                                   const std::string& today) {
  std::optional<Visitor> visitor;
  long long id = 0, lastSeen = 0, organisation = 0, idle = now - kSessionIdle;
  std::string given, family, language, publicId, role, region;
  soci::indicator hasRole, hasRegion, hasOrganisation;
  soci::statement statement =
      (sql.prepare << kVisitor, soci::into(id), soci::into(given), soci::into(family),
       soci::into(language), soci::into(publicId), soci::into(lastSeen), soci::into(role, hasRole),
       soci::into(region, hasRegion), soci::into(organisation, hasOrganisation),
       soci::use(today, "day"), soci::use(tokenHash, "hash"), soci::use(now, "now"),
       soci::use(idle, "idle"));
  statement.execute();
  while (statement.fetch()) {
    if (!visitor) visitor = Visitor{{id, given + " " + family, ""}, {}};
    if (hasRole == soci::i_ok) {
      visitor->grants.push_back(
          {role, present(region, hasRegion), present(organisation, hasOrganisation)});
    }
  }
  return visitor;
}

bool networkExists(soci::session& sql, long long id) {
  std::string region;
  long long coordinator = 0;
  soci::indicator hasRegion, hasCoordinator;
  sql << kScope, soci::into(region, hasRegion), soci::into(coordinator, hasCoordinator),
      soci::use(id, "id");
  return sql.got_data();
}

std::optional<Network> findNetwork(soci::session& sql, long long id) {
  Network n;
  std::string nameSv, nameEn, purposeSv, purposeEn, region;
  long long coordinator = 0, revision = 0;
  soci::indicator hasRegion, hasCoordinator;
  sql << kNetwork, soci::into(n.id), soci::into(n.name), soci::into(nameSv), soci::into(nameEn),
      soci::into(n.purpose), soci::into(purposeSv), soci::into(purposeEn), soci::into(n.kind),
      soci::into(region, hasRegion), soci::into(coordinator, hasCoordinator), soci::into(revision),
      soci::use(id, "id");
  if (!sql.got_data()) return std::nullopt;
  n.region = present(region, hasRegion);
  n.coordinator = present(coordinator, hasCoordinator);
  return n;
}

std::optional<Person> findPerson(soci::session& sql, long long id) {
  Person person;
  std::string given, family, phone, language;
  sql << kPerson, soci::into(person.id), soci::into(given), soci::into(family),
      soci::into(person.email), soci::into(phone), soci::into(language), soci::use(id, "person");
  if (!sql.got_data()) return std::nullopt;
  person.name = given + " " + family;
  return person;
}

#define INTO_MEMBER                                                                              \
  soci::into(m.id), soci::into(m.personId), soci::into(m.organisation), soci::into(m.role),          \
      soci::into(region, hasRegion), soci::into(m.from), soci::into(to, hasTo),                  \
      soci::into(revision), soci::into(given), soci::into(family), soci::into(m.email),          \
      soci::into(m.phone), soci::into(m.organisationName), soci::into(nameSv), soci::into(nameEn), \
      soci::into(m.emailLevel), soci::into(m.phoneLevel)

std::vector<Member> currentMembers(soci::session& sql, long long network,
                                   const std::string& today) {
  Member m;
  long long revision = 0;
  std::string given, family, region, to, nameSv, nameEn;
  soci::indicator hasRegion, hasTo;
  soci::statement statement = (sql.prepare << kCurrent, INTO_MEMBER, soci::use(network, "network"),
                               soci::use(today, "today"));
  return members(statement, m, given, family, region, hasRegion, to, hasTo);
}

std::vector<Member> otherMembers(soci::session& sql, long long network, const std::string& today) {
  Member m;
  long long revision = 0;
  std::string given, family, region, to, nameSv, nameEn;
  soci::indicator hasRegion, hasTo;
  soci::statement statement = (sql.prepare << kOther, INTO_MEMBER, soci::use(network, "network"),
                               soci::use(today, "today"), soci::use(kOthersShown, "limit"));
  return members(statement, m, given, family, region, hasRegion, to, hasTo);
}

#undef INTO_MEMBER

std::vector<OrganisationShare> organisationShares(soci::session& sql, long long network,
                                                  const std::string& today) {
  std::vector<OrganisationShare> found;
  OrganisationShare share;
  std::string nameSv, nameEn;
  soci::statement statement =
      (sql.prepare << kOrganisations, soci::into(share.id), soci::into(share.name),
       soci::into(nameSv), soci::into(nameEn), soci::into(share.people),
       soci::use(network, "network"), soci::use(today, "today"));
  statement.execute();
  while (statement.fetch()) found.push_back(share);
  return found;
}

std::vector<RegionShare> regionShares(soci::session& sql, long long network,
                                      const std::string& today) {
  std::vector<RegionShare> found;
  RegionShare share;
  std::string region;
  long long organisations = 0;
  soci::indicator hasRegion;
  soci::statement statement =
      (sql.prepare << kRegionShares, soci::into(region, hasRegion), soci::into(share.people),
       soci::into(organisations), soci::use(network, "network"), soci::use(today, "today"));
  statement.execute();
  while (statement.fetch()) {
    share.region = present(region, hasRegion);
    found.push_back(share);
  }
  return found;
}

Counts countMembers(soci::session& sql, long long network, const std::string& today) {
  Counts counts;
  sql << kCounts, soci::into(counts.people), soci::into(counts.organisations),
      soci::into(counts.regions), soci::into(counts.contactPersons),
      soci::use(network, "network"), soci::use(today, "today");
  return counts;
}

std::vector<Summary> relatedNetworks(soci::session& sql, long long network,
                                     const std::string& today) {
  std::vector<Summary> found;
  Summary summary;
  std::string nameSv, nameEn, region;
  soci::indicator hasRegion;
  soci::statement statement =
      (sql.prepare << kRelated, soci::into(summary.id), soci::into(summary.name),
       soci::into(nameSv), soci::into(nameEn), soci::into(region, hasRegion),
       soci::into(summary.people), soci::use(network, "id"), soci::use(today, "today"),
       soci::use(kRelatedShown, "limit"));
  statement.execute();
  while (statement.fetch()) {
    summary.region = present(region, hasRegion);
    found.push_back(summary);
  }
  return found;
}

std::string formSecret(soci::session& sql) {
  std::string secret;
  sql << "SELECT value FROM core_secret WHERE name = 'form'", soci::into(secret);
  return secret;
}

}  // namespace control
