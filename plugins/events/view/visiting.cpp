#include "view/visiting.h"

#include "toimela/timespan.h"
#include "toimela/wording.h"
#include "view/co_organisers.h"
#include "view/picture.h"
#include "view/series.h"

namespace toimela::events::view {

namespace {

View chosen(std::string value, std::string label, bool isChosen) {
  View view;
  view.set("value", std::move(value)).set("label", std::move(label)).flag("is_chosen", isChosen);
  return view;
}

std::string monthText(const std::string& month, const Words& words) {
  return words.format("events.list.month",
                      {{"month", std::string(month.substr(5))}, {"year", std::string(month.substr(0, 4))}});
}

std::string listPath(const EventListPage& list, std::int64_t page, const Words& words,
                     const std::string& base) {
  std::string path = base + "?page=" + std::to_string(page);
  if (list.region && !list.isRegional) path += "&region=" + list.region->text();
  if (list.kind) path.append("&kind=").append(code(*list.kind));
  if (!list.month.empty()) path += "&month=" + list.month;
  return words.link(path);
}

/// The programme of one moment: workshops at the same time stand together.
View sessionRow(const EventPage& page, const Session& session, const Words& words) {
  View view;
  setList(view, "materials", materialViews(page.event, page.materials, session.id, words));
  const auto text = session.text.pick(words.locale());
  view.text("title", session.title, words.locale())
      .text("speakers", session.speakers, words.locale())
      .set("time", showTimeOfDay(session.startsAt, words.locale()) + "–" +
                       showTimeOfDay(session.endsAt, words.locale()))
      .set("room", session.room)
      .flag("is_chosen", session.isChosen)
      .flag("has_text", !text.text.empty())
      .set("text_lang", text.locale == words.locale() ? std::string() : std::string(code(text.locale)))
      .html("text", markdown(text.text))
      .set("left", session.isChosen
                       ? leftText(page.places.find({PoolKey::Kind::session, session.id.value}), words)
                       : std::string());
  return view;
}

std::vector<View> programme(const EventPage& page, const Words& words) {
  std::vector<View> days;
  for (auto first = page.sessions.begin(); first != page.sessions.end();) {
    const Date day = Date::of(first->startsAt);
    std::vector<View> sessions;
    auto last = first;
    for (; last != page.sessions.end() && Date::of(last->startsAt) == day; ++last)
      sessions.push_back(sessionRow(page, *last, words));
    View view;
    view.set("day", showDate(day, words.locale()));
    view.list("sessions", std::move(sessions));
    days.push_back(std::move(view));
    first = last;
  }
  return days;
}

void setRegistering(View& view, const EventPage& page, const Words& words) {
  const Event& event = page.event;
  const auto registering = registeringOf(event, page.now);
  const Pool* pool = page.places.find({PoolKey::Kind::event, 0});
  const bool isFull = pool && !pool->hasRoom();
  const bool isOpen = registering == Registering::open;
  view.flag("is_open", isOpen && (!isFull || event.places.hasWaitingList))
      .flag("is_full", isOpen && isFull)
      .flag("goes_to_list", isOpen && isFull && event.places.hasWaitingList)
      .set("closed", isOpen ? std::string() : closedText(event, registering, words))
      .set("left", isOpen ? leftText(pool, words) : std::string())
      .set("closes", isOpen ? words.format("events.page.closes",
                                           {{"at", showInstant(event.closesAt.value_or(event.startsAt),
                                                               words.locale())}})
                            : std::string())
      .flag("approves_first", isOpen && event.places.approvesFirst);
}

/// The other events of its series.
void showSeries(View& view, const EventPage& page, const Words& words) {
  std::vector<Event> others;
  for (const Event& event : page.seriesEvents)
    if (event.id != page.event.id) others.push_back(event);
  const bool isShown = page.series && !others.empty();
  view.flag("is_in_series", isShown);
  if (!isShown) return;
  View series;
  series.set("href", words.link(pathOf(page.series->id))).text("name", page.series->title, words.locale());
  series.list("events", seriesRows(others, std::nullopt, page.now, words));
  view.group("series", std::move(series));
}

}  // namespace

std::string leftText(const Pool* pool, const Words& words) {
  if (!pool || !pool->capacity) return {};
  return words.count("events.page.left", std::max<std::int64_t>(0, *pool->capacity - pool->taken));
}

std::string closedText(const Event& event, Registering registering, const Words& words) {
  switch (registering) {
    case Registering::open: return {};
    case Registering::notPublished: return words.text("events.closed.not_published");
    case Registering::cancelled: return words.text("events.closed.cancelled");
    case Registering::notYet:
      return words.format("events.closed.not_yet",
                          {{"at", showInstant(event.opensAt.value_or(event.startsAt), words.locale())}});
    case Registering::closed: return words.text("events.closed.closed");
    case Registering::over: return words.text("events.closed.over");
  }
  return {};
}

View eventRow(const store::EventSummary& event, const Words& words) {
  View view;
  const std::string place = event.attendance == Attendance::online
                                ? words.word("attendance", event.attendance)
                                : event.place.pick(words.locale()).text;
  view.set("id", event.id.value)
      .text("title", event.title, words.locale())
      .text("summary", event.summary, words.locale())
      .set("kind", words.word("kind", event.kind))
      .set("time", words.time(event.startsAt, event.endsAt))
      .set("place", place)
      .set("region", words.place(event.region))
      .flag("is_cancelled", event.status == EventStatus::cancelled)
      .flag("is_full", event.status == EventStatus::published && event.capacity &&
                           event.taken >= *event.capacity);
  return view;
}

std::string regionTitle(RegionCode region, const Words& words) {
  return words.format("events.list.title_in", {{"region", words.place(region)}});
}

View eventList(const EventListPage& page, const std::vector<Region>& regions, const Words& words) {
  View view;
  setList(view, "events", each(page.events, [&](const auto& event) { return eventRow(event, words); }));
  std::string base = "/events";
  if (page.isRegional) {
    for (const Region& region : regions)
      if (region.code == page.region) base = "/regions/" + region.slug + "/events";
    view.list("breadcrumbs", breadcrumbs({{"/events", words.text("events.navigation")},
                                          {"", words.place(page.region)}},
                                         words));
  }
  view.set("title", page.isRegional ? regionTitle(*page.region, words)
                                    : words.text("events.list.title"))
      .set("path", base)
      .flag("is_regional", page.isRegional)
      .set("total", words.count("events.list.count", page.total))
      .flag("can_organise", page.canOrganise)
      .flag("is_filtered", (page.region && !page.isRegional) || page.kind || !page.month.empty())
      .list("regions", page.isRegional ? std::vector<View>() : each(regions, [&](const Region& region) {
              return chosen(region.code.text(), region.name.pick(words.locale()).text,
                            region.code == page.region);
            }))
      .list("kinds", each(kEventKinds, [&](EventKind kind) {
              return chosen(std::string(code(kind)), words.word("kind", kind), kind == page.kind);
            }))
      .list("months", each(page.months, [&](const std::string& month) {
              return chosen(month, monthText(month, words), month == page.month);
            }));
  if (page.pages > 1) {
    View pager;
    pager.set("position",
              words.format("site.position", {{"page", page.page}, {"pages", page.pages}}))
        .set("previous", page.page > 1 ? listPath(page, page.page - 1, words, base) : std::string())
        .set("next", page.page < page.pages ? listPath(page, page.page + 1, words, base) : std::string());
    view.group("pager", std::move(pager));
  }
  return view;
}

void setEventFacts(View& view, const Event& event, const Words& words) {
  view.set("event_id", event.id.value)
      .text("event_title", event.title, words.locale())
      .set("time", words.time(event.startsAt, event.endsAt))
      .set("place", placeText(event, words))
      .flag("is_cancelled", event.status == EventStatus::cancelled);
}

View eventPage(const EventPage& page, const Words& words) {
  const Event& event = page.event;
  View view;
  setEventFacts(view, event, words);
  const auto description = event.description.pick(words.locale());
  view.list("breadcrumbs", breadcrumbs({{"/events", words.text("events.navigation")},
                                        {"", event.title.pick(words.locale()).text}},
                                       words))
      .set("id", event.id.value)
      .text("title", event.title, words.locale())
      .text("summary", event.summary, words.locale())
      .set("kind", words.word("kind", event.kind))
      .set("region", words.place(event.region))
      .set("municipality", page.municipality.pick(words.locale()).text)
      .text("accessibility", event.accessibility, words.locale())
      .flag("has_description", !description.text.empty())
      .set("description_lang",
           description.locale == words.locale() ? std::string() : std::string(code(description.locale)))
      .html("description", markdown(description.text))
      .set("contact_name", event.contactName)
      .set("contact_email", event.contactEmail)
      .set("contact_phone", event.contactPhone)
      .flag("has_contact", !event.contactName.empty() || !event.contactEmail.empty() ||
                               !event.contactPhone.empty())
      .flag("is_draft", event.status == EventStatus::draft)
      .flag("is_over", page.now >= event.endsAt)
      .flag("offers_sign_in", !page.isSignedIn)
      .flag("organises", page.organises);
  if (page.organiser) {
    View organiser;
    organiser.set("id", page.organiser->id.value).text("name", page.organiser->name, words.locale());
    view.group("organiser", std::move(organiser));
  }
  showPicture(view, event.id, page.picture, words);
  showCoOrganisers(view, page.others, page.coOrganisations, words);
  setList(view, "materials", materialViews(event, page.materials, std::nullopt, words));
  view.flag("hides_materials", page.hidesMaterials)
      .flag("tells_of_materials", page.hidesMaterials || !page.materials.empty())
      .set("group", page.group ? words.format("events.page.for_group", {{"network", words.pick(page.group->name)}})
                               : std::string());
  showSeries(view, page, words);
  setList(view, "days", programme(page, words));
  setRegistering(view, page, words);
  return view;
}

}  // namespace toimela::events::view
