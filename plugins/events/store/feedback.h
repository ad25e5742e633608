// What participants answered after an event.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/registration.h"
#include "toimela/data.h"

namespace toimela::events::store {

struct Feedback {
  int rating = 0;                      ///< 1–4
  std::optional<bool> foundPartners;
  std::string answer;
  Locale locale = Locale::fi;
};

/// Answers carry the participant's number only where the event has said so; else nobody can tell
/// whose they are. That is how it is without a word from the organiser.
bool isNamed(ReadTx& tx, EventId event);
void setNamed(WriteTx& tx, EventId event, bool isNamed);

bool hasAnswered(ReadTx& tx, ParticipantId participant);
/// Notes that the participant has answered; false when they had already.
[[nodiscard]] bool noteAnswered(WriteTx& tx, EventId event, ParticipantId participant);
/// An answer. `participant` is kept as it is given: leave it out for one without a name.
void addFeedback(WriteTx& tx, EventId event, std::optional<ParticipantId> participant,
                 const Feedback& feedback);

struct GivenFeedback {
  Feedback feedback;
  std::string name;  ///< of the participant, where it is kept
};
std::vector<GivenFeedback> feedbackOf(ReadTx& tx, EventId event, int limit);

/// What a person answered under their name; and forgetting whose it was and what they wrote.
std::vector<GivenFeedback> feedbackBy(ReadTx& tx, PersonId person, const std::string& emailKey);
void forgetFeedback(WriteTx& tx, PersonId person, const std::string& emailKey);

}  // namespace toimela::events::store
