#include "store/registrations.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "domain/pools.h"
#include "store/stored.h"

namespace toimela::events::store {

namespace {

using nlohmann::json;

// A list of values as one argument, as a table of one column `value`.
#define LITE_LIST(name) "(SELECT value FROM json_each(" name "))"
// One look into the index for each: left alone, the planner reads a whole table that has grown since it
// last counted it.
#define PG_EACH(name) "jsonb_array_elements_text(CAST(" name " AS JSONB)) AS t (value), LATERAL "
#define PG_NUMBERS(name)                                                                       \
  "(SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text(CAST(" name " AS JSONB)) AS t (value))"
#define LIVE "('pending', 'waiting', 'offered', 'confirmed')"

constexpr Sql kFind{"events.registration.find",
                    "SELECT event_id, form_key, person_id, organisation_id, organisation_name, sector, "
                    "name, email, phone, locale, mode, answers, access_nonce, confirm_by "
                    "FROM events_registration WHERE id = :id AND erased_at IS NULL"};

#define PARTICIPANT                                                                          \
  "p.id, p.registration_id, p.name, p.email, p.state, p.sessions, p.quota_id, p.answers, "   \
  "p.position, p.offer_until, p.attended_at, p.code, p.followup_at "
constexpr Sql kParticipants{"events.participant.of_registration",
                            "SELECT " PARTICIPANT "FROM events_participant p "
                            "WHERE p.registration_id = :registration ORDER BY p.id"};
constexpr Sql kParticipant{"events.participant.find",
                           "SELECT " PARTICIPANT "FROM events_participant p "
                           "WHERE p.event_id = :event AND p.id = :id"};
constexpr Sql kByCode{"events.participant.by_code",
                      "SELECT " PARTICIPANT "FROM events_participant p "
                      "WHERE p.event_id = :event AND p.code = :code"};
constexpr Sql kTable{
    "events.participant.table",
    "SELECT " PARTICIPANT ", r.name, r.email, r.organisation_id, "
    "COALESCE(o.name_fi, r.organisation_name), r.sector, r.created_at, r.answers "
    "FROM events_participant p JOIN events_registration r ON r.id = p.registration_id "
    "LEFT JOIN core_organisation o ON o.id = r.organisation_id "
    "WHERE p.event_id = :event AND (CAST(:state AS TEXT) IS NULL OR p.state = CAST(:state AS TEXT)) "
    "AND (CAST(:words AS TEXT) = '' OR LOWER(p.name || ' ' || COALESCE(p.email, '') || ' ' || r.name "
    "|| ' ' || r.organisation_name || ' ' || COALESCE(o.name_fi, '')) LIKE CAST(:words AS TEXT) ESCAPE '!') "
    "ORDER BY p.position, p.id LIMIT :limit OFFSET :offset"};
#undef PARTICIPANT

constexpr Sql kMade{"events.registration.made_with",
                    "SELECT form_key, id FROM events_registration "
                    "WHERE form_key IN " LITE_LIST(":keys") " AND event_id = :event",
                    "SELECT r.form_key, r.id FROM " PG_EACH(":keys") "(SELECT form_key, id "
                    "FROM events_registration WHERE form_key = t.value "
                    "AND event_id = CAST(:event AS BIGINT) OFFSET 0) r"};
constexpr Sql kAddresses{"events.participant.addresses",
                         "SELECT email_key FROM events_participant WHERE email_key IN "
                         LITE_LIST(":keys") " AND state IN " LIVE " AND event_id = :event",
                         "SELECT p.email_key FROM " PG_EACH(":keys") "(SELECT email_key "
                         "FROM events_participant WHERE email_key = t.value AND state IN " LIVE
                         " AND event_id = CAST(:event AS BIGINT) OFFSET 0) p"};
constexpr Sql kLive{"events.participant.live_of_organisation",
                    "SELECT COUNT(*) FROM events_participant p "
                    "JOIN events_registration r ON r.id = p.registration_id "
                    "WHERE r.organisation_id = :organisation AND r.event_id = :event "
                    "AND p.state IN " LIVE};

#define REGISTRATION_COLUMNS                                                                    \
  "INSERT INTO events_registration (event_id, form_key, person_id, organisation_id, "           \
  "organisation_name, sector, name, email, email_key, phone, locale, mode, answers, "           \
  "access_nonce, confirm_by, created_at) "                                                       \
  "SELECT CAST(value ->> 0 AS BIGINT), value ->> 1, CAST(value ->> 2 AS BIGINT), "              \
  "CAST(value ->> 3 AS BIGINT), value ->> 4, value ->> 5, value ->> 6, value ->> 7, "           \
  "value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13, "          \
  "CAST(value ->> 14 AS BIGINT), CAST(:at AS BIGINT) FROM "
constexpr Sql kInsert{"events.registration.insert",
                      REGISTRATION_COLUMNS "json_each(:rows) WHERE true RETURNING form_key, id",
                      REGISTRATION_COLUMNS
                      "jsonb_array_elements(CAST(:rows AS JSONB)) RETURNING form_key, id"};
#undef REGISTRATION_COLUMNS

#define PARTICIPANT_COLUMNS                                                                     \
  "INSERT INTO events_participant (registration_id, event_id, name, email, email_key, state, "  \
  "quota_id, sessions, answers, position, code, changed_at) "                                   \
  "SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), value ->> 2, value ->> 3, " \
  "value ->> 4, value ->> 5, CAST(value ->> 6 AS BIGINT), value ->> 7, value ->> 8, "           \
  "CAST(value ->> 9 AS BIGINT), value ->> 10, CAST(:at AS BIGINT) FROM "
constexpr Sql kInsertParticipants{
    "events.participant.insert",
    PARTICIPANT_COLUMNS "json_each(:rows) WHERE true RETURNING code, id",
    PARTICIPANT_COLUMNS "jsonb_array_elements(CAST(:rows AS JSONB)) RETURNING code, id"};
#undef PARTICIPANT_COLUMNS

constexpr Sql kWaiting{"events.participant.waiting",
                       "SELECT p.id, p.registration_id, p.sessions, p.quota_id, p.position, r.mode, "
                       "r.organisation_id FROM events_participant p "
                       "JOIN events_registration r ON r.id = p.registration_id "
                       "WHERE p.event_id = :event AND p.state = 'waiting' AND p.position > :after "
                       "ORDER BY p.position, p.id LIMIT :limit"};
constexpr Sql kSetState{"events.participant.set_state",
                        "UPDATE events_participant SET state = :state, "
                        "offer_until = CAST(:offer AS BIGINT), changed_at = :at "
                        "WHERE id IN " LITE_LIST(":ids"),
                        "UPDATE events_participant SET state = :state, "
                        "offer_until = CAST(:offer AS BIGINT), changed_at = :at "
                        "WHERE id IN " PG_NUMBERS(":ids")};
constexpr Sql kSetPositions{
    "events.participant.set_positions",
    "UPDATE events_participant SET position = CAST(m.value ->> 1 AS BIGINT) "
    "FROM json_each(:rows) AS m WHERE events_participant.id = CAST(m.value ->> 0 AS BIGINT)",
    "UPDATE events_participant SET position = CAST(m.value ->> 1 AS BIGINT) "
    "FROM jsonb_array_elements(CAST(:rows AS JSONB)) AS m (value) "
    "WHERE events_participant.id = CAST(m.value ->> 0 AS BIGINT)"};
constexpr Sql kSetSessions{"events.participant.set_sessions",
                           "UPDATE events_participant SET sessions = :sessions, changed_at = :at "
                           "WHERE id = :id"};
constexpr Sql kSetDetails{"events.participant.set_details",
                          "UPDATE events_participant SET name = :name, email = :email, "
                          "email_key = :email_key, answers = :answers, changed_at = :at "
                          "WHERE id = :id"};
constexpr Sql kSetAnswers{"events.registration.set_answers",
                          "UPDATE events_registration SET answers = :answers WHERE id = :id"};
constexpr Sql kSetOrganisation{"events.registration.set_organisation",
                               "UPDATE events_registration SET organisation_id = :organisation, "
                               "organisation_name = :name WHERE id = :id"};
constexpr Sql kSetAttended{"events.participant.set_attended",
                           "UPDATE events_participant SET attended_at = CAST(:attended AS BIGINT), "
                           "changed_at = :at WHERE id = :id"};
constexpr Sql kConfirmAddress{"events.registration.confirm_address",
                              "UPDATE events_registration SET confirm_by = NULL "
                              "WHERE id = :id AND confirm_by >= :now"};
constexpr Sql kCount{"events.participant.count",
                     "SELECT COUNT(*) FROM events_participant WHERE event_id = :event AND state = :state"};
constexpr Sql kBefore{"events.participant.before",
                      "SELECT COUNT(*) FROM events_participant WHERE event_id = :event "
                      "AND state = 'waiting' AND position < :position"};

constexpr Sql kEventsWithLapsed{
    "events.participant.events_with_lapsed",
    "SELECT event_id FROM events_participant WHERE offer_until IS NOT NULL AND offer_until < :now "
    "UNION SELECT event_id FROM events_registration WHERE confirm_by IS NOT NULL AND confirm_by < :now"};
constexpr Sql kLapsed{
    "events.participant.lapsed",
    "SELECT p.id FROM events_participant p JOIN events_registration r ON r.id = p.registration_id "
    "WHERE p.event_id = :event AND p.state IN " LIVE
    " AND ((p.offer_until IS NOT NULL AND p.offer_until < :now) "
    "OR (r.confirm_by IS NOT NULL AND r.confirm_by < :now)) ORDER BY p.id"};
constexpr Sql kForgetConfirm{"events.registration.forget_confirm",
                             "UPDATE events_registration SET confirm_by = NULL "
                             "WHERE event_id = :event AND confirm_by IS NOT NULL AND confirm_by < :now"};

constexpr Sql kOfPerson{"events.registration.of_person",
                        "SELECT r.id FROM events_registration r JOIN events_event e ON e.id = r.event_id "
                        "WHERE r.person_id = :person AND r.erased_at IS NULL "
                        "ORDER BY e.starts_at DESC, r.id DESC"};
constexpr Sql kOfPersonAfter{"events.registration.of_person_after",
                             "SELECT id FROM events_registration WHERE person_id = :person "
                             "AND erased_at IS NULL AND id > :after ORDER BY id LIMIT :limit"};
constexpr Sql kOfOrganisation{
    "events.registration.of_organisation",
    "SELECT r.id FROM events_registration r JOIN events_event e ON e.id = r.event_id "
    "WHERE r.organisation_id = :organisation AND r.erased_at IS NULL "
    "ORDER BY e.starts_at DESC, r.id DESC"};

#undef LITE_LIST
#undef PG_EACH
#undef PG_NUMBERS
#undef LIVE

std::string join(const std::vector<SessionId>& sessions) {
  std::string text;
  for (const SessionId session : sessions)
    text.append(text.empty() ? "" : ",").append(session.text());
  return text;
}

std::vector<SessionId> split(std::string_view text) {
  std::vector<SessionId> sessions;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    if (const auto id = parseId(text.substr(0, comma))) sessions.push_back({*id});
    text.remove_prefix(std::min(text.size(), comma + 1));
  }
  return sessions;
}

Participant toParticipant(ParticipantId id, RegistrationId registration, std::string name,
                          std::optional<EmailAddress> email, PlaceState state, std::string sessions,
                          std::optional<QuotaId> quota, std::string answers, std::int64_t position,
                          std::optional<Instant> offerUntil, std::optional<Instant> attendedAt,
                          std::string code, std::optional<Instant> followUpAt) {
  return {id,
          registration,
          std::move(name),
          std::move(email),
          state,
          split(sessions),
          quota,
          std::move(answers),
          position,
          offerUntil,
          attendedAt,
          std::move(code),
          followUpAt};
}

template <class T>
json orNull(const std::optional<T>& value) {
  return value ? json(value->value) : json();
}

json rowOf(const Registration& r) {
  return {r.event.value,
          r.formKey,
          orNull(r.person),
          orNull(r.organisation),
          r.organisationName,
          r.sector ? json(std::string(code(*r.sector))) : json(),
          r.name,
          r.email.text(),
          r.email.key(),
          r.phone,
          std::string(code(r.locale)),
          std::string(code(r.mode)),
          r.answers,
          r.accessNonce,
          r.confirmBy ? json(r.confirmBy->time_since_epoch().count()) : json()};
}

json rowOf(const Registration& r, const Participant& p) {
  return {r.id.value,
          r.event.value,
          p.name,
          p.email ? json(p.email->text()) : json(),
          p.email ? json(p.email->key()) : json(),
          std::string(code(p.state)),
          orNull(p.quota),
          join(p.sessions),
          p.answers,
          p.position,
          p.code};
}

/// "!", "%" and "_" of what was typed mean themselves.
std::string containing(const std::string& words) {
  if (words.empty()) return {};
  std::string pattern = "%";
  for (const char c : words) {
    if (c == '!' || c == '%' || c == '_') pattern += '!';
    pattern += c;
  }
  return pattern + "%";
}

}  // namespace

