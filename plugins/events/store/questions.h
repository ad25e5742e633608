// Questions of an event in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/question.h"
#include "toimela/data.h"

namespace toimela::events::store {

/// In the order in which they are asked.
std::vector<Question> questionsOf(ReadTx& tx, EventId event);
/// Behind the others.
QuestionId insertQuestion(WriteTx& tx, EventId event, const Question& question);
/// Everything but the key; false when there is no such question.
[[nodiscard]] bool updateQuestion(WriteTx& tx, EventId event, const Question& question);
/// The one that was put aside and keeps the key from being given anew.
std::optional<QuestionId> removedQuestion(ReadTx& tx, EventId event, const std::string& key);
/// For good; what hangs on it is asked always.
void removeQuestion(WriteTx& tx, EventId event, QuestionId question);
void setQuestionOrder(WriteTx& tx, EventId event, const std::vector<QuestionId>& order);

}  // namespace toimela::events::store
