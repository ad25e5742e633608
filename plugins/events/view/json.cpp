#include "view/json.h"

#include <nlohmann/json.hpp>

#include "domain/question.h"
#include "view/figures.h"
#include "view/picture.h"
#include "view/words.h"

namespace toimela::events::view {

namespace {

using Json = nlohmann::ordered_json;

Json localJson(const LocalText& text) { return {{"fi", text.fi}, {"sv", text.sv}, {"en", text.en}}; }

template <class T>
Json textOrNull(const std::optional<T>& value) {
  return value ? Json(value->text()) : Json(nullptr);
}
Json instantOrNull(const std::optional<Instant>& instant) {
  return instant ? Json(isoText(*instant)) : Json(nullptr);
}
Json numberOrNull(std::optional<std::int64_t> number) { return number ? Json(*number) : Json(nullptr); }

Json json(const Session& session) {
  return {{"id", session.id.text()},       {"title", localJson(session.title)},
          {"text", localJson(session.text)}, {"speakers", localJson(session.speakers)},
          {"room", session.room},          {"startsAt", isoText(session.startsAt)},
          {"endsAt", isoText(session.endsAt)}, {"chosen", session.isChosen},
          {"capacity", numberOrNull(session.capacity)}};
}

Json json(const Question& question) {
  Json options = Json::array();
  for (const QuestionOption& option : question.options)
    options.push_back({{"key", option.key}, {"label", localJson(option.label)}});
  return {{"key", question.key},
          {"kind", code(question.kind)},
          {"askedOf", code(question.askedOf)},
          {"label", localJson(question.label)},
          {"hint", localJson(question.hint)},
          {"required", question.isRequired},
          {"options", std::move(options)},
          {"condition", question.condition ? Json{{"key", question.condition->key}, {"value", question.condition->value}}
                                           : Json(nullptr)}};
}

Json json(EventId event, const ShownMaterial& shown) {
  const Material& material = shown.material;
  return {{"id", material.id.text()},
          {"title", localJson(material.title)},
          {"session", textOrNull(material.session)},
          {"audience", code(material.audience)},
          {"link", material.link ? Json(*material.link) : Json(nullptr)},
          {"file", shown.file ? Json{{"name", shown.file->name},
                                     {"type", shown.file->type},
                                     {"bytes", shown.file->size},
                                     {"path", pathOf(event) + "/files/" + shown.file->id.text()}}
                              : Json(nullptr)}};
}

/// Answers by the keys of their questions, each a list of values; a file by its name.
Json answersJson(const std::string& stored) {
  Json answers = Json::object();
  for (const Answer& answer : answersIn(stored)) answers[answer.key] = answer.values;
  return answers;
}

Json json(const store::EventSummary& event) {
  return {{"id", event.id.text()},
          {"title", localJson(event.title)},
          {"summary", localJson(event.summary)},
          {"kind", code(event.kind)},
          {"status", code(event.status)},
          {"attendance", code(event.attendance)},
          {"region", textOrNull(event.region)},
          {"place", localJson(event.place)},
          {"municipality", textOrNull(event.municipality)},
          {"startsAt", isoText(event.startsAt)},
          {"endsAt", isoText(event.endsAt)},
          {"capacity", numberOrNull(event.capacity)},
          {"taken", event.taken}};
}

Json json(const Participant& participant) {
  Json sessions = Json::array();
  for (const SessionId session : participant.sessions) sessions.push_back(session.text());
  return {{"id", participant.id.text()},
          {"name", participant.name},
          {"email", participant.email ? Json(participant.email->text()) : Json(nullptr)},
          {"state", code(participant.state)},
          {"sessions", std::move(sessions)},
          {"answers", answersJson(participant.answers)},
          {"offerUntil", instantOrNull(participant.offerUntil)},
          {"attendedAt", instantOrNull(participant.attendedAt)},
          {"code", participant.code}};
}

Json json(const Registration& registration) {
  Json people = Json::array();
  for (const Participant& participant : registration.participants) people.push_back(json(participant));
  return Json{{"id", registration.id.text()},
              {"event", registration.event.text()},
              {"organisation", textOrNull(registration.organisation)},
              {"name", registration.name},
              {"email", registration.email.text()},
              {"mode", code(registration.mode)},
              {"answers", answersJson(registration.answers)},
              {"participants", std::move(people)}};
}

Json json(const store::ParticipantRow& row) {
  Json json = view::json(row.participant);
  json["registration"] = row.participant.registration.text();
  json["registeredBy"] = {{"name", row.registrantName}, {"email", row.registrantEmail}};
  json["organisation"] = row.organisationName;
  json["registeredAt"] = isoText(row.registeredAt);
  return json;
}

template <class Rows>
std::string list(const Rows& rows, const std::optional<std::string>& next) {
  Json items = Json::array();
  for (const auto& row : rows) items.push_back(json(row));
  return Json{{"items", std::move(items)}, {"next", next ? Json(*next) : Json(nullptr)}}.dump();
}

}  // namespace

std::string eventsJson(const std::vector<store::EventSummary>& events,
                       const std::optional<std::string>& next) {
  return list(events, next);
}

std::string eventJson(const EventParts& parts) {
  const Event& event = parts.event;
  Json programme = Json::array(), questions = Json::array(), materials = Json::array();
  for (const Session& session : parts.sessions) programme.push_back(json(session));
  for (const Question& question : parts.questions) questions.push_back(json(question));
  for (const ShownMaterial& material : parts.materials) materials.push_back(json(event.id, material));
  Json regions = Json::array(), organisations = Json::array();
  for (const RegionCode& region : parts.coOrganisers.regions) regions.push_back(region.text());
  for (const OrganisationId id : parts.coOrganisers.organisations) organisations.push_back(id.text());
  return Json{{"id", event.id.text()},
              {"title", localJson(event.title)},
              {"summary", localJson(event.summary)},
              {"description", localJson(event.description)},
              {"kind", code(event.kind)},
              {"status", code(event.status)},
              {"attendance", code(event.attendance)},
              {"region", textOrNull(event.region)},
              {"place", localJson(event.place)},
              {"address", event.address},
              {"municipality", textOrNull(event.municipality)},
              {"accessibility", localJson(event.accessibility)},
              {"startsAt", isoText(event.startsAt)},
              {"endsAt", isoText(event.endsAt)},
              {"opensAt", instantOrNull(event.opensAt)},
              {"closesAt", instantOrNull(event.closesAt)},
              {"capacity", numberOrNull(event.places.capacity)},
              {"taken", parts.taken},
              {"ceiling", numberOrNull(event.places.ceiling)},
              {"waitingList", event.places.hasWaitingList},
              {"approvesFirst", event.places.approvesFirst},
              {"offerHours", event.places.offerHours ? Json(*event.places.offerHours) : Json(nullptr)},
              {"visibility", code(event.visibility)},
              {"onlineLink", parts.organises ? Json(event.onlineLink) : Json(nullptr)},
              {"organiser", textOrNull(event.organiser)},
              {"contactName", event.contactName},
              {"contactEmail", event.contactEmail},
              {"contactPhone", event.contactPhone},
              {"project", event.project},
              {"retentionDays", event.retentionDays},
              {"sessions", std::move(programme)},
              {"questions", std::move(questions)},
              {"materials", std::move(materials)},
              {"picture", parts.picture ? Json{{"path", picturePath(event.id, parts.picture->file)},
                                               {"alternative", localJson(parts.picture->alternative)}}
                                        : Json(nullptr)},
              {"series", parts.series ? Json{{"id", parts.series->id.text()}, {"title", localJson(parts.series->title)}}
                                      : Json(nullptr)},
              {"coOrganisers", {{"regions", std::move(regions)}, {"organisations", std::move(organisations)}}},
              {"revision", event.revision}}
      .dump();
}

std::string materialJson(EventId event, const ShownMaterial& material) { return json(event, material).dump(); }

std::string sessionJson(const Session& session) { return json(session).dump(); }

std::string feedbackJson(const std::vector<store::GivenFeedback>& feedback, bool isNamed) {
  const FeedbackSums sums = sumsOf(feedback);
  Json ratings = Json::object(), answers = Json::array();
  for (const char* rating : {"1", "2", "3", "4"}) ratings[rating] = 0;
  for (const auto& given : feedback) {
    auto& count = ratings[std::to_string(given.feedback.rating)];
    count = count.get<int>() + 1;
    if (given.feedback.answer.empty()) continue;
    answers.push_back({{"text", given.feedback.answer},
                       {"language", code(given.feedback.locale)},
                       {"name", given.name.empty() ? Json(nullptr) : Json(given.name)}});
  }
  return Json{{"answers", sums.answers},
              {"mean", sums.mean() ? Json(*sums.mean()) : Json(nullptr)},
              {"ratings", std::move(ratings)},
              {"partnerAnswers", sums.partnerAnswers},
              {"partnerShare", sums.partnerShare() ? Json(*sums.partnerShare()) : Json(nullptr)},
              {"named", isNamed},
              {"openAnswers", std::move(answers)}}
      .dump();
}

std::string sessionsJson(const std::vector<Session>& sessions, const std::optional<std::string>& next) {
  return list(sessions, next);
}

std::string registrationJson(const Registration& registration) { return json(registration).dump(); }

std::string registrationsJson(const std::vector<Registration>& registrations,
                              const std::optional<std::string>& next) {
  return list(registrations, next);
}

std::string participantsJson(const std::vector<store::ParticipantRow>& rows,
                             const std::optional<std::string>& next) {
  return list(rows, next);
}

std::string participantJson(const Participant& participant) { return json(participant).dump(); }

}  // namespace toimela::events::view
