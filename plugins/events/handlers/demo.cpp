#include "handlers/demo.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "operations/audit.h"
#include "operations/co_organisers.h"
#include "operations/followup.h"
#include "operations/materials.h"
#include "operations/messages.h"
#include "operations/organising.h"
#include "operations/pictures.h"
#include "operations/places.h"
#include "operations/series.h"
#include "store/events.h"
#include "store/feedback.h"
#include "store/form_counts.h"
#include "store/managing.h"
#include "store/places.h"
#include "store/questions.h"
#include "store/registrations.h"
#include "store/retention.h"
#include "toimela/directory.h"
#include "toimela/groups.h"
#include "toimela/pictures.h"
#include "toimela/secrets.h"
#include "view/question_form.h"

namespace toimela::events::handlers {

namespace {

using Json = nlohmann::json;

constexpr int kAllOrganisations = 100'000;
/// The project whose events are long over: S20130 and the like have their own codes, this one a name.
constexpr const char* kProject = "KeKo";

Json readFile(const std::string& path) {
  std::ifstream file(path);
  return Json::parse(file);
}

LocalText readText(const Json& json) {
  return {json.at("fi").get<std::string>(), json.at("sv").get<std::string>(),
          json.at("en").get<std::string>()};
}

std::optional<RegionCode> readRegion(const Json& json) {
  return json.is_null() ? std::nullopt : RegionCode::parse(json.get<std::string>());
}

template <class T>
std::optional<T> readNumber(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional<T>(json.get<T>());
}

Instant at(const Date& day, const std::string& time) {
  return parseHelsinkiTime(day.text() + "T" + time).value();
}

/// The first day from `day` on on which people meet: no Monday, Friday or week-end, and nothing between
/// Christmas and Epiphany.
Date meetingDay(Date day) {
  for (;; day = day.plusDays(1)) {
    const std::chrono::weekday weekday{std::chrono::local_days{day.day()}};
    const auto month = static_cast<unsigned>(day.day().month()), of = static_cast<unsigned>(day.day().day());
    const bool isHoliday = (month == 12 && of >= 20) || (month == 1 && of <= 6);
    if (weekday.iso_encoding() >= 2 && weekday.iso_encoding() <= 4 && !isHoliday) return day;
  }
}

/// People who want to come, one after another: invented names, organisations of the region.
class Crowd {
 public:
  Crowd(ReadTx& tx, Json names) : names_(std::move(names)) {
    for (Organisation& organisation : directory::listOrganisations(tx, {}, kAllOrganisations, 0))
      organisations_.push_back(std::move(organisation));
  }

  /// Their registration for the event; every fourth brings a colleague.
  Registration next(const Event& event, const std::vector<Session>& sessions) {
    const std::string name = names_.at(next_ % names_.size());
    const std::string mark = std::to_string(++next_);
    const Organisation& organisation = organisationIn(event.region);
    Registration registration{.formKey = "demo-" + mark,
                              .organisation = organisation.id,
                              .organisationName = organisation.name.fi,
                              .sector = organisation.sector,
                              .name = name,
                              .email = addressOf(mark),
                              .locale = event.region && event.region->text() == "15" && next_ % 2 ? Locale::sv : Locale::fi,
                              .accessNonce = secrets::random()};
    registration.participants.push_back(participant(name, addressOf(mark), sessions));
    if (next_ % 4 == 0) {
      const std::string colleague = names_.at(next_ % names_.size());
      registration.participants.push_back(participant(colleague, addressOf(std::to_string(++next_)), sessions));
    }
    return registration;
  }

 private:
  static EmailAddress addressOf(const std::string& mark) {
    return EmailAddress::parse("osallistuja" + mark + "@example.org").value();
  }
  Participant participant(std::string name, EmailAddress email, const std::vector<Session>& sessions) const {
    Participant participant;
    participant.name = std::move(name);
    participant.email = std::move(email);
    if (!sessions.empty()) participant.sessions.push_back(sessions[next_ % sessions.size()].id);
    return participant;
  }
  const Organisation& organisationIn(std::optional<RegionCode> region) {
    for (std::size_t tried = 0; tried < organisations_.size(); ++tried) {
      const Organisation& each = organisations_[++atOrganisation_ % organisations_.size()];
      if (!region || each.region == *region) return each;
    }
    return organisations_.front();
  }

