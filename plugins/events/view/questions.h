// Questions of an event as fields of a form, and what was answered in it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "domain/question.h"
#include "operations/answers.h"
#include "toimela/form.h"
#include "view/answer_files.h"
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
/// Puts answers into the form, to be changed; `files` are those of who answers.
void fillAnswers(Form& form, const std::vector<Question>& questions, const NameOf& nameOf,
                 const std::string& answers, const std::vector<store::AnswerFile>& files);
/// Files that were sent with answers that count.
std::vector<operations::SentFile> filesIn(const Form& form, const std::vector<Question>& questions,
                                          const NameOf& nameOf);
/// Says beside each field for a file what was sent already.
void showFiles(Form& form, const std::vector<Question>& questions, const NameOf& nameOf);
/// Says at its field why a file was not taken; fields of another form are left alone.
void explain(Form& form, const std::vector<Question>& questions, const NameOf& nameOf,
             const std::vector<FileProblem>& problems);
bool asksFiles(const std::vector<Question>& questions);
/// For the script: which field is shown when which other one has a value.
std::vector<View> conditions(const std::vector<Question>& questions, const NameOf& nameOf);

/// Answers in words, with the questions: for whoever reads them.
struct AnswerInWords {
  std::string key, question, answer;
  bool isFile = false;
};
std::vector<AnswerInWords> inWords(const std::vector<Question>& questions, const std::string& answers,
                                   const Words& words);

}  // namespace toimela::events::view
