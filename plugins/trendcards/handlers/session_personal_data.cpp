#include "handlers/session_personal_data.h"

#include <nlohmann/json.hpp>

#include "store/sessions.h"

namespace toimela::trendcards::handlers {

PersonalData sessionData() {
  return {.section = "trendcards_sessions",
          .exporter =
              [](ReadTx& tx, PersonId person) {
                auto led = nlohmann::ordered_json::array();
                for (const Session& session : store::ledBy(tx, person))
                  led.push_back({{"session", session.id.value},
                                 {"title", session.plan.title},
                                 {"region", session.plan.region.text()},
                                 {"begun", isoText(session.createdAt)},
                                 {"participants", session.participants}});
                return nlohmann::ordered_json{{"led", std::move(led)}}.dump();
              },
          .eraser = [](WriteTx& tx, PersonId person) { store::forgetFacilitator(tx, person); },
          .columns = {"trendcards_session.facilitator_id", "trendcards_participant.nickname",
                      "trendcards_participant.client_key"}};
}

}  // namespace toimela::trendcards::handlers
