#include "store/events.h"

#include <algorithm>

#include "store/finding.h"
#include "store/lists.h"
#include "store/stored.h"

namespace toimela::events::store {

namespace {

#define LOCAL(name) name "_fi, " name "_sv, " name "_en, "
#define E_LOCAL(name) "e." name "_fi, e." name "_sv, e." name "_en, "

constexpr Sql kFind{
    "events.event.find",
    "SELECT e.region, e.kind, e.status, e.visibility, e.audience, e.attendance, "
    E_LOCAL("title") E_LOCAL("summary") E_LOCAL("description") E_LOCAL("place")
    "e.address, e.municipality, " E_LOCAL("accessibility")
    "e.online_link, e.starts_at, e.ends_at, e.opens_at, e.closes_at, p.capacity, e.ceiling, "
    "e.has_waiting_list, e.approves_first, e.offer_hours, e.organiser_id, e.contact_name, "
    "e.contact_email, e.contact_phone, e.project, e.retention_days, e.sequence, e.revision "
    "FROM events_event e JOIN events_pool p ON p.event_id = e.id AND p.kind = 'event' AND p.key = 0 "
    "WHERE e.id = :id AND e.removed_at IS NULL"};

constexpr Sql kSessions{
    "events.session.of_event",
    "SELECT s.id, s.title_fi, s.title_sv, s.title_en, s.text_fi, s.text_sv, s.text_en, "
    "s.speakers_fi, s.speakers_sv, s.speakers_en, s.room, s.starts_at, s.ends_at, s.is_chosen, "
    "p.capacity FROM events_session s "
    "LEFT JOIN events_pool p ON p.event_id = s.event_id AND p.kind = 'session' AND p.key = s.id "
    "WHERE s.event_id = :event AND s.removed_at IS NULL ORDER BY s.starts_at, s.id"};

constexpr Sql kQuotas{
    "events.quota.of_event",
    "SELECT q.id, q.name_fi, q.name_sv, q.name_en, q.sectors, p.capacity FROM events_quota q "
    "JOIN events_pool p ON p.event_id = q.event_id AND p.kind = 'quota' AND p.key = q.id "
    "WHERE q.event_id = :event AND q.removed_at IS NULL ORDER BY q.id"};

#define SELECT_SUMMARY                                                                          \
  "SELECT e.id, " E_LOCAL("title") E_LOCAL("summary")                                           \
  "e.kind, e.status, e.attendance, e.region, " E_LOCAL("place")                                 \
  "e.municipality, e.starts_at, e.ends_at, p.capacity, p.taken FROM events_event e "            \
  "JOIN events_pool p ON p.event_id = e.id AND p.kind = 'event' AND p.key = 0 "
// Of the nation, or of a region where the plugin is on.
#define IS_OPENED                                                                                \
  "e.status <> 'draft' AND (e.region IS NULL OR e.region IN "                                   \
  "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'events')) "
#define IS_PUBLIC IS_OPENED "AND e.visibility = 'everyone' "
#define IS_FOR_READER                                                                            \
  "AND (e.visibility = 'everyone' OR (e.visibility = 'network' AND e.audience <> '' "           \
  "AND ',' || CAST(:groups AS TEXT) || ',' LIKE '%,' || e.audience || ',%')) "
#define IS_WANTED                                                                                \
  "AND e.ends_at > CAST(:from AS BIGINT) "                                                      \
  "AND (CAST(:until AS BIGINT) IS NULL OR e.starts_at < CAST(:until AS BIGINT)) "               \
  "AND (CAST(:region AS TEXT) IS NULL OR e.region = CAST(:region AS TEXT) "                     \
  "OR EXISTS (SELECT 1 FROM events_co_region c WHERE c.event_id = e.id "                        \
  "AND c.region = CAST(:region AS TEXT))) "                                                     \
  "AND (CAST(:kind AS TEXT) IS NULL OR e.kind = CAST(:kind AS TEXT)) "                          \
  "AND (CAST(:only_held AS BIGINT) = 0 OR e.status <> 'cancelled') "
constexpr Sql kList{"events.event.list",
                    SELECT_SUMMARY "WHERE " IS_OPENED IS_WANTED IS_FOR_READER
                    "ORDER BY e.starts_at, e.id LIMIT :limit OFFSET :offset"};
constexpr Sql kCount{"events.event.count",
                     "SELECT COUNT(*) FROM events_event e WHERE " IS_OPENED IS_WANTED IS_FOR_READER};
constexpr Sql kAfter{"events.event.after",
                     SELECT_SUMMARY "WHERE e.id > :after AND " IS_PUBLIC "ORDER BY e.id LIMIT :limit"};
constexpr Sql kManaged{"events.event.managed",
                       SELECT_SUMMARY
                       "WHERE (e.region = :region OR (e.region IS NULL AND CAST(:region AS TEXT) IS NULL)) "
                       "ORDER BY e.starts_at DESC, e.id DESC LIMIT :limit"};
#undef SELECT_SUMMARY
#undef IS_PUBLIC
#undef IS_WANTED
#undef IS_OPENED
#undef IS_FOR_READER
#undef E_LOCAL

constexpr Sql kInsert{
    "events.event.insert",
    "INSERT INTO events_event (region, kind, status, visibility, audience, attendance, "
    LOCAL("title") LOCAL("summary") LOCAL("description") LOCAL("place") "address, municipality, "
    LOCAL("accessibility")
    "online_link, starts_at, ends_at, opens_at, closes_at, ceiling, has_waiting_list, "
    "approves_first, offer_hours, organiser_id, contact_name, contact_email, contact_phone, project, "
    "retention_days, sequence, next_position, created_by, created_at, revision) "
    "VALUES (:region, :kind, :status, :visibility, :audience, :attendance, :title_fi, :title_sv, "
    ":title_en, :summary_fi, :summary_sv, :summary_en, :description_fi, :description_sv, "
    ":description_en, :place_fi, :place_sv, :place_en, :address, :municipality, :accessibility_fi, "
    ":accessibility_sv, :accessibility_en, :online_link, :starts_at, :ends_at, :opens_at, :closes_at, "
    ":ceiling, :has_waiting_list, :approves_first, :offer_hours, :organiser, :contact_name, "
    ":contact_email, :contact_phone, :project, :retention_days, 0, 0, :created_by, :created_at, 1) "
    "RETURNING id"};

constexpr Sql kUpdate{
    "events.event.update",
    "UPDATE events_event SET kind = :kind, status = :status, visibility = :visibility, "
    "audience = :audience, attendance = :attendance, title_fi = :title_fi, title_sv = :title_sv, "
    "title_en = :title_en, summary_fi = :summary_fi, summary_sv = :summary_sv, "
    "summary_en = :summary_en, description_fi = :description_fi, description_sv = :description_sv, "
    "description_en = :description_en, place_fi = :place_fi, place_sv = :place_sv, "
    "place_en = :place_en, address = :address, municipality = :municipality, "
    "accessibility_fi = :accessibility_fi, accessibility_sv = :accessibility_sv, "
    "accessibility_en = :accessibility_en, online_link = :online_link, starts_at = :starts_at, "
    "ends_at = :ends_at, opens_at = :opens_at, closes_at = :closes_at, ceiling = :ceiling, "
    "has_waiting_list = :has_waiting_list, approves_first = :approves_first, "
    "offer_hours = :offer_hours, organiser_id = :organiser, contact_name = :contact_name, "
    "contact_email = :contact_email, contact_phone = :contact_phone, project = :project, "
    "retention_days = :retention_days, sequence = :sequence, revision = revision + 1 "
    "WHERE id = :id AND revision = :revision"};

constexpr Sql kInsertSession{
    "events.session.insert",
    "INSERT INTO events_session (event_id, " LOCAL("title") LOCAL("text") LOCAL("speakers")
    "room, starts_at, ends_at, is_chosen) "
    "VALUES (:event, :title_fi, :title_sv, :title_en, :text_fi, :text_sv, :text_en, :speakers_fi, "
    ":speakers_sv, :speakers_en, :room, :starts_at, :ends_at, :is_chosen) RETURNING id"};
constexpr Sql kUpdateSession{
    "events.session.update",
    "UPDATE events_session SET title_fi = :title_fi, title_sv = :title_sv, title_en = :title_en, "
    "text_fi = :text_fi, text_sv = :text_sv, text_en = :text_en, speakers_fi = :speakers_fi, "
    "speakers_sv = :speakers_sv, speakers_en = :speakers_en, room = :room, starts_at = :starts_at, "
    "ends_at = :ends_at, is_chosen = :is_chosen "
    "WHERE id = :id AND event_id = :event AND removed_at IS NULL"};
constexpr Sql kInsertQuota{
    "events.quota.insert",
    "INSERT INTO events_quota (event_id, name_fi, name_sv, name_en, sectors) "
    "VALUES (:event, :name_fi, :name_sv, :name_en, :sectors) RETURNING id"};
constexpr Sql kInsertPool{
    "events.pool.insert",
    "INSERT INTO events_pool (event_id, kind, key, capacity, taken) "
    "VALUES (:event, :kind, :key, :capacity, 0)"};
// An update is the lock: on PostgreSQL it holds the row, on SQLite the transaction is the only writer.
constexpr Sql kLock{"events.event.lock",
                    "UPDATE events_event SET next_position = next_position + :count "
                    "WHERE id = :id AND removed_at IS NULL "
                    "RETURNING next_position - :count"};

#undef LOCAL

std::string join(const std::vector<Sector>& sectors) {
  std::string text;
  for (const Sector sector : sectors) text.append(text.empty() ? "" : ",").append(code(sector));
  return text;
}

std::vector<Sector> split(std::string_view text) {
  std::vector<Sector> sectors;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    if (const auto sector = parseSector(text.substr(0, comma))) sectors.push_back(*sector);
    text.remove_prefix(std::min(text.size(), comma + 1));
  }
  return sectors;
}

std::string groupsOf(const EventFilter& filter) {
  return joined(filter.groups, [](const std::string& key) { return key; });
}

EventSummary toSummary(EventId id, std::string titleFi, std::string titleSv, std::string titleEn,
                       std::string summaryFi, std::string summarySv, std::string summaryEn,
                       EventKind kind, EventStatus status, Attendance attendance,
                       std::optional<RegionCode> region, std::string placeFi, std::string placeSv,
                       std::string placeEn, std::optional<MunicipalityCode> municipality,
                       Instant startsAt, Instant endsAt, std::optional<std::int64_t> capacity,
                       std::int64_t taken) {
  return {id,
          {std::move(titleFi), std::move(titleSv), std::move(titleEn)},
          {std::move(summaryFi), std::move(summarySv), std::move(summaryEn)},
          kind,
          status,
          attendance,
          region,
          {std::move(placeFi), std::move(placeSv), std::move(placeEn)},
          municipality,
          startsAt,
          endsAt,
          capacity,
          taken};
}

}  // namespace

