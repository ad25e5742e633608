#include "domain/removed.h"

#include <algorithm>

namespace toimela::events {

namespace {

/// What stands before the next "-", which is taken off with it.
std::string_view next(std::string_view& text) {
  const auto end = std::min(text.find('-'), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(text.size(), end + 1));
  return part;
}

}  // namespace

std::string Removed::text() const {
  return std::string(kRemovedParts.code(part)) + "-" + std::to_string(id) + "-" +
         std::to_string(at.time_since_epoch().count());
}

std::optional<Removed> Removed::parse(std::string_view text) {
  const auto part = kRemovedParts.parse(next(text));
  const auto id = parseId(next(text));
  const auto at = parseId(text);
  if (!part || !id || !at) return std::nullopt;
  return Removed{*part, *id, Instant(std::chrono::milliseconds(*at))};
}

bool mayReturn(const Removed& removed, const Event& event, Instant now) {
  if (removed.part != Removed::Part::session && removed.part != Removed::Part::quota) return true;
  const bool hasEndedSince = removed.at < event.endsAt && event.endsAt <= now;
  return event.status != EventStatus::cancelled && !hasEndedSince;
}

}  // namespace toimela::events