std::optional<Registration> findRegistration(ReadTx& tx, RegistrationId id) {
  auto found = tx.first(
      kFind,
      [id](EventId event, std::string formKey, std::optional<PersonId> person,
           std::optional<OrganisationId> organisation, std::string organisationName,
           std::optional<Sector> sector, std::string name, EmailAddress email, std::string phone,
           Locale locale, GroupMode mode, std::string answers, std::string accessNonce,
           std::optional<Instant> confirmBy) {
        return Registration{id,
                            event,
                            std::move(formKey),
                            person,
                            organisation,
                            std::move(organisationName),
                            sector,
                            std::move(name),
                            std::move(email),
                            std::move(phone),
                            locale,
                            mode,
                            std::move(answers),
                            std::move(accessNonce),
                            confirmBy,
                            {}};
      },
      id);
  if (found) found->participants = tx.all(kParticipants, &toParticipant, id);
  return found;
}

std::optional<Participant> findParticipant(ReadTx& tx, EventId event, ParticipantId id) {
  return tx.first(kParticipant, &toParticipant, event, id);
}

std::optional<Participant> findByCode(ReadTx& tx, EventId event, const std::string& code) {
  return tx.first(kByCode, &toParticipant, event, code);
}

std::map<std::string, RegistrationId> madeWith(ReadTx& tx, EventId event,
                                               const std::vector<std::string>& formKeys) {
  std::map<std::string, RegistrationId> made;
  tx.each(
      kMade, [&](std::string key, RegistrationId id) { made.emplace(std::move(key), id); },
      json(formKeys).dump(), event);
  return made;
}

