#include "handlers/personal_data.h"

#include "operations/networks.h"
#include "store/members.h"
#include "store/networks.h"
#include "store/people.h"
#include "store/profiles.h"
#include "view/json.h"
#include "view/people_json.h"

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

PersonalData profileData() {
  return {.section = "profile",
          .exporter =
              [](ReadTx& tx, PersonId person) {
                return view::profileJson(store::profileOf(tx, person));
              },
          .eraser =
              [](WriteTx& tx, PersonId person) {
                store::forgetProfile(tx, person);
                store::forgetPersonsWords(tx, person);
              },
          .columns = {"contacts_profile.person_id", "contacts_profile.help_fi",
                      "contacts_profile.help_sv", "contacts_profile.help_en",
                      "contacts_profile.email_level", "contacts_profile.phone_level",
                      "contacts_profile.updated_at", "contacts_expertise.person_id",
                      "contacts_expertise.words", "contacts_profile_tag.person_id",
                      "contacts_profile_tag.kind", "contacts_profile_tag.code"}};
}

}  // namespace toimela::contacts::handlers
