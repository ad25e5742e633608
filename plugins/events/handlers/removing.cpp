#include "handlers/removing.h"

#include "store/removed.h"
#include "toimela/undo.h"
#include "view/managing.h"

namespace toimela::events::handlers {

namespace {

/// Where the part is to be seen again.
std::string_view pageOf(Removed::Part part) {
  switch (part) {
    case Removed::Part::session:
    case Removed::Part::quota: return "/programme";
    case Removed::Part::material: return "/materials";
    case Removed::Part::question: return "/questions";
    case Removed::Part::picture:
    case Removed::Part::event: return "/manage";
  }
  return "";
}

}  // namespace

Response afterRemoval(const Request& request, Host& host, EventId event, const std::string& path,
                      std::string_view flashKey, const operations::Removal& removal) {
  if (!removal.canReturn) return host.redirect(request, path, flashKey);
  return redirectWithUndo(request, host, path, flashKey,
                          view::pathOf(event) + "/restore?part=" + removal.canReturn->text());
}

Response restorePart(const Request& request, Host& host) {
  const auto event = request.parameters.id<EventId>("event");
  if (!event) throw NotFound();
  requireUndo(request, host, "part");
  const auto removed = Removed::parse(request.form.text("part"));
  if (!removed || !host.write(request, [&](WriteTx& tx) { return operations::restore(tx, *event, *removed); }))
    undoIsTooLate();
  return host.redirect(request, view::pathOf(*event) + std::string(pageOf(removed->part)), "site.undone");
}

ScheduledJob forgettingRemoved() {
  return {.name = "forget_removed",
          .every = std::chrono::minutes(15),
          // In every region: nothing stays put aside because the plugin was switched off.
          .run = [](Host& host, const JobTurn&) {
            const Instant before = now() - std::chrono::hours(1);
            for (const EventId event : host.read([&](ReadTx& tx) { return store::eventsWithRemoved(tx, before); }))
              host.writeAs(std::nullopt, [&](WriteTx& tx) { operations::forgetRemoved(tx, event, before); });
          }};
}

}  // namespace toimela::events::handlers
