// An event with everything that addresses name, for tests that are generated from the route table.
#pragma once

#include "demo_site.h"

namespace toimela::program_tests {

inline std::string inHours(int hours) {
  return std::to_string(Instant(now() + std::chrono::hours(hours)).time_since_epoch().count());
}

/// One more published event in Pirkanmaa; its number.
inline std::string anotherEvent(Backstage& backstage) {
  const std::string event = std::to_string(backstage.insert(
      "INSERT INTO events_event (region, kind, status, visibility, audience, attendance, title_fi, title_sv, "
      "title_en, summary_fi, summary_sv, summary_en, description_fi, description_sv, description_en, place_fi, "
      "place_sv, place_en, address, accessibility_fi, accessibility_sv, accessibility_en, online_link, starts_at, "
      "ends_at, has_waiting_list, approves_first, contact_name, contact_email, contact_phone, project, "
      "retention_days, sequence, next_position, created_at, revision) VALUES ('06', 'network', 'published', "
      "'everyone', '', 'on_site', 'E', '', '', '', '', '', '', '', '', 'P', '', '', '', '', '', '', '', " +
      inHours(720) + ", " + inHours(724) + ", 1, 0, '', '', '', '', 90, 0, 1, 0, 1) RETURNING id"));
  backstage.run("INSERT INTO events_pool (event_id, kind, key, capacity, taken) VALUES (" + event +
                ", 'event', 0, 50, 1)");
  return event;
}

/// One more quota of the event; its number.
inline std::string exampleQuota(Backstage& backstage, const std::string& event) {
  const auto id = backstage.insert(
      "INSERT INTO events_quota (event_id, name_fi, name_sv, name_en, sectors) VALUES (" + event +
      ", 'Q', '', '', 'state') RETURNING id");
  backstage.run("INSERT INTO events_pool (event_id, kind, key, capacity, taken) VALUES (" + event + ", 'quota', " +
                std::to_string(id) + ", 5, 0)");
  return std::to_string(id);
}

/// One more question of the event; its number.
inline std::string exampleQuestionOf(Backstage& backstage, const std::string& event, int number) {
  const std::string key = "k" + std::to_string(number);
  return std::to_string(backstage.insert(
      "INSERT INTO events_question (event_id, key, asked_of, kind, label_fi, label_sv, label_en, hint_fi, hint_sv, "
      "hint_en, is_required, options, position) VALUES (" + event + ", '" + key +
      "', 'participant', 'text', 'K', '', '', '', '', '', 0, '[]', " + std::to_string(number) + ") RETURNING id"));
}

/// One more material of the event; its number.
inline std::string exampleMaterial(Backstage& backstage, const std::string& event) {
  return std::to_string(backstage.insert(
      "INSERT INTO events_material (event_id, title_fi, title_sv, title_en, link, audience, added_at) VALUES (" + event +
      ", 'M', '', '', 'https://test.example', 'everyone', 0) RETURNING id"));
}

/// Fills in what the addresses of an event in Pirkanmaa name: the event, a workshop, a quota, a question,
/// a material, its series, and somebody whom `owner` has registered.
inline void addEventExamples(Backstage& backstage, std::map<std::string, std::string>& values, std::int64_t owner) {
  const std::string event = anotherEvent(backstage);
  const auto session = backstage.insert(
      "INSERT INTO events_session (event_id, title_fi, title_sv, title_en, text_fi, text_sv, text_en, speakers_fi, "
      "speakers_sv, speakers_en, room, starts_at, ends_at, is_chosen) VALUES (" + event +
      ", 'T', '', '', '', '', '', '', '', '', '', " + inHours(721) + ", " + inHours(722) + ", 1) RETURNING id");
  backstage.run("INSERT INTO events_pool (event_id, kind, key, capacity, taken) VALUES (" + event + ", 'session', " +
                std::to_string(session) + ", 5, 0)");
  const auto registration = backstage.insert(
      "INSERT INTO events_registration (event_id, form_key, person_id, organisation_name, name, email, email_key, "
      "phone, locale, mode, answers, access_nonce, created_at) VALUES (" + event + ", 'example', " +
      std::to_string(owner) + ", '', 'N', 'n@test.example', 'n@test.example', '', 'fi', 'each', '{}', 'nonce', 0) "
      "RETURNING id");
  const std::string code = "code" + event;
  const auto participant = backstage.insert(
      "INSERT INTO events_participant (registration_id, event_id, name, state, sessions, answers, position, code, "
      "changed_at) VALUES (" + std::to_string(registration) + ", " + event + ", 'N', 'confirmed', '', '{}', 1, '" +
      code + "', 0) RETURNING id");
  values["event"] = event;
  values["session"] = std::to_string(session);
  values["quota"] = exampleQuota(backstage, event);
  values["question"] = exampleQuestionOf(backstage, event, 0);
  values["material"] = exampleMaterial(backstage, event);
  const auto series = backstage.insert(
      "INSERT INTO events_series (region, title_fi, title_sv, title_en) VALUES ('06', 'S', '', '') RETURNING id");
  // A series lasts as long as it has an event, and one of its events leaves it when that is tried.
  for (const std::string& each : {event, anotherEvent(backstage)})
    backstage.run("INSERT INTO events_series_event (event_id, series_id) VALUES (" + each + ", " +
                  std::to_string(series) + ")");
  values["series"] = std::to_string(series);
  values["registration"] = std::to_string(registration);
  values["participant"] = std::to_string(participant);
  values["code"] = code;
}

}  // namespace toimela::program_tests
