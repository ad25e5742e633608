#include "view/participant_forms.h"

#include <algorithm>
#include <array>
#include <set>

#include "toimela/secrets.h"
#include "toimela/wording.h"
#include "view/participants.h"

namespace toimela::events::view {

namespace {

constexpr std::array kDeeds{Deed::approve, Deed::decline, Deed::cancel, Deed::message};
constexpr std::size_t kMostIds = 1'000;

std::vector<Choice> workshopChoices(const std::vector<Session>& sessions, const Words& words) {
  std::vector<Choice> choices;
  for (const Session& session : sessions)
    if (session.isChosen)
      choices.push_back({session.id.text(), session.title.pick(words.locale()).text, true});
  return choices;
}

}  // namespace

std::string_view code(Deed deed) {
  switch (deed) {
    case Deed::approve: return "approve";
    case Deed::decline: return "decline";
    case Deed::cancel: return "cancel";
    case Deed::message: return "message";
  }
  return "";
}

std::optional<Deed> parseDeed(std::string_view text) {
  for (const Deed deed : kDeeds)
    if (code(deed) == text) return deed;
  return std::nullopt;
}

std::string idText(const std::vector<ParticipantId>& ids) {
  std::string joined;
  for (const ParticipantId id : ids) joined.append(joined.empty() ? "" : ",").append(id.text());
  return joined;
}

std::vector<ParticipantId> parseIds(std::string_view text) {
  std::vector<ParticipantId> ids;
  while (!text.empty() && ids.size() < kMostIds) {
    const auto comma = std::min(text.find(','), text.size());
    if (const auto id = parseId(text.substr(0, comma))) ids.push_back({*id});
    text.remove_prefix(std::min(text.size(), comma + 1));
  }
  return ids;
}

FormSpec reasonFields(bool required) {
  Field reason = Field::multiline("reason", "events.organise.reason")
                     .hint("events.organise.reason_hint")
                     .longest(500);
  reason.isRequired = required;
  Field ticked = Field::hidden("ticked");
  ticked.maxLength = 20'000;
  return {std::move(reason), std::move(ticked), Field::hidden("deed")};
}

FormSpec messageFields(const std::vector<Session>& sessions, bool hasTicked, const Words& words) {
  std::vector<Choice> groups;
  if (hasTicked) groups.push_back({"ticked", "events.message.ticked"});
  groups.push_back({"confirmed", "events.message.confirmed"});
  groups.push_back({"waiting", "events.message.waiting"});
  groups.push_back({"pending", "events.message.pending"});
  groups.push_back({"live", "events.message.live"});
  for (const Choice& workshop : workshopChoices(sessions, words))
    groups.push_back({"session:" + workshop.value,
                      words.format("events.message.session", {{"name", workshop.label}}), true});
  Field ticked = Field::hidden("ticked");
  ticked.maxLength = 20'000;
  return {Field::choice("group", "events.message.group", std::move(groups)).required(),
          Field::text("subject", "events.message.subject").longest(150).required(),
          Field::multiline("text", "events.message.text").longest(5'000).required(),
          Field::moment("send_at", "events.message.send_at").hint("events.message.send_at_hint"),
          std::move(ticked)};
}

std::vector<store::ParticipantRow> recipients(const std::vector<store::ParticipantRow>& rows,
                                              const std::string& group,
                                              const std::vector<ParticipantId>& ticked) {
  const std::set<ParticipantId> chosen(ticked.begin(), ticked.end());
  const auto session = group.starts_with("session:") ? parseId(group.substr(8)) : std::nullopt;
  std::vector<store::ParticipantRow> found;
  std::ranges::copy_if(rows, std::back_inserter(found), [&](const store::ParticipantRow& row) {
    const Participant& p = row.participant;
    if (group == "ticked") return chosen.contains(p.id);
    if (group == "live") return isLive(p.state);
    if (session)
      return holdsPlace(p.state) &&
             std::ranges::find(p.sessions, SessionId{*session}) != p.sessions.end();
    return group == code(p.state);
  });
  return found;
}

store::ScheduledMessage readScheduled(const Form& form, EventId event) {
  return {.id = {},
          .event = event,
          .recipients = form.text("group"),
          .ticked = form.text("ticked"),
          .subject = form.text("subject"),
          .text = form.text("text"),
          .sendAt = form.moment("send_at").value()};
}

std::vector<View> scheduledRows(const std::vector<store::ScheduledMessage>& messages,
                                const std::vector<Session>& sessions, const Words& words) {
  const auto groupName = [&](const std::string& group) {
    if (!group.starts_with("session:")) return words.text("events.message." + group);
    for (const Session& session : sessions)
      if (group == "session:" + session.id.text())
        return words.format("events.message.session", {{"name", session.title.pick(words.locale()).text}});
    return words.text("events.message.session_gone");
  };
  return each(messages, [&](const store::ScheduledMessage& message) {
    View view;
    view.set("message_id", message.id.value)
        .set("subject", message.subject)
        .set("recipients", groupName(message.recipients))
        .set("send_at", showInstant(message.sendAt, words.locale()));
    return view;
  });
}

FormSpec sessionChoiceFields(const std::vector<Session>& sessions, const Words& words) {
  return {Field::several("sessions", "events.participant.sessions", workshopChoices(sessions, words)),
          Field::text("reason", "events.organise.reason").hint("events.organise.reason_hint").longest(500).required()};
}

std::vector<SessionId> readSessions(const Form& form) {
  std::vector<SessionId> sessions;
  for (const std::string& text : form.texts("sessions"))
    if (const auto id = parseId(text)) sessions.push_back({*id});
  return sessions;
}

FormSpec orderFields(const std::vector<store::ParticipantRow>& waiting, RegistrationId moved,
                     const Words& words) {
  std::vector<Choice> choices;
  std::set<RegistrationId> seen{moved};
  for (const store::ParticipantRow& row : waiting)
    if (row.participant.state == PlaceState::waiting && seen.insert(row.participant.registration).second)
      choices.push_back({row.participant.registration.text(),
                         words.format("events.order.before",
                                      {{"name", nameOf(row.participant, words)}}),
                         true});
  choices.push_back({"end", "events.order.end"});
  return {Field::choice("before", "events.order.where", std::move(choices)).required(),
          Field::text("reason", "events.organise.reason").hint("events.organise.reason_hint").longest(500).required()};
}

FormSpec linkFields() {
  return {Field::lookup("organisation", "events.participant.organisation", "/organisations/suggest")
              .hint("events.link.hint").required(),
          Field::text("reason", "events.organise.reason").hint("events.organise.reason_hint").longest(500).required()};
}

FormSpec entryFields(const std::vector<Session>& sessions, bool asksReason, const Words& words) {
  std::vector<Choice> sectors{{"", "events.entry.no_sector"}};
  for (const Sector sector : kSectors)
    sectors.push_back({std::string(code(sector)), "directory.sector." + std::string(code(sector))});
  FormSpec fields{Field::text("name", "events.participant.name").required(),
                  Field::email("email", "events.participant.email").hint("events.entry.email_hint"),
                  Field::lookup("organisation", "events.participant.organisation", "/organisations/suggest")
                      .hint("events.entry.organisation_hint"),
                  Field::choice("sector", "events.entry.sector", std::move(sectors))};
  auto workshops = workshopChoices(sessions, words);
  if (!workshops.empty())
    fields.push_back(Field::several("sessions", "events.participant.sessions", std::move(workshops)));
  if (asksReason)
    fields.push_back(Field::text("reason", "events.organise.reason")
                         .hint("events.organise.reason_hint")
                         .longest(500)
                         .required());
  fields.push_back(Field::hidden("form_key"));
  return fields;
}

Registration readEntry(const Form& form, const Person& contact, Locale locale,
                       const std::vector<Session>& sessions) {
  Registration registration;
  registration.formKey = form.text("form_key");
  registration.organisationName = form.text("organisation");
  registration.sector = parseSector(form.text("sector"));
  const auto email = form.email("email");
  registration.name = email ? form.text("name") : contact.name();
  registration.email = email ? *email : contact.email;
  registration.locale = locale;
  registration.accessNonce = secrets::random();
  Participant participant;
  participant.name = form.text("name");
  participant.email = email;
  // The field is there when there is something to choose.
  if (std::ranges::any_of(sessions, &Session::isChosen)) participant.sessions = readSessions(form);
  registration.participants.push_back(std::move(participant));
  return registration;
}

void explain(Form& form, const operations::Refusal& refusal) {
  using Why = operations::Refusal::Why;
  switch (refusal.why) {
    case Why::notOpen: return form.error("", "events.entry.not_open");
    case Why::full: return form.error("", "events.entry.full");
    case Why::duplicate: return form.error("email", "events.entry.duplicate");
    case Why::overCeiling: return form.error("organisation", "events.entry.over_ceiling");
    case Why::unknownWorkshop: return form.error("sessions", "events.error.workshop_gone");
    case Why::overlapping: return form.error("sessions", "events.error.workshops_overlap");
  }
}

}  // namespace toimela::events::view
