#include "store/feeds.h"

#include "store/stored.h"

namespace toimela::events::store {

namespace {

// Of the nation, or of a region where the plugin is on.
#define IS_PUBLIC                                                                              \
  "e.status <> 'draft' AND e.visibility = 'everyone' AND (e.region IS NULL OR e.region IN "   \
  "(SELECT a.region FROM core_plugin_active a WHERE a.plugin = 'events')) "
#define OF_REGION                                                                              \
  "AND (CAST(:region AS TEXT) IS NULL OR e.region = CAST(:region AS TEXT) "                   \
  "OR EXISTS (SELECT 1 FROM events_co_region c WHERE c.event_id = e.id "                      \
  "AND c.region = CAST(:region AS TEXT))) "
constexpr Sql kPublic{"events.feed.public",
                      "SELECT e.id FROM events_event e WHERE " IS_PUBLIC
                      OF_REGION
                      "AND e.ends_at > :from ORDER BY e.starts_at, e.id LIMIT :limit"};
constexpr Sql kNewest{"events.feed.newest",
                      "SELECT e.id, e.created_at FROM events_event e WHERE " IS_PUBLIC
                      OF_REGION
                      "ORDER BY e.created_at DESC, e.id DESC LIMIT :limit"};
#undef IS_PUBLIC
#undef OF_REGION
constexpr Sql kOwn{"events.feed.own_places",
                   "SELECT p.id, p.registration_id, p.event_id FROM events_participant p "
                   "JOIN events_registration r ON r.id = p.registration_id "
                   "JOIN events_event e ON e.id = p.event_id "
                   "WHERE (r.person_id = :person OR p.email_key = :email) AND r.erased_at IS NULL "
                   "AND r.confirm_by IS NULL "
                   "AND p.state IN ('pending', 'waiting', 'offered', 'confirmed') AND e.ends_at > :from "
                   "ORDER BY e.starts_at, p.registration_id, p.id"};
constexpr Sql kNonce{"events.feed.nonce", "SELECT f.nonce FROM events_feed f JOIN core_person p ON p.id = f.person_id "
                     "WHERE f.person_id = :person AND p.disabled_at IS NULL"};
constexpr Sql kSetNonce{"events.feed.set_nonce",
                        "INSERT INTO events_feed (person_id, nonce, created_at) "
                        "VALUES (:person, :nonce, :at) ON CONFLICT (person_id) DO UPDATE SET "
                        "nonce = excluded.nonce, created_at = excluded.created_at"};
constexpr Sql kRemove{"events.feed.remove", "DELETE FROM events_feed WHERE person_id = :person"};

}  // namespace

std::vector<EventId> publicEvents(ReadTx& tx, std::optional<RegionCode> region, Instant from, int limit) {
  return tx.all(kPublic, [](EventId id) { return id; }, region, from, limit);
}

std::vector<NewEvent> newestEvents(ReadTx& tx, std::optional<RegionCode> region, int limit) {
  return tx.all(kNewest, [](EventId id, Instant at) { return NewEvent{id, at}; }, region, limit);
}

std::vector<OwnPlace> placesOf(ReadTx& tx, PersonId person, const EmailAddress& email, Instant from) {
  return tx.all(
      kOwn,
      [](ParticipantId id, RegistrationId registration, EventId event) {
        return OwnPlace{id, registration, event};
      },
      person, email.key(), from);
}

std::optional<std::string> feedNonce(ReadTx& tx, PersonId person) {
  return tx.first(kNonce, [](std::string nonce) { return nonce; }, person);
}

void setFeedNonce(WriteTx& tx, PersonId person, const std::string& nonce) {
  tx.run(kSetNonce, person, nonce, tx.time());
}

void removeFeed(WriteTx& tx, PersonId person) { tx.run(kRemove, person); }

}  // namespace toimela::events::store
