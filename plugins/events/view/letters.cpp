#include "view/letters.h"

#include <algorithm>

#include "operations/followup.h"
#include "operations/letters.h"
#include "store/events.h"
#include "store/mailings.h"
#include "store/registrations.h"
#include "toimela/texts.h"
#include "view/entries.h"
#include "view/links.h"
#include "view/words.h"

namespace toimela::events::view {

namespace {

using People = std::vector<const Participant*>;
using enum PlaceState;

/// What a letter is about, as it is when the letter goes out.
struct Dossier {
  Event event;
  std::vector<Session> sessions;
  Registration registration;
};

std::optional<Dossier> openDossier(ReadTx& tx, RegistrationId id) {
  auto registration = store::findRegistration(tx, id);
  if (!registration) return std::nullopt;
  auto event = store::findEvent(tx, registration->event);
  if (!event) return std::nullopt;
  auto sessions = store::sessionsOf(tx, event->id);
  return Dossier{std::move(*event), std::move(sessions), std::move(*registration)};
}

std::optional<Dossier> openDossier(ReadTx& tx, ParticipantId id) {
  const auto registration = store::registrationOf(tx, id);
  return registration ? openDossier(tx, *registration) : std::nullopt;
}

const Participant* find(const Registration& registration, ParticipantId id) {
  const auto found = std::ranges::find(registration.participants, id, &Participant::id);
  return found == registration.participants.end() ? nullptr : &*found;
}

People inState(const Registration& registration, PlaceState state) {
  People people;
  for (const Participant& participant : registration.participants)
    if (participant.state == state) people.push_back(&participant);
  return people;
}

People live(const Registration& registration) {
  People people;
  for (const Participant& participant : registration.participants)
    if (isLive(participant.state)) people.push_back(&participant);
  return people;
}

/// Where the reader can go on from a letter.
enum class Way {
  none,
  manage,    ///< the private page of the registration
  confirm,   ///< likewise, to confirm the address
  answer,    ///< likewise, to accept an offer or decline it
  event,     ///< the page of the event
  followup,  ///< the form of what is asked of those with a place
  feedback,  ///< the form for feedback
  materials, ///< what people take home
};
std::string_view code(Way way) {
  switch (way) {
    case Way::none: return "";
    case Way::manage: return "manage";
    case Way::confirm: return "confirm";
    case Way::answer: return "answer";
    case Way::event: return "event";
    case Way::followup: return "followup";
    case Way::feedback: return "feedback";
    case Way::materials: return "materials";
  }
  return "";
}
bool isPrivate(Way way) { return way != Way::none && way != Way::event; }

enum class Calendar { none, request, cancel };

/// What one letter says.
struct Contents {
  std::string key;       ///< of its texts: "promoted"
  People people;         ///< whom it is about
  Way way = Way::manage;
  Calendar calendar = Calendar::none;
};

/// Writes letters about one registration.
class Scribe {
 public:
  Scribe(ReadTx& tx, Host& host, const Dossier& dossier)
      : tx_(tx), host_(host), dossier_(dossier), words_(dossier.registration.locale, host) {}

  std::vector<MailMessage> toRegistrant(const Contents& contents) const {
    const Registration& r = dossier_.registration;
    return {compose(contents, r.email, r.name, registrantsOwn(r), false)};
  }

  /// Without the private link; nobody is written to before the registrant's address is confirmed.
  std::vector<MailMessage> toGuest(Contents contents, const Participant& guest) const {
    if (!hasOwnAddress(dossier_.registration, guest) || dossier_.registration.confirmBy) return {};
    contents.people = {&guest};
    if (contents.way == Way::manage) contents.way = Way::event;
    return {compose(contents, *guest.email, guest.name, &guest, true)};
  }

