#include "domain/event.h"

#include <algorithm>

namespace toimela::events {

namespace {

bool overlap(const Session& a, const Session& b) {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

}  // namespace

std::optional<QuotaId> quotaOf(const std::vector<Quota>& quotas, std::optional<Sector> sector) {
  if (!sector) return std::nullopt;
  for (const Quota& quota : quotas)
    if (std::ranges::find(quota.sectors, *sector) != quota.sectors.end()) return quota.id;
  return std::nullopt;
}

std::vector<EventProblem> problemsOf(const Event& event) {
  std::vector<EventProblem> problems;
  if (event.endsAt <= event.startsAt) problems.push_back({"ends", "events.error.ends_before"});
  if (event.opensAt && event.closesAt && *event.closesAt <= *event.opensAt)
    problems.push_back({"closes", "events.error.closes_before"});
  if (event.closesAt && *event.closesAt > event.endsAt)
    problems.push_back({"closes", "events.error.closes_after_end"});
  if (event.attendance != Attendance::online && event.place.empty() && event.address.empty())
    problems.push_back({"place", "events.error.place_missing"});
  if (event.attendance == Attendance::online && event.municipality)
    problems.push_back({"municipality", "events.error.online_municipality"});
  if (event.places.ceiling && event.places.capacity && *event.places.ceiling > *event.places.capacity)
    problems.push_back({"ceiling", "events.error.ceiling_over_capacity"});
  if (!event.onlineLink.empty() && !event.onlineLink.starts_with("https://"))
    problems.push_back({"online_link", "events.error.link"});
  if (event.visibility == Visibility::network && event.audience.empty())
    problems.push_back({"audience", "events.error.audience_missing"});
  return problems;
}

bool isHeld(EventStatus status, Instant endsAt, Instant now) {
  return status == EventStatus::published && now >= endsAt;
}

std::string_view stateOf(EventStatus status, Instant endsAt, Instant now) {
  return isHeld(status, endsAt, now) ? "held" : code(status);
}

Registering registeringOf(const Event& event, Instant now) {
  if (event.status == EventStatus::draft) return Registering::notPublished;
  if (event.status == EventStatus::cancelled) return Registering::cancelled;
  if (now >= event.endsAt) return Registering::over;
  if (event.opensAt && now < *event.opensAt) return Registering::notYet;
  if (now >= event.closesAt.value_or(event.startsAt)) return Registering::closed;
  return Registering::open;
}

std::optional<ChoiceProblem> problemWithChoice(const std::vector<Session>& sessions,
                                               const std::vector<SessionId>& chosen) {
  std::vector<const Session*> found;
  for (const SessionId id : chosen) {
    const auto session = std::ranges::find_if(
        sessions, [&](const Session& each) { return each.id == id && each.isChosen; });
    if (session == sessions.end() || std::ranges::find(found, &*session) != found.end())
      return ChoiceProblem::unknown;
    for (const Session* other : found)
      if (overlap(*session, *other)) return ChoiceProblem::overlapping;
    found.push_back(&*session);
  }
  return std::nullopt;
}

}  // namespace toimela::events
