#include "handlers/feedback.h"

#include "handlers/organised.h"
#include "operations/audit.h"
#include "store/events.h"
#include "store/feedback.h"
#include "store/mailings.h"
#include "store/registrations.h"
#include "view/links.h"
#include "view/words.h"

namespace toimela::events::handlers {

namespace {

struct Asked {
  Event event;
  Participant participant;
  bool isNamed = false, hasAnswered = false;
};

Asked requireAsked(ReadTx& tx, const Request& request, Host& host) {
  const auto id = request.parameters.id<ParticipantId>("participant");
  const auto registrationId = id ? store::registrationOf(tx, *id) : std::nullopt;
  const auto registration = registrationId ? store::findRegistration(tx, *registrationId) : std::nullopt;
  const auto event = registration ? store::findEvent(tx, registration->event) : std::nullopt;
  const auto participant = event ? store::findParticipant(tx, event->id, *id) : std::nullopt;
  // Before the end there is nothing to say, and the link has not been mailed.
  if (!participant || !view::opensFeedback(host, *participant, request.parameters.text("token")) ||
      now() < event->endsAt)
    throw NotFound();
  return {*event, *participant, store::isNamed(tx, event->id), store::hasAnswered(tx, *id)};
}

FormSpec fields(const view::Words& words) {
  std::vector<Choice> ratings;
  for (const char* rating : {"4", "3", "2", "1"})
    ratings.push_back({rating, words.text(std::string("events.feedback.rating.") + rating), true});
  return {Field::choice("rating", "events.feedback.rating", std::move(ratings)).required(),
          Field::choice("partners", "events.feedback.partners",
                        {{"1", "events.feedback.yes"}, {"0", "events.feedback.no"}}),
          Field::multiline("answer", "events.feedback.answer").longest(2000)};
}

Response showForm(const Request& request, Host& host, const Asked& asked, const Form& form, int status = 200) {
  View view;
  view.text("event", asked.event.title, request.locale)
      .set("time", view::Words(request, host).time(asked.event.startsAt, asked.event.endsAt))
      .flag("is_named", asked.isNamed)
      .flag("has_answered", asked.hasAnswered)
      .group("form", form.view(host.texts(), request.locale));
  view.set("action", request.link(view::feedbackPath(host, asked.participant)));
  return host.page(request, "feedback", std::move(view), {.status = status});
}

/// False when they had answered already.
bool keep(const Request& request, Host& host, const Asked& asked, const Form& form) {
  store::Feedback feedback{.rating = static_cast<int>(parseId(form.text("rating")).value_or(1)),
                           .answer = form.text("answer"),
                           .locale = request.locale};
  if (!form.text("partners").empty()) feedback.foundPartners = form.text("partners") == "1";
  return host.writeAs({}, [&](WriteTx& tx) {
    // The log must not tell whose answer it is: it names the event alone.
    if (!store::noteAnswered(tx, asked.event.id, asked.participant.id)) {
      tx.unaudited("they had answered already");
      return false;
    }
    store::addFeedback(tx, asked.event.id,
                       store::isNamed(tx, asked.event.id) ? std::optional(asked.participant.id) : std::nullopt,
                       feedback);
    tx.audit(operations::entryFor("events.feedback.add", asked.event));
    return true;
  });
}

}  // namespace

Response showFeedback(const Request& request, Host& host) {
  const Asked asked = host.read([&](ReadTx& tx) { return requireAsked(tx, request, host); });
  return showForm(request, host, asked, Form(fields(view::Words(request, host))));
}

Response giveFeedback(const Request& request, Host& host) {
  const Asked asked = host.read([&](ReadTx& tx) { return requireAsked(tx, request, host); });
  const Form form = Form::read(fields(view::Words(request, host)), request.form);
  if (!form.ok()) return showForm(request, host, asked, form, 422);
  keep(request, host, asked, form);
  return host.redirect(request, view::feedbackPath(host, asked.participant), "events.feedback.thanks");
}

Response apiGiveFeedback(const Request& request, Host& host) {
  const Asked asked = host.read([&](ReadTx& tx) { return requireAsked(tx, request, host); });
  Fields sent;
  for (const auto& [name, value] : request.form.all()) {
    const bool isPartners = name == "partners";
    sent.add(name, isPartners && value == "yes" ? "1" : isPartners && value == "no" ? "0" : value);
  }
  Form form = Form::read(fields(view::Words(request, host)), sent);
  if (!form.ok()) return host.problem(request, form);
  if (keep(request, host, asked, form)) return Response::noContent();
  form.error("", "events.feedback.received");
  return host.problem(request, form, 409);
}

Response chooseFeedbackNames(const Request& request, Host& host) {
  const Event event = host.read([&](ReadTx& tx) { return requireOrganised(tx, request); });
  const bool isNamed = request.form.text("names") == "named";
  const bool isChosen = host.write(request, [&](WriteTx& tx) {
    // What was promised to those who have answered holds for all.
    if (now() >= event.endsAt || !store::feedbackOf(tx, event.id, 1).empty()) {
      tx.unaudited("feedback has been asked for already");
      return false;
    }
    store::setNamed(tx, event.id, isNamed);
    tx.audit(operations::entryFor(isNamed ? "events.feedback.named" : "events.feedback.anonymous", event));
    return true;
  });
  return host.redirect(request, view::pathOf(event.id) + "/figures",
                       isChosen ? "events.feedback.chosen" : "events.feedback.too_late");
}

}  // namespace toimela::events::handlers