std::set<std::string> registeredAddresses(ReadTx& tx, EventId event,
                                          const std::vector<std::string>& emailKeys) {
  std::set<std::string> found;
  if (emailKeys.empty()) return found;
  tx.each(
      kAddresses, [&](std::string key) { found.insert(std::move(key)); },
      json(emailKeys).dump(), event);
  return found;
}

std::int64_t liveOf(ReadTx& tx, EventId event, OrganisationId organisation) {
  return tx.value<std::int64_t>(kLive, organisation, event);
}

void insertRegistrations(WriteTx& tx, std::span<Registration*> registrations) {
  if (registrations.empty()) return;
  auto rows = json::array();
  std::unordered_map<std::string, Registration*> byKey;
  for (Registration* registration : registrations) {
    rows.push_back(rowOf(*registration));
    byKey[registration->event.text() + ":" + registration->formKey] = registration;
  }
  const std::string event = registrations.front()->event.text() + ":";
  for (const auto& [key, id] : tx.all(
           kInsert, [](std::string key, RegistrationId id) { return std::pair(std::move(key), id); },
           tx.time(), rows.dump()))
    byKey.at(event + key)->id = id;

  auto people = json::array();
  std::unordered_map<std::string, Participant*> byCode;
  for (Registration* registration : registrations)
    for (Participant& participant : registration->participants) {
      participant.registration = registration->id;
      people.push_back(rowOf(*registration, participant));
      byCode[participant.code] = &participant;
    }
  for (const auto& [code, id] : tx.all(
           kInsertParticipants,
           [](std::string code, ParticipantId id) { return std::pair(std::move(code), id); },
           tx.time(), people.dump()))
    byCode.at(code)->id = id;
}

