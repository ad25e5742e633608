// An event: what it is, where and when, and how one gets a place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "domain/retention.h"
#include "toimela/codes.h"
#include "toimela/directory.h"
#include "toimela/types.h"

namespace toimela::events {

enum class EventKind { network, workshop, training, webinar, club, other };
inline constexpr auto kEventKinds = codes<EventKind>({
    {EventKind::network, "network"}, {EventKind::workshop, "workshop"},
    {EventKind::training, "training"}, {EventKind::webinar, "webinar"},
    {EventKind::club, "club"}, {EventKind::other, "other"}});
constexpr std::string_view code(EventKind kind) { return kEventKinds.code(kind); }
constexpr std::optional<EventKind> parseEventKind(std::string_view code) {
  return kEventKinds.parse(code);
}

enum class Attendance { onSite, online, both };
inline constexpr auto kAttendances = codes<Attendance>({
    {Attendance::onSite, "on_site"}, {Attendance::online, "online"}, {Attendance::both, "both"}});
constexpr std::string_view code(Attendance attendance) { return kAttendances.code(attendance); }
constexpr std::optional<Attendance> parseAttendance(std::string_view code) {
  return kAttendances.parse(code);
}

/// What the organiser has said; whether an event was held is told by its time, see isHeld().
enum class EventStatus { draft, published, cancelled };
inline constexpr auto kEventStatuses = codes<EventStatus>({
    {EventStatus::draft, "draft"}, {EventStatus::published, "published"},
    {EventStatus::cancelled, "cancelled"}});
constexpr std::string_view code(EventStatus status) { return kEventStatuses.code(status); }
constexpr std::optional<EventStatus> parseEventStatus(std::string_view code) {
  return kEventStatuses.parse(code);
}

/// Who sees the event and may register.
enum class Visibility {
  everyone,
  network,  ///< people of one group, such as a network
  invited,  ///< whoever has the link
};
inline constexpr auto kVisibilities = codes<Visibility>({
    {Visibility::everyone, "everyone"}, {Visibility::network, "network"},
    {Visibility::invited, "invited"}});
constexpr std::string_view code(Visibility visibility) { return kVisibilities.code(visibility); }
constexpr std::optional<Visibility> parseVisibility(std::string_view code) {
  return kVisibilities.parse(code);
}

/// How places are given.
struct PlaceRules {
  std::optional<std::int64_t> capacity;  ///< unset: as many as come
  std::optional<std::int64_t> ceiling;   ///< the most places of one organisation
  bool hasWaitingList = true;
  bool approvesFirst = false;            ///< the organiser decides on each
  /// How long a place that became free is kept for the next one to accept; unset: it is theirs at once.
  std::optional<int> offerHours;
};

struct Event {
  EventId id;
  std::optional<RegionCode> region;      ///< of the organiser; unset: the nation
  EventKind kind = EventKind::network;
  EventStatus status = EventStatus::draft;
  Visibility visibility = Visibility::everyone;
  std::string audience;                  ///< the group of Visibility::network, see toimela/groups.h
  Attendance attendance = Attendance::onSite;
  LocalText title, summary, description; ///< the description is Markdown
  LocalText place;                       ///< the name of the house
  std::string address;
  std::optional<MunicipalityCode> municipality;
  LocalText accessibility;
  std::string onlineLink;                ///< shown to those who have a place
  Instant startsAt{}, endsAt{};
  std::optional<Instant> opensAt, closesAt;  ///< of registration
  PlaceRules places;
  std::optional<OrganisationId> organiser;
  std::string contactName, contactEmail, contactPhone;
  std::string project;                   ///< code of the project that reports gather by
  int retentionDays = 90;                ///< after the end, until what is about people is erased
  std::int64_t sequence = 0;             ///< of the calendar object; raised by changes of time or place
  std::int64_t revision = 0;
  /// How far the data about its people has come; read for those who organise only.
  RetentionStage stage = RetentionStage::kept;
};

/// Who organises an event beside the region and the organisation that it belongs to.
struct CoOrganisers {
  std::vector<RegionCode> regions;
  std::vector<OrganisationId> organisations;
};

/// A part of the programme. One that people choose has places of its own.
struct Session {
  SessionId id;
  LocalText title, text;
  LocalText speakers;
  std::string room;
  Instant startsAt{}, endsAt{};
  bool isChosen = false;                   ///< a workshop: people choose it
  std::optional<std::int64_t> capacity;
};

/// At most so many places for a part of those who come.
struct Quota {
  QuotaId id;
  LocalText name;
  std::vector<Sector> sectors;
  std::int64_t capacity = 0;
};
/// The quota that people of the sector count in; the first one that names it.
std::optional<QuotaId> quotaOf(const std::vector<Quota>& quotas, std::optional<Sector> sector);

/// What is wrong with an event as its form was filled in: the field and the key of the sentence.
struct EventProblem {
  std::string_view field;
  std::string_view key;
};
std::vector<EventProblem> problemsOf(const Event& event);

/// A published event whose end is over.
bool isHeld(EventStatus status, Instant endsAt, Instant now);
/// What readers are told of its state: the code of what the organiser said, or "held".
std::string_view stateOf(EventStatus status, Instant endsAt, Instant now);

/// Can one register now?
enum class Registering { open, notPublished, cancelled, notYet, closed, over };
Registering registeringOf(const Event& event, Instant now);

/// Sessions that were chosen together but can not be attended so.
enum class ChoiceProblem { unknown, overlapping };
std::optional<ChoiceProblem> problemWithChoice(const std::vector<Session>& sessions,
                                               const std::vector<SessionId>& chosen);

}  // namespace toimela::events
