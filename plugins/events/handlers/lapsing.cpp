#include "handlers/lapsing.h"

#include "operations/places.h"
#include "store/registrations.h"

namespace toimela::events::handlers {

ScheduledJob lapsing() {
  return {.name = "lapse",
          .every = std::chrono::seconds(60),
          // In every region: a place must not stay taken because the plugin was switched off.
          .run = [](Host& host, const JobTurn& turn) {
            const auto events =
                host.read([](ReadTx& tx) { return store::eventsWithLapsed(tx, now()); });
            for (const EventId event : events) {
              if (turn.stop.stop_requested()) return;
              host.writeAs(std::nullopt, [&](WriteTx& tx) { return operations::lapse(tx, event); });
            }
          }};
}

}  // namespace toimela::events::handlers