std::optional<Event> findEvent(ReadTx& tx, EventId id) {
  return tx.first(
      kFind,
      [id](std::optional<RegionCode> region, EventKind kind, EventStatus status,
           Visibility visibility, std::string audience, Attendance attendance, std::string titleFi,
           std::string titleSv, std::string titleEn, std::string summaryFi, std::string summarySv,
           std::string summaryEn, std::string descriptionFi, std::string descriptionSv,
           std::string descriptionEn, std::string placeFi, std::string placeSv, std::string placeEn,
           std::string address, std::optional<MunicipalityCode> municipality,
           std::string accessibilityFi, std::string accessibilitySv, std::string accessibilityEn,
           std::string onlineLink, Instant startsAt, Instant endsAt, std::optional<Instant> opensAt,
           std::optional<Instant> closesAt, std::optional<std::int64_t> capacity,
           std::optional<std::int64_t> ceiling, bool hasWaitingList, bool approvesFirst,
           std::optional<std::int64_t> offerHours, std::optional<OrganisationId> organiser,
           std::string contactName, std::string contactEmail, std::string contactPhone,
           std::string project, std::int64_t retentionDays, std::int64_t sequence,
           std::int64_t revision) {
        return Event{
            .id = id,
            .region = region,
            .kind = kind,
            .status = status,
            .visibility = visibility,
            .audience = std::move(audience),
            .attendance = attendance,
            .title = {std::move(titleFi), std::move(titleSv), std::move(titleEn)},
            .summary = {std::move(summaryFi), std::move(summarySv), std::move(summaryEn)},
            .description = {std::move(descriptionFi), std::move(descriptionSv),
                            std::move(descriptionEn)},
            .place = {std::move(placeFi), std::move(placeSv), std::move(placeEn)},
            .address = std::move(address),
            .municipality = municipality,
            .accessibility = {std::move(accessibilityFi), std::move(accessibilitySv),
                              std::move(accessibilityEn)},
            .onlineLink = std::move(onlineLink),
            .startsAt = startsAt,
            .endsAt = endsAt,
            .opensAt = opensAt,
            .closesAt = closesAt,
            .places = {.capacity = capacity,
                       .ceiling = ceiling,
                       .hasWaitingList = hasWaitingList,
                       .approvesFirst = approvesFirst,
                       .offerHours = offerHours ? std::optional(static_cast<int>(*offerHours))
                                                : std::nullopt},
            .organiser = organiser,
            .contactName = std::move(contactName),
            .contactEmail = std::move(contactEmail),
            .contactPhone = std::move(contactPhone),
            .project = std::move(project),
            .retentionDays = static_cast<int>(retentionDays),
            .sequence = sequence,
            .revision = revision};
      },
      id);
}

