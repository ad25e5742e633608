// Sessions as JSON, and what the API's description says of them.
#pragma once

#include <string>

#include "store/sessions.h"
#include "toimela/host.h"
#include "toimela/registry.h"

namespace toimela::trendcards::view {

std::string sessionJson(const Session& session, const Host& host, Instant at);
std::string sessionsJson(const std::vector<Session>& sessions, const std::string& next, const Host& host, Instant at);
/// With the token of the guest where one was made.
std::string participantJson(const Session& session, const Participant& participant, const std::string& token, Instant at);
void addSessionSchemas(Registry& registry);

}  // namespace toimela::trendcards::view
