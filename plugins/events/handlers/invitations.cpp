#include "handlers/invitations.h"

#include <nlohmann/json.hpp>

#include "handlers/organised.h"
#include "operations/invitations.h"
#include "store/invitations.h"
#include "toimela/groups.h"
#include "view/words.h"

namespace toimela::events::handlers {

Response inviteNetwork(const Request& request, Host& host) {
  const Event event = host.read([&](ReadTx& tx) { return requireOrganised(tx, request); });
  auto* groups = host.service<Groups>();
  const auto invited = host.write(request, [&](WriteTx& tx) {
    const auto members = groups ? groups->members(tx, event.audience) : std::vector<PersonId>();
    return operations::inviteMembers(tx, event.id, members);
  });
  return host.redirect(request, view::pathOf(event.id) + "/manage",
                       invited ? "events.done.invited" : "events.done.invited_nobody");
}

PersonalData invitationData() {
  return {.section = "event_invitations",
          .exporter =
              [](ReadTx& tx, PersonId person) {
                auto json = nlohmann::json::array();
                for (const auto& [event, at] : store::invitationsOf(tx, person))
                  json.push_back({{"event", event.value}, {"invitedAt", isoText(at)}});
                return nlohmann::json{{"invitations", json}}.dump();
              },
          .eraser = [](WriteTx& tx, PersonId person) { store::forgetInvitations(tx, person); },
          .columns = {"events_invitation.person_id", "events_invitation.invited_at"}};
}

}  // namespace toimela::events::handlers