std::vector<Waiting> waitingSeats(ReadTx& tx, EventId event, std::int64_t after, int limit) {
  return tx.all(
      kWaiting,
      [](ParticipantId id, RegistrationId registration, std::string sessions,
         std::optional<QuotaId> quota, std::int64_t position, GroupMode mode,
         std::optional<OrganisationId> organisation) {
        Participant participant;
        participant.sessions = split(sessions);
        participant.quota = quota;
        return Waiting{{id, registration, mode == GroupMode::together,
                        wantedBy(participant, organisation)},
                       position};
      },
      event, after, limit);
}

void setState(WriteTx& tx, std::span<const ParticipantId> participants, PlaceState state,
              std::optional<Instant> offerUntil) {
  if (participants.empty()) return;
  auto ids = json::array();
  for (const ParticipantId id : participants) ids.push_back(id.value);
  tx.run(kSetState, state, offerUntil, tx.time(), ids.dump());
}

void setOrder(WriteTx& tx, EventId event, const std::vector<RegistrationId>& order) {
  const auto waiting = waitingSeats(tx, event, 0, std::numeric_limits<int>::max());
  std::map<RegistrationId, std::vector<ParticipantId>> people;
  for (const Waiting& each : waiting) people[each.seat.registration].push_back(each.seat.participant);
  auto rows = json::array();
  auto next = waiting.begin();
  for (const RegistrationId registration : order)
    for (const ParticipantId participant : people[registration]) {
      if (next->seat.participant != participant) rows.push_back({participant.value, next->position});
      ++next;
    }
  tx.run(kSetPositions, rows.dump());
}

