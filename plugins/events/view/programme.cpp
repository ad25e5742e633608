#include "view/programme.h"

#include <algorithm>

#include "toimela/timespan.h"

namespace toimela::events::view {

namespace {

std::string takenText(const Places& places, PoolKey key, const Words& words) {
  const Pool* pool = places.find(key);
  if (!pool) return {};
  if (!pool->capacity) return words.count("events.figure.confirmed_of", pool->taken);
  return words.format("events.programme.taken", {{"taken", pool->taken}, {"capacity", *pool->capacity}});
}

View sessionView(const Session& session, const Places& places, const Words& words) {
  View view;
  view.set("id", session.id.value)
      .text("title", session.title, words.locale())
      .text("speakers", session.speakers, words.locale())
      .set("room", session.room)
      .set("time", words.time(session.startsAt, session.endsAt))
      .flag("is_chosen", session.isChosen)
      .set("taken", session.isChosen
                        ? takenText(places, {PoolKey::Kind::session, session.id.value}, words)
                        : std::string());
  return view;
}

View quotaView(const Quota& quota, const Places& places, const Words& words) {
  std::string sectors;
  for (const Sector sector : quota.sectors)
    sectors.append(sectors.empty() ? "" : ", ")
        .append(words.text("directory.sector." + std::string(code(sector))));
  View view;
  view.set("id", quota.id.value)
      .text("name", quota.name, words.locale())
      .set("sectors", sectors)
      .set("taken", takenText(places, {PoolKey::Kind::quota, quota.id.value}, words));
  return view;
}

}  // namespace

void showProgramme(View& view, const Event& event, const std::vector<Session>& sessions,
                   const std::vector<Quota>& quotas, const Places& places, const Words& words) {
  std::vector<View> sessionViews, quotaViews;
  for (const Session& session : sessions) sessionViews.push_back(sessionView(session, places, words));
  for (const Quota& quota : quotas) quotaViews.push_back(quotaView(quota, places, words));
  view.set("event_taken", takenText(places, {PoolKey::Kind::event, 0}, words))
      .set("ceiling", event.places.ceiling
                          ? words.count("events.programme.ceiling", *event.places.ceiling)
                          : std::string())
      .flag("has_sessions", !sessionViews.empty())
      .flag("has_quotas", !quotaViews.empty())
      .list("sessions", std::move(sessionViews))
      .list("quotas", std::move(quotaViews));
}

FormSpec sessionFields() {
  return {Field::localText("title", "events.details.title").required(),
          Field::localMultiline("text", "events.session.text").longest(5'000),
          Field::localText("speakers", "events.session.speakers").longest(500),
          Field::text("room", "events.session.room").hint("events.session.room_hint"),
          Field::moment("starts", "events.details.starts").required(),
          Field::moment("ends", "events.details.ends").required(),
          Field::flag("is_chosen", "events.session.is_chosen").hint("events.session.is_chosen_hint"),
          Field::number("capacity", "events.details.capacity", 1, 100'000).hint("events.session.capacity_hint")};
}

void fillSession(Form& form, const Session& session) {
  form.fill("title", session.title)
      .fill("text", session.text)
      .fill("speakers", session.speakers)
      .fill("room", session.room)
      .fill("starts", helsinkiText(session.startsAt))
      .fill("ends", helsinkiText(session.endsAt))
      .fill("is_chosen", std::string(session.isChosen ? "1" : ""))
      .fill("capacity", session.capacity ? std::to_string(*session.capacity) : std::string());
}

Session newSession(const Event& event) {
  return {.startsAt = event.startsAt, .endsAt = event.endsAt, .isChosen = true};
}

Session readSession(Form& form, const Event& event, Session session) {
  if (!form.ok()) return session;
  session.title = form.localText("title");
  session.text = form.localText("text");
  session.speakers = form.localText("speakers");
  session.room = form.text("room");
  session.startsAt = form.moment("starts").value_or(session.startsAt);
  session.endsAt = form.moment("ends").value_or(session.endsAt);
  session.isChosen = form.flag("is_chosen");
  session.capacity = session.isChosen ? form.number("capacity") : std::nullopt;
  if (session.endsAt <= session.startsAt) form.error("ends", "events.error.session_ends_before");
  if (session.startsAt < event.startsAt || session.endsAt > event.endsAt)
    form.error("starts", "events.error.session_outside");
  return session;
}

FormSpec quotaFields(bool isNew) {
  FormSpec fields{Field::localText("name", "events.details.title").required()};
  if (isNew) {
    std::vector<Choice> sectors;
    for (const Sector sector : kSectors)
      sectors.push_back({std::string(code(sector)), "directory.sector." + std::string(code(sector))});
    fields.push_back(Field::several("sectors", "events.quota.sectors", std::move(sectors))
                         .hint("events.quota.sectors_hint")
                         .required());
  }
  fields.push_back(Field::number("capacity", "events.quota.capacity", 1, 100'000).required());
  return fields;
}

void fillQuota(Form& form, const Quota& quota) {
  form.fill("name", quota.name).fill("capacity", quota.capacity ? std::to_string(quota.capacity) : "");
}

Quota readQuota(Form& form, const Event&, Quota quota) {
  if (!form.ok()) return quota;
  quota.name = form.localText("name");
  if (quota.sectors.empty()) {
    for (const std::string& text : form.texts("sectors"))
      if (const auto sector = parseSector(text)) quota.sectors.push_back(*sector);
    if (quota.sectors.empty()) form.error("sectors", "form.error.choose");
  }
  quota.capacity = form.number("capacity").value_or(quota.capacity);
  return quota;
}

}  // namespace toimela::events::view
