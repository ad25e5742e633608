#include "store/yearly.h"

#include "store/stored.h"
#include "store/stored_sessions.h"

namespace toimela::trendcards::store {

namespace {

#define ACTIVE "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'trendcards')"
constexpr Sql kSessions{"trendcards.yearly.sessions",
                        "SELECT s.exercise, CAST(COUNT(*) AS BIGINT), CAST(SUM(s.participants) AS BIGINT) "
                        "FROM trendcards_session s WHERE s.participants > 0 "
                        "AND COALESCE(s.ended_at, s.closes_at) >= :from AND COALESCE(s.ended_at, s.closes_at) < :to "
                        "AND COALESCE(s.ended_at, s.closes_at) <= :now "
                        "AND (s.region = CAST(:region AS TEXT) OR (CAST(:region AS TEXT) IS NULL "
                        "AND s.region IN " ACTIVE ")) GROUP BY s.exercise"};
constexpr Sql kSent{"trendcards.yearly.sent",
                    "SELECT CAST(COALESCE(SUM(o.count), 0) AS BIGINT) FROM trendcards_order o "
                    "WHERE o.state = 'sent' AND o.ended_at >= :from AND o.ended_at < :to "
                    "AND (o.region = CAST(:region AS TEXT) OR (CAST(:region AS TEXT) IS NULL "
                    "AND o.region IN " ACTIVE "))"};
constexpr Sql kEditions{"trendcards.yearly.editions",
                        "SELECT d.id, e.title, e.language, e.published_at FROM trendcards_edition e "
                        "JOIN trendcards_deck d ON d.id = e.deck_id WHERE e.state = 'published' "
                        "AND d.put_aside_at IS NULL AND e.published_at >= :from AND e.published_at < :to "
                        "AND (d.region = CAST(:region AS TEXT) OR (CAST(:region AS TEXT) IS NULL "
                        "AND (d.region IS NULL OR d.region IN " ACTIVE "))) ORDER BY e.published_at, e.id"};
#undef ACTIVE

}  // namespace

std::map<Exercise, HeldSessions> heldSessions(ReadTx& tx, std::optional<RegionCode> region, Instant from, Instant to,
                                              Instant now) {
  std::map<Exercise, HeldSessions> held;
  tx.each(
      kSessions,
      [&](Exercise exercise, std::int64_t sessions, std::int64_t participants) {
        held[exercise] = {sessions, participants};
      },
      from, to, now, region);
  return held;
}

std::int64_t decksSent(ReadTx& tx, std::optional<RegionCode> region, Instant from, Instant to) {
  return tx.value<std::int64_t>(kSent, from, to, region);
}

std::vector<PublishedEdition> publishedEditions(ReadTx& tx, std::optional<RegionCode> region, Instant from,
                                                Instant to) {
  return tx.all(
      kEditions,
      [](DeckId deck, std::string title, Locale language, Instant at) {
        return PublishedEdition{deck, std::move(title), language, at};
      },
      from, to, region);
}

}  // namespace toimela::trendcards::store