  Json names_;
  std::vector<Organisation> organisations_;
  std::size_t next_ = 0, atOrganisation_ = 0;
};

Event eventOf(const Json& json) {
  const Date day = meetingDay(Date::today().plusDays(json.at("inDays").get<int>()));
  return {.region = readRegion(json.at("region")),
          .kind = parseEventKind(json.at("kind").get<std::string>()).value(),
          .status = EventStatus::published,
          .attendance = parseAttendance(json.at("attendance").get<std::string>()).value(),
          .title = readText(json.at("title")),
          .summary = readText(json.at("summary")),
          .description = readText(json.at("description")),
          .place = readText(json.at("place")),
          .address = json.at("address").get<std::string>(),
          .accessibility = readText(json.at("accessibility")),
          .onlineLink = json.at("onlineLink").get<std::string>(),
          .startsAt = at(day, json.at("from").get<std::string>()),
          .endsAt = at(day, json.at("to").get<std::string>()),
          .places = {.capacity = readNumber<std::int64_t>(json.at("capacity")),
                     .ceiling = readNumber<std::int64_t>(json.at("ceiling")),
                     .approvesFirst = json.at("approvesFirst").get<bool>(),
                     .offerHours = readNumber<int>(json.at("offerHours"))},
          .contactName = "Aino Kivilehto",
          .contactEmail = "aino.kivilehto@example.org"};
}

void addSessions(WriteTx& tx, const Event& event, const Json& sessions) {
  const Date day = Date::of(event.startsAt);
  for (const Json& session : sessions)
    store::insertSession(tx, event.id,
                         {.title = readText(session.at("title")),
                          .startsAt = at(day, session.at("from").get<std::string>()),
                          .endsAt = at(day, session.at("to").get<std::string>()),
                          .isChosen = true,
                          .capacity = session.at("capacity").get<std::int64_t>()});
}

/// Lunch, and who eats tells what; a quota that leaves room for associations.
void addQuestionsAndQuota(WriteTx& tx, Host& host, EventId event) {
  Question lunch{.key = "lunch",
                 .kind = QuestionKind::choice,
                 .label = {"Tuletko lounaalle?", "Kommer du på lunch?", "Do you come for lunch?"},
                 .isRequired = true,
                 .options = {{"yes", {"Kyllä", "Ja", "Yes"}}, {"no", {"En", "Nej", "No"}}}};
  store::insertQuestion(tx, event, lunch);
  Question diet = view::readyMade("diet", host.texts()).value();
  diet.condition = Condition{"lunch", "yes"};
  store::insertQuestion(tx, event, diet);
  store::insertQuota(tx, event, {.name = {"Yritykset", "Företag", "Companies"},
                                 .sectors = {Sector::company},
                                 .capacity = 8});
}

/// Who is approved for a course tells more, and may show what they have learned before.
void addCourseQuestions(WriteTx& tx, EventId event) {
  store::insertQuestion(tx, event,
                        {.key = "certificate",
                         .kind = QuestionKind::file,
                         .label = {"Todistus aiemmasta koulutuksesta", "Intyg över tidigare utbildning",
                                   "Certificate of earlier training"}});
  store::insertQuestion(tx, event,
                        {.key = "goal",
                         .kind = QuestionKind::paragraph,
                         .label = {"Mitä haluat kurssilta?", "Vad önskar du av kursen?", "What do you hope for from the course?"},
                         .isRequired = true,
                         .isFollowUp = true});
}

EventId addEvent(Host& host, const Json& json) {
  return host.writeAs(std::nullopt, [&](WriteTx& tx) {
    Event event = eventOf(json);
    event.id = store::insertEvent(tx, event);
    addSessions(tx, event, json.at("sessions"));
    if (!json.at("sessions").empty()) addQuestionsAndQuota(tx, host, event.id);
    if (event.places.approvesFirst) addCourseQuestions(tx, event.id);
    tx.audit(operations::entryFor("events.event.add", event));
    return event.id;
  });
}

void addRegistrations(Host& host, EventId id, Crowd& crowd, int people) {
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    const Event event = *store::findEvent(tx, id);
    const auto sessions = store::sessionsOf(tx, id);
    std::vector<operations::Wish> wishes;
    for (int come = 0; come < people;) {
      wishes.push_back({crowd.next(event, sessions), std::nullopt});
      come += static_cast<int>(wishes.back().registration.participants.size());
    }
    tx.unaudited("nobody registers for an event that nobody wants to come to");
    if (!wishes.empty()) operations::registerAll(tx, id, wishes);
    return 0;
  });
}

