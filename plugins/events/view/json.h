// Events and registrations as the API shows them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/event.h"
#include "domain/registration.h"
#include "store/events.h"
#include "store/feedback.h"
#include "store/registrations.h"
#include "toimela/registry.h"

namespace toimela::events::view {

std::string eventsJson(const std::vector<store::EventSummary>& events,
                       const std::optional<std::string>& next);
/// `taken` is how many have a place in the event. The link to take part is for those who organise.
std::string eventJson(const Event& event, const std::vector<Session>& sessions, std::int64_t taken, bool organises);
std::string sessionJson(const Session& session);
/// What was answered about an event: sums, and open answers with the name where it is kept.
std::string feedbackJson(const std::vector<store::GivenFeedback>& feedback, bool isNamed);
std::string sessionsJson(const std::vector<Session>& sessions, const std::optional<std::string>& next);
std::string registrationJson(const Registration& registration);
std::string registrationsJson(const std::vector<Registration>& registrations,
                              const std::optional<std::string>& next);
std::string participantsJson(const std::vector<store::ParticipantRow>& rows,
                             const std::optional<std::string>& next);
std::string participantJson(const Participant& participant);

void addSchemas(Registry& registry);

}  // namespace toimela::events::view
