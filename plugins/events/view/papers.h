// What is printed for an event: a sheet to sign, name badges, certificates of attendance. Each is the
// content of a PDF file in the reader's language.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/event.h"
#include "store/registrations.h"
#include "view/words.h"

namespace toimela::events::view {

struct Printed {
  Event event;
  std::vector<Session> sessions;
  std::vector<store::ParticipantRow> people;  ///< in the order in which they are printed
  std::string organiser;                      ///< name of the organisation
  /// Workshops they were noted in; empty where nobody was noted in any.
  std::map<ParticipantId, std::vector<SessionId>> attended = {};
};

std::string signInSheet(const Printed& printed, const Words& words);
/// Ten on a page, 85 × 54 mm.
std::string badges(const Printed& printed, const Words& words);
/// A page for each.
std::string certificates(const Printed& printed, const Words& words);

}  // namespace toimela::events::view