/// Somebody of the demonstration registers by themselves, if they are there.
void addOwnRegistration(Host& host, EventId id, const std::string& address) {
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    const auto person = directory::findPerson(tx, EmailAddress::parse(address).value());
    tx.unaudited("who is not there registers for nothing");
    if (!person) return 0;
    operations::Wish wish{.registration = {.formKey = "demo-own",
                                           .person = person->id,
                                           .name = person->name(),
                                           .email = person->email,
                                           .locale = person->language,
                                           .accessNonce = secrets::random()},
                          .actor = person->id};
    Participant own;
    own.name = person->name();
    own.email = person->email;
    wish.registration.participants.push_back(std::move(own));
    operations::registerAll(tx, id, std::span(&wish, 1));
    return 0;
  });
}

/// A copy, for what is received is taken over.
std::shared_ptr<const SpooledFile> copyOf(const std::string& path) {
  const auto copy = std::filesystem::temp_directory_path() / ("toimela-demo-" + secrets::random());
  std::filesystem::copy_file(path, copy);
  return std::make_shared<const SpooledFile>(copy.string(), std::filesystem::file_size(copy));
}

void addPicture(Host& host, EventId id, const Json& json, const std::string& folder) {
  const std::string name = json.at("file").get<std::string>();
  const UploadedFile file{"file", name, copyOf(folder + "/" + name)};
  const auto received = files::receive(host, file, files::pictures());
  const auto incoming = std::get<files::Incoming>(received);
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    return operations::setPicture(tx, id, incoming, readText(json.at("alternative")));
  });
}

/// What only some events have: those who organise them too, a picture, materials, further occasions.
void addCompany(Host& host, EventId id, const Json& json, const std::string& folder) {
  if (json.contains("picture")) addPicture(host, id, json.at("picture"), folder);
  for (const Json& material : json.value("materials", Json::array()))
    host.writeAs(std::nullopt, [&](WriteTx& tx) {
      return operations::addMaterial(
          tx, id,
          {.title = readText(material.at("title")),
           .link = material.at("link").get<std::string>(),
           .audience = parseMaterialAudience(material.at("audience").get<std::string>()).value()},
          std::nullopt);
    });
  if (json.contains("coRegions"))
    host.writeAs(std::nullopt, [&](WriteTx& tx) {
      CoOrganisers others;
      for (const Json& region : json.at("coRegions"))
        others.regions.push_back(RegionCode::parse(region.get<std::string>()).value());
      operations::setCoOrganisers(tx, id, others);
      return 0;
    });
  if (!json.contains("series")) return;
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    const Json& series = json.at("series");
    std::vector<Occasion> occasions;
    for (const Json& days : series.at("inDays"))
      occasions.push_back({meetingDay(Date::today().plusDays(days.get<int>())), readRegion(json.at("region"))});
    for (const EventId made : operations::makeSeries(tx, id, readText(series.at("title")), occasions))
      operations::publish(tx, made);
    return 0;
  });
}

