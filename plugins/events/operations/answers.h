// Answers that are changed later, and files among them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/question.h"
#include "domain/registration.h"
#include "toimela/data.h"
#include "toimela/files.h"

namespace toimela::events::operations {

/// A file that was sent as the answer to a question.
struct SentFile {
  std::string key;  ///< of the question
  files::Incoming incoming;
};

/// Keeps what was sent with the answers of a registration or of one of its participants, in place of what
/// was there, and forgets files of answers that are gone.
void settleFiles(WriteTx& tx, const Registration& registration, std::optional<ParticipantId> participant,
                 const std::string& answers, const std::vector<SentFile>& sent);

enum class AnswersProblem {
  notThere,  ///< nothing of the registration is live any more
  closed,    ///< answers are no longer taken
};
/// What was answered once for all of a registration; `answers` are those to `questions`, the others stay.
std::optional<AnswersProblem> changeAnswers(WriteTx& tx, RegistrationId registration,
                                            const std::vector<Question>& questions,
                                            const std::vector<Answer>& answers,
                                            const std::vector<SentFile>& files);

}  // namespace toimela::events::operations
