// Forms about participants: a reason, a message, other workshops, another place in the list, a new one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "operations/places.h"
#include "store/registrations.h"
#include "store/scheduled.h"
#include "toimela/directory.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::events::view {

/// What can be done to several participants at once.
enum class Deed { approve, decline, cancel, message };
std::optional<Deed> parseDeed(std::string_view code);
std::string_view code(Deed deed);

/// Ids as one hidden field has them: "4,7"; at most as many as the table shows.
std::string idText(const std::vector<ParticipantId>& ids);
std::vector<ParticipantId> parseIds(std::string_view text);

/// A reason for what is done to the ticked.
FormSpec reasonFields(bool required);

/// Whom a message goes to: a state, "live", "session:4", or "ticked".
FormSpec messageFields(const std::vector<Session>& sessions, bool hasTicked, const Words& words);
std::vector<store::ParticipantRow> recipients(const std::vector<store::ParticipantRow>& rows,
                                              const std::string& group,
                                              const std::vector<ParticipantId>& ticked);

/// A message for later; of a form with a time.
store::ScheduledMessage readScheduled(const Form& form, EventId event);
std::vector<View> scheduledRows(const std::vector<store::ScheduledMessage>& messages,
                                const std::vector<Session>& sessions, const Words& words);

/// Other workshops for one participant.
FormSpec sessionChoiceFields(const std::vector<Session>& sessions, const Words& words);
std::vector<SessionId> readSessions(const Form& form);

/// Before whom one who waits is put.
FormSpec orderFields(const std::vector<store::ParticipantRow>& waiting, RegistrationId moved,
                     const Words& words);

/// Which organisation a registration is for.
FormSpec linkFields();

/// A participant that the organiser enters, or who walks in.
FormSpec entryFields(const std::vector<Session>& sessions, bool asksReason, const Words& words);
/// What was entered; `contact` is who the registration belongs to when no address was given.
Registration readEntry(const Form& form, const Person& contact, Locale locale,
                       const std::vector<Session>& sessions);
void explain(Form& form, const operations::Refusal& refusal);

}  // namespace toimela::events::view