/// An event for the members of a network, where there is one in the region.
void makeForNetwork(Host& host, EventId id) {
  auto* groups = host.service<Groups>();
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    Event event = *store::findEvent(tx, id);
    const auto choices = groups ? groups->ofRegion(tx, event.region) : std::vector<Group>();
    tx.audit(operations::entryFor("events.event.edit", event));
    if (choices.empty()) return false;
    event.visibility = Visibility::network;
    event.audience = choices.front().key;
    return store::updateEvent(tx, event);
  });
}

/// Half of those who wait for the organiser's yes have it.
void approveSome(Host& host, EventId id) {
  const auto pending = host.read(
      [&](ReadTx& tx) { return store::participantsOf(tx, id, PlaceState::pending, "", 100, 0); });
  for (std::size_t i = 0; i < pending.size(); i += 2)
    host.writeAs(std::nullopt, [&](WriteTx& tx) { return operations::approve(tx, id, pending[i].participant.id); });
}

/// Every third of those who have a place has answered what they were asked then.
void answerSome(Host& host, EventId id) {
  const auto [questions, people] = host.read([&](ReadTx& tx) {
    return std::pair{store::questionsOf(tx, id), store::participantsOf(tx, id, PlaceState::confirmed, "", 100, 0)};
  });
  for (std::size_t i = 0; i < people.size(); i += 3)
    host.writeAs(std::nullopt, [&, &asked = questions, &row = people[i]](WriteTx& tx) {
      return operations::answerFollowUp(tx, row.participant.registration,
                                        {{row.participant.id, askedLater(asked, {}), {{"goal", {"Varmuutta ja verkostoja."}}}, {}}});
    });
}

/// A message that goes out the day before, and what became of the forms of a few days.
void addLife(Host& host, EventId id) {
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    const Event event = *store::findEvent(tx, id);
    operations::schedule(tx, event,
                         {.id = {},
                          .event = id,
                          .recipients = "confirmed",
                          .ticked = {},
                          .subject = "Huomenna tavataan",
                          .text = "Ovet aukeavat puoli tuntia ennen alkua. Tervetuloa!",
                          .sendAt = at(Date::of(event.startsAt).plusDays(-1), "12:00")});
    for (int day = 3; day > 0; --day) {
      store::addToCount(tx, id, Date::today().plusDays(-day), FormStep::begun, 20 + 3 * day);
      store::addToCount(tx, id, Date::today().plusDays(-day), FormStep::registered, 9 + day);
      store::addToCount(tx, id, Date::today().plusDays(-day), FormStep::fields, day);
      store::addToCount(tx, id, Date::today().plusDays(-day), FormStep::unconfirmed, 1);
    }
    return 0;
  });
}

void setStatus(Host& host, EventId id, EventStatus status) {
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    Event event = *store::findEvent(tx, id);
    event.status = status;
    tx.audit(operations::entryFor("events.event.edit", event));
    return store::updateEvent(tx, event);
  });
}

/// People of an event that is long over: what was about them is erased, their sector is left.
Registration heldFor(const Event& event, Sector sector, int people, std::int64_t& position) {
  Registration registration{.event = event.id,
                            .formKey = "demo-" + std::string(code(sector)),
                            .sector = sector,
                            .email = EmailAddress::parse("erased@example.org").value(),
                            .accessNonce = secrets::random()};
  for (int i = 0; i < people; ++i) {
    Participant participant;
    participant.state = PlaceState::confirmed;
    participant.attendedAt = event.startsAt;
    participant.position = ++position;
    participant.code = secrets::random(12);
    registration.participants.push_back(std::move(participant));
  }
  return registration;
}

Event heldEvent(const Json& json) {
  const Date day = Date::parse(json.at("day").get<std::string>()).value();
  return {.region = readRegion(json.at("region")),
          .kind = parseEventKind(json.at("kind").get<std::string>()).value(),
          .status = EventStatus::published,
          .title = readText(json.at("title")),
          .place = {.fi = json.at("municipality").get<std::string>()},
          .startsAt = at(day, "12:00"),
          .endsAt = at(day, "16:00"),
          .project = kProject};
}

