#include "view/checkin.h"

#include <algorithm>

#include "toimela/qr.h"
#include "toimela/timespan.h"
#include "view/participants.h"

namespace toimela::events::view {

namespace {

constexpr std::size_t kMostShown = 100;

bool isOfCode(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

View personView(const store::ParticipantRow& row, const std::vector<Session>& sessions, const Words& words) {
  const Participant& p = row.participant;
  std::string workshops;
  for (const std::string& name : sessionNames(p.sessions, sessions, words.locale()))
    workshops.append(workshops.empty() ? "" : ", ").append(name);
  View view;
  view.set("name", nameOf(p, words))
      .set("organisation", row.organisationName)
      .set("workshops", workshops)
      .set("code", p.code)
      .set("attended", p.attendedAt ? showTimeOfDay(*p.attendedAt, words.locale()) : std::string());
  return view;
}

}  // namespace

void showDoor(View& view, const Door& door, const std::string& typed, const Words& words) {
  std::vector<const store::ParticipantRow*> found;
  std::int64_t come = 0;
  for (const store::ParticipantRow& row : door.people) {
    if (row.participant.attendedAt) ++come;
    if (isFound(row.participant.name + " " + row.organisationName + " " + row.registrantName, typed))
      found.push_back(&row);
  }
  std::ranges::stable_sort(found, [&](const auto* a, const auto* b) {
    if (a->participant.attendedAt.has_value() != b->participant.attendedAt.has_value())
      return !a->participant.attendedAt;
    return sortsBefore(a->participant.name, b->participant.name, words.locale());
  });
  const bool isCut = found.size() > kMostShown;
  if (isCut) found.resize(kMostShown);
  std::vector<View> people;
  for (const auto* row : found) people.push_back(personView(*row, door.sessions, words));
  view.set("typed", typed)
      .set("come", words.format("events.checkin.come",
                                {{"come", come}, {"all", static_cast<std::int64_t>(door.people.size())}}))
      .flag("has_people", !people.empty())
      .flag("is_cut", isCut)
      .list("people", std::move(people));
}

void showArrival(View& view, const Participant& participant, const std::string& organisation,
                 const std::vector<Session>& sessions, const Words& words) {
  std::string workshops;
  for (const std::string& name : sessionNames(participant.sessions, sessions, words.locale()))
    workshops.append(workshops.empty() ? "" : ", ").append(name);
  view.set("name", nameOf(participant, words))
      .set("organisation", organisation)
      .set("workshops", workshops)
      .set("code", participant.code)
      .set("state", words.word("state", participant.state))
      .flag("has_place", participant.state == PlaceState::confirmed)
      .set("attended", participant.attendedAt ? showInstant(*participant.attendedAt, words.locale())
                                              : std::string());
}

std::string codeIn(std::string_view text) {
  while (!text.empty() && !isOfCode(text.back())) text.remove_suffix(1);
  const auto slash = text.find_last_of('/');
  if (slash != text.npos) text.remove_prefix(slash + 1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  if (text.size() > 64 || !std::ranges::all_of(text, isOfCode)) return {};
  return std::string(text);
}

std::string codePath(EventId event, const Participant& participant) {
  return pathOf(event) + "/checkin/" + participant.code;
}

void showQr(View& view, const std::string& address) {
  const QrDrawing drawing = drawQr(address);
  view.set("qr_size", drawing.size).set("qr_path", drawing.path);
}

}  // namespace toimela::events::view
