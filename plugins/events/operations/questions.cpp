#include "operations/questions.h"

#include <algorithm>

#include "operations/audit.h"
#include "store/events.h"
#include "store/questions.h"
#include "store/removed.h"
#include "toimela/host.h"

namespace toimela::events::operations {

namespace {

/// The event, locked: keys are given and conditions checked against questions that stay.
Event lock(WriteTx& tx, EventId id) {
  if (!store::lockEvent(tx, id, 0)) throw NotFound();
  return *store::findEvent(tx, id);
}

std::vector<Question> beforeOf(const std::vector<Question>& all, QuestionId id) {
  const auto end = std::ranges::find_if(all, [&](const Question& each) { return each.id == id; });
  return {all.begin(), end};
}

/// Does every condition still look back at a question that can be answered so?
bool holdTogether(const std::vector<Question>& all) {
  return std::ranges::all_of(all, [&](const Question& each) { return !problemWith(each, beforeOf(all, each.id)); });
}

}  // namespace

std::optional<QuestionProblem> addQuestion(WriteTx& tx, EventId event, const Question& question) {
  const Event locked = lock(tx, event);
  const auto all = store::questionsOf(tx, event);
  if (const auto problem = problemWith(question, all)) {
    tx.unaudited("the question can not be asked so");
    return problem;
  }
  // It takes the key of one that was removed: that one can not come back.
  if (const auto removed = store::removedQuestion(tx, event, question.key)) store::removeQuestion(tx, event, *removed);
  store::insertQuestion(tx, event, question);
  tx.audit(entryFor("events.question.add", locked));
  return std::nullopt;
}

std::optional<QuestionProblem> saveQuestion(WriteTx& tx, EventId event, const Question& question) {
  const Event locked = lock(tx, event);
  auto all = store::questionsOf(tx, event);
  const auto stored = std::ranges::find_if(all, [&](const Question& each) { return each.id == question.id; });
  if (stored == all.end()) throw NotFound();
  auto problem = problemWith(question, beforeOf(all, question.id));
  *stored = question;
  if (!problem && !holdTogether(all)) problem = QuestionProblem::conditionUnknown;
  if (problem) {
    tx.unaudited("the question can not be asked so");
    return problem;
  }
  if (!store::updateQuestion(tx, event, question)) throw NotFound();
  tx.audit(entryFor("events.question.edit", locked));
  return std::nullopt;
}

Removal removeQuestion(WriteTx& tx, EventId event, QuestionId question) {
  const Event locked = lock(tx, event);
  const Removed removed{Removed::Part::question, question.value, tx.time()};
  if (!store::putAside(tx, event, removed)) throw NotFound();
  tx.audit(entryFor("events.question.remove", locked));
  return {true, removed};
}

bool holdTogether(ReadTx& tx, EventId event) { return holdTogether(store::questionsOf(tx, event)); }

void raiseQuestion(WriteTx& tx, EventId event, QuestionId question) {
  const Event locked = lock(tx, event);
  auto all = store::questionsOf(tx, event);
  const auto at = std::ranges::find_if(all, [&](const Question& each) { return each.id == question; });
  if (at == all.end()) throw NotFound();
  if (at != all.begin()) std::iter_swap(at, at - 1);
  if (!holdTogether(all)) {
    tx.unaudited("it would stand before what it hangs on");
    return;
  }
  std::vector<QuestionId> order;
  for (const Question& each : all) order.push_back(each.id);
  store::setQuestionOrder(tx, event, order);
  tx.audit(entryFor("events.question.move", locked));
}

}  // namespace toimela::events::operations
