// Changes of an event's questions: rule, save and audit entry in one transaction.
#pragma once

#include <optional>

#include "domain/question.h"
#include "toimela/data.h"

namespace toimela::events::operations {

std::optional<QuestionProblem> addQuestion(WriteTx& tx, EventId event, const Question& question);
/// Throws NotFound when it has been removed.
std::optional<QuestionProblem> saveQuestion(WriteTx& tx, EventId event, const Question& question);
/// With what hangs on it: those that were asked only because of it are asked always.
void removeQuestion(WriteTx& tx, EventId event, QuestionId question);
/// One place nearer to the beginning.
void raiseQuestion(WriteTx& tx, EventId event, QuestionId question);

}  // namespace toimela::events::operations
