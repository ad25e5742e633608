#include "store/managing.h"

#include "store/finding.h"
#include "store/lists.h"
#include "store/stored.h"

namespace toimela::events::store {

namespace {

#define LIVE "('pending', 'waiting', 'offered', 'confirmed')"
#define COUNT_OF(state)                                                       \
  "(SELECT CAST(COUNT(*) AS BIGINT) FROM events_participant x WHERE x.event_id = e.id " \
  "AND x.state = '" state "')"

constexpr Sql kManaged{
    "events.event.managed_in",
    "SELECT e.id, e.title_fi, e.title_sv, e.title_en, e.kind, e.status, e.region, e.starts_at, "
    "e.ends_at, p.capacity, p.taken, " COUNT_OF("waiting") ", " COUNT_OF("pending") " "
    "FROM events_event e JOIN events_pool p ON p.event_id = e.id AND p.kind = 'event' AND p.key = 0 "
    "WHERE e.is_template = :templates AND e.removed_at IS NULL AND ((e.region IS NULL AND CAST(:nation AS BIGINT) = 1) "
    "OR ',' || CAST(:regions AS TEXT) || ',' LIKE '%,' || e.region || ',%' "
    "OR EXISTS (SELECT 1 FROM events_co_region c WHERE c.event_id = e.id "
    "AND ',' || CAST(:regions AS TEXT) || ',' LIKE '%,' || c.region || ',%')) "
    "ORDER BY e.starts_at DESC, e.id DESC LIMIT :limit"};
constexpr Sql kIsTemplate{"events.event.is_template",
                          "SELECT is_template FROM events_event WHERE id = :id"};
constexpr Sql kMakeTemplate{"events.event.make_template",
                            "UPDATE events_event SET is_template = 1 WHERE id = :id"};
constexpr Sql kHasRegistrations{
    "events.event.has_registrations",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM events_registration WHERE event_id = :id"};
constexpr Sql kRemovePools{"events.event.remove_pools", "DELETE FROM events_pool WHERE event_id = :id"};
constexpr Sql kRemoveSessions{"events.event.remove_sessions",
                              "DELETE FROM events_session WHERE event_id = :id"};
constexpr Sql kRemoveQuotas{"events.event.remove_quotas",
                            "DELETE FROM events_quota WHERE event_id = :id"};
constexpr Sql kRemoveKeys{"events.event.remove_keys",
                          "DELETE FROM events_made_with WHERE event_id = :id"};
constexpr Sql kRemoveQuestions{"events.event.remove_questions",
                               "DELETE FROM events_question WHERE event_id = :id"};
constexpr Sql kRemoveFeedbackForm{"events.event.remove_feedback_form",
                                  "DELETE FROM events_feedback_form WHERE event_id = :id"};
constexpr Sql kRemovePicture{"events.event.remove_picture",
                             "DELETE FROM events_picture WHERE event_id = :id"};
constexpr Sql kRemoveMaterials{"events.event.remove_materials",
                               "DELETE FROM events_material WHERE event_id = :id"};
constexpr Sql kRemoveCoRegions{"events.event.remove_co_regions",
                               "DELETE FROM events_co_region WHERE event_id = :id"};
constexpr Sql kRemoveCoOrganisations{"events.event.remove_co_organisations",
                                     "DELETE FROM events_co_organisation WHERE event_id = :id"};
constexpr Sql kRemoveInvitations{"events.event.remove_invitations",
                                 "DELETE FROM events_invitation WHERE event_id = :id"};
constexpr Sql kRemoveCounts{"events.event.remove_counts", "DELETE FROM events_form_count WHERE event_id = :id"};
constexpr Sql kRemoveMessages{"events.event.remove_messages",
                              "DELETE FROM events_scheduled_message WHERE event_id = :id"};
constexpr Sql kRemoveEvent{"events.event.remove", "DELETE FROM events_event WHERE id = :id"};

constexpr Sql kLiveRegistrations{
    "events.registration.live",
    "SELECT DISTINCT registration_id FROM events_participant WHERE event_id = :event "
    "AND state IN " LIVE " ORDER BY registration_id"};
constexpr Sql kHeld{"events.participant.held_by_organisation",
                    "SELECT r.organisation_id, CAST(COUNT(*) AS BIGINT) FROM events_participant p "
                    "JOIN events_registration r ON r.id = p.registration_id "
                    "WHERE p.event_id = :event AND p.state IN ('offered', 'confirmed') "
                    "AND r.organisation_id IS NOT NULL GROUP BY r.organisation_id"};

constexpr Sql kAttended{"events.participant.count_attended",
                        "SELECT CAST(COUNT(*) AS BIGINT) FROM events_participant "
                        "WHERE event_id = :event AND state = 'confirmed' AND attended_at IS NOT NULL"};
constexpr Sql kChoosers{"events.participant.choosers",
                        "SELECT id FROM events_participant WHERE event_id = :event "
                        "AND state IN " LIVE " AND ',' || sessions || ',' LIKE '%,' || "
                        "CAST(:session AS TEXT) || ',%' ORDER BY position, id"};
constexpr Sql kRemoveSession{"events.session.remove",
                             "DELETE FROM events_session WHERE id = :id AND event_id = :event"};
constexpr Sql kRemoveAttendance{"events.session.remove_attendance",
                                "DELETE FROM events_session_attendance WHERE session_id = :id"};
constexpr Sql kRemovePool{"events.pool.remove",
                          "DELETE FROM events_pool WHERE event_id = :event AND kind = :kind AND key = :key"};

constexpr Sql kUpdateQuota{"events.quota.update",
                           "UPDATE events_quota SET name_fi = :fi, name_sv = :sv, name_en = :en "
                           "WHERE id = :id AND event_id = :event AND removed_at IS NULL"};
constexpr Sql kLeaveQuota{"events.participant.leave_quota",
                          "UPDATE events_participant SET quota_id = NULL "
                          "WHERE event_id = :event AND quota_id = :quota"};
constexpr Sql kAsideLeaveQuota{"events.aside.leave_quota",
                               "UPDATE events_aside_participant SET quota_id = NULL "
                               "WHERE event_id = :event AND quota_id = :quota"};
constexpr Sql kRemoveQuota{"events.quota.remove",
                           "DELETE FROM events_quota WHERE id = :id AND event_id = :event"};
constexpr Sql kJoinQuota{
    "events.participant.join_quota",
    "UPDATE events_participant SET quota_id = CAST(:quota AS BIGINT) WHERE event_id = :event "
    "AND quota_id IS NULL AND state IN " LIVE " AND registration_id IN "
    "(SELECT r.id FROM events_registration r WHERE r.event_id = :event "
    "AND ',' || CAST(:sectors AS TEXT) || ',' LIKE '%,' || r.sector || ',%')"};
constexpr Sql kHeldOfQuota{"events.participant.held_of_quota",
                           "SELECT CAST(COUNT(*) AS BIGINT) FROM events_participant "
                           "WHERE event_id = :event AND quota_id = :quota "
                           "AND state IN ('offered', 'confirmed')"};
#undef LIVE
#undef COUNT_OF

constexpr Sql kMaker{"events.event.maker",
                     "SELECT created_by FROM events_event WHERE id = :event AND created_by IS NOT NULL"};

}  // namespace

std::vector<ManagedEvent> managedIn(ReadTx& tx, const std::vector<RegionCode>& regions, bool nation,
                                    bool templates, int limit) {
  return tx.all(
      kManaged,
      [](EventId id, std::string fi, std::string sv, std::string en, EventKind kind,
         EventStatus status, std::optional<RegionCode> region, Instant startsAt, Instant endsAt,
         std::optional<std::int64_t> capacity, std::int64_t taken, std::int64_t waiting,
         std::int64_t pending) {
        return ManagedEvent{id,     {std::move(fi), std::move(sv), std::move(en)},
                            kind,   status,
                            region, startsAt,
                            endsAt, capacity,
                            taken,  waiting,
                            pending};
      },
      templates, nation, joined(regions), limit);
}

bool isTemplate(ReadTx& tx, EventId event) { return tx.value<bool>(kIsTemplate, event); }

void makeTemplate(WriteTx& tx, EventId event) {
  tx.run(kMakeTemplate, event);
  tellSearch(tx, event);
}

bool hasRegistrations(ReadTx& tx, EventId event) {
  return tx.value<std::int64_t>(kHasRegistrations, event) > 0;
}

void forgetKeys(WriteTx& tx, EventId event) { tx.run(kRemoveKeys, event); }

void removeEvent(WriteTx& tx, EventId event) {
  for (const Sql& sql : {kRemovePools, kRemoveMaterials, kRemoveSessions, kRemoveQuotas, kRemoveQuestions,
                         kRemoveFeedbackForm, kRemovePicture, kRemoveCoRegions, kRemoveCoOrganisations,
                         kRemoveInvitations, kRemoveKeys, kRemoveCounts, kRemoveMessages, kRemoveEvent})
    tx.run(sql, event);
  tellSearch(tx, event);
}

std::optional<PersonId> makerOf(ReadTx& tx, EventId event) {
  return tx.first(kMaker, [](PersonId person) { return person; }, event);
}

std::vector<RegistrationId> liveRegistrations(ReadTx& tx, EventId event) {
  return tx.all(kLiveRegistrations, [](RegistrationId id) { return id; }, event);
}

std::vector<Held> heldByOrganisation(ReadTx& tx, EventId event) {
  return tx.all(
      kHeld,
      [](OrganisationId organisation, std::int64_t places) { return Held{organisation, places}; },
      event);
}

std::int64_t countAttended(ReadTx& tx, EventId event) {
  return tx.value<std::int64_t>(kAttended, event);
}

std::vector<ParticipantId> choosersOf(ReadTx& tx, EventId event, SessionId session) {
  return tx.all(kChoosers, [](ParticipantId id) { return id; }, event, session.text());
}

void removeSession(WriteTx& tx, EventId event, SessionId session) {
  tx.run(kRemovePool, event, "session", session);
  tx.run(kRemoveAttendance, session);
  tx.run(kRemoveSession, session, event);
  tellSearch(tx, event);
}

bool updateQuota(WriteTx& tx, EventId event, const Quota& quota) {
  return tx.run(kUpdateQuota, quota.name.fi, quota.name.sv, quota.name.en, quota.id, event) == 1;
}

void leaveQuota(WriteTx& tx, EventId event, QuotaId quota) {
  tx.run(kLeaveQuota, event, quota);
  tx.run(kAsideLeaveQuota, event, quota);
}

void removeQuota(WriteTx& tx, EventId event, QuotaId quota) {
  leaveQuota(tx, event, quota);
  tx.run(kRemovePool, event, "quota", quota);
  tx.run(kRemoveQuota, quota, event);
}

std::int64_t joinQuota(WriteTx& tx, EventId event, const Quota& quota) {
  tx.run(kJoinQuota, quota.id, event,
         joined(quota.sectors, [](Sector sector) { return std::string(code(sector)); }));
  return tx.value<std::int64_t>(kHeldOfQuota, event, quota.id);
}

}  // namespace toimela::events::store
