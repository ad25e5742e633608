// Every route and job of the own_data room.
#include "host/core_host.h"
#include "own_data/erasures.h"
#include "own_data/handlers.h"
#include "toimela/registry.h"

namespace toimela::own_data {

void contribute(Registry& registry) {
  registry.permissions({{kErase, {Role::nationalAdmin}, "erasure.permission.decide"}});
  registry.routes({
      get("/account/data", showOwnData).signedIn().described("What one can do with what is known of oneself"),
      post("/account/data/download", downloadOwnData)
          .signedIn().described("Everything that is known of the reader, as a ZIP"),
      post("/account/data/erase", submitErasure).signedIn().described("Asks to be forgotten"),
      post("/account/data/keep", submitTakeBack).signedIn().described("Takes the wish to be forgotten back"),

      get("/admin/erasures", listErasures).needs(kErase).described("Who has asked to be forgotten"),
      get("/admin/erasures/{person}", showHoldings)
          .needs(kErase).described("What is known of a person, and what erasing does with it"),
      post("/admin/erasures/{person}", submitErasureOf)
          .needs(kErase).rate(RateClass::write).described("Erases a person now"),
  });
  registry.navigation({"/account/data", "own_data.short", std::nullopt, 90});
  registry.navigation({"/admin/erasures", "erasure.title", kErase, 27});
  registry.tile({Tile::Place::dashboard, "tile_erasures", fillErasuresTile, 11});
  registry.personalData(personalData());
  registry.job({"erasures", std::chrono::hours(1), [](Host& host, const JobTurn& turn) {
                  eraseDue(core(host), now(), turn.stop);
                }});
}

}  // namespace toimela::own_data
