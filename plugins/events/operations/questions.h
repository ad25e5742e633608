// Changes of an event's questions: rule, save and audit entry in one transaction.
#pragma once

#include <optional>

#include "domain/question.h"
#include "operations/removing.h"
#include "toimela/data.h"

namespace toimela::events::operations {

std::optional<QuestionProblem> addQuestion(WriteTx& tx, EventId event, const Question& question);
/// Throws NotFound when it has been removed.
std::optional<QuestionProblem> saveQuestion(WriteTx& tx, EventId event, const Question& question);
/// Those that were asked only because of it are asked always. Throws NotFound when it was removed before.
Removal removeQuestion(WriteTx& tx, EventId event, QuestionId question);
/// Does every condition look back at a question that can be answered so?
bool holdTogether(ReadTx& tx, EventId event);
/// One place nearer to the beginning.
void raiseQuestion(WriteTx& tx, EventId event, QuestionId question);

}  // namespace toimela::events::operations