std::vector<Session> sessionsOf(ReadTx& tx, EventId id) {
  return tx.all(
      kSessions,
      [](SessionId session, std::string titleFi, std::string titleSv, std::string titleEn,
         std::string textFi, std::string textSv, std::string textEn, std::string speakersFi,
         std::string speakersSv, std::string speakersEn, std::string room, Instant startsAt,
         Instant endsAt, bool isChosen, std::optional<std::int64_t> capacity) {
        return Session{session,
                       {std::move(titleFi), std::move(titleSv), std::move(titleEn)},
                       {std::move(textFi), std::move(textSv), std::move(textEn)},
                       {std::move(speakersFi), std::move(speakersSv), std::move(speakersEn)},
                       std::move(room),
                       startsAt,
                       endsAt,
                       isChosen,
                       capacity};
      },
      id);
}

std::vector<Quota> quotasOf(ReadTx& tx, EventId id) {
  return tx.all(
      kQuotas,
      [](QuotaId quota, std::string fi, std::string sv, std::string en, std::string sectors,
         std::optional<std::int64_t> capacity) {
        return Quota{quota, {std::move(fi), std::move(sv), std::move(en)}, split(sectors),
                     capacity.value_or(0)};
      },
      id);
}

std::vector<EventSummary> listEvents(ReadTx& tx, const EventFilter& filter, int limit, int offset) {
  return tx.all(kList, &toSummary, filter.from, filter.until, filter.region, filter.kind,
                std::int64_t{filter.onlyHeld}, groupsOf(filter), limit, offset);
}

