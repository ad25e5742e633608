#include "domain/pools.h"

namespace toimela::events {

std::vector<PoolKey> wantedBy(const Participant& participant, std::optional<OrganisationId> organisation) {
  std::vector<PoolKey> wanted{{PoolKey::Kind::event, 0}};
  for (const SessionId session : participant.sessions)
    wanted.push_back({PoolKey::Kind::session, session.value});
  if (participant.quota) wanted.push_back({PoolKey::Kind::quota, participant.quota->value});
  if (organisation) wanted.push_back({PoolKey::Kind::organisation, organisation->value});
  return wanted;
}

}  // namespace toimela::events