void setSessions(WriteTx& tx, ParticipantId participant, const std::vector<SessionId>& sessions) {
  tx.run(kSetSessions, join(sessions), tx.time(), participant);
}

void setDetails(WriteTx& tx, const Participant& p) {
  tx.run(kSetDetails, p.name, p.email, p.email ? std::optional(p.email->key()) : std::nullopt,
         p.answers, tx.time(), p.id);
}

void setAnswers(WriteTx& tx, RegistrationId registration, const std::string& answers) {
  tx.run(kSetAnswers, answers, registration);
}

void setOrganisation(WriteTx& tx, RegistrationId registration, OrganisationId organisation,
                     const std::string& name) {
  tx.run(kSetOrganisation, organisation, name, registration);
}

void setAttended(WriteTx& tx, ParticipantId participant, std::optional<Instant> at) {
  tx.run(kSetAttended, at, tx.time(), participant);
}

bool confirmAddress(WriteTx& tx, RegistrationId registration) {
  return tx.run(kConfirmAddress, registration, tx.time()) == 1;
}

std::vector<ParticipantRow> participantsOf(ReadTx& tx, EventId event, std::optional<PlaceState> state,
                                           const std::string& words, int limit, int offset) {
  return tx.all(
      kTable,
      [](ParticipantId id, RegistrationId registration, std::string name,
         std::optional<EmailAddress> email, PlaceState found, std::string sessions,
         std::optional<QuotaId> quota, std::string answers, std::int64_t position,
         std::optional<Instant> offerUntil, std::optional<Instant> attendedAt, std::string code,
         std::optional<Instant> followUpAt, std::string registrant, std::string registrantEmail,
         std::optional<OrganisationId> organisation, std::string organisationName,
         std::optional<Sector> sector, Instant registeredAt, std::string registrationAnswers) {
        return ParticipantRow{
            toParticipant(id, registration, std::move(name), std::move(email), found,
                          std::move(sessions), quota, std::move(answers), position, offerUntil,
                          attendedAt, std::move(code), followUpAt),
            std::move(registrant),
            std::move(registrantEmail),
            organisation,
            std::move(organisationName),
            sector,
            registeredAt,
            std::move(registrationAnswers)};
      },
      event, state, containing(words), limit, offset);
}

std::int64_t countParticipants(ReadTx& tx, EventId event, PlaceState state) {
  return tx.value<std::int64_t>(kCount, event, state);
}

std::int64_t waitingBefore(ReadTx& tx, EventId event, std::int64_t position) {
  return tx.value<std::int64_t>(kBefore, event, position);
}

std::vector<EventId> eventsWithLapsed(ReadTx& tx, Instant now) {
  return tx.all(kEventsWithLapsed, [](EventId id) { return id; }, now);
}

std::vector<ParticipantId> lapsedOf(ReadTx& tx, EventId event, Instant now) {
  return tx.all(kLapsed, [](ParticipantId id) { return id; }, event, now);
}

void forgetLapsedConfirmations(WriteTx& tx, EventId event) { tx.run(kForgetConfirm, event, tx.time()); }

std::vector<RegistrationId> registrationsAfter(ReadTx& tx, PersonId person, RegistrationId after, int limit) {
  return tx.all(kOfPersonAfter, [](RegistrationId id) { return id; }, person, after, limit);
}

std::vector<RegistrationId> registrationsOf(ReadTx& tx, PersonId person) {
  return tx.all(kOfPerson, [](RegistrationId id) { return id; }, person);
}

std::vector<RegistrationId> registrationsOf(ReadTx& tx, OrganisationId organisation) {
  return tx.all(kOfOrganisation, [](RegistrationId id) { return id; }, organisation);
}

}  // namespace toimela::events::store
