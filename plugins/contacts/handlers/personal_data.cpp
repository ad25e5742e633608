#include "handlers/personal_data.h"

#include "operations/networks.h"
#include "store/members.h"
#include "store/networks.h"
#include "view/json.h"

namespace toimela::contacts::handlers {

PersonalData personalData() {
  return {.section = "networks",
          .exporter =
              [](ReadTx& tx, PersonId person) {
                return view::personJson(store::membershipsOf(tx, person),
                                        store::networksCoordinatedBy(tx, person));
              },
          .eraser = operations::forgetPerson,
          .columns = {"contacts_member.person_id", "contacts_member.organisation_id",
                      "contacts_member.role", "contacts_member.region",
                      "contacts_member.valid_from", "contacts_member.valid_to",
                      "contacts_network.coordinator_id"}};
}

}  // namespace toimela::contacts::handlers
