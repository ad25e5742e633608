#include "handlers/personal_data.h"

#include "operations/networks.h"
#include "store/applications.h"
#include "store/coverage.h"
#include "store/handovers.h"
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
                return view::personJson({.memberships = store::membershipsOf(tx, person),
                                         .coordinated = store::networksCoordinatedBy(tx, person),
                                         .applications = store::applicationsOf(tx, person),
                                         .notes = store::notesBy(tx, person),
                                         .lastSeen = store::lastSeen(tx, person)});
              },
          .eraser = operations::forgetPerson,
          .columns = {"contacts_member.person_id", "contacts_member.organisation_id",
                      "contacts_member.role", "contacts_member.region",
                      "contacts_member.valid_from", "contacts_member.valid_to",
                      "contacts_member.confirmed_on", "contacts_network.coordinator_id",
                      "contacts_application.person_id", "contacts_application.organisation_id",
                      "contacts_application.role", "contacts_application.region",
                      "contacts_application.message", "contacts_application.state",
                      "contacts_application.reason", "contacts_application.decided_by",
                      "contacts_invitation.email", "contacts_invitation.email_key",
                      "contacts_invitation.given_name", "contacts_invitation.family_name",
                      "contacts_invitation.invited_by", "contacts_presence.person_id", "contacts_presence.day",
                      "contacts_handover.notes", "contacts_handover.written_by"}};
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