std::int64_t countEvents(ReadTx& tx, const EventFilter& filter) {
  return tx.value<std::int64_t>(kCount, filter.from, filter.until, filter.region, filter.kind,
                                std::int64_t{filter.onlyHeld}, groupsOf(filter));
}

std::vector<EventSummary> eventsAfter(ReadTx& tx, EventId after, int limit) {
  return tx.all(kAfter, &toSummary, after, limit);
}

std::vector<EventSummary> managedEvents(ReadTx& tx, std::optional<RegionCode> region, int limit) {
  return tx.all(kManaged, &toSummary, region, limit);
}

EventId insertEvent(WriteTx& tx, const Event& e) {
  const auto id = tx.insert<EventId>(
      kInsert, e.region, e.kind, e.status, e.visibility, e.audience, e.attendance, e.title.fi,
      e.title.sv, e.title.en, e.summary.fi, e.summary.sv, e.summary.en, e.description.fi,
      e.description.sv, e.description.en, e.place.fi, e.place.sv, e.place.en, e.address,
      e.municipality, e.accessibility.fi, e.accessibility.sv, e.accessibility.en, e.onlineLink,
      e.startsAt, e.endsAt, e.opensAt, e.closesAt, e.places.ceiling, e.places.hasWaitingList,
      e.places.approvesFirst, e.places.offerHours, e.organiser, e.contactName, e.contactEmail,
      e.contactPhone, e.project, e.retentionDays, tx.actor(), tx.time());
  tx.run(kInsertPool, id, "event", 0, e.places.capacity);
  tellSearch(tx, id);
  return id;
}

