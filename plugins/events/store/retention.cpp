#include "store/retention.h"

#include <map>

#include "store/answer_files.h"
#include "store/stored.h"

namespace toimela::events::store {

namespace {

#define HOLDING                                                                              \
  "SELECT e.id, e.title_fi, e.title_sv, e.title_en, e.region, e.ends_at, e.retention_days, " \
  "t.told_for, t.told_at, t.aside_at, t.kept_until, t.erased_at, "                           \
  "(SELECT CAST(COUNT(*) AS BIGINT) FROM events_participant p WHERE p.event_id = e.id), "    \
  "(SELECT CAST(COUNT(*) AS BIGINT) FROM events_aside_participant a WHERE a.event_id = e.id), " \
  "(SELECT CAST(COALESCE(SUM(f.people), 0) AS BIGINT) FROM events_figure f "                 \
  "WHERE f.event_id = e.id AND f.kind = 'state' AND f.is_final = 1) "                        \
  "FROM events_event e LEFT JOIN events_retention t ON t.event_id = e.id "
constexpr Sql kHoldings{
    "events.retention.all",
    HOLDING
    "WHERE e.is_template = 0 AND (t.aside_at IS NOT NULL OR t.erased_at IS NOT NULL "
    "OR (e.ends_at + e.retention_days * 86400000 < CAST(:until AS BIGINT) "
    "AND EXISTS (SELECT 1 FROM events_registration r WHERE r.event_id = e.id))) "
    "ORDER BY e.ends_at, e.id"};
constexpr Sql kHolding{"events.retention.one", HOLDING "WHERE e.id = :event"};
#undef HOLDING

constexpr Sql kTold{"events.retention.told",
                    "INSERT INTO events_retention (event_id, told_for, told_at) VALUES (:event, :due, :at) "
                    "ON CONFLICT (event_id) DO UPDATE SET told_for = excluded.told_for, told_at = excluded.told_at"};
constexpr Sql kAside{"events.retention.aside",
                     "UPDATE events_retention SET aside_at = :at, kept_until = NULL WHERE event_id = :event"};
constexpr Sql kTakenBack{"events.retention.taken_back",
                         "UPDATE events_retention SET aside_at = NULL, kept_until = :until WHERE event_id = :event"};
constexpr Sql kErased{"events.retention.erased",
                      "UPDATE events_retention SET aside_at = NULL, erased_at = :at WHERE event_id = :event"};

// The columns stand by name: tests hold them against those that the tables have.
#define REGISTRATION                                                                         \
  "id, event_id, form_key, person_id, organisation_id, organisation_name, sector, name, email, " \
  "email_key, phone, locale, mode, answers, access_nonce, confirm_by, created_at, erased_at, followup_asked_at"
#define PARTICIPANT                                                                          \
  "id, registration_id, event_id, name, email, email_key, state, quota_id, sessions, answers, "  \
  "position, offer_until, attended_at, code, changed_at, followup_at"
#define MATERIAL_TOLD "participant_id, event_id, material_id"
#define INVITATION "id, event_id, person_id, invited_at"
#define MOVED(columns, from, to)                                                             \
  "INSERT INTO " to " (" columns ") SELECT " columns " FROM " from " WHERE event_id = :event"
#define REMOVED(from) "DELETE FROM " from " WHERE event_id = :event"

constexpr Sql kMovings[] = {
    {"events.aside.registrations", MOVED(REGISTRATION, "events_registration", "events_aside_registration")},
    {"events.aside.participants", MOVED(PARTICIPANT, "events_participant", "events_aside_participant")},
    {"events.aside.answered",
     MOVED("participant_id, event_id", "events_feedback_given", "events_aside_feedback_given")},
    {"events.aside.feedback",
     "INSERT INTO events_aside_feedback (feedback_id, event_id, participant_id, answer) "
     "SELECT id, event_id, participant_id, answer FROM events_feedback "
     "WHERE event_id = :event AND (participant_id IS NOT NULL OR answer <> '')"},
    {"events.aside.nameless",
     "UPDATE events_feedback SET participant_id = NULL, answer = '' WHERE event_id = :event"},
    {"events.aside.materials_told", MOVED(MATERIAL_TOLD, "events_material_told", "events_aside_material_told")},
    {"events.aside.invitations", MOVED(INVITATION, "events_invitation", "events_aside_invitation")},
    {"events.aside.without_materials_told", REMOVED("events_material_told")},
    {"events.aside.without_invitations", REMOVED("events_invitation")},
    {"events.aside.without_answered", REMOVED("events_feedback_given")},
    {"events.aside.without_participants", REMOVED("events_participant")},
    {"events.aside.without_registrations", REMOVED("events_registration")},
};
constexpr Sql kForgettings[] = {
    {"events.aside.erase_answered", REMOVED("events_aside_feedback_given")},
    {"events.aside.erase_feedback", REMOVED("events_aside_feedback")},
    {"events.aside.erase_materials_told", REMOVED("events_aside_material_told")},
    {"events.aside.erase_invitations", REMOVED("events_aside_invitation")},
    {"events.aside.erase_participants", REMOVED("events_aside_participant")},
    {"events.aside.erase_registrations", REMOVED("events_aside_registration")},
};
// What hangs on people by their numbers stays where it is while they are put aside.
constexpr Sql kForgetAttendance{"events.aside.erase_attendance",
                                "DELETE FROM events_session_attendance WHERE session_id IN "
                                "(SELECT s.id FROM events_session s WHERE s.event_id = :event)"};
constexpr Sql kAnswerFiles{"events.aside.answer_files",
                           "SELECT f.file_id FROM events_answer_file f JOIN events_aside_registration r "
                           "ON r.id = f.registration_id WHERE r.event_id = :event"};
constexpr Sql kReturns[] = {
    {"events.aside.back_registrations", MOVED(REGISTRATION, "events_aside_registration", "events_registration")},
    {"events.aside.back_participants", MOVED(PARTICIPANT, "events_aside_participant", "events_participant")},
    {"events.aside.back_answered",
     MOVED("participant_id, event_id", "events_aside_feedback_given", "events_feedback_given")},
    {"events.aside.back_materials_told",
     MOVED(MATERIAL_TOLD, "events_aside_material_told", "events_material_told")},
    {"events.aside.back_invitations", MOVED(INVITATION, "events_aside_invitation", "events_invitation")},
    {"events.aside.back_feedback",
     "UPDATE events_feedback SET "
     "participant_id = (SELECT a.participant_id FROM events_aside_feedback a WHERE a.feedback_id = events_feedback.id), "
     "answer = (SELECT a.answer FROM events_aside_feedback a WHERE a.feedback_id = events_feedback.id) "
     "WHERE event_id = :event AND id IN (SELECT a.feedback_id FROM events_aside_feedback a WHERE a.event_id = :event)"},
    {"events.aside.back_figures", "DELETE FROM events_figure WHERE event_id = :event AND is_final = 0"},
};
#undef REGISTRATION
#undef PARTICIPANT
#undef MATERIAL_TOLD
#undef INVITATION
#undef MOVED
#undef REMOVED

#define FIGURE(kind, label, condition)                                                       \
  "INSERT INTO events_figure (event_id, kind, label, is_final, people) "                     \
  "SELECT p.event_id, '" kind "', " label ", 0, CAST(COUNT(*) AS BIGINT) "                   \
  "FROM events_participant p JOIN events_registration r ON r.id = p.registration_id "        \
  "LEFT JOIN core_organisation o ON o.id = r.organisation_id "                               \
  "WHERE p.event_id = :event" condition " GROUP BY p.event_id, " label
#define HAS_PLACE " AND p.state = 'confirmed'"
// The same questions as those of store/figures.cpp.
constexpr Sql kFigures[] = {
    {"events.figure.sector", FIGURE("sector", "COALESCE(o.sector, r.sector, '')", HAS_PLACE)},
    {"events.figure.attended_sector",
     FIGURE("attended_sector", "COALESCE(o.sector, r.sector, '')",
            HAS_PLACE " AND (p.attended_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM events_participant n "
                      "WHERE n.event_id = p.event_id AND n.attended_at IS NOT NULL))")},
    {"events.figure.region", FIGURE("region", "COALESCE(o.region, '')", HAS_PLACE)},
    {"events.figure.organisation",
     FIGURE("organisation", "COALESCE(o.name_fi, r.organisation_name)", HAS_PLACE)},
    {"events.figure.state", FIGURE("state", "p.state", "")},
    {"events.figure.noted",
     "INSERT INTO events_figure (event_id, kind, label, is_final, people) "
     "SELECT p.event_id, 'noted', '', 0, CAST(COUNT(*) AS BIGINT) FROM events_participant p "
     "WHERE p.event_id = :event AND p.state = 'confirmed' AND p.attended_at IS NOT NULL GROUP BY p.event_id"},
};
#undef FIGURE
#undef HAS_PLACE
constexpr Sql kAskedAt{"events.figure.asked_at",
                       "SELECT r.created_at FROM events_participant p JOIN events_registration r "
                       "ON r.id = p.registration_id WHERE p.event_id = :event AND p.state = 'confirmed'"};
constexpr Sql kAddDay{"events.figure.add_day",
                      "INSERT INTO events_figure (event_id, kind, label, is_final, people) "
                      "VALUES (:event, 'day', :day, 0, :people)"};
constexpr Sql kMakeFinal{"events.figure.make_final",
                         "INSERT INTO events_figure (event_id, kind, label, is_final, people) "
                         "SELECT event_id, kind, label, 1, people FROM events_figure "
                         "WHERE event_id = :event AND is_final = 0 "
                         "ON CONFLICT (event_id, kind, label, is_final) DO UPDATE SET "
                         "people = events_figure.people + excluded.people"};
constexpr Sql kDropPassing{"events.figure.drop_passing",
                           "DELETE FROM events_figure WHERE event_id = :event AND is_final = 0"};
constexpr Sql kGone{"events.figure.gone",
                    "SELECT CAST(COALESCE(SUM(people), 0) AS BIGINT) FROM events_figure "
                    "WHERE event_id = :event AND kind = :kind AND label = :label"};

#define OF_PERSON                                                                            \
  "(r.person_id = CAST(:person AS BIGINT) OR (r.email_key = :key AND r.email_key <> '')) "
constexpr Sql kAsideRegistrations{
    "events.aside.registrations_of_person",
    "SELECT r.event_id, e.title_fi, r.name, r.email, r.phone, r.organisation_name, r.answers "
    "FROM events_aside_registration r JOIN events_event e ON e.id = r.event_id "
    "WHERE r.erased_at IS NULL AND " OF_PERSON "ORDER BY r.id"};
constexpr Sql kAsidePlaces{
    "events.aside.places_of_person",
    "SELECT p.event_id, e.title_fi, p.name, COALESCE(p.email, ''), p.state, p.answers "
    "FROM events_aside_participant p JOIN events_event e ON e.id = p.event_id "
    "WHERE p.email_key = :key ORDER BY p.id"};
constexpr Sql kAsideInvitations{
    "events.aside.invitations_of_person",
    "SELECT i.event_id, e.title_fi FROM events_aside_invitation i JOIN events_event e ON e.id = i.event_id "
    "WHERE i.person_id = :person ORDER BY i.id"};
constexpr Sql kForgetInvitations{"events.aside.forget_invitations",
                                 "DELETE FROM events_aside_invitation WHERE person_id = :person"};
#define PLACES_OF_PERSON                                                                     \
  "(SELECT q.id FROM events_aside_participant q JOIN events_aside_registration r "           \
  "ON r.id = q.registration_id WHERE q.email_key = :key OR " OF_PERSON ")"
constexpr Sql kForgetFeedback{"events.aside.forget_feedback",
                              "DELETE FROM events_aside_feedback WHERE participant_id IN " PLACES_OF_PERSON};
constexpr Sql kForgetPlaces{"events.aside.forget_places",
                            "UPDATE events_aside_participant SET name = '', email = NULL, email_key = NULL, "
                            "answers = '{}', offer_until = NULL WHERE id IN " PLACES_OF_PERSON};
constexpr Sql kForgetRegistrations{
    "events.aside.forget_registrations",
    "UPDATE events_aside_registration SET person_id = NULL, organisation_name = '', name = '', email = '', "
    "email_key = '', phone = '', answers = '{}', access_nonce = '', confirm_by = NULL, erased_at = :at "
    "WHERE id IN (SELECT r.id FROM events_aside_registration r WHERE " OF_PERSON ")"};
#undef PLACES_OF_PERSON
#undef OF_PERSON

Holding toHolding(EventId id, std::string fi, std::string sv, std::string en, std::optional<RegionCode> region,
                  Instant endsAt, std::int64_t days, std::optional<Instant> toldFor,
                  std::optional<Instant> toldAt, std::optional<Instant> asideAt,
                  std::optional<Instant> keptUntil, std::optional<Instant> erasedAt, std::int64_t there,
                  std::int64_t aside, std::int64_t erased) {
  return {.id = id,
          .title = {std::move(fi), std::move(sv), std::move(en)},
          .region = region,
          .retention = {.endsAt = endsAt,
                        .days = static_cast<int>(days),
                        .hasPeople = there > 0,
                        .toldFor = toldFor,
                        .toldAt = toldAt,
                        .asideAt = asideAt,
                        .keptUntil = keptUntil,
                        .erasedAt = erasedAt},
          .people = there + aside + erased};
}

}  // namespace

std::vector<Holding> holdings(ReadTx& tx, Instant until) { return tx.all(kHoldings, &toHolding, until); }

std::optional<Holding> holdingOf(ReadTx& tx, EventId event) { return tx.first(kHolding, &toHolding, event); }

void noteTold(WriteTx& tx, EventId event, Instant due) { tx.run(kTold, event, due, tx.time()); }
void noteAside(WriteTx& tx, EventId event) { tx.run(kAside, tx.time(), event); }
void noteTakenBack(WriteTx& tx, EventId event, Instant keptUntil) { tx.run(kTakenBack, keptUntil, event); }
void noteErased(WriteTx& tx, EventId event) { tx.run(kErased, tx.time(), event); }

std::int64_t putAside(WriteTx& tx, EventId event) {
  for (const Sql& sql : kFigures) tx.run(sql, event);
  std::map<Date, std::int64_t> days;
  for (const Instant at : tx.all(kAskedAt, [](Instant at) { return at; }, event)) ++days[Date::of(at)];
  for (const auto& [day, people] : days) tx.run(kAddDay, event, day, people);
  for (const Sql& sql : kMovings) tx.run(sql, event);
  return holdingOf(tx, event)->people;
}

void takeBack(WriteTx& tx, EventId event) {
  for (const Sql& sql : kReturns) tx.run(sql, event);
  for (const Sql& sql : kForgettings) tx.run(sql, event);
}

std::int64_t eraseAside(WriteTx& tx, EventId event) {
  tx.run(kMakeFinal, event);
  tx.run(kDropPassing, event);
  for (const FileId file : tx.all(kAnswerFiles, [](FileId file) { return file; }, event))
    removeAnswerFile(tx, file);
  tx.run(kForgetAttendance, event);
  for (const Sql& sql : kForgettings) tx.run(sql, event);
  return holdingOf(tx, event)->people;
}

std::vector<AsideRecord> asideOf(ReadTx& tx, PersonId person, const std::string& emailKey) {
  auto records = tx.all(
      kAsideRegistrations,
      [](EventId event, std::string title, std::string name, std::string email, std::string phone,
         std::string organisation, std::string answers) {
        return AsideRecord{.event = event, .title = std::move(title), .isRegistrant = true,
                           .name = std::move(name), .email = std::move(email), .phone = std::move(phone),
                           .organisation = std::move(organisation), .state = {}, .answers = std::move(answers)};
      },
      person, emailKey);
  tx.each(
      kAsidePlaces,
      [&](EventId event, std::string title, std::string name, std::string email, std::string state,
          std::string answers) {
        records.push_back({.event = event, .title = std::move(title), .isRegistrant = false,
                           .name = std::move(name), .email = std::move(email), .phone = {},
                           .organisation = {}, .state = std::move(state), .answers = std::move(answers)});
      },
      emailKey);
  tx.each(
      kAsideInvitations,
      [&](EventId event, std::string title) {
        records.push_back({.event = event, .title = std::move(title), .isRegistrant = false, .name = {},
                           .email = {}, .phone = {}, .organisation = {}, .state = "invited", .answers = "{}"});
      },
      person);
  return records;
}

void forgetAside(WriteTx& tx, PersonId person, const std::string& emailKey) {
  tx.run(kForgetFeedback, emailKey, person);
  tx.run(kForgetInvitations, person);
  tx.run(kForgetPlaces, emailKey, person);
  tx.run(kForgetRegistrations, tx.time(), person, emailKey);
}

std::int64_t goneInState(ReadTx& tx, EventId event, std::string_view state) {
  return tx.value<std::int64_t>(kGone, event, std::string_view("state"), state);
}

std::int64_t goneNoted(ReadTx& tx, EventId event) {
  return tx.value<std::int64_t>(kGone, event, std::string_view("noted"), std::string_view());
}

}  // namespace toimela::events::store