/// Two thirds of the other sectors are municipalities, the rest the state's offices.
EventId addHeld(WriteTx& tx, const Json& json) {
  Event event = heldEvent(json);
  event.id = store::insertEvent(tx, event);
  const int all = json.at("participants").get<int>(), third = json.at("thirdSector").get<int>();
  const int municipal = (all - third) * 2 / 3;
  std::int64_t position = 0;
  std::vector<Registration> registrations;
  registrations.push_back(heldFor(event, Sector::association, third, position));
  registrations.push_back(heldFor(event, Sector::municipality, municipal, position));
  registrations.push_back(heldFor(event, Sector::state, all - third - municipal, position));
  std::vector<Registration*> made;
  for (Registration& registration : registrations) made.push_back(&registration);
  store::insertRegistrations(tx, made);
  Places places = store::loadPlaces(tx, event.id);
  const std::vector<PoolKey> inEvent{{}};
  for (int i = 0; i < all; ++i) places.take(inEvent);
  store::savePlaces(tx, event.id, places);
  for (const Registration& registration : registrations)
    for (const Participant& participant : registration.participants)
      store::setAttended(tx, participant.id, event.startsAt);
  for (const Json& given : json.at("feedback"))
    store::addFeedback(tx, event.id, std::nullopt,
                       {.rating = given.at(0).get<int>(), .foundPartners = given.at(1).get<int>() != 0});
  for (const Json& given : json.at("feedback"))
    store::addFeedback(tx, event.id, std::nullopt,
                       {.rating = given.at(0).get<int>(), .foundPartners = given.at(1).get<int>() == 1});
  tx.audit(operations::entryFor("events.event.add", event));
  return event.id;
}

/// Those that are long over have only figures left; of the last ones it can be seen how they go.
void letGo(WriteTx& tx, const std::vector<EventId>& held) {
  constexpr std::size_t kThere = 2;
  for (std::size_t i = 0; i < held.size(); ++i) {
    store::noteTold(tx, held[i], store::holdingOf(tx, held[i])->retention.due());
    if (i + kThere >= held.size()) continue;
    store::putAside(tx, held[i]);
    store::noteAside(tx, held[i]);
    if (i + kThere + 1 == held.size()) continue;
    store::eraseAside(tx, held[i]);
    store::noteErased(tx, held[i]);
  }
}

/// What others are made of: nobody sees it, nobody registers.
void makeTemplate(Host& host, EventId id) {
  setStatus(host, id, EventStatus::draft);
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    store::makeTemplate(tx, id);
    tx.audit(operations::entryFor("events.event.keep", *store::findEvent(tx, id)));
    return 0;
  });
}

}  // namespace

void loadDemo(Host& host, const std::string& folder) {
  const Json names = readFile(folder + "/names.json");
  Crowd crowd = host.read([&](ReadTx& tx) { return Crowd(tx, names); });
  for (const Json& json : readFile(folder + "/events.json")) {
    const EventId id = addEvent(host, json);
    if (json.value("isForNetwork", false)) makeForNetwork(host, id);
    if (json.value("isTemplate", false)) {
      makeTemplate(host, id);
      continue;
    }
    addCompany(host, id, json, folder);
    addRegistrations(host, id, crowd, json.at("registrations").get<int>());
    if (json.at("approvesFirst").get<bool>()) {
      approveSome(host, id);
      answerSome(host, id);
    }
    if (!json.at("sessions").empty()) addLife(host, id);
    if (json.at("capacity").is_null()) addOwnRegistration(host, id, "aino.kivilehto@example.org");
    if (json.at("status") != "published")
      setStatus(host, id, parseEventStatus(json.at("status").get<std::string>()).value());
  }
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    std::vector<EventId> held;
    for (const Json& json : readFile(folder + "/keko.json")) held.push_back(addHeld(tx, json));
    letGo(tx, held);
    return 0;
  });
}

}  // namespace toimela::events::handlers