bool updateEvent(WriteTx& tx, const Event& e) {
  const bool isNewest = tx.run(kUpdate, e.kind, e.status, e.visibility, e.audience, e.attendance, e.title.fi,
                e.title.sv, e.title.en, e.summary.fi, e.summary.sv, e.summary.en, e.description.fi,
                e.description.sv, e.description.en, e.place.fi, e.place.sv, e.place.en, e.address,
                e.municipality, e.accessibility.fi, e.accessibility.sv, e.accessibility.en,
                e.onlineLink, e.startsAt, e.endsAt, e.opensAt, e.closesAt, e.places.ceiling,
                e.places.hasWaitingList, e.places.approvesFirst, e.places.offerHours, e.organiser,
                e.contactName, e.contactEmail, e.contactPhone, e.project, e.retentionDays,
                e.sequence, e.id, e.revision) == 1;
  if (isNewest) tellSearch(tx, e.id);
  return isNewest;
}

SessionId insertSession(WriteTx& tx, EventId event, const Session& s) {
  const auto id = tx.insert<SessionId>(kInsertSession, event, s.title.fi, s.title.sv, s.title.en,
                                       s.text.fi, s.text.sv, s.text.en, s.speakers.fi, s.speakers.sv,
                                       s.speakers.en, s.room, s.startsAt, s.endsAt, s.isChosen);
  tx.run(kInsertPool, event, "session", id.value, s.capacity);
  tellSearch(tx, event);
  return id;
}

bool updateSession(WriteTx& tx, EventId event, const Session& s) {
  const bool isThere =
      tx.run(kUpdateSession, s.title.fi, s.title.sv, s.title.en, s.text.fi, s.text.sv, s.text.en,
             s.speakers.fi, s.speakers.sv, s.speakers.en, s.room, s.startsAt, s.endsAt, s.isChosen, s.id,
             event) == 1;
  if (isThere) tellSearch(tx, event);
  return isThere;
}

QuotaId insertQuota(WriteTx& tx, EventId event, const Quota& quota) {
  const auto id = tx.insert<QuotaId>(kInsertQuota, event, quota.name.fi, quota.name.sv, quota.name.en,
                                     join(quota.sectors));
  tx.run(kInsertPool, event, "quota", id.value, quota.capacity);
  return id;
}

std::optional<std::int64_t> lockEvent(WriteTx& tx, EventId id, std::int64_t count) {
  return tx.first(kLock, [](std::int64_t first) { return first; }, count, id);
}

}  // namespace toimela::events::store
