#include "store/figures.h"

#include "store/stored.h"

namespace toimela::events::store {

namespace {

#define IS_HELD                                                                              \
  "e.status = 'published' AND e.ends_at <= CAST(:now AS BIGINT) "                            \
  "AND (CAST(:region AS TEXT) IS NULL OR e.region = CAST(:region AS TEXT) "                  \
  "OR (:together = 1 AND EXISTS (SELECT 1 FROM events_co_region c "                          \
  "WHERE c.event_id = e.id AND c.region = CAST(:region AS TEXT)))) "                         \
  "AND (CAST(:project AS TEXT) = '' OR e.project = CAST(:project AS TEXT)) "                 \
  "AND (CAST(:from AS BIGINT) IS NULL OR e.starts_at >= CAST(:from AS BIGINT)) "             \
  "AND (CAST(:to AS BIGINT) IS NULL OR e.starts_at < CAST(:to AS BIGINT)) "
constexpr Sql kHeld{"events.figures.held",
                    "SELECT e.id, e.title_fi, e.title_sv, e.title_en, e.region, e.starts_at, e.project "
                    "FROM events_event e WHERE " IS_HELD "ORDER BY e.starts_at, e.id"};
constexpr Sql kTogether{"events.figures.together",
                        "SELECT t.event_id, t.region FROM events_event e "
                        "JOIN events_co_region t ON t.event_id = e.id WHERE " IS_HELD
                        "ORDER BY t.event_id, t.region"};
constexpr Sql kSectors{
    "events.figures.sectors",
    "SELECT p.event_id, COALESCE(o.sector, r.sector), CAST(COUNT(*) AS BIGINT) "
    "FROM events_event e JOIN events_participant p ON p.event_id = e.id AND p.state = 'confirmed' "
    "JOIN events_registration r ON r.id = p.registration_id "
    "LEFT JOIN core_organisation o ON o.id = r.organisation_id "
    "LEFT JOIN (SELECT DISTINCT a.event_id FROM events_participant a WHERE a.attended_at IS NOT NULL) n "
    "ON n.event_id = e.id WHERE " IS_HELD
    "AND (n.event_id IS NULL OR p.attended_at IS NOT NULL) "
    "GROUP BY p.event_id, COALESCE(o.sector, r.sector)"};
constexpr Sql kFeedback{
    "events.figures.feedback",
    "SELECT f.event_id, CAST(COUNT(*) AS BIGINT), CAST(SUM(f.rating) AS BIGINT), "
    "CAST(COUNT(f.found_partners) AS BIGINT), CAST(COALESCE(SUM(f.found_partners), 0) AS BIGINT) "
    "FROM events_event e JOIN events_feedback f ON f.event_id = e.id WHERE " IS_HELD
    "GROUP BY f.event_id"};
constexpr Sql kGoneSectors{
    "events.figures.gone_sectors",
    "SELECT f.event_id, f.label, CAST(SUM(f.people) AS BIGINT) FROM events_event e "
    "JOIN events_figure f ON f.event_id = e.id AND f.kind = 'attended_sector' WHERE " IS_HELD
    "GROUP BY f.event_id, f.label"};
#undef IS_HELD
constexpr Sql kProjects{"events.figures.projects",
                        "SELECT DISTINCT project FROM events_event WHERE project <> '' "
                        "AND status = 'published' ORDER BY project"};

#define OF_EVENT                                                                             \
  "FROM events_participant p JOIN events_registration r ON r.id = p.registration_id "        \
  "LEFT JOIN core_organisation o ON o.id = r.organisation_id "                               \
  "WHERE p.event_id = :event AND p.state = 'confirmed' "
constexpr Sql kSectorsOf{"events.figures.sectors_of",
                         "SELECT COALESCE(o.sector, r.sector), CAST(COUNT(*) AS BIGINT) " OF_EVENT
                         "GROUP BY COALESCE(o.sector, r.sector)"};
// What is left of those who were put aside or erased, beside those who are there.
#define AND_GONE(kind) "UNION ALL SELECT label, people FROM events_figure WHERE event_id = :event AND kind = '" kind "'"
#define LARGEST_FIRST " GROUP BY s.label ORDER BY SUM(s.people) DESC, s.label"
constexpr Sql kRegionsOf{"events.figures.regions_of",
                         "SELECT s.label, CAST(SUM(s.people) AS BIGINT) FROM ("
                         "SELECT COALESCE(o.region, '') AS label, CAST(COUNT(*) AS BIGINT) AS people " OF_EVENT
                         "GROUP BY COALESCE(o.region, '') " AND_GONE("region") ") s" LARGEST_FIRST};
constexpr Sql kOrganisationsOf{
    "events.figures.organisations_of",
    "SELECT s.label, CAST(SUM(s.people) AS BIGINT) FROM ("
    "SELECT COALESCE(o.name_fi, r.organisation_name) AS label, CAST(COUNT(*) AS BIGINT) AS people " OF_EVENT
    "GROUP BY COALESCE(o.name_fi, r.organisation_name) " AND_GONE("organisation") ") s"
    LARGEST_FIRST " LIMIT :limit"};
#undef AND_GONE
#undef LARGEST_FIRST
constexpr Sql kGoneOf{"events.figures.gone_of",
                      "SELECT label, CAST(SUM(people) AS BIGINT) FROM events_figure "
                      "WHERE event_id = :event AND kind = :kind GROUP BY label"};
constexpr Sql kRegisteredAt{"events.figures.registered_at",
                            "SELECT r.created_at " OF_EVENT "ORDER BY r.created_at"};
#undef OF_EVENT

void count(SectorCounts& people, std::optional<Sector> sector, std::int64_t number) {
  if (sector)
    people.bySector[*sector] += number;
  else
    people.unknown += number;
}

}  // namespace

std::vector<HeldEvent> heldEvents(ReadTx& tx, const ReportFilter& filter, Instant now) {
  std::vector<HeldEvent> events;
  std::map<EventId, std::size_t> at;
  tx.each(
      kHeld,
      [&](EventId id, std::string fi, std::string sv, std::string en, std::optional<RegionCode> region,
          Instant startsAt, std::string project) {
        at[id] = events.size();
        events.push_back({.id = id,
                          .title = {std::move(fi), std::move(sv), std::move(en)},
                          .region = region,
                          .startsAt = startsAt,
                          .project = std::move(project)});
      },
      now, filter.region, filter.isTogether, filter.project, filter.from, filter.to);
  tx.each(
      kTogether, [&](EventId id, RegionCode region) { events[at.at(id)].coRegions.push_back(region); },
      now, filter.region, filter.isTogether, filter.project, filter.from, filter.to);
  tx.each(
      kSectors,
      [&](EventId id, std::optional<Sector> sector, std::int64_t number) {
        count(events[at.at(id)].people, sector, number);
      },
      now, filter.region, filter.isTogether, filter.project, filter.from, filter.to);
  tx.each(
      kGoneSectors,
      [&](EventId id, std::string sector, std::int64_t number) {
        count(events[at.at(id)].people, parseSector(sector), number);
      },
      now, filter.region, filter.isTogether, filter.project, filter.from, filter.to);
  tx.each(
      kFeedback,
      [&](EventId id, std::int64_t answers, std::int64_t ratings, std::int64_t partnerAnswers,
          std::int64_t partners) {
        events[at.at(id)].feedback = {answers, ratings, partnerAnswers, partners};
      },
      now, filter.region, filter.isTogether, filter.project, filter.from, filter.to);
  return events;
}

std::vector<std::string> projects(ReadTx& tx) {
  return tx.all(kProjects, [](std::string project) { return project; });
}

SectorCounts sectorsOf(ReadTx& tx, EventId event) {
  SectorCounts people;
  tx.each(
      kSectorsOf,
      [&](std::optional<Sector> sector, std::int64_t number) { count(people, sector, number); }, event);
  tx.each(
      kGoneOf,
      [&](std::string sector, std::int64_t number) { count(people, parseSector(sector), number); }, event,
      std::string_view("sector"));
  return people;
}

std::vector<Share> regionsOf(ReadTx& tx, EventId event) {
  return tx.all(
      kRegionsOf, [](std::string region, std::int64_t people) { return Share{std::move(region), people}; },
      event);
}

std::vector<Share> organisationsOf(ReadTx& tx, EventId event, int limit) {
  return tx.all(
      kOrganisationsOf,
      [](std::string name, std::int64_t people) { return Share{std::move(name), people}; }, event, limit);
}

std::map<Date, std::int64_t> registeredOn(ReadTx& tx, EventId event) {
  std::map<Date, std::int64_t> days;
  tx.each(kRegisteredAt, [&](Instant at) { ++days[Date::of(at)]; }, event);
  tx.each(
      kGoneOf,
      [&](std::string day, std::int64_t people) { days[Date::parse(day).value()] += people; }, event,
      std::string_view("day"));
  return days;
}

}  // namespace toimela::events::store
