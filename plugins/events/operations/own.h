// What those who registered do themselves later. Each function is a whole change, as in places.h.
#pragma once

#include <optional>
#include <string>

#include "domain/registration.h"
#include "operations/places.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// Queues the letter for who has this address in the event; when nobody has, nothing.
void sendAgain(WriteTx& tx, EventId event, const EmailAddress& address);

/// The address of a registration is confirmed; false when it was too late.
bool confirmAddress(WriteTx& tx, RegistrationId registration);

/// Who comes, and to which workshops.
struct Change {
  std::string name;
  std::optional<EmailAddress> email;
  std::vector<SessionId> sessions;
  std::vector<Question> questions = {};  ///< that were asked now; answers to others stay as they are
  std::vector<Answer> answers = {};
  std::vector<SentFile> files = {};
};
enum class ChangeProblem {
  notThere,         ///< the place is not theirs any more
  closed,           ///< names are no longer taken
  duplicate,        ///< the address has another place in the event
  unknownWorkshop,
  overlapping,
  full,             ///< no room in a workshop
};
/// All of it or nothing.
std::optional<ChangeProblem> change(WriteTx& tx, EventId event, ParticipantId participant,
                                    const Change& change);
/// Names and workshops are taken until registration closes.
bool takesChanges(const Event& event, Instant now);

/// Makes the registrations of a person, and their places in those of others, anonymous. What they
/// still had is cancelled, so that the list moves on; states stay for the figures. A group that they
/// registered goes over to the first of it who has an address, or is cancelled with them.
void forgetPerson(WriteTx& tx, PersonId person);

}  // namespace toimela::events::operations