 private:
  MailMessage compose(const Contents& contents, const EmailAddress& to, const std::string& name,
                      const Participant* self, bool isGuest) const {
    const bool isAboutSelf = contents.people.size() == 1 && contents.people.front() == self;
    const auto arguments = argumentsFor(contents, name, isAboutSelf);
    View view;
    view.set("subject", format(contents.key + ".subject", arguments))
        .set("greeting", format("greeting", arguments))
        .set("text", format(contents.key + ".text", arguments))
        .set("title", dossier_.event.title.pick(locale()).text)
        .list("facts", factsFor(contents, isAboutSelf))
        .set("note", isGuest ? format("by_other", arguments) : std::string())
        .set("contact", contact());
    std::vector<View> lines;
    if (!isAboutSelf)
      for (const Participant* participant : contents.people) {
        lines.push_back(View());
        lines.back().set("line", lineOf(*participant));
      }
    view.flag("has_people", !lines.empty()).list("people", std::move(lines));
    fillWay(view, contents, self);
    MailMessage message = host_.composeMail(to, name, locale(), "letter", std::move(view));
    message.confidential = isPrivate(contents.way);
    const bool isInvited = self && std::ranges::find(contents.people, self) != contents.people.end();
    if (contents.calendar == Calendar::none || !isInvited) return message;
    auto entry = placeEntry(host_, dossier_.event, dossier_.sessions, *self, locale());
    entry.attendee = CalendarPerson{name, to.text()};
    message.calendar = contents.calendar == Calendar::request ? invitation(entry) : cancellation(entry);
    return message;
  }

  Locale locale() const { return words_.locale(); }
  std::string format(const std::string& key, const std::vector<TextArgument>& arguments) const {
    return words_.format("events.letter." + key, arguments);
  }

  std::vector<TextArgument> argumentsFor(const Contents& contents, const std::string& name,
                                         bool isAboutSelf) const {
    const Registration& r = dossier_.registration;
    const Participant* first = contents.people.empty() ? nullptr : contents.people.front();
    const auto until = r.confirmBy ? r.confirmBy : first ? first->offerUntil : std::nullopt;
    return {{"event", dossier_.event.title.pick(locale()).text},
            {"name", name},
            {"registrant", r.name},
            {"who", std::string(isAboutSelf ? "self" : "people")},
            {"count", static_cast<std::int64_t>(contents.people.size())},
            {"position", first ? positionOf(*first) : 0},
            {"until", until ? showInstant(*until, locale()) : std::string()}};
  }

  std::int64_t positionOf(const Participant& participant) const {
    if (participant.state != waiting) return 0;
    return store::waitingBefore(tx_, dossier_.event.id, participant.position) + 1;
  }

  std::vector<View> factsFor(const Contents& contents, bool isAboutSelf) const {
    std::vector<View> facts;
    const auto add = [&](std::string_view key, const std::string& value) {
      if (value.empty()) return;
      facts.push_back(View());
      facts.back().set("label", words_.text("events.letter.fact." + std::string(key))).set("value", value);
    };
    const Event& event = dossier_.event;
    add("when", words_.time(event.startsAt, event.endsAt));
    add("where", placeText(event, words_));
    const bool isGone = contents.calendar == Calendar::cancel || contents.way == Way::feedback ||
                        contents.way == Way::materials;
    const auto hasPlace = [](const Participant* participant) { return participant->state == confirmed; };
    // Only who has a place is let in.
    if (!isGone && std::ranges::any_of(contents.people, hasPlace)) add("online", event.onlineLink);
    if (isAboutSelf) add("workshops", workshopsOf(dossier_.sessions, *contents.people.front(), locale()));
    return facts;
  }

  std::string lineOf(const Participant& participant) const {
    const std::string name =
        participant.name.empty() ? words_.text("events.letter.unnamed") : participant.name;
    std::string line = format(participant.state == waiting ? "person_waiting" : "person",
                              {{"name", name},
                               {"state", words_.word("state", participant.state)},
                               {"position", positionOf(participant)}});
    const std::string workshops = workshopsOf(dossier_.sessions, participant, locale());
    return workshops.empty() ? line : line.append(" – ").append(workshops);
  }

