#include "handlers/api.h"

#include <algorithm>

#include "handlers/lookup.h"
#include "handlers/materials.h"
#include "handlers/own_organisations.h"
#include "handlers/visible.h"
#include "store/co_organisers.h"
#include "store/events.h"
#include "store/pictures.h"
#include "store/places.h"
#include "store/questions.h"
#include "store/registrations.h"
#include "store/series.h"
#include "toimela/directory.h"
#include "toimela/idempotency.h"
#include "toimela/form.h"
#include "toimela/paging.h"
#include "toimela/secrets.h"
#include "toimela/shared_reading.h"
#include "view/json.h"
#include "view/questions.h"
#include "view/refusals.h"

namespace toimela::events::handlers {

namespace {

/// More people than this come in several registrations.
constexpr int kMostPeople = 50;

std::string fieldOf(std::size_t index, std::string_view name) {
  return "participants_" + std::to_string(index) + "_" + std::string(name);
}

int peopleIn(const Request& request) {
  int people = 0;
  while (people < kMostPeople && (request.form.has(fieldOf(static_cast<std::size_t>(people), "name")) ||
                                  request.form.has(fieldOf(static_cast<std::size_t>(people), "email"))))
    ++people;
  return people;
}

/// Workshops as choices, so that the form refuses what is none.
std::vector<Choice> workshopChoices(const std::vector<Session>& sessions) {
  std::vector<Choice> choices;
  for (const Session& session : sessions)
    if (session.isChosen) choices.push_back({session.id.text(), session.title.fi, true});
  return choices;
}

/// "answers_diet" of the registration, "participants_0_answers_diet" of a participant.
view::NameOf ofRegistration() {
  return [](const Question& question) { return "answers_" + question.key; };
}
view::NameOf ofPerson(std::size_t index) {
  return [index](const Question& question) { return fieldOf(index, "answers_" + question.key); };
}

/// What a program is asked on registering.
struct Asked {
  std::vector<Session> sessions;
  std::vector<Question> once, ofEach;
};

FormSpec registrationFields(int people, const Asked& asked, const view::Words& words) {
  FormSpec fields;
  fields.push_back(Field::text("phone", "events.field.phone").longest(30));
  fields.push_back(Field::text("organisation", "events.field.organisation"));
  fields.push_back(Field::choice("mode", "events.field.mode",
                                 {{"each", "events.mode.each"}, {"together", "events.mode.together"}}));
  for (std::size_t i = 0; i < static_cast<std::size_t>(people); ++i) {
    fields.push_back(Field::text(fieldOf(i, "name"), "events.field.name"));
    fields.push_back(Field::email(fieldOf(i, "email"), "events.field.email"));
    fields.push_back(Field::several(fieldOf(i, "sessions"), "events.field.sessions", workshopChoices(asked.sessions)));
    view::addFields(fields, asked.ofEach, ofPerson(i), words);
  }
  view::addFields(fields, asked.once, ofRegistration(), words);
  return fields;
}

std::vector<SessionId> sessionsIn(const Form& form, std::size_t index) {
  std::vector<SessionId> sessions;
  for (const std::string& text : form.texts(fieldOf(index, "sessions")))
    if (const auto id = parseId(text)) sessions.push_back({*id});
  return sessions;
}

/// The organisation that the form names, if the person acts for it.
std::optional<Organisation> organisationIn(Form& form, ReadTx& tx, const Request& request) {
  if (form.text("organisation").empty()) return std::nullopt;
  const auto own = ownOrganisations(tx, request.actor);
  const auto found = std::ranges::find_if(
      own, [&](const Organisation& each) { return each.id.text() == form.text("organisation"); });
  if (found != own.end()) return *found;
  form.error("organisation", "events.error.not_your_organisation");
  return std::nullopt;
}

/// Files come through the page only: one that is required says so at its field.
void checkAnswers(Form& form, const Asked& asked, int people) {
  view::checkAnswers(form, asked.once, ofRegistration());
  for (std::size_t i = 0; i < static_cast<std::size_t>(people); ++i)
    view::checkAnswers(form, asked.ofEach, ofPerson(i));
}

/// A key that only this person's requests have.
std::string formKeyOf(const Request& request) {
  return idempotencyKey(request).value_or("api:" + secrets::random());
}

Registration registrationFrom(const Form& form, const Asked& asked, const Request& request, const Person& person,
                              const std::optional<Organisation>& organisation, int people) {
  Registration registration{.formKey = formKeyOf(request),
                            .person = person.id,
                            .name = person.name(),
                            .email = person.email,
                            .phone = form.text("phone").empty() ? person.phone : form.text("phone"),
                            .locale = person.language,
                            .mode = parseGroupMode(form.text("mode")).value_or(GroupMode::each),
                            .accessNonce = secrets::random()};
  if (organisation) {
    registration.organisation = organisation->id;
    registration.organisationName = organisation->name.fi;
    registration.sector = organisation->sector;
  }
  registration.answers = jsonOf(view::readAnswers(form, asked.once, ofRegistration()));
  for (std::size_t i = 0; i < static_cast<std::size_t>(people); ++i) {
    Participant participant;
    participant.name = form.text(fieldOf(i, "name"));
    participant.email = form.email(fieldOf(i, "email"));
    participant.sessions = sessionsIn(form, i);
    participant.answers = jsonOf(view::readAnswers(form, asked.ofEach, ofPerson(i)));
    registration.participants.push_back(std::move(participant));
  }
  return registration;
}

/// The participant that the path names, in a registration that the route's rule has opened.
ParticipantId participantOf(const Registration& registration, const Request& request) {
  const auto id = request.parameters.id<ParticipantId>("participant");
  for (const Participant& participant : registration.participants)
    if (id == participant.id) return participant.id;
  throw NotFound();
}

}  // namespace

view::EventParts partsOf(ReadTx& tx, const Request& request, Host& host, const Event& event) {
  view::EventParts parts{.event = event};
  parts.organises = organises(tx, request, host, event);
  parts.sessions = store::sessionsOf(tx, event.id);
  parts.questions = askedFirst(store::questionsOf(tx, event.id));
  parts.materials = readMaterials(tx, event.id);
  if (!parts.organises && !takesPart(tx, request, event.id))
    std::erase_if(parts.materials, [](const view::ShownMaterial& shown) {
      return shown.material.audience != MaterialAudience::everyone;
    });
  parts.picture = store::pictureOf(tx, event.id);
  parts.series = store::seriesOf(tx, event.id);
  parts.coOrganisers = store::coOrganisersOf(tx, event.id);
  parts.taken = store::loadPlaces(tx, event.id).find({})->taken;
  return parts;
}

Response apiEvents(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  auto events = host.read(
      [&](ReadTx& tx) { return store::eventsAfter(tx, paging.afterId<EventId>(), paging.limit + 1); });
  const auto next = paging.cut(events, [](const auto& event) { return event.id.text(); });
  return host.json(view::eventsJson(events, next));
}

Response apiEvent(const Request& request, Host& host) {
  return host.json(host.read([&](ReadTx& tx) {
    return view::eventJson(partsOf(tx, request, host, requireVisibleEvent(tx, request, host)));
  }));
}

Response apiSessions(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  const auto after = paging.afterId<SessionId>();
  auto sessions = host.read([&](ReadTx& tx) {
    return store::sessionsOf(tx, requireVisibleEvent(tx, request, host).id);
  });
  // By id, as every list of the API; a programme has few parts.
  std::ranges::sort(sessions, {}, &Session::id);
  std::erase_if(sessions, [&](const Session& session) { return session.id <= after; });
  if (std::ssize(sessions) > paging.limit + 1) sessions.resize(static_cast<std::size_t>(paging.limit) + 1);
  const auto next = paging.cut(sessions, [](const Session& session) { return session.id.text(); });
  return host.json(view::sessionsJson(sessions, next));
}

Response apiRegister(const Request& request, Host& host, operations::Desk& desk) {
  const int people = peopleIn(request);
  const view::Words words(request, host);
  struct Read {
    EventId event;
    Asked asked;
    Form form;
    std::optional<Person> person;
    std::optional<Organisation> organisation;
  };
  // What decides is looked at again under the lock of the event.
  Read read = host.service<SharedReading>()->read([&](ReadTx& tx) {
    const Event event = requireVisibleEvent(tx, request, host);
    const auto questions = askedFirst(store::questionsOf(tx, event.id));
    Asked asked{store::sessionsOf(tx, event.id), view::askedOf(questions, AskedOf::registration),
                view::askedOf(questions, AskedOf::participant)};
    Form form = Form::read(registrationFields(people, asked, words), request.form);
    auto organisation = organisationIn(form, tx, request);
    return Read{event.id, std::move(asked), std::move(form), directory::findPerson(tx, *request.actor.person),
                std::move(organisation)};
  });
  if (people == 0) read.form.error("", "events.error.nobody");
  checkAnswers(read.form, read.asked, people);
  if (!read.form.ok()) return host.problem(request, read.form);
  auto outcome = desk.submit(host, read.event,
                             {registrationFrom(read.form, read.asked, request, read.person.value(),
                                               read.organisation, people),
                              request.actor.person});
  if (const auto* refusal = std::get_if<operations::Refusal>(&outcome)) {
    view::explain(read.form, *refusal, fieldOf);
    return host.problem(request, read.form, view::statusOf(*refusal));
  }
  const auto& [registration, isRepeated] = std::get<operations::Registered>(outcome);
  Response answer = host.json(view::registrationJson(registration), isRepeated ? 200 : 201);
  answer.headers.set("Location", "/api/v1/events/registrations/" + registration.id.text());
  return answer;
}

Response apiRegistrations(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  auto registrations = host.read([&](ReadTx& tx) {
    std::vector<Registration> found;
    for (const RegistrationId id : store::registrationsAfter(
             tx, *request.actor.person, paging.afterId<RegistrationId>(), paging.limit + 1))
      found.push_back(*store::findRegistration(tx, id));
    return found;
  });
  const auto next = paging.cut(registrations, [](const Registration& each) { return each.id.text(); });
  return host.json(view::registrationsJson(registrations, next));
}

Response apiRegistration(const Request& request, Host& host) {
  return host.json(host.read(
      [&](ReadTx& tx) { return view::registrationJson(requireRegistration(tx, request)); }));
}

Response apiCancel(const Request& request, Host& host) {
  const auto registration = host.read([&](ReadTx& tx) { return requireRegistration(tx, request); });
  const ParticipantId participant = participantOf(registration, request);
  host.write(request, [&](WriteTx& tx) {
    return operations::cancel(tx, registration.event, std::span(&participant, 1), operations::By::participant);
  });
  return Response::noContent();
}

Response apiParticipants(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  const auto offset = static_cast<int>(std::min<std::int64_t>(paging.afterId<ParticipantId>().value, 10'000'000));
  auto rows = host.read([&](ReadTx& tx) {
    return store::participantsOf(tx, eventIdOf(request), parsePlaceState(request.query.text("state")), "",
                                 paging.limit + 1, offset);
  });
  const auto next = paging.cut(rows, [&](const auto&) { return std::to_string(offset + paging.limit); });
  return host.json(view::participantsJson(rows, next));
}

Response apiCheckIn(const Request& request, Host& host) {
  Form form = Form::read({Field::text("code", "events.field.code").required()}, request.form);
  if (!form.ok()) return host.problem(request, form);
  const auto event = eventIdOf(request);
  const auto checked = host.write(request, [&](WriteTx& tx) {
    return operations::checkIn(tx, event, form.text("code"));
  });
  if (!checked) {
    form.error("code", "events.error.code");
    return host.problem(request, form);
  }
  return host.json(view::participantJson(*checked));
}

}  // namespace toimela::events::handlers
