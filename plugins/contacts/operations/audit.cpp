#include "operations/audit.h"

#include <nlohmann/json.hpp>

namespace toimela::contacts::operations {

namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json textOrNull(const std::optional<T>& value) {
  return value ? Json(value->text()) : Json(nullptr);
}

}  // namespace

AuditEntry entryFor(std::string action, const Network& network) {
  const Json detail{{"kind", code(network.kind)}, {"coordinator", textOrNull(network.coordinator)}};
  return {.action = std::move(action),
          .object = "contacts.network:" + network.id.text(),
          .region = network.region,
          .detail = detail.dump()};
}

AuditEntry entryFor(std::string action, const Network& network, const Member& member) {
  const Json detail{{"network", network.id.text()},
                    {"person", member.person.text()},
                    {"role", code(member.role)},
                    {"region", textOrNull(member.region)},
                    {"from", member.period.from.text()},
                    {"to", textOrNull(member.period.to)}};
  return {.action = std::move(action),
          .object = "contacts.member:" + member.id.text(),
          .region = network.region,
          .organisation = member.organisation,
          .detail = detail.dump()};
}

AuditEntry entryFor(std::string action, const Network& network, const Application& application) {
  const Json detail{{"network", network.id.text()},
                    {"person", application.person.text()},
                    {"role", code(application.role)},
                    {"region", textOrNull(application.region)}};
  return {.action = std::move(action),
          .object = "contacts.application:" + application.id.text(),
          .region = network.region,
          .organisation = application.organisation,
          .detail = detail.dump()};
}

}  // namespace toimela::contacts::operations
