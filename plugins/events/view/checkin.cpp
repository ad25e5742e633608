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

bool isIn(const std::vector<SessionId>& sessions, SessionId session) {
  return std::ranges::find(sessions, session) != sessions.end();
}

/// Noted at this door?
bool isHere(const Door& door, const Participant& participant) {
  if (!door.session) return participant.attendedAt.has_value();
  const auto attended = door.attended.find(participant.id);
  return attended != door.attended.end() && isIn(attended->second, *door.session);
}

View personView(const Door& door, const store::ParticipantRow& row, const Words& words) {
  const Participant& p = row.participant;
  const std::vector<Session>& sessions = door.sessions;
  View view;
  view.set("name", nameOf(p, words))
      .set("organisation", row.organisationName)
      .set("workshops", joinedNames(p.sessions, sessions, words))
      .set("code", p.code)
      .flag("is_here", isHere(door, p))
      .set("attended", !door.session && p.attendedAt ? showTimeOfDay(*p.attendedAt, words.locale()) : std::string());
  return view;
}

}  // namespace

void showDoor(View& view, const Door& door, const std::string& typed, const Words& words) {
  std::vector<const store::ParticipantRow*> found;
  std::int64_t come = 0, all = 0;
  for (const store::ParticipantRow& row : door.people) {
    const bool isExpected = !door.session || isIn(row.participant.sessions, *door.session) ||
                            isHere(door, row.participant);
    if (!isExpected) continue;
    ++all;
    if (isHere(door, row.participant)) ++come;
    if (isFound(row.participant.name + " " + row.organisationName + " " + row.registrantName, typed))
      found.push_back(&row);
  }
  std::ranges::stable_sort(found, [&](const auto* a, const auto* b) {
    const bool isFirstHere = isHere(door, a->participant), isSecondHere = isHere(door, b->participant);
    if (isFirstHere != isSecondHere) return !isFirstHere;
    return sortsBefore(a->participant.name, b->participant.name, words.locale());
  });
  const bool isCut = found.size() > kMostShown;
  if (isCut) found.resize(kMostShown);
  std::vector<View> people;
  for (const auto* row : found) people.push_back(personView(door, *row, words));
  showPlaces(view, door.sessions, door.session, words);
  view.set("typed", typed)
      .set("come", words.format("events.checkin.come",
                                {{"come", come}, {"all", all}}))
      .flag("has_people", !people.empty())
      .flag("is_cut", isCut)
      .list("people", std::move(people));
}

void showPlaces(View& view, const std::vector<Session>& sessions, std::optional<SessionId> chosen,
                const Words& words) {
  std::vector<View> places;
  const auto add = [&](std::string value, const std::string& name, bool isChosen) {
    View place;
    place.set("value", std::move(value)).set("place_name", name).flag("selected", isChosen);
    places.push_back(std::move(place));
  };
  add({}, words.text("events.checkin.whole"), !chosen);
  std::string here;
  for (const Session& session : sessions) {
    if (!session.isChosen) continue;
    const std::string& name = session.title.pick(words.locale()).text;
    add(session.id.text(), name, chosen == session.id);
    if (chosen == session.id) here = name;
  }
  view.set("session", chosen ? chosen->text() : std::string()).set("session_name", here);
  const bool isChoice = places.size() > 1;
  view.flag("has_places", isChoice).list("places", std::move(places));
}

void showArrival(View& view, const Arrival& arrival, const Words& words) {
  const Participant& participant = arrival.participant;
  const bool isNoted = arrival.session ? arrival.isInside : participant.attendedAt.has_value();
  showPlaces(view, arrival.sessions, arrival.session, words);
  view.set("name", nameOf(participant, words))
      .set("organisation", arrival.organisation)
      .set("workshops", joinedNames(participant.sessions, arrival.sessions, words))
      .set("code", participant.code)
      .set("state", words.word("state", participant.state))
      .flag("has_place", participant.state == PlaceState::confirmed)
      .flag("is_elsewhere", arrival.session && !isIn(participant.sessions, *arrival.session))
      .flag("is_here", isNoted)
      .set("attended", isNoted && participant.attendedAt ? showInstant(*participant.attendedAt, words.locale())
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
