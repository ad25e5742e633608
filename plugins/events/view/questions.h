// Questions of an event as fields of a form, and what was answered in it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "domain/question.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::events::view {

/// The name of a question's field: "q_diet" of the registration, "p2_q_diet" of a participant.
using NameOf = std::function<std::string(const Question&)>;

/// Those that are asked of the registration, or of each participant.
std::vector<Question> askedOf(const std::vector<Question>& questions, AskedOf who);
/// A field for each, in their order. All of them stand in the form: what is not asked is left out when
/// the form is read, and hidden by a script where there is one.
void addFields(FormSpec& fields, const std::vector<Question>& questions, const NameOf& nameOf,
               const Words& words);
/// Says at its field what must be answered and is not.
void checkAnswers(Form& form, const std::vector<Question>& questions, const NameOf& nameOf);
/// The answers that count.
std::vector<Answer> readAnswers(const Form& form, const std::vector<Question>& questions, const NameOf& nameOf);
/// For the script: which field is shown when which other one has a value.
std::vector<View> conditions(const std::vector<Question>& questions, const NameOf& nameOf);

/// Answers in words, with the questions: for whoever reads them.
struct AnswerInWords {
  std::string question, answer;
};
std::vector<AnswerInWords> inWords(const std::vector<Question>& questions, const std::string& answers,
                                   const Words& words);

}  // namespace toimela::events::view
