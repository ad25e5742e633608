#include "handlers/clearing.h"

#include "operations/collections.h"
#include "operations/decks.h"
#include "operations/sessions.h"

namespace toimela::trendcards::handlers {

ScheduledJob clearing() {
  return {"clearing", std::chrono::minutes(15), [](Host& host, const JobTurn&) {
            host.writeAs(std::nullopt, [](WriteTx& tx) {
              const Instant before = tx.time() - std::chrono::hours(1);
              operations::clearRemovedDecks(tx, before);
              operations::clearRemovedDrafts(tx, before);
              operations::clearRemovedCards(tx, before);
              operations::clearRemovedPictures(tx, before);
              operations::clearRemovedCollections(tx, before);
              operations::clearTakenAway(tx, before);
            });
          }};
}

}  // namespace toimela::trendcards::handlers
