#include "handlers/scheduled.h"

#include "handlers/organised.h"
#include "operations/messages.h"
#include "store/events.h"
#include "store/registrations.h"
#include "store/scheduled.h"
#include "toimela/undo.h"
#include "view/managing.h"
#include "view/participant_forms.h"

namespace toimela::events::handlers {

namespace {

void send(WriteTx& tx, Host& host, ScheduledId id) {
  const auto message = store::findScheduled(tx, id);
  if (!message) return tx.unaudited("it has been sent or cancelled meanwhile");
  const auto event = store::findEvent(tx, message->event);
  const auto rows = store::participantsOf(tx, event->id, std::nullopt, "", Table::kMostExported, 0);
  operations::sendScheduled(tx, host, *event, *message,
                            view::recipients(rows, message->recipients, view::parseIds(message->ticked)));
}

}  // namespace

ScheduledJob sendingScheduled() {
  return {.name = "send_scheduled",
          .every = std::chrono::seconds(60),
          // In every region: what was promised is sent also where the plugin was switched off since.
          .run = [](Host& host, const JobTurn& turn) {
            for (const ScheduledId id : host.read([](ReadTx& tx) { return store::dueMessages(tx, now()); })) {
              if (turn.stop.stop_requested()) return;
              host.writeAs(std::nullopt, [&](WriteTx& tx) { send(tx, host, id); });
            }
          }};
}

Response cancelScheduled(const Request& request, Host& host) {
  const Event event = host.read([&](ReadTx& tx) { return requireOrganised(tx, request); });
  const auto id = request.parameters.id<ScheduledId>("message");
  if (!id) throw NotFound();
  const std::string path = view::pathOf(event.id) + "/message";
  if (!host.write(request, [&](WriteTx& tx) { return operations::cancelScheduled(tx, event, *id); }))
    return host.redirect(request, path, "events.done.scheduled_gone");
  return redirectWithUndo(request, host, path, "events.done.scheduled_cancelled", path + "/" + id->text() + "/restore");
}

Response restoreScheduled(const Request& request, Host& host) {
  requireUndo(request, host);
  const auto id = request.parameters.id<ScheduledId>("message").value();
  const Event event = host.read([&](ReadTx& tx) { return requireOrganised(tx, request); });
  if (!host.write(request, [&](WriteTx& tx) { return operations::restoreScheduled(tx, event, id); })) undoIsTooLate();
  return host.redirect(request, view::pathOf(event.id) + "/message", "site.undone");
}

}  // namespace toimela::events::handlers
