// Every page and job of the notices room.
#include "notices/command.h"
#include "notices/contribute.h"
#include "notices/handlers.h"
#include "notices/personal_data.h"
#include "notices/sending.h"

namespace toimela::notices {

void contribute(Registry& registry) {
  using namespace std::chrono_literals;
  registry.routes({
      get("/account/notices", showChoices)
          .signedIn()
          .described("How soon one hears of what one follows"),
      post("/account/notices", saveChoices)
          .signedIn()
          .rate(RateClass::write)
          .described("Saves how soon one hears of each topic"),
      post("/account/notices/all", saveOnePace)
          .signedIn()
          .rate(RateClass::write)
          .described("Chooses one pace for all topics"),
      get("/notices/unsubscribe/{token}", askUnsubscribe)
          .anyone()
          .described("Asks whether mail of a topic should end"),
      // The token is what says who asks: a mail program sends this without a session (RFC 8058).
      post("/notices/unsubscribe/{token}", unsubscribe)
          .anyone()
          .withoutCsrf()
          .rate(RateClass::write)
          .described("Ends mail of a topic"),
  });
  registry.navigation({"/account/notices", "notices.title", std::nullopt, 20});
  registry.personalData(personalData());
  registry.command(digestCommand());
  registry.job(
      {"notices", 20s, [](Host& host, const JobTurn& turn) { sendDue(host, now(), turn.stop); }});
  registry.job({"notices_sweep", 24h,
                [](Host& host, const JobTurn&) { sweepOld(host, now()); }});
}

}  // namespace toimela::notices
