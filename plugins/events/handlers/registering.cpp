#include "handlers/registering.h"

#include <algorithm>

#include "domain/form_count.h"
#include "handlers/answer_files.h"
#include "handlers/own_organisations.h"
#include "handlers/visible.h"
#include "operations/own.h"
#include "store/events.h"
#include "store/places.h"
#include "store/questions.h"
#include "toimela/shared_reading.h"
#include "toimela/throttle.h"
#include "view/links.h"
#include "view/registration_form.h"
#include "view/visiting.h"

namespace toimela::events::handlers {

namespace {

constexpr std::chrono::hours kConfirmWithin{24};

using Why = operations::Refusal::Why;

view::FormShape shapeOf(const Request& request, Host& host) {
  // What decides is looked at again under the lock of the event.
  return host.service<SharedReading>()->read([&](ReadTx& tx) {
    view::FormShape shape;
    shape.event = requireVisibleEvent(tx, request, host);
    for (Session& session : store::sessionsOf(tx, shape.event.id))
      if (session.isChosen) shape.workshops.push_back(std::move(session));
    shape.places = store::loadPlaces(tx, shape.event.id);
    shape.questions = askedFirst(store::questionsOf(tx, shape.event.id));
    shape.hasQuotas = !store::quotasOf(tx, shape.event.id).empty();
    if (request.actor.person) {
      shape.person = directory::findPerson(tx, *request.actor.person);
      shape.organisations = ownOrganisations(tx, request.actor);
    }
    return shape;
  });
}

Response showForm(const Request& request, Host& host, const view::FormShape& shape,
                  const view::RegistrationForm& form, int status, std::string_view trouble = {}) {
  const view::Words words(request, host);
  View view = form.view(shape, words);
  const auto registering = registeringOf(shape.event, now());
  const Pool* pool = shape.places.find({PoolKey::Kind::event, 0});
  const std::string title = shape.event.title.pick(request.locale).text;
  view::setEventFacts(view, shape.event, words);
  view.list("breadcrumbs", breadcrumbs({{"/events", words.text("events.navigation")},
                                              {view::pathOf(shape.event.id), title},
                                              {"", words.text("events.register.title")}},
                                             words))
      .set("trouble", std::string(trouble))
      .flag("is_open", registering == Registering::open || status != 200)
      .set("closed", view::closedText(shape.event, registering, words))
      .flag("offers_sign_in", !request.actor.signedIn())
      .flag("goes_to_list", registering == Registering::open && pool && !pool->hasRoom() &&
                                shape.event.places.hasWaitingList)
      .set("left", registering == Registering::open ? view::leftText(pool, words) : std::string());
  return host.page(request, "register", std::move(view),
                   {.status = status,
                    .title = words.format("events.register.title_of", {{"event", title}})});
}

FormStep stepOf(Why why) {
  switch (why) {
    case Why::notOpen: return FormStep::closed;
    case Why::full: return FormStep::full;
    case Why::duplicate: return FormStep::duplicate;
    case Why::overCeiling: return FormStep::ceiling;
    case Why::unknownWorkshop:
    case Why::overlapping: return FormStep::workshop;
  }
  return FormStep::fields;
}

Response taken(const Request& request, Host& host, const Registration& registration) {
  if (registration.person)
    return host.redirect(request, view::registrationPath(host, registration),
                         "events.flash.registered");
  return host.redirect(request, view::pathOf(registration.event) + "/registered");
}

/// Do both have the same people? A form that was sent, changed and sent again has not.
bool haveSamePeople(const Registration& made, const Registration& wished) {
  return std::ranges::equal(made.participants, wished.participants, {}, &Participant::name,
                            &Participant::name);
}

/// Is it who registers who is there already?
bool isOwnAddress(const Registration& wished, const operations::Refusal& refusal) {
  const auto& email = wished.participants[refusal.index].email;
  return !wished.person && email && email->key() == wished.email.key();
}

bool mailsEnough(Host& host, const EmailAddress& address) {
  return host.read([&](ReadTx& tx) {
    return throttle::waitFor(tx, throttle::kUnconfirmedLetters, address.key(), now()).count() > 0;
  });
}

}  // namespace

Response showRegister(const Request& request, Host& host, operations::FormCounts& counts) {
  const auto shape = shapeOf(request, host);
  if (registeringOf(shape.event, now()) == Registering::open) counts.begun(host, shape.event.id);
  return showForm(request, host, shape,
                  view::RegistrationForm::blank(shape, view::Words(request, host)), 200);
}

Response submitRegister(const Request& request, Host& host, operations::Desk& desk,
                        operations::FormCounts& counts) {
  const auto shape = shapeOf(request, host);
  const view::Words words(request, host);
  const auto sent = readFiles(request, host, shape.questions, {});
  if (view::RegistrationForm::isReshaping(request.form))
    return showForm(request, host, shape, view::RegistrationForm::reshaped(shape, words, sent.sent), 200,
                    request.form.text("trouble"));
  auto form = view::RegistrationForm::read(shape, words, sent.sent, sent.problems);
  const auto count = [&, before = parseFormStep(request.form.text("trouble"))](FormStep step) {
    counts.moved(host, shape.event.id, before, step);
    return code(step);
  };
  if (!form.ok()) return showForm(request, host, shape, form, 422, count(FormStep::fields));
  Registration wished = form.registration(shape, request.locale);
  if (!wished.person) wished.confirmBy = std::min(now() + kConfirmWithin, shape.event.startsAt);
  if (!wished.person && mailsEnough(host, wished.email)) {
    form.explainMailsEnough();
    return showForm(request, host, shape, form, 429, request.form.text("trouble"));
  }

  const auto outcome = desk.submit(
      host, shape.event.id,
      {.registration = wished, .actor = request.actor.person, .files = form.files(shape)});
  if (const auto* registered = std::get_if<operations::Registered>(&outcome)) {
    if (!registered->isRepeated || haveSamePeople(registered->registration, wished)) {
      if (!registered->isRepeated) count(FormStep::registered);
      return taken(request, host, registered->registration);
    }
    form.explainSentBefore();
    return showForm(request, host, shape, form, 409, request.form.text("trouble"));
  }
  const auto& refusal = std::get<operations::Refusal>(outcome);
  if (refusal.why == Why::duplicate && isOwnAddress(wished, refusal)) {
    // Whoever only knows an address does not learn from the answer that it is registered.
    host.write(request, [&](WriteTx& tx) {
      operations::sendAgain(tx, shape.event.id, wished.email);
    });
    count(FormStep::duplicate);
    return taken(request, host, wished);
  }
  form.explain(refusal, shape, words);
  return showForm(request, host, shape, form, refusal.why == Why::notOpen ? 409 : 422, count(stepOf(refusal.why)));
}

Response showRegistered(const Request& request, Host& host) {
  const Event event =
      host.read([&](ReadTx& tx) { return requireVisibleEvent(tx, request, host); });
  const view::Words words(request, host);
  View view;
  view::setEventFacts(view, event, words);
  return host.page(request, "registered", std::move(view),
                   {.title = words.text("events.registered.title")});
}

}  // namespace toimela::events::handlers
