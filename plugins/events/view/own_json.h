// What a person takes along about their registrations.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/registration.h"

namespace toimela::events::view {

struct OwnRecords {
  std::vector<Registration> registrations;  ///< that they made
  struct Place {
    EventId event;
    Participant participant;
    std::vector<SessionId> attended;  ///< workshops they were noted in
  };
  std::vector<Place> places;                ///< of their address, whoever registered it
  std::map<EventId, Event> events;
};
/// Of others in a group only how many they are: their names are theirs.
std::string ownJson(const OwnRecords& records, const std::string& emailKey);

}  // namespace toimela::events::view
