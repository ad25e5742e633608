#include "domain/registration.h"

namespace toimela::events {

bool hasOwnAddress(const Registration& registration, const Participant& participant) {
  return participant.email && participant.email->key() != registration.email.key();
}

const Participant* registrantsOwn(const Registration& registration) {
  for (const Participant& participant : registration.participants)
    if (participant.email && participant.email->key() == registration.email.key()) return &participant;
  // Somebody who registers themselves is not asked for their address twice.
  const bool isAlone = registration.participants.size() == 1 && !registration.participants.front().email;
  return isAlone ? &registration.participants.front() : nullptr;
}

}  // namespace toimela::events
