#include "store/members.h"

#include "store/people.h"
#include "store/stored.h"

namespace toimela::contacts::store {

namespace {

#define LEVELS "COALESCE(f.email_level, 'network'), COALESCE(f.phone_level, 'network') "
#define PROFILE "LEFT JOIN contacts_profile f ON f.person_id = p.id "
#define SELECT_ROW                                                                          \
  "SELECT m.id, m.person_id, m.organisation_id, m.role, m.region, m.valid_from, m.valid_to, " \
  "m.revision, p.given_name, p.family_name, p.email, p.phone, o.name_fi, o.name_sv, o.name_en, " \
  LEVELS "FROM contacts_member m JOIN core_person p ON p.id = m.person_id "                  \
  "JOIN core_organisation o ON o.id = m.organisation_id " PROFILE
#define VALID_TODAY "m.valid_from <= :today AND (m.valid_to IS NULL OR m.valid_to >= :today) "
#define NOT_ERASED "p.erased_at IS NULL "

constexpr Sql kCurrent{"contacts.member.current",
                       SELECT_ROW "WHERE m.network_id = :network AND " VALID_TODAY "AND " NOT_ERASED
                       "ORDER BY CASE m.role WHEN 'contact_person' THEN 0 WHEN 'deputy' THEN 1 "
                       "ELSE 2 END, o.name_fi, p.family_name, p.given_name, m.id"};
constexpr Sql kOther{"contacts.member.other",
                     SELECT_ROW "WHERE m.network_id = :network AND NOT (" VALID_TODAY ") "
                     "AND " NOT_ERASED
                     "ORDER BY m.valid_from DESC, m.id DESC LIMIT :limit"};
constexpr Sql kAfter{"contacts.member.after",
                     SELECT_ROW "WHERE m.network_id = :network AND m.id > :after AND " VALID_TODAY
                     "AND " NOT_ERASED "ORDER BY m.id LIMIT :limit"};
constexpr Sql kFind{"contacts.member.find",
                    SELECT_ROW "WHERE m.network_id = :network AND m.id = :id AND " NOT_ERASED};
constexpr Sql kPeople{"contacts.member.people",
                      "SELECT DISTINCT p.family_name, p.given_name, p.id, p.email, p.phone, "
                      "p.language FROM contacts_member m JOIN core_person p ON p.id = m.person_id "
                      "WHERE m.network_id = :network AND " VALID_TODAY "AND " NOT_ERASED
                      "ORDER BY p.family_name, p.given_name, p.id"};

constexpr Sql kOfPersonInNetwork{
    "contacts.member.of_person_in_network",
    "SELECT id, person_id, organisation_id, role, region, valid_from, valid_to, revision "
    "FROM contacts_member WHERE person_id = :person AND network_id = :network"};
constexpr Sql kOfPerson{
    "contacts.member.of_person",
    "SELECT n.id, n.name_fi, n.name_sv, n.name_en, m.id, m.person_id, m.organisation_id, m.role, "
    "m.region, m.valid_from, m.valid_to, m.revision FROM contacts_member m "
    "JOIN contacts_network n ON n.id = m.network_id WHERE m.person_id = :person "
    "ORDER BY m.valid_from, m.id"};

constexpr Sql kOrganisationShares{
    "contacts.member.organisation_shares",
    "SELECT o.id, o.name_fi, o.name_sv, o.name_en, s.people FROM (SELECT m.organisation_id, "
    "COUNT(DISTINCT m.person_id) AS people FROM contacts_member m "
    "WHERE m.network_id = :network AND " VALID_TODAY "GROUP BY m.organisation_id) s "
    "JOIN core_organisation o ON o.id = s.organisation_id ORDER BY o.name_fi, o.id"};
constexpr Sql kRegionShares{
    "contacts.member.region_shares",
    "SELECT s.region, COUNT(*) FROM (SELECT DISTINCT m.region, m.person_id "
    "FROM contacts_member m WHERE m.network_id = :network AND " VALID_TODAY ") s "
    "GROUP BY s.region ORDER BY s.region"};

#define SELECT_COUNTS                                                                     \
  "SELECT COUNT(DISTINCT m.person_id), COUNT(DISTINCT m.organisation_id), "               \
  "COUNT(DISTINCT m.region), "                                                            \
  "COUNT(DISTINCT CASE WHEN m.role = 'contact_person' THEN m.person_id END) "             \
  "FROM contacts_member m "
constexpr Sql kCount{"contacts.member.count",
                     SELECT_COUNTS "WHERE m.network_id = :network AND " VALID_TODAY};
constexpr Sql kCountAll{
    "contacts.member.count_all",
    SELECT_COUNTS
    "JOIN contacts_network n ON n.id = m.network_id WHERE " VALID_TODAY
    "AND (n.region IS NULL OR n.region IN "
    "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'contacts'))"};

constexpr Sql kContactPersons{
    "contacts.member.contact_persons",
    "SELECT p.id, p.given_name, p.family_name, p.email, p.phone, o.name_fi, o.name_sv, o.name_en, "
    "n.id, n.name_fi, n.name_sv, n.name_en, " LEVELS "FROM contacts_member m "
    "JOIN core_person p ON p.id = m.person_id JOIN core_organisation o ON o.id = m.organisation_id "
    "JOIN contacts_network n ON n.id = m.network_id " PROFILE
    "WHERE m.region = :region AND m.role = 'contact_person' AND " VALID_TODAY "AND " NOT_ERASED
    "ORDER BY p.family_name, p.given_name, p.id, o.id, n.name_fi, n.id"};
constexpr Sql kCountContactOrganisations{
    "contacts.member.count_contact_organisations",
    "SELECT COUNT(DISTINCT m.organisation_id) FROM contacts_member m "
    "WHERE m.region = :region AND m.role = 'contact_person' AND " VALID_TODAY};

#undef LEVELS
#undef PROFILE
#undef SELECT_ROW
#undef SELECT_COUNTS
#undef VALID_TODAY
#undef NOT_ERASED

constexpr Sql kInsert{"contacts.member.insert",
                      "INSERT INTO contacts_member (network_id, person_id, organisation_id, role, "
                      "region, valid_from, valid_to, created_at, revision) VALUES (:network, "
                      ":person, :organisation, :role, :region, :from, :to, :created_at, 1) "
                      "RETURNING id"};
constexpr Sql kUpdate{"contacts.member.update",
                      "UPDATE contacts_member SET organisation_id = :organisation, role = :role, "
                      "region = :region, valid_from = :from, valid_to = :to, "
                      "revision = revision + 1 "
                      "WHERE network_id = :network AND id = :id AND revision = :revision"};
constexpr Sql kEndAll{"contacts.member.end_all",
                      "UPDATE contacts_member SET valid_to = :today, revision = revision + 1 "
                      "WHERE person_id = :person AND valid_from <= :today "
                      "AND (valid_to IS NULL OR valid_to > :today)"};
constexpr Sql kTakeBack{"contacts.member.take_back",
                        "DELETE FROM contacts_member "
                        "WHERE person_id = :person AND valid_from > :today"};

Member toMember(MemberId id, PersonId person, OrganisationId organisation, MemberRole role,
                std::optional<RegionCode> region, Date from, std::optional<Date> to,
                std::int64_t revision) {
  return {.id = id,
          .person = person,
          .organisation = organisation,
          .role = role,
          .region = region,
          .period = {from, to},
          .revision = revision};
}

MemberRow toRow(MemberId id, PersonId person, OrganisationId organisation, MemberRole role,
                std::optional<RegionCode> region, Date from, std::optional<Date> to,
                std::int64_t revision, std::string givenName, std::string familyName,
                std::string email, std::string phone, std::string nameFi, std::string nameSv,
                std::string nameEn, Level emailLevel, Level phoneLevel) {
  return {.member = toMember(id, person, organisation, role, region, from, to, revision),
          .givenName = std::move(givenName),
          .familyName = std::move(familyName),
          .email = std::move(email),
          .phone = std::move(phone),
          .organisation = {std::move(nameFi), std::move(nameSv), std::move(nameEn)},
          .levels = {emailLevel, phoneLevel}};
}

Person toPerson(std::string familyName, std::string givenName, PersonId id, EmailAddress email,
                std::string phone, Locale language) {
  return {id, std::move(givenName), std::move(familyName), std::move(email), std::move(phone),
          language};
}

Membership toMembership(NetworkId network, std::string nameFi, std::string nameSv,
                        std::string nameEn, MemberId id, PersonId person,
                        OrganisationId organisation, MemberRole role,
                        std::optional<RegionCode> region, Date from, std::optional<Date> to,
                        std::int64_t revision) {
  return {.network = network,
          .networkName = {std::move(nameFi), std::move(nameSv), std::move(nameEn)},
          .member = toMember(id, person, organisation, role, region, from, to, revision)};
}

OrganisationShare toOrganisationShare(OrganisationId id, std::string nameFi, std::string nameSv,
                                      std::string nameEn, std::int64_t people) {
  return {id, {std::move(nameFi), std::move(nameSv), std::move(nameEn)}, people};
}

RegionShare toRegionShare(std::optional<RegionCode> region, std::int64_t people) {
  return {region, people};
}

Counts toCounts(std::int64_t people, std::int64_t organisations, std::int64_t regions,
                std::int64_t contactPersons) {
  return {people, organisations, regions, contactPersons};
}

RegionalContact toContact(PersonId person, std::string givenName, std::string familyName,
                          std::string email, std::string phone, std::string organisationFi,
                          std::string organisationSv, std::string organisationEn,
                          NetworkId network, std::string networkFi, std::string networkSv,
                          std::string networkEn, Level emailLevel, Level phoneLevel) {
  return {.person = person,
          .name = givenName + " " + familyName,
          .email = std::move(email),
          .phone = std::move(phone),
          .organisation = {std::move(organisationFi), std::move(organisationSv),
                           std::move(organisationEn)},
          .network = network,
          .networkName = {std::move(networkFi), std::move(networkSv), std::move(networkEn)},
          .levels = {emailLevel, phoneLevel}};
}

}  // namespace

std::vector<MemberRow> currentMembers(ReadTx& tx, NetworkId network, Date today) {
  return tx.all(kCurrent, toRow, network, today);
}

std::vector<MemberRow> otherMembers(ReadTx& tx, NetworkId network, int limit, Date today) {
  return tx.all(kOther, toRow, network, today, limit);
}

std::vector<MemberRow> membersAfter(ReadTx& tx, NetworkId network, MemberId after, int limit,
                                    Date today) {
  return tx.all(kAfter, toRow, network, after, today, limit);
}

std::vector<Person> peopleOf(ReadTx& tx, NetworkId network, Date today) {
  return tx.all(kPeople, toPerson, network, today);
}

std::optional<MemberRow> findMember(ReadTx& tx, NetworkId network, MemberId id) {
  return tx.first(kFind, toRow, network, id);
}

std::vector<Member> membershipsOf(ReadTx& tx, NetworkId network, PersonId person) {
  return tx.all(kOfPersonInNetwork, toMember, person, network);
}

std::vector<Membership> membershipsOf(ReadTx& tx, PersonId person) {
  return tx.all(kOfPerson, toMembership, person);
}

std::vector<OrganisationShare> organisationShares(ReadTx& tx, NetworkId network, Date today) {
  return tx.all(kOrganisationShares, toOrganisationShare, network, today);
}

std::vector<RegionShare> regionShares(ReadTx& tx, NetworkId network, Date today) {
  return tx.all(kRegionShares, toRegionShare, network, today);
}

Counts countMembers(ReadTx& tx, NetworkId network, Date today) {
  return tx.first(kCount, toCounts, network, today).value();
}

Counts countAllMembers(ReadTx& tx, Date today) {
  return tx.first(kCountAll, toCounts, today).value();
}

std::vector<RegionalContact> contactPersonsOf(ReadTx& tx, RegionCode region, Date today) {
  return tx.all(kContactPersons, toContact, region, today);
}

std::int64_t countContactOrganisations(ReadTx& tx, RegionCode region, Date today) {
  return tx.value<std::int64_t>(kCountContactOrganisations, region, today);
}

MemberId insertMember(WriteTx& tx, NetworkId network, const Member& m) {
  const auto id = tx.insert<MemberId>(kInsert, network, m.person, m.organisation, m.role, m.region,
                                      m.period.from, m.period.to, tx.time());
  indexPerson(tx, m.person);
  return id;
}

bool updateMember(WriteTx& tx, NetworkId network, const Member& m) {
  if (tx.run(kUpdate, m.organisation, m.role, m.region, m.period.from, m.period.to, network, m.id,
             m.revision) != 1)
    return false;
  indexPerson(tx, m.person);
  return true;
}

void endAllMemberships(WriteTx& tx, PersonId person, Date today) {
  tx.run(kEndAll, today, person);
  tx.run(kTakeBack, person, today);
  indexPerson(tx, person);
}

}  // namespace toimela::contacts::store
