#include "store/applications.h"

#include "store/stored.h"

namespace toimela::contacts::store {

namespace {

#define SELECT_ROW                                                                                 \
  "SELECT a.id, a.network_id, a.person_id, a.organisation_id, a.role, a.region, a.message, "       \
  "a.state, a.reason, a.created_at, a.decided_at, p.given_name, p.family_name, p.email, "          \
  "o.name_fi, o.name_sv, o.name_en, n.name_fi, n.name_sv, n.name_en "                              \
  "FROM contacts_application a JOIN core_person p ON p.id = a.person_id "                          \
  "JOIN core_organisation o ON o.id = a.organisation_id "                                          \
  "JOIN contacts_network n ON n.id = a.network_id "

constexpr Sql kFind{"contacts.application.find",
                    SELECT_ROW "WHERE a.network_id = :network AND a.id = :id"};
constexpr Sql kOpen{"contacts.application.open",
                    SELECT_ROW "WHERE a.network_id = :network AND a.state = 'open' ORDER BY a.id"};
constexpr Sql kClosed{"contacts.application.closed",
                      SELECT_ROW "WHERE a.network_id = :network AND a.state <> 'open' "
                      "ORDER BY a.decided_at DESC, a.id DESC LIMIT :limit"};
constexpr Sql kAfter{"contacts.application.after",
                     SELECT_ROW "WHERE a.network_id = :network AND a.id > :after "
                     "AND (CAST(:state AS TEXT) IS NULL OR a.state = CAST(:state AS TEXT)) "
                     "ORDER BY a.id LIMIT :limit"};
constexpr Sql kOfPerson{"contacts.application.of_person",
                        SELECT_ROW "WHERE a.person_id = :person ORDER BY a.id DESC"};
constexpr Sql kLatest{"contacts.application.latest",
                      SELECT_ROW "WHERE a.person_id = :person AND a.network_id = :network "
                      "ORDER BY a.id DESC LIMIT 1"};
#undef SELECT_ROW

constexpr Sql kCountOpen{"contacts.application.count_open",
                         "SELECT COUNT(*) FROM contacts_application "
                         "WHERE network_id = :network AND state = 'open'"};
constexpr Sql kCountSince{"contacts.application.count_since",
                          "SELECT CAST(COUNT(*) AS BIGINT) FROM contacts_application "
                          "WHERE network_id = :network AND person_id = :person "
                          "AND created_at >= :since"};
constexpr Sql kQueues{"contacts.application.queues",
                      "SELECT n.id, n.name_fi, n.name_sv, n.name_en, COUNT(*) "
                      "FROM contacts_application a JOIN contacts_network n ON n.id = a.network_id "
                      "WHERE n.coordinator_id = :person AND a.state = 'open' AND "
                      "(n.region IS NULL OR n.region IN "
                      "(SELECT x.region FROM core_plugin_active x WHERE x.plugin = 'contacts')) "
                      "GROUP BY n.id, n.name_fi, n.name_sv, n.name_en ORDER BY n.name_fi, n.id"};

constexpr Sql kInsert{"contacts.application.insert",
                      "INSERT INTO contacts_application (network_id, person_id, organisation_id, "
                      "role, region, message, state, reason, created_at) VALUES (:network, "
                      ":person, :organisation, :role, :region, :message, 'open', '', :created_at) "
                      "ON CONFLICT DO NOTHING RETURNING id"};
constexpr Sql kClose{"contacts.application.close",
                     "UPDATE contacts_application SET state = :state, reason = :reason, "
                     "member_id = :member, decided_by = :actor, decided_at = :now "
                     "WHERE id = :id AND state = 'open'"};
constexpr Sql kForget{"contacts.application.forget",
                      "DELETE FROM contacts_application WHERE person_id = :person"};
constexpr Sql kForgetDecider{"contacts.application.forget_decider",
                             "UPDATE contacts_application SET decided_by = NULL "
                             "WHERE decided_by = :person"};

ApplicationRow toRow(ApplicationId id, NetworkId network, PersonId person,
                     OrganisationId organisation, MemberRole role,
                     std::optional<RegionCode> region, std::string message, ApplicationState state,
                     std::string reason, Instant createdAt, std::optional<Instant> decidedAt,
                     std::string givenName, std::string familyName, std::string email,
                     std::string organisationFi, std::string organisationSv,
                     std::string organisationEn, std::string networkFi, std::string networkSv,
                     std::string networkEn) {
  return {.application = {.id = id,
                          .network = network,
                          .person = person,
                          .organisation = organisation,
                          .role = role,
                          .region = region,
                          .message = std::move(message),
                          .state = state,
                          .reason = std::move(reason),
                          .createdAt = createdAt,
                          .decidedAt = decidedAt},
          .person = givenName + " " + familyName,
          .email = std::move(email),
          .organisation = {std::move(organisationFi), std::move(organisationSv),
                           std::move(organisationEn)},
          .network = {std::move(networkFi), std::move(networkSv), std::move(networkEn)}};
}

Queue toQueue(NetworkId id, std::string nameFi, std::string nameSv, std::string nameEn,
              std::int64_t waiting) {
  return {id, {std::move(nameFi), std::move(nameSv), std::move(nameEn)}, waiting};
}

}  // namespace

std::optional<ApplicationRow> findApplication(ReadTx& tx, NetworkId network, ApplicationId id) {
  return tx.first(kFind, toRow, network, id);
}

std::vector<ApplicationRow> openApplications(ReadTx& tx, NetworkId network) {
  return tx.all(kOpen, toRow, network);
}

std::vector<ApplicationRow> closedApplications(ReadTx& tx, NetworkId network, int limit) {
  return tx.all(kClosed, toRow, network, limit);
}

std::vector<ApplicationRow> applicationsAfter(ReadTx& tx, NetworkId network, ApplicationId after,
                                              std::optional<ApplicationState> state, int limit) {
  return tx.all(kAfter, toRow, network, after, state, limit);
}

std::vector<ApplicationRow> applicationsOf(ReadTx& tx, PersonId person) {
  return tx.all(kOfPerson, toRow, person);
}

std::optional<ApplicationRow> latestApplication(ReadTx& tx, NetworkId network, PersonId person) {
  return tx.first(kLatest, toRow, person, network);
}

std::int64_t countApplications(ReadTx& tx, NetworkId network, PersonId person, Instant since) {
  return tx.value<std::int64_t>(kCountSince, network, person, since);
}

std::int64_t countOpenApplications(ReadTx& tx, NetworkId network) {
  return tx.value<std::int64_t>(kCountOpen, network);
}

std::vector<Queue> queuesOf(ReadTx& tx, PersonId coordinator) {
  return tx.all(kQueues, toQueue, coordinator);
}

std::optional<ApplicationId> insertApplication(WriteTx& tx, const Application& a) {
  return tx.first(kInsert, [](ApplicationId id) { return id; }, a.network, a.person,
                  a.organisation, a.role, a.region, a.message, tx.time());
}

bool closeApplication(WriteTx& tx, ApplicationId id, ApplicationState state,
                      const std::string& reason, std::optional<MemberId> member) {
  return tx.run(kClose, state, reason, member, tx.actor(), tx.time(), id) == 1;
}

void forgetApplications(WriteTx& tx, PersonId person) {
  tx.run(kForget, person);
  tx.run(kForgetDecider, person);
}

}  // namespace toimela::contacts::store
