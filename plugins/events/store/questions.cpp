#include "store/questions.h"

#include <nlohmann/json.hpp>

#include "store/stored.h"

namespace toimela {

template <>
struct Stored<events::QuestionKind> : StoredCode<events::kQuestionKinds> {};
template <>
struct Stored<events::AskedOf> : StoredCode<events::kAskedOfWhom> {};

namespace events::store {

namespace {

using Json = nlohmann::ordered_json;

// What hangs on a removed question is asked always, until that one comes back.
constexpr Sql kList{"events.question.of_event",
                    "SELECT id, key, asked_of, kind, label_fi, label_sv, label_en, hint_fi, hint_sv, "
                    "hint_en, is_required, options, CASE WHEN EXISTS (SELECT 1 FROM events_question r WHERE "
                    "r.event_id = q.event_id AND r.key = q.condition_key AND r.removed_at IS NOT NULL) THEN NULL "
                    "ELSE condition_key END, condition_value, is_followup, most_megabytes FROM events_question q "
                    "WHERE event_id = :event AND removed_at IS NULL ORDER BY position, id"};
constexpr Sql kInsert{
    "events.question.insert",
    "INSERT INTO events_question (event_id, key, asked_of, kind, label_fi, label_sv, label_en, hint_fi, "
    "hint_sv, hint_en, is_required, options, condition_key, condition_value, is_followup, most_megabytes, "
    "position) "
    "VALUES (:event, :key, :asked_of, :kind, :label_fi, :label_sv, :label_en, :hint_fi, :hint_sv, "
    ":hint_en, :is_required, :options, :condition_key, :condition_value, :is_followup, :most_megabytes, "
    "(SELECT COALESCE(MAX(q.position), 0) + 1 FROM events_question q WHERE q.event_id = :event)) "
    "RETURNING id"};
constexpr Sql kUpdate{
    "events.question.update",
    "UPDATE events_question SET asked_of = :asked_of, kind = :kind, label_fi = :label_fi, "
    "label_sv = :label_sv, label_en = :label_en, hint_fi = :hint_fi, hint_sv = :hint_sv, "
    "hint_en = :hint_en, is_required = :is_required, options = :options, "
    "condition_key = :condition_key, condition_value = :condition_value, is_followup = :is_followup, "
    "most_megabytes = :most_megabytes "
    "WHERE id = :id AND event_id = :event"};
constexpr Sql kRemovedWithKey{"events.question.removed_with_key",
                              "SELECT id FROM events_question WHERE event_id = :event AND key = :key "
                              "AND removed_at IS NOT NULL"};
constexpr Sql kLoosen{"events.question.loosen",
                      "UPDATE events_question SET condition_key = NULL, condition_value = NULL WHERE event_id = :event "
                      "AND condition_key = (SELECT r.key FROM events_question r WHERE r.id = :id)"};
constexpr Sql kRemove{"events.question.remove",
                      "DELETE FROM events_question WHERE id = :id AND event_id = :event"};
constexpr Sql kPlace{"events.question.place",
                     "UPDATE events_question SET position = :position WHERE id = :id AND event_id = :event"};

std::string optionsText(const std::vector<QuestionOption>& options) {
  Json json = Json::array();
  for (const QuestionOption& option : options)
    json.push_back({option.key, option.label.fi, option.label.sv, option.label.en});
  return json.dump();
}

std::vector<QuestionOption> optionsIn(const std::string& text) {
  std::vector<QuestionOption> options;
  for (const Json& json : Json::parse(text))
    options.push_back({json.at(0).get<std::string>(),
                       {json.at(1).get<std::string>(), json.at(2).get<std::string>(),
                        json.at(3).get<std::string>()}});
  return options;
}

std::optional<std::string> conditionKey(const Question& question) {
  return question.condition ? std::optional(question.condition->key) : std::nullopt;
}
std::optional<std::string> conditionValue(const Question& question) {
  return question.condition ? std::optional(question.condition->value) : std::nullopt;
}

}  // namespace

std::vector<Question> questionsOf(ReadTx& tx, EventId event) {
  return tx.all(
      kList,
      [](QuestionId id, std::string key, AskedOf askedOf, QuestionKind kind, std::string labelFi,
         std::string labelSv, std::string labelEn, std::string hintFi, std::string hintSv,
         std::string hintEn, bool isRequired, std::string options, std::optional<std::string> conditionKey,
         std::optional<std::string> conditionValue, bool isFollowUp, int mostMegabytes) {
        Question question{id,
                          std::move(key),
                          askedOf,
                          kind,
                          {std::move(labelFi), std::move(labelSv), std::move(labelEn)},
                          {std::move(hintFi), std::move(hintSv), std::move(hintEn)},
                          isRequired,
                          optionsIn(options),
                          std::nullopt,
                          isFollowUp,
                          mostMegabytes};
        if (conditionKey) question.condition = Condition{*conditionKey, conditionValue.value_or("")};
        return question;
      },
      event);
}

QuestionId insertQuestion(WriteTx& tx, EventId event, const Question& q) {
  return tx.insert<QuestionId>(kInsert, event, q.key, q.askedOf, q.kind, q.label.fi, q.label.sv, q.label.en,
                               q.hint.fi, q.hint.sv, q.hint.en, q.isRequired, optionsText(q.options),
                               conditionKey(q), conditionValue(q), q.isFollowUp, q.mostMegabytes);
}

bool updateQuestion(WriteTx& tx, EventId event, const Question& q) {
  return tx.run(kUpdate, q.askedOf, q.kind, q.label.fi, q.label.sv, q.label.en, q.hint.fi, q.hint.sv,
                q.hint.en, q.isRequired, optionsText(q.options), conditionKey(q), conditionValue(q), q.isFollowUp,
                q.mostMegabytes, q.id, event) == 1;
}

std::optional<QuestionId> removedQuestion(ReadTx& tx, EventId event, const std::string& key) {
  return tx.first(kRemovedWithKey, [](QuestionId id) { return id; }, event, key);
}

void removeQuestion(WriteTx& tx, EventId event, QuestionId question) {
  tx.run(kLoosen, event, question);
  tx.run(kRemove, question, event);
}

void setQuestionOrder(WriteTx& tx, EventId event, const std::vector<QuestionId>& order) {
  std::int64_t position = 0;
  for (const QuestionId question : order) tx.run(kPlace, ++position, question, event);
}

}  // namespace events::store
}  // namespace toimela
