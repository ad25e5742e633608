#include "operations/audit.h"

#include <nlohmann/json.hpp>

namespace toimela::events::operations {

AuditEntry entryFor(std::string action, const Event& event) {
  return {.action = std::move(action),
          .object = "events.event:" + event.id.text(),
          .region = event.region,
          .organisation = event.organiser};
}

AuditEntry entryFor(std::string action, const Event& event, const std::string& reason) {
  AuditEntry entry = entryFor(std::move(action), event);
  if (!reason.empty()) entry.detail = nlohmann::json{{"reason", reason}}.dump();
  return entry;
}

AuditEntry entryFor(std::string action, const Event& event, const Registration& registration) {
  AuditEntry entry{.action = std::move(action),
                   .object = "events.registration:" + registration.id.text(),
                   .region = event.region,
                   .organisation = registration.organisation};
  auto states = nlohmann::json::object();
  for (const Participant& participant : registration.participants) {
    auto& count = states[std::string(code(participant.state))];
    count = count.is_null() ? 1 : count.get<int>() + 1;
  }
  entry.detail = nlohmann::json{{"event", event.id.value}, {"places", states}}.dump();
  return entry;
}

AuditEntry entryFor(std::string action, const Event& event, ParticipantId participant,
                    const std::string& reason) {
  AuditEntry entry{.action = std::move(action),
                   .object = "events.participant:" + participant.text(),
                   .region = event.region};
  nlohmann::json detail{{"event", event.id.value}};
  if (!reason.empty()) detail["reason"] = reason;
  entry.detail = detail.dump();
  return entry;
}

}  // namespace toimela::events::operations
