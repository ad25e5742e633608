#include "handlers/participants.h"

#include <algorithm>

#include "handlers/organised.h"
#include "store/events.h"
#include "store/registrations.h"
#include "view/managing.h"
#include "view/participants.h"

namespace toimela::events::handlers {

Response listParticipants(const Request& request, Host& host) {
  const view::Words words(request, host);
  View view;
  Event event;
  std::vector<Session> sessions;
  std::vector<store::ParticipantRow> everybody;
  host.read([&](ReadTx& tx) {
    event = requireOrganised(tx, request);
    sessions = store::sessionsOf(tx, event.id);
    everybody = store::participantsOf(tx, event.id, std::nullopt, "", Table::kMostExported, 0);
    view::showFigures(view, event, standingOf(tx, event.id), words);
    return true;
  });
  const Table table(view::participantTable(event, sessions, words), request);
  const auto found = view::select(everybody, table, words);
  if (table.format())
    return table.file(request, host, view::participantRows(event, found, everybody, sessions, words),
                      words.text("events.participants.file"));
  view::showHead(view, event, "participants", words);
  view.group("table",
             table.view(request, host,
                        view::participantRows(event, pageOf(found, table), everybody, sessions, words),
                        static_cast<std::int64_t>(found.size())))
      .flag("has_people", !everybody.empty())
      .flag("has_pending", std::ranges::any_of(everybody, [](const auto& row) {
              return row.participant.state == PlaceState::pending;
            }));
  return host.page(request, "organise_participants", std::move(view));
}

}  // namespace toimela::events::handlers
