// Messages of organisers that go out later.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "toimela/data.h"

namespace toimela::events {

using ScheduledId = Id<struct ScheduledTag>;

namespace store {

struct ScheduledMessage {
  ScheduledId id;
  EventId event;
  std::string recipients;  ///< the group, as the form of a message has it
  std::string ticked;      ///< ids of those who were ticked, for that group
  std::string subject, text;
  Instant sendAt{};
};
/// Those of an event that have not gone out, the next one first.
std::vector<ScheduledMessage> scheduledOf(ReadTx& tx, EventId event);
/// Those of all events whose time has come.
std::vector<ScheduledId> dueMessages(ReadTx& tx, Instant now);
/// One that has neither gone out nor been cancelled.
std::optional<ScheduledMessage> findScheduled(ReadTx& tx, ScheduledId id);
ScheduledId addScheduled(WriteTx& tx, const ScheduledMessage& message);
/// False when it was sent or cancelled already.
[[nodiscard]] bool markSent(WriteTx& tx, ScheduledId id);
[[nodiscard]] bool cancelScheduled(WriteTx& tx, EventId event, ScheduledId id);
/// False when it was not cancelled, or its time is over.
[[nodiscard]] bool restoreScheduled(WriteTx& tx, EventId event, ScheduledId id);

}  // namespace store
}  // namespace toimela::events
