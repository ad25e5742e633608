#include "operations/answers.h"

#include <algorithm>

#include "operations/audit.h"
#include "operations/own.h"
#include "store/answer_files.h"
#include "store/events.h"
#include "store/registrations.h"
#include "toimela/host.h"

namespace toimela::events::operations {

void settleFiles(WriteTx& tx, const Registration& registration, std::optional<ParticipantId> participant,
                 const std::string& answers, const std::vector<SentFile>& sent) {
  const auto counting = answersIn(answers);
  for (const store::AnswerFile& present : store::answerFilesOf(tx, registration.id)) {
    if (present.participant != participant) continue;
    const bool isAnswered = std::ranges::any_of(counting, [&](const Answer& answer) {
      return answer.key == present.key && !answer.values.empty();
    });
    if (!isAnswered || std::ranges::find(sent, present.key, &SentFile::key) != sent.end())
      store::removeAnswerFile(tx, present.file);
  }
  for (const SentFile& file : sent)
    store::addAnswerFile(tx, {files::keep(tx, file.incoming, registration.person), registration.id,
                              participant, file.key, file.incoming.name});
}

std::optional<AnswersProblem> changeAnswers(WriteTx& tx, RegistrationId id,
                                            const std::vector<Question>& questions,
                                            const std::vector<Answer>& answers,
                                            const std::vector<SentFile>& files) {
  const auto before = store::findRegistration(tx, id);
  if (!before || !store::lockEvent(tx, before->event, 0)) throw NotFound();
  const auto registration = store::findRegistration(tx, id);
  const Event event = *store::findEvent(tx, before->event);
  const bool isThere = registration && std::ranges::any_of(registration->participants, [](const auto& each) {
                         return isLive(each.state);
                       });
  if (!isThere || !takesChanges(event, tx.time())) {
    tx.unaudited("the answers can not be changed any more");
    return isThere ? AnswersProblem::closed : AnswersProblem::notThere;
  }
  const std::string all = withAnswers(registration->answers, questions, answers);
  store::setAnswers(tx, id, all);
  settleFiles(tx, *registration, std::nullopt, all, files);
  tx.audit(entryFor("events.registration.edit", event, *registration));
  return std::nullopt;
}

}  // namespace toimela::events::operations
