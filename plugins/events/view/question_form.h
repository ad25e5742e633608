// The form of a question, and the list of questions, for those who organise.
#pragma once

#include <optional>
#include <vector>

#include "domain/question.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::events::view {

/// `others` are those that the question may hang on.
FormSpec questionFields(const std::vector<Question>& others, const Words& words);
void fillQuestion(Form& form, const Question& question);
/// What the form says; a question that was there keeps its key, and its options keep theirs.
Question readQuestion(const Form& form, const Question& before, const std::vector<Question>& all);
void explain(Form& form, QuestionProblem problem);

std::vector<View> questionRows(const std::vector<Question>& questions, const Words& words);

/// A question that nearly every event asks: "diet", "accessibility". Nothing for another name.
std::optional<Question> readyMade(std::string_view name, const Texts& texts);

}  // namespace toimela::events::view