  void fillWay(View& view, const Contents& contents, const Participant*) const {
    view.set("link", std::string()).set("action", std::string());
    if (contents.way == Way::none) return;
    std::string path = pathOf(dossier_.event.id);
    if (contents.way == Way::feedback)
      path = feedbackPath(host_, *contents.people.front());
    else if (contents.way == Way::materials)
      path = materialsPath(host_, *contents.people.front());
    else if (contents.way != Way::event)
      path = registrationPath(host_, dossier_.registration) + (contents.way == Way::followup ? "/followup" : "");
    view.set("action", words_.text("events.letter.way." + std::string(code(contents.way))));
    view.set("link", host_.absolute(locale(), path));
  }

  std::string contact() const {
    const Event& event = dossier_.event;
    std::string who = event.contactName;
    for (const std::string& more : {event.contactEmail, event.contactPhone})
      if (!more.empty()) who.append(who.empty() ? "" : ", ").append(more);
    return who.empty() ? who : words_.format("events.letter.contact", {{"contact", who}});
  }

  ReadTx& tx_;
  Host& host_;
  const Dossier& dossier_;
  Words words_;
};

/// To the registrant, about a whole registration.
Contents registered(const Registration& r) {
  const People people = live(r);
  const auto confirmedPeople = inState(r, confirmed);
  if (r.confirmBy) return {"registered.confirm", people, Way::confirm};
  if (confirmedPeople.size() == people.size())
    return {"registered.confirmed", people, Way::manage, Calendar::request};
  if (inState(r, pending).size() == people.size()) return {"registered.pending", people};
  if (inState(r, waiting).size() == people.size()) return {"registered.waiting", people};
  return {"registered.mixed", people, Way::manage, Calendar::request};
}

using AboutRegistration = Contents (*)(const Registration&);
Letter aboutRegistration(std::string_view kind, AboutRegistration contentsOf) {
  return {std::string(kind), [contentsOf](ReadTx& tx, Host& host, std::int64_t about) -> std::optional<MailMessage> {
            const auto dossier = openDossier(tx, RegistrationId{about});
            if (!dossier) return std::nullopt;
            const Contents contents = contentsOf(dossier->registration);
            if (contents.people.empty()) return std::nullopt;
            return Scribe(tx, host, *dossier).toRegistrant(contents).front();
          }};
}

/// To the registrant, about those whose places changed together; the first one's letter tells of all.
using AboutState = Contents (*)(PlaceState state);
Letter aboutChange(std::string_view kind, AboutState contentsOf) {
  return {std::string(kind), [contentsOf](ReadTx& tx, Host& host, std::int64_t about) -> std::optional<MailMessage> {
            const ParticipantId id{about};
            const auto dossier = openDossier(tx, id);
            if (!dossier) return std::nullopt;
            const auto together = store::changedTogether(tx, id);
            if (together.empty() || together.front() != id) return std::nullopt;
            Contents contents = contentsOf(find(dossier->registration, id)->state);
            if (contents.key.empty()) return std::nullopt;
            for (const ParticipantId each : together)
              contents.people.push_back(find(dossier->registration, each));
            return Scribe(tx, host, *dossier).toRegistrant(contents).front();
          }};
}

/// To a participant with an address of their own.
Letter toGuest(std::string_view kind, AboutState contentsOf) {
  return {std::string(kind), [contentsOf](ReadTx& tx, Host& host, std::int64_t about) -> std::optional<MailMessage> {
            const auto dossier = openDossier(tx, ParticipantId{about});
            if (!dossier) return std::nullopt;
            const Participant& guest = *find(dossier->registration, ParticipantId{about});
            const Contents contents = contentsOf(guest.state);
            if (contents.key.empty()) return std::nullopt;
            const auto written = Scribe(tx, host, *dossier).toGuest(contents, guest);
            return written.empty() ? std::nullopt : std::optional(written.front());
          }};
}

/// To the participant, or to the registrant of one without an address of their own.
Letter toEither(std::string_view kind, const char* key, Way way) {
  return {std::string(kind), [key, way](ReadTx& tx, Host& host, std::int64_t about) -> std::optional<MailMessage> {
            const auto dossier = openDossier(tx, ParticipantId{about});
            if (!dossier) return std::nullopt;
            const Participant& guest = *find(dossier->registration, ParticipantId{about});
            const Scribe scribe(tx, host, *dossier);
            const Contents contents{key, {&guest}, way};
            const auto written = hasOwnAddress(dossier->registration, guest)
                                     ? scribe.toGuest(contents, guest)
                                     : scribe.toRegistrant(contents);
            return written.empty() ? std::nullopt : std::optional(written.front());
          }};
}

Contents only(PlaceState state, PlaceState wanted, Contents contents) {
  return state == wanted ? contents : Contents{};
}

Contents placeOf(PlaceState state) {
  if (state == confirmed) return {"place", {}, Way::manage, Calendar::request};
  if (state == cancelled) return {"cancelled", {}, Way::event, Calendar::cancel};
  return {};
}

Contents approved(PlaceState state) {
  if (state == confirmed) return {"approved", {}, Way::manage, Calendar::request};
  if (state == waiting) return {"approved_waiting", {}, Way::manage};
  return {};
}

}  // namespace

std::vector<Letter> letters() {
  using namespace operations;
  constexpr auto kRequest = Calendar::request;
  return {
      aboutRegistration(kRegistered, &registered),
      aboutRegistration(kReminder, [](const Registration& r) { return Contents{"reminder", inState(r, confirmed)}; }),
      aboutRegistration(kChanged, [](const Registration& r) { return Contents{"changed", live(r), Way::manage, Calendar::request}; }),
      aboutRegistration(kEventCancelled, [](const Registration& r) {
        People all;
        for (const Participant& participant : r.participants) all.push_back(&participant);
        return Contents{"event_cancelled", all, Way::event, Calendar::cancel};
      }),
      aboutRegistration(kFollowUp, [](const Registration& r) {
        People owing;
        for (const Participant& participant : r.participants)
          if (operations::owesFollowUp(participant)) owing.push_back(&participant);
        return Contents{"followup", owing, Way::followup};
      }),
      aboutChange(kPromoted, [](PlaceState s) { return only(s, confirmed, {"promoted", {}, Way::manage, kRequest}); }),
      aboutChange(kOffered, [](PlaceState s) { return only(s, offered, {"offered", {}, Way::answer}); }),
      aboutChange(kLapsed, [](PlaceState s) { return only(s, lapsed, {"lapsed", {}, Way::event}); }),
      aboutChange(kCancelled, [](PlaceState s) { return only(s, cancelled, {"cancelled", {}, Way::event, Calendar::cancel}); }),
      aboutChange(kApproved, &approved),
      aboutChange(kDeclined, [](PlaceState s) { return only(s, declined, {"declined", {}, Way::none}); }),
      aboutChange(kMoved, [](PlaceState s) {
        if (!isLive(s)) return Contents{};
        return Contents{"moved", {}, Way::manage, s == confirmed ? kRequest : Calendar::none};
      }),
      toGuest(kPlace, &placeOf),
      toGuest(kReminderToGuest, [](PlaceState s) { return only(s, confirmed, {"reminder", {}, Way::manage}); }),
      toGuest(kChangedToGuest, [](PlaceState s) { return only(s, confirmed, {"changed", {}, Way::manage, kRequest}); }),
      toGuest(kEventCancelledToGuest, [](PlaceState) { return Contents{"event_cancelled", {}, Way::event, Calendar::cancel}; }),
      toEither(kFeedback, "feedback", Way::feedback),
      toEither(kFeedbackReminder, "feedback_reminder", Way::feedback),
      toEither(kMaterials, "materials", Way::materials),
  };
}

}  // namespace toimela::events::view
