#include "handlers/participants.h"

#include <algorithm>

#include "handlers/organised.h"
#include "operations/followup.h"
#include "store/attendance.h"
#include "store/events.h"
#include "store/form_counts.h"
#include "store/questions.h"
#include "store/registrations.h"
#include "view/form_counts.h"
#include "view/managing.h"
#include "view/participants.h"

namespace toimela::events::handlers {

namespace {

struct Loaded {
  Event event;
  view::ParticipantColumns columns;
  std::vector<store::ParticipantRow> everybody;
  view::Standing standing;
  std::vector<store::DayOfForms> forms;
};
Loaded load(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Loaded loaded{requireOrganised(tx, request), {}, {}, {}, {}};
    const EventId id = loaded.event.id;
    loaded.columns = {store::sessionsOf(tx, id), store::questionsOf(tx, id), store::sessionsAttended(tx, id),
                      spreadsheet::parseFormat(request.query.text("format")).has_value()};
    loaded.everybody = store::participantsOf(tx, id, std::nullopt, "", Table::kMostExported, 0);
    loaded.standing = standingOf(tx, id);
    loaded.forms = store::formCounts(tx, id);
    return loaded;
  });
}

}  // namespace

Response listParticipants(const Request& request, Host& host) {
  const view::Words words(request, host);
  const auto [event, columns, everybody, standing, forms] = load(request, host);
  const Table table(view::participantTable(event, columns, words), request);
  const auto found = view::select(everybody, table, words);
  if (table.format())
    return table.file(request, host, view::participantRows(event, found, everybody, columns, words),
                      words.text("events.participants.file"));
  const auto owing = std::ranges::count_if(
      everybody, [](const auto& row) { return operations::owesFollowUp(row.participant); });
  const bool asksMore = std::ranges::any_of(columns.questions, &Question::isFollowUp);
  View view;
  view::showFigures(view, event, standing, words);
  view::showHead(view, event, "participants", words);
  view::showForms(view, forms, words);
  view.group("table",
             table.view(request, host,
                        view::participantRows(event, pageOf(found, table), everybody, columns, words),
                        static_cast<std::int64_t>(found.size())))
      .flag("has_people", !everybody.empty())
      .set("owing", asksMore && owing > 0 && operations::takesFollowUp(event, now())
                        ? words.count("events.followup.owing", owing)
                        : std::string())
      .flag("has_pending", std::ranges::any_of(everybody, [](const auto& row) {
              return row.participant.state == PlaceState::pending;
            }));
  return host.page(request, "organise_participants", std::move(view));
}

Response remindFollowUp(const Request& request, Host& host) {
  const Event event = host.read([&](ReadTx& tx) { return requireOrganised(tx, request); });
  const auto letters = host.write(request, [&](WriteTx& tx) { return operations::remindFollowUp(tx, event); });
  return host.redirect(request, view::pathOf(event.id) + "/participants",
                       letters > 0 ? "events.done.followup_reminded" : "events.done.nobody");
}

}  // namespace toimela::events::handlers
