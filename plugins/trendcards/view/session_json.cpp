#include "view/session_json.h"

#include <nlohmann/json.hpp>

#include "view/session_words.h"

namespace toimela::trendcards::view {

namespace {

using Json = nlohmann::ordered_json;

const Json kText{{"type", "string"}}, kId{{"type", "string"}, {"pattern", "^[0-9]+$"}};
const Json kOptionalText{{"type", {"string", "null"}}};
const Json kInstant{{"type", "string"}, {"format", "date-time"}};
const Json kOptionalInstant{{"type", {"string", "null"}}, {"format", "date-time"}};
const Json kCount{{"type", "integer"}, {"minimum", 0}};
const Json kFlag{{"type", "boolean"}};

Json between(int least, int most) { return {{"type", "integer"}, {"minimum", least}, {"maximum", most}}; }
Json listOf(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }
Json object(Json properties, std::vector<std::string> required = {}) {
  if (required.empty())
    for (const auto& [name, schema] : properties.items()) required.push_back(name);
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", required}};
}
template <class Table>
Json oneOf(const Table& table) {
  Json codes = Json::array();
  for (const auto value : table) codes.push_back(table.code(value));
  return {{"type", "string"}, {"enum", std::move(codes)}};
}
Json sectors() {
  Json codes = Json::array();
  for (const Sector sector : kSectors) codes.push_back(code(sector));
  return {{"type", "string"}, {"enum", std::move(codes)}};
}

Json instant(std::optional<Instant> at) { return at ? Json(isoText(*at)) : Json(); }

Json toJson(const Session& session, const Host& host, Instant at) {
  const SessionPlan& plan = session.plan;
  return {{"id", session.id.text()},
          {"title", plan.title},
          {"question", plan.question},
          {"region", plan.region.text()},
          {"edition", plan.edition.text()},
          {"exercise", kExercises.code(plan.exercise)},
          {"cards", plan.cards},
          {"drawn", plan.drawn},
          {"dots", plan.dots},
          {"groups", plan.groups},
          {"ceiling", plan.ceiling},
          {"naming", kNamings.code(plan.naming)},
          {"asksSector", plan.asksSector},
          {"feedsMap", plan.feedsMap},
          {"event", plan.event ? Json(std::to_string(*plan.event)) : Json()},
          {"code", session.isOver(at) ? Json() : Json(shownCode(session))},
          {"joinAddress", session.isOver(at) ? Json() : Json(host.baseUrl() + joinPath(session))},
          {"phase", kPhases.code(session.phase)},
          {"timerUntil", instant(session.timerUntil)},
          {"participants", session.participants},
          {"createdAt", isoText(session.createdAt)},
          {"closesAt", isoText(session.closesAt)},
          {"endedAt", instant(session.endedAt)},
          {"isOver", session.isOver(at)}};
}

Json sessionSchema() {
  return object({{"id", kId},
                 {"title", kText},
                 {"question", kText},
                 {"region", kText},
                 {"edition", kId},
                 {"exercise", oneOf(kExercises)},
                 {"cards", listOf(kCount)},
                 {"drawn", kCount},
                 {"dots", kCount},
                 {"groups", kCount},
                 {"ceiling", kCount},
                 {"naming", oneOf(kNamings)},
                 {"asksSector", kFlag},
                 {"feedsMap", kFlag},
                 {"event", kOptionalText},
                 {"code", kOptionalText},
                 {"joinAddress", kOptionalText},
                 {"phase", oneOf(kPhases)},
                 {"timerUntil", kOptionalInstant},
                 {"participants", kCount},
                 {"createdAt", kInstant},
                 {"closesAt", kInstant},
                 {"endedAt", kOptionalInstant},
                 {"isOver", kFlag}});
}

Json newSessionSchema() {
  return object({{"title", {{"type", "string"}, {"maxLength", 120}}},
                 {"question", {{"type", "string"}, {"maxLength", 300}}},
                 {"region", {{"type", "string"}, {"description", "Statistics Finland's code of the region"}}},
                 {"edition", kId},
                 {"exercise", oneOf(kExercises)},
                 {"cards", {{"type", "array"}, {"items", between(1, 1000)}, {"description", "numbers of cards; all of them when left out"}}},
                 {"drawn", between(kFewestDrawn, kMostDrawn)},
                 {"dots", between(1, kMostDots)},
                 {"minutes", between(1, kMostMinutes)},
                 {"groups", between(0, kMostGroups)},
                 {"ceiling", between(1, kMostParticipants)},
                 {"open_hours", between(1, static_cast<int>(kLongestOpen.count()))},
                 {"naming", oneOf(kNamings)},
                 {"asks_sector", kFlag},
                 {"feeds_map", kFlag},
                 {"event", {{"type", "string"}, {"description", "id of an event that one organises"}}}},
                {"title", "region", "edition", "exercise"});
}

Json answerSchema() {
  return object(
      {{"what", {{"type", "string"}, {"enum", {"rank", "place", "dots", "text", "note", "withdraw"}}}},
       {"ranking", {{"type", "array"}, {"items", kCount}, {"description", "rank: the cards drawn, the most important first"}}},
       {"placements", listOf(object({{"card", kCount}, {"likelihood", between(1, 5)}, {"impact", between(1, 5)}}))},
       {"dots", listOf(object({{"idea", kId}, {"dots", between(0, kMostDots)}}))},
       {"key", {{"type", "string"}, {"description", "text, note: of the sender's making; sent again it is the same text"}}},
       {"card", kCount},
       {"other_card", kCount},
       {"text", {{"type", "string"}, {"maxLength", kLongestText}}},
       {"need", {{"type", "string"}, {"maxLength", kLongestText}}},
       {"step", {{"type", "string"}, {"maxLength", kLongestText}}},
       {"contribution", {{"type", "string"}, {"description", "withdraw: id of one's own text"}}}},
      {"what"});
}

}  // namespace

std::string sessionJson(const Session& session, const Host& host, Instant at) { return toJson(session, host, at).dump(); }

std::string sessionsJson(const std::vector<Session>& sessions, const std::string& next, const Host& host, Instant at) {
  Json items = Json::array();
  for (const Session& session : sessions) items.push_back(toJson(session, host, at));
  return Json{{"items", std::move(items)}, {"next", next.empty() ? Json() : Json(next)}}.dump();
}

std::string participantJson(const Session& session, const Participant& participant, const std::string& token, Instant at) {
  return Json{{"token", token},
              {"title", session.plan.title},
              {"exercise", kExercises.code(session.plan.exercise)},
              {"phase", kPhases.code(session.phase)},
              {"isOver", session.isOver(at)},
              {"timerUntil", instant(session.timerUntil)},
              {"edition", session.plan.edition.text()},
              {"cards", participant.hand.empty() ? session.plan.cards : participant.hand},
              {"dots", session.plan.dots},
              {"group", participant.group},
              {"nickname", participant.nickname}}
      .dump();
}

void addSessionSchemas(Registry& registry) {
  registry.schema("TrendcardsSession", sessionSchema().dump());
  registry.schema("TrendcardsSessionNew", newSessionSchema().dump());
  registry.schema("TrendcardsPhase", object({{"phase", oneOf(kPhases)}}).dump());
  registry.schema("TrendcardsCeiling", object({{"ceiling", between(1, kMostParticipants)}}).dump());
  registry.schema("TrendcardsTimer",
                  object({{"minutes", {{"type", "integer"}, {"minimum", 0}, {"maximum", kMostMinutes},
                                       {"description", "that are added; 0 stops the timer"}}}})
                      .dump());
  registry.schema("TrendcardsArrival", Json{{"type", "object"},
                                            {"properties", {{"nickname", {{"type", "string"}, {"maxLength", kLongestNickname}}},
                                                            {"group", between(1, kMostGroups)},
                                                            {"sector", sectors()}}}}
                                           .dump());
  registry.schema("TrendcardsParticipant",
                  object({{"token", {{"type", "string"}, {"description", "to be sent as Toimela-Guest"}}},
                          {"title", kText},
                          {"exercise", oneOf(kExercises)},
                          {"phase", oneOf(kPhases)},
                          {"isOver", kFlag},
                          {"timerUntil", kOptionalInstant},
                          {"edition", kId},
                          {"cards", {{"type", "array"}, {"items", kCount}, {"description", "those that were drawn, else those of the session"}}},
                          {"dots", kCount},
                          {"group", kCount},
                          {"nickname", kText}})
                      .dump());
  registry.schema("TrendcardsAnswer", answerSchema().dump());
}

}  // namespace toimela::trendcards::view
