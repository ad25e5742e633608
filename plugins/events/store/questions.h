// Questions of an event in the database.
#pragma once

#include <optional>
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
[[nodiscard]] bool removeQuestion(WriteTx& tx, EventId event, QuestionId question);
void setQuestionOrder(WriteTx& tx, EventId event, const std::vector<QuestionId>& order);

}  // namespace toimela::events::store
