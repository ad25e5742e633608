#include "store/series.h"

#include "store/lists.h"

namespace toimela::events::store {

namespace {

#define SERIES "s.id, s.region, s.title_fi, s.title_sv, s.title_en FROM events_series s "
constexpr Sql kScope{"events.series.scope", "SELECT region FROM events_series WHERE id = :id"};
constexpr Sql kFind{"events.series.find", "SELECT " SERIES "WHERE s.id = :id"};
constexpr Sql kOfEvent{"events.series.of_event",
                       "SELECT " SERIES "JOIN events_series_event e ON e.series_id = s.id "
                       "WHERE e.event_id = :event"};
constexpr Sql kIn{"events.series.in",
                  "SELECT " SERIES "WHERE (s.region IS NULL AND CAST(:nation AS BIGINT) = 1) "
                  "OR ',' || CAST(:regions AS TEXT) || ',' LIKE '%,' || s.region || ',%' "
                  "ORDER BY s.title_fi, s.id"};
#undef SERIES
constexpr Sql kEvents{"events.series.events",
                      "SELECT e.id FROM events_series_event s JOIN events_event e ON e.id = s.event_id "
                      "WHERE s.series_id = :id AND e.removed_at IS NULL ORDER BY e.starts_at, e.id"};
constexpr Sql kInsert{"events.series.insert",
                      "INSERT INTO events_series (region, title_fi, title_sv, title_en) "
                      "VALUES (:region, :fi, :sv, :en) RETURNING id"};
constexpr Sql kRename{"events.series.rename",
                      "UPDATE events_series SET title_fi = :fi, title_sv = :sv, title_en = :en WHERE id = :id"};
constexpr Sql kPut{"events.series.put",
                   "INSERT INTO events_series_event (event_id, series_id) VALUES (:event, :series) "
                   "ON CONFLICT (event_id) DO UPDATE SET series_id = excluded.series_id"};
constexpr Sql kLeave{"events.series.leave", "DELETE FROM events_series_event WHERE event_id = :event"};
constexpr Sql kForgetEmpty{"events.series.forget_empty",
                           "DELETE FROM events_series WHERE NOT EXISTS "
                           "(SELECT 1 FROM events_series_event e WHERE e.series_id = events_series.id)"};

Series toSeries(SeriesId id, std::optional<RegionCode> region, std::string fi, std::string sv, std::string en) {
  return {id, region, {std::move(fi), std::move(sv), std::move(en)}};
}

}  // namespace

ScopeResolver seriesScope() {
  return [](ReadTx& tx, const PathParameters& path) -> std::optional<Scope> {
    const auto id = path.id<SeriesId>("series");
    if (!id) return std::nullopt;
    return tx.first(kScope, [](std::optional<RegionCode> region) { return Scope{.region = region}; }, *id);
  };
}

std::optional<Series> findSeries(ReadTx& tx, SeriesId id) { return tx.first(kFind, &toSeries, id); }

std::optional<Series> seriesOf(ReadTx& tx, EventId event) { return tx.first(kOfEvent, &toSeries, event); }

std::vector<EventId> eventsOfSeries(ReadTx& tx, SeriesId id) {
  return tx.all(kEvents, [](EventId event) { return event; }, id);
}

std::vector<Series> seriesIn(ReadTx& tx, const std::vector<RegionCode>& regions, bool nation) {
  return tx.all(kIn, &toSeries, nation, joined(regions));
}

SeriesId insertSeries(WriteTx& tx, const Series& series) {
  return tx.insert<SeriesId>(kInsert, series.region, series.title.fi, series.title.sv, series.title.en);
}

void renameSeries(WriteTx& tx, SeriesId id, const LocalText& title) {
  tx.run(kRename, title.fi, title.sv, title.en, id);
}

void putInSeries(WriteTx& tx, EventId event, SeriesId id) {
  tx.run(kPut, event, id);
  tx.run(kForgetEmpty);
}

void leaveSeries(WriteTx& tx, EventId event) {
  if (tx.run(kLeave, event) > 0) tx.run(kForgetEmpty);
}

}  // namespace toimela::events::store
