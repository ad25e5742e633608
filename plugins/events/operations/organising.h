// Making and changing events.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "domain/event.h"
#include "operations/removing.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// Adds a draft.
EventId addEvent(WriteTx& tx, Event event);

/// Why an event was not saved.
struct SaveProblem {
  enum class Why {
    stale,            ///< somebody else saved meanwhile
    tooFewPlaces,     ///< `taken` places are taken
    ceilingTooLow,    ///< an organisation has `taken` places
  };
  Why why;
  std::int64_t taken = 0;
};
/// Saves what the form says, also how many places there are. Those who come are told when time or
/// place of a published event changed.
std::optional<SaveProblem> saveEvent(WriteTx& tx, Event event);

/// Opens a draft to its readers; false when it is no draft any more, or a template.
bool publish(WriteTx& tx, EventId event);
/// Calls an event off and tells everybody who has a place or waits for one; false when it was already.
bool cancelEvent(WriteTx& tx, EventId event, const std::string& reason);
/// Not done when it is no draft or template any more, or people have registered to it.
Removal removeDraft(WriteTx& tx, EventId event);

/// A new draft like the event (see operations/copying.h) that begins on the day at the same time of
/// day. Registration opens and closes as long before.
EventId copyEvent(WriteTx& tx, EventId source, Date day);
/// Keeps a copy to make others of.
EventId keepAsTemplate(WriteTx& tx, EventId source);

/// A part of the programme, or a quota, that was to change.
enum class PartProblem {
  gone,      ///< it was removed meanwhile
  tooSmall,  ///< more have places in it
};
SessionId addSession(WriteTx& tx, EventId event, const Session& session);
std::optional<PartProblem> saveSession(WriteTx& tx, EventId event, const Session& session);
/// Those who chose it keep their place in the event, are told, and lose only the workshop: it is gone for good.
Removal removeSession(WriteTx& tx, EventId event, SessionId session, const std::string& reason);
/// Those of the sectors who have registered already count in it, too.
std::variant<QuotaId, PartProblem> addQuota(WriteTx& tx, EventId event, const Quota& quota);
std::optional<PartProblem> saveQuota(WriteTx& tx, EventId event, const Quota& quota);
/// For good when somebody who waited for a place in it has got one.
Removal removeQuota(WriteTx& tx, EventId event, QuotaId quota);

}  // namespace toimela::events::operations
