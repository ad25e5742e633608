#include "view/managing.h"

#include <algorithm>
#include <array>

#include "toimela/numbers.h"
#include "view/participants.h"

namespace toimela::events::view {

namespace {

std::string_view tagOf(EventStatus status, Instant endsAt, Instant now) {
  if (isHeld(status, endsAt, now)) return "tag";
  switch (status) {
    case EventStatus::draft: return "tag tag--warn";
    case EventStatus::published: return "tag tag--ok";
    case EventStatus::cancelled: return "tag tag--off";
  }
  return "tag";
}

const std::string& stateText(EventStatus status, Instant endsAt, Instant now, const Words& words) {
  return words.text("events.status." + std::string(stateOf(status, endsAt, now)));
}

std::string placesText(const store::ManagedEvent& event, const Words& words) {
  if (!event.capacity) return std::to_string(event.taken);
  return words.format("events.manage.of", {{"taken", event.taken}, {"capacity", *event.capacity}});
}

}  // namespace

void showHead(View& view, const Event& event, std::string_view current, const Words& words) {
  static constexpr std::array kPages{
      std::pair{"manage", "events.tab.overview"}, std::pair{"edit", "events.tab.edit"},
      std::pair{"programme", "events.tab.programme"}, std::pair{"materials", "events.tab.materials"},
      std::pair{"questions", "events.tab.questions"},
      std::pair{"participants", "events.tab.participants"},
      std::pair{"checkin", "events.tab.checkin"}, std::pair{"figures", "events.tab.figures"},
      std::pair{"retention", "events.tab.retention"}};
  std::vector<View> tabs;
  for (const auto& [page, key] : kPages) {
    View tab;
    tab.set("href", words.link(pathOf(event.id) + "/" + page))
        .set("label", words.text(key))
        .flag("is_current", page == current);
    tabs.push_back(std::move(tab));
  }
  view.list("breadcrumbs", breadcrumbs({{"/events/manage", words.text("events.manage.title")},
                                        {"", event.title.pick(words.locale()).text}},
                                       words))
      .set("event_id", event.id.value)
      .text("event_title", event.title, words.locale())
      .set("event_status", stateText(event.status, event.endsAt, now(), words))
      .set("event_status_tag", std::string(tagOf(event.status, event.endsAt, now())))
      .set("event_time", words.time(event.startsAt, event.endsAt))
      .set("event_place", placeText(event, words))
      .flag("people_are_aside", event.stage == RetentionStage::aside && current != "retention")
      .flag("people_are_erased", event.stage == RetentionStage::erased && current != "retention")
      .list("tabs", std::move(tabs));
}

TableSpec managedTable(const std::vector<Region>& regions, bool nation) {
  TableSpec spec{.id = "events",
                 .path = "/events/manage",
                 .captionKey = "events.manage.caption",
                 .searchKey = "events.manage.search",
                 .columns = {TableColumn::text("title", "events.details.title").sorts().heads(),
                             TableColumn::text("starts", "events.details.starts").sorts(),
                             TableColumn::text("region", "events.manage.region"),
                             TableColumn::text("status", "events.manage.status"),
                             TableColumn::text("places", "events.manage.places"),
                             TableColumn::number("waiting", "events.state.waiting"),
                             TableColumn::number("pending", "events.manage.pending")},
                 .sort = "starts",
                 .emptyKey = "events.manage.empty",
                 .emptyTextKey = "events.manage.empty_text"};
  spec.filters.push_back({"time", "events.manage.time", "",
                          {{"coming", "events.manage.coming"}, {"past", "events.manage.past"}}});
  TableFilter statuses{"status", "events.manage.status", "events.manage.every_status", {}};
  for (const EventStatus status : kEventStatuses)
    statuses.choices.push_back(
        {std::string(code(status)), "events.status." + std::string(code(status))});
  statuses.choices.push_back({"held", "events.status.held"});
  spec.filters.push_back(std::move(statuses));
  if (regions.size() + (nation ? 1 : 0) > 1) {
    TableFilter places{"region", "events.manage.region", "events.manage.every_region", {}};
    if (nation) places.choices.push_back({"nation", "place.nation"});
    for (const Region& region : regions) places.choices.push_back({region.slug, region.name.fi, true});
    spec.filters.push_back(std::move(places));
  }
  return spec;
}

std::vector<store::ManagedEvent> select(std::vector<store::ManagedEvent> events, const Table& table,
                                        Instant now, const Words& words) {
  const bool past = table.filter("time") == "past";
  const std::string& status = table.filter("status");
  const std::string& region = table.filter("region");
  std::erase_if(events, [&](const store::ManagedEvent& event) {
    if ((event.endsAt <= now) != past) return true;
    if (!status.empty() && status != stateOf(event.status, event.endsAt, now)) return true;
    if (!region.empty() && region != words.slug(event.region)) return true;
    return !isFound(event.title.fi + " " + event.title.sv + " " + event.title.en, table.words());
  });
  std::ranges::stable_sort(events, [&](const auto& a, const auto& b) {
    const auto &first = table.isDescending() ? b : a, &second = table.isDescending() ? a : b;
    if (table.sort() == "title")
      return sortsBefore(first.title.pick(words.locale()).text, second.title.pick(words.locale()).text,
                         words.locale());
    return first.startsAt < second.startsAt;
  });
  return events;
}

std::vector<TableRow> managedRows(const std::vector<store::ManagedEvent>& events, Instant now, const Words& words) {
  std::vector<TableRow> rows;
  for (const store::ManagedEvent& event : events)
    rows.push_back({{TableCell(event.title, words.locale()).linked(words.link(pathOf(event.id) + "/manage")),
                     spreadsheet::Cell(event.startsAt), words.place(event.region),
                     TableCell(stateText(event.status, event.endsAt, now, words)).tagged(std::string(tagOf(event.status, event.endsAt, now))),
                     placesText(event, words), spreadsheet::Cell(event.waiting),
                     spreadsheet::Cell(event.pending)}});
  return rows;
}

void showFigures(View& view, const Event& event, const Standing& standing, const Words& words) {
  std::vector<View> figures;
  const auto add = [&](std::int64_t number, std::string_view key) {
    View figure;
    figure.set("number", showNumber(number, words.locale())).set("unit", words.count(key, number));
    figures.push_back(std::move(figure));
  };
  if (event.places.capacity) add(*event.places.capacity, "events.figure.places");
  add(standing.confirmed, "events.figure.confirmed");
  if (event.places.approvesFirst || standing.pending) add(standing.pending, "events.figure.pending");
  if (event.places.offerHours || standing.offered) add(standing.offered, "events.figure.offered");
  add(standing.waiting, "events.figure.waiting");
  if (standing.attended) add(standing.attended, "events.figure.attended");
  view.list("figures", std::move(figures));
}

}  // namespace toimela::events::view
