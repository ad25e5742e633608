// Events and registrations as the API shows them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/event.h"
#include "domain/picture.h"
#include "domain/question.h"
#include "domain/registration.h"
#include "domain/series.h"
#include "store/events.h"
#include "store/feedback.h"
#include "store/registrations.h"
#include "toimela/registry.h"
#include "view/materials.h"

namespace toimela::events::view {

std::string eventsJson(const std::vector<store::EventSummary>& events,
                       const std::optional<std::string>& next);
/// An event with what goes with it.
struct EventParts {
  Event event;
  std::vector<Session> sessions;
  std::vector<Question> questions;       ///< asked on registering
  std::vector<ShownMaterial> materials;  ///< those that the reader gets to
  std::optional<Picture> picture;
  std::optional<Series> series;
  CoOrganisers coOrganisers;
  std::int64_t taken = 0;                ///< how many have a place
  bool organises = false;                ///< the reader does: the link to take part is theirs
};
std::string eventJson(const EventParts& parts);
std::string materialJson(EventId event, const ShownMaterial& material);
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
