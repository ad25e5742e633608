#include "handlers/managing.h"

#include <algorithm>

#include "events.h"
#include "handlers/co_organisers.h"
#include "handlers/organised.h"
#include "handlers/visible.h"
#include "operations/organising.h"
#include "store/co_organisers.h"
#include "store/events.h"
#include "store/invitations.h"
#include "store/managing.h"
#include "store/pictures.h"
#include "store/series.h"
#include "toimela/groups.h"
#include "toimela/last_change.h"
#include "toimela/workshops.h"
#include "view/co_organisers.h"
#include "view/managing.h"
#include "view/picture.h"

namespace toimela::events::handlers {

namespace {

constexpr int kMostManaged = 5'000;

std::vector<View> linkViews(const std::vector<store::ManagedEvent>& events, std::string_view page,
                            const view::Words& words) {
  std::vector<View> views;
  for (const auto& event : events) {
    View view;
    view.set("href", words.link(view::pathOf(event.id) + std::string(page)))
        .text("title", event.title, words.locale())
        .set("note", words.place(event.region));
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<View> placeViews(const Territory& territory, const view::Words& words) {
  std::vector<View> views;
  const auto add = [&](std::string path, const std::string& name) {
    View view;
    view.set("href", words.link(path)).set("label", words.format("events.manage.new_in", {{"place", name}}));
    views.push_back(std::move(view));
  };
  for (const Region& region : territory.regions)
    add("/regions/" + region.slug + "/events/new", region.name.pick(words.locale()).text);
  if (territory.nation) add("/events/new", words.place(std::nullopt));
  return views;
}

/// Workshops of another plugin that belong to the event.
void showWorkshops(ReadTx& tx, const Request& request, Host& host, const Event& event, View& view,
                   const view::Words& words) {
  auto* workshops = host.service<Workshops>();
  const auto held = workshops ? workshops->of(tx, host, request.actor, event.id.value) : std::vector<WorkshopSummary>();
  const auto path = workshops ? workshops->newPath(tx, host, request.actor, event.id.value) : std::string();
  view.flag("takes_workshops", !held.empty() || !path.empty())
      .set("workshop_href", path.empty() ? path : words.link(path));
  setList(view, "workshops", each(held, [&](const WorkshopSummary& workshop) {
            View row;
            row.set("href", words.link(workshop.path)).set("title", workshop.title).flag("is_over", workshop.isOver);
            return row;
          }));
}

/// Picture, those who organise with it, series, and the network that it is for.
void showCompany(ReadTx& tx, const Request& request, Host& host, const Event& event, View& view,
                 const view::Words& words) {
  const auto series = store::seriesOf(tx, event.id);
  const auto others = store::coOrganisersOf(tx, event.id);
  auto* groups = host.service<Groups>();
  const auto group = groups && event.visibility == Visibility::network ? groups->find(tx, event.audience)
                                                                       : std::nullopt;
  view::showPicture(view, event.id, store::pictureOf(tx, event.id), words);
  view::showCoOrganisers(view, others, organisationsOf(tx, others), words);
  view.flag("may_share", owns(request, host, event))
      .text("series_title", series ? series->title : LocalText{}, words.locale())
      .set("series_id", series ? series->id.value : 0)
      .text("network", group ? group->name : LocalText{}, words.locale())
      .flag("can_invite", group && event.status == EventStatus::published &&
                              now() < event.closesAt.value_or(event.startsAt))
      .set("invited", words.count("events.invite.count", store::countInvited(tx, event.id)));
}

}  // namespace

Response listManaged(const Request& request, Host& host) {
  const Territory territory = territoryOf(request, host);
  const view::Words words(request, host);
  const auto [events, templates] = host.read([&](ReadTx& tx) {
    return std::pair{store::managedIn(tx, territory.codes(), territory.nation, false, kMostManaged),
                     store::managedIn(tx, territory.codes(), territory.nation, true, kMostManaged)};
  });
  const Table table(view::managedTable(territory.regions, territory.nation), request);
  const auto found = view::select(events, table, now(), words);
  if (table.format())
    return table.file(request, host, view::managedRows(found, now(), words), words.text("events.manage.file"));
  View view;
  view.group("table", table.view(request, host, view::managedRows(pageOf(found, table), now(), words),
                                 static_cast<std::int64_t>(found.size())))
      .list("new_in", placeViews(territory, words))
      .flag("is_many", territory.regions.size() + (territory.nation ? 1 : 0) > 1)
      .flag("has_templates", !templates.empty())
      .list("templates", linkViews(templates, "/copy", words));
  return host.page(request, "organise_list", std::move(view));
}

Response showManaged(const Request& request, Host& host) {
  const view::Words words(request, host);
  View view;
  host.read([&](ReadTx& tx) {
    const Event event = requireOrganised(tx, request);
    const bool isTemplate = store::isTemplate(tx, event.id);
    view::showHead(view, event, "manage", words);
    view::showFigures(view, event, standingOf(tx, event.id), words);
    view.flag("is_template", isTemplate)
        .flag("is_draft", event.status == EventStatus::draft && !isTemplate)
        .flag("is_published", event.status == EventStatus::published)
        .flag("can_remove", event.status == EventStatus::draft && !store::hasRegistrations(tx, event.id))
        .set("place", words.place(event.region))
        .set("visibility", words.word("visibility", event.visibility))
        .set("retention", words.count("events.manage.retention", event.retentionDays));
    showCompany(tx, request, host, event, view, words);
    showWorkshops(tx, request, host, event, view, words);
    showLastChange(view, lastChange(tx, "events.event:" + event.id.text()), request, host);
    return true;
  });
  return host.page(request, "organise_event", std::move(view));
}

bool fillOrganiserTile(const Request& request, Host& host, View& view) {
  const Territory territory = territoryOf(request, host);
  if (territory.regions.empty() && !territory.nation) return false;
  const view::Words words(request, host);
  auto events = host.read([&](ReadTx& tx) {
    return store::managedIn(tx, territory.codes(), territory.nation, false, kMostManaged);
  });
  std::erase_if(events, [at = now()](const auto& event) {
    return event.endsAt <= at || event.status == EventStatus::cancelled;
  });
  std::ranges::sort(events, {}, &store::ManagedEvent::startsAt);
  if (events.size() > 5) events.resize(5);
  std::vector<View> views;
  for (const auto& event : events) {
    View item;
    item.set("href", words.link(view::pathOf(event.id) + "/manage"))
        .text("title", event.title, words.locale())
        .set("time", words.time(event.startsAt, event.endsAt))
        .set("taken", words.count("events.figure.confirmed_of", event.taken))
        .set("pending", event.pending ? words.count("events.figure.pending_of", event.pending) : "")
        .flag("is_draft", event.status == EventStatus::draft);
    views.push_back(std::move(item));
  }
  view.flag("has_events", !views.empty()).list("events", std::move(views));
  return true;
}

}  // namespace toimela::events::handlers
