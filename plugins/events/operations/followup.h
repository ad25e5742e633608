// Questions that are asked of those who have a place.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/question.h"
#include "domain/registration.h"
#include "operations/answers.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// Asks those who have got a place, in one letter for each registration. Call it in the transaction in
/// which they got it; where nothing is asked it does nothing.
void askFollowUp(WriteTx& tx, EventId event, std::span<const ParticipantId> participants);
/// Those of a registration, once its address is confirmed.
void askFollowUp(WriteTx& tx, const Registration& registration);
/// Asks everybody once more who has a place and has not answered; how many letters that makes.
std::size_t remindFollowUp(WriteTx& tx, const Event& event);

/// Does this one still owe answers?
bool owesFollowUp(const Participant& participant);

/// What one participant answered; unset: what was answered for the registration.
struct FollowUpAnswers {
  std::optional<ParticipantId> participant;
  std::vector<Question> questions;
  std::vector<Answer> answers;
  std::vector<SentFile> files;
};
/// Takes the answers until the event begins; false when it is too late, or nobody has a place any more.
bool answerFollowUp(WriteTx& tx, RegistrationId registration, const std::vector<FollowUpAnswers>& all);
bool takesFollowUp(const Event& event, Instant now);

}  // namespace toimela::events::operations
