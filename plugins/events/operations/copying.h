// Events that are made of others.
#pragma once

#include <optional>
#include <vector>

#include "domain/event.h"
#include "domain/picture.h"
#include "domain/question.h"
#include "domain/series.h"
#include "toimela/data.h"

namespace toimela::events::operations {

/// Everything about an event that a copy of it has too: what belongs to the one time that it was held
/// (registrations, materials, its series) does not.
struct Whole {
  Event event;
  std::vector<Session> sessions;
  std::vector<Quota> quotas;
  std::vector<Question> questions;
  std::optional<Picture> picture;
  CoOrganisers others;

  /// On another day, and in another region if it says so.
  void moveTo(const Occasion& occasion);
};
/// Throws NotFound when there is no such event.
Whole wholeOf(ReadTx& tx, EventId id);
/// A draft like it; its number stands in `whole.event`, too.
EventId insertCopy(WriteTx& tx, Whole& whole);

}  // namespace toimela::events::operations
