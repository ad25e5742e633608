#include "view/own_json.h"

#include <nlohmann/json.hpp>

namespace toimela::events::view {

namespace {

using nlohmann::json;

json eventJson(const OwnRecords& records, EventId id) {
  json event{{"id", id.value}};
  if (const auto found = records.events.find(id); found != records.events.end()) {
    event["title"] = found->second.title.pick(Locale::fi).text;
    event["starts"] = isoText(found->second.startsAt);
  }
  return event;
}

json answersJson(const std::string& answers) {
  auto parsed = json::parse(answers, nullptr, false);
  return parsed.is_discarded() ? json::object() : parsed;
}

json participantJson(const Participant& participant) {
  json sessions = json::array();
  for (const SessionId session : participant.sessions) sessions.push_back(session.value);
  return {{"name", participant.name},
          {"email", participant.email ? json(participant.email->text()) : json()},
          {"state", std::string(code(participant.state))},
          {"sessions", std::move(sessions)},
          {"answers", answersJson(participant.answers)},
          {"answered_more", participant.followUpAt ? json(isoText(*participant.followUpAt)) : json()},
          {"attended", participant.attendedAt ? json(isoText(*participant.attendedAt)) : json()}};
}

}  // namespace

std::string ownJson(const OwnRecords& records, const std::string& emailKey) {
  json registrations = json::array(), places = json::array();
  for (const Registration& registration : records.registrations) {
    std::size_t others = 0;
    for (const Participant& each : registration.participants)
      if (!each.email || each.email->key() != emailKey) ++others;
    registrations.push_back(
        {{"event", eventJson(records, registration.event)},
         {"name", registration.name},
         {"email", registration.email.text()},
         {"phone", registration.phone},
         {"organisation", registration.organisationName},
         {"sector", registration.sector ? json(std::string(code(*registration.sector))) : json()},
         {"language", std::string(code(registration.locale))},
         {"answers", answersJson(registration.answers)},
         {"other_participants", others}});
  }
  for (const auto& [event, participant, attended] : records.places) {
    json place = participantJson(participant);
    place["attended_sessions"] = json::array();
    for (const SessionId session : attended) place["attended_sessions"].push_back(session.value);
    place["event"] = eventJson(records, event);
    places.push_back(std::move(place));
  }
  return json{{"registrations", std::move(registrations)}, {"places", std::move(places)}}.dump();
}

}  // namespace toimela::events::view
