// Files that come with answers, on their way from a form to the store.
#pragma once

#include <vector>

#include "domain/question.h"
#include "domain/registration.h"
#include "store/answer_files.h"
#include "toimela/host.h"
#include "view/answer_files.h"

namespace toimela::events::handlers {

/// The fields of a form with what the hidden fields beside its files may say.
struct ReadFiles {
  Fields sent;
  std::vector<view::FileProblem> problems;
};
/// Receives what came for questions of the kind file: fields "q_<key>", or with a person's number before
/// it. `present` are files that are answers already. What was received and is not used is swept later.
ReadFiles readFiles(const Request& request, Host& host, const std::vector<Question>& questions,
                    const std::vector<store::AnswerFile>& present);

/// The file of {file} in the path as a download, if it is an answer of the registration, or of the one
/// participant and not of another.
Response serveAnswer(const Request& request, Host& host, const Registration& registration,
                     std::optional<ParticipantId> only = std::nullopt);

}  // namespace toimela::events::handlers
