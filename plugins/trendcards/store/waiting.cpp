#include "store/waiting.h"

namespace toimela::trendcards::store {

namespace {

#define IS_OPEN "CASE WHEN s.ended_at IS NULL AND s.closes_at > :now THEN 1 ELSE 0 END"
constexpr Sql kSessions{"trendcards.waiting.sessions",
                        "SELECT s.id, s.region, s.title, s.participants, " IS_OPEN ", COALESCE(s.ended_at, s.closes_at) "
                        "FROM trendcards_session s LEFT JOIN trendcards_result r ON r.session_id = s.id "
                        "WHERE s.facilitator_id = :person AND s.region IN "
                        "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'trendcards') "
                        "AND (" IS_OPEN " = 1 OR (COALESCE(s.ended_at, s.closes_at) >= :since AND s.participants > 0 "
                        "AND r.share_key IS NULL AND r.event_key IS NULL AND r.deposit_path IS NULL)) "
                        "ORDER BY 5 DESC, 6 DESC, s.id LIMIT :limit"};
#undef IS_OPEN
constexpr Sql kOrders{"trendcards.waiting.orders",
                      "SELECT t.region, CAST(COUNT(*) AS BIGINT) FROM trendcards_order o "
                      "JOIN trendcards_stock t ON t.id = o.stock_id WHERE o.state IN ('received', 'accepted') "
                      "GROUP BY t.region"};

}  // namespace

std::vector<LedSession> waitingSessions(ReadTx& tx, PersonId person, Instant now, Instant since, int limit) {
  return tx.all(
      kSessions,
      [](SessionId id, RegionCode region, std::string title, std::int64_t participants, bool isOpen, Instant at) {
        return LedSession{id, region, std::move(title), participants, isOpen, at};
      },
      now, person, since, limit);
}

std::vector<WaitingOrders> waitingOrders(ReadTx& tx) {
  return tx.all(kOrders, [](std::optional<RegionCode> holder, std::int64_t orders) {
    return WaitingOrders{holder, orders};
  });
}

}  // namespace toimela::trendcards::store
