#include "handlers/registering.h"

#include <algorithm>

#include "handlers/own_organisations.h"
#include "handlers/visible.h"
#include "operations/own.h"
#include "store/events.h"
#include "store/places.h"
#include "store/questions.h"
#include "view/links.h"
#include "view/registration_form.h"
#include "view/visiting.h"

namespace toimela::events::handlers {

namespace {

constexpr std::chrono::hours kConfirmWithin{24};
constexpr int kMostMatches = 2;

using Why = operations::Refusal::Why;

view::FormShape shapeOf(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    view::FormShape shape;
    shape.event = requireVisibleEvent(tx, request, host);
    for (Session& session : store::sessionsOf(tx, shape.event.id))
      if (session.isChosen) shape.workshops.push_back(std::move(session));
    shape.places = store::loadPlaces(tx, shape.event.id);
    shape.questions = store::questionsOf(tx, shape.event.id);
    shape.hasQuotas = !store::quotasOf(tx, shape.event.id).empty();
    if (request.actor.person) {
      shape.person = directory::findPerson(tx, *request.actor.person);
      shape.organisations = ownOrganisations(tx, request.actor);
    }
    return shape;
  });
}

Response showForm(const Request& request, Host& host, const view::FormShape& shape,
                  const view::RegistrationForm& form, int status) {
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

/// What was typed stands for an organisation of the directory when it is its very name.
void recogniseOrganisation(Host& host, const view::FormShape& shape, view::RegistrationForm& form) {
  const std::string typed = form.typedOrganisation(shape);
  if (typed.empty()) return;
  const auto matches =
      host.read([&](ReadTx& tx) { return directory::matchOrganisations(tx, typed, kMostMatches); });
  const bool isName =
      matches.size() == 1 && std::ranges::any_of(kLocales, [&](Locale locale) {
        return matches.front().name.in(locale) == typed ||
               directory::lookupText(matches.front(), locale) == typed;
      });
  if (isName) form.recognise(matches.front());
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

}  // namespace

Response showRegister(const Request& request, Host& host) {
  const auto shape = shapeOf(request, host);
  return showForm(request, host, shape,
                  view::RegistrationForm::blank(shape, view::Words(request, host)), 200);
}

Response submitRegister(const Request& request, Host& host, operations::Desk& desk) {
  const auto shape = shapeOf(request, host);
  const view::Words words(request, host);
  if (view::RegistrationForm::isReshaping(request.form))
    return showForm(request, host, shape,
                    view::RegistrationForm::reshaped(shape, words, request.form), 200);
  auto form = view::RegistrationForm::read(shape, words, request.form);
  if (!form.ok()) return showForm(request, host, shape, form, 422);
  recogniseOrganisation(host, shape, form);
  Registration wished = form.registration(shape, request.locale);
  if (!wished.person) wished.confirmBy = std::min(now() + kConfirmWithin, shape.event.startsAt);

  const auto outcome = desk.submit(host, shape.event.id, {wished, request.actor.person});
  if (const auto* registered = std::get_if<operations::Registered>(&outcome)) {
    if (!registered->isRepeated || haveSamePeople(registered->registration, wished))
      return taken(request, host, registered->registration);
    form.explainSentBefore();
    return showForm(request, host, shape, form, 409);
  }
  const auto& refusal = std::get<operations::Refusal>(outcome);
  if (refusal.why == Why::duplicate && isOwnAddress(wished, refusal)) {
    // Whoever only knows an address does not learn from the answer that it is registered.
    host.write(request, [&](WriteTx& tx) {
      operations::sendAgain(tx, shape.event.id, wished.email);
    });
    return taken(request, host, wished);
  }
  form.explain(refusal, shape, words);
  return showForm(request, host, shape, form, refusal.why == Why::notOpen ? 409 : 422);
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
