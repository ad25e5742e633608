#include <algorithm>

#include "handlers/managing.h"
#include "handlers/organised.h"
#include "handlers/visible.h"
#include "operations/organising.h"
#include "store/events.h"
#include "toimela/directory.h"
#include "toimela/groups.h"
#include "view/event_form.h"
#include "view/managing.h"

namespace toimela::events::handlers {

namespace {

/// The group that an event has stays a choice, also when it is none that its region could choose now.
view::EventChoices choicesFor(Host& host, const Event& event) {
  auto* groups = host.service<Groups>();
  return host.read([&](ReadTx& tx) {
    view::EventChoices choices{directory::municipalitiesOf(tx, event.region, Date::today()), {}};
    if (groups) choices.groups = groups->ofRegion(tx, event.region);
    const bool isThere = event.audience.empty() ||
                         std::ranges::find(choices.groups, event.audience, &Group::key) != choices.groups.end();
    if (isThere) return choices;
    auto present = groups ? groups->find(tx, event.audience) : std::nullopt;
    choices.groups.push_back(present ? std::move(*present) : Group{event.audience, {.fi = event.audience}, {}});
    return choices;
  });
}

std::string organiserText(Host& host, const Event& event, Locale locale) {
  if (!event.organiser) return {};
  const auto organisation =
      host.read([&](ReadTx& tx) { return directory::findOrganisation(tx, *event.organiser); });
  return organisation ? directory::lookupText(*organisation, locale) : std::string();
}

Response showNew(const Request& request, Host& host, const std::vector<view::FieldGroup>& groups,
                 const Form& form, int status = 200) {
  const view::Words words(request, host);
  View view;
  view.list("breadcrumbs",
            breadcrumbs({{"/events/manage", words.text("events.manage.title")},
                               {"", words.text("events.new.title")}},
                              words))
      .set("place", words.place(request.region))
      .set("action", words.link(request.path))
      .group("form", view::groupedForm(groups, form, words.texts(), words.locale()));
  return host.page(request, "organise_new", std::move(view),
                   {.status = status, .title = words.text("events.new.title")});
}

Response showEdit(const Request& request, Host& host, const Event& event,
                  const std::vector<view::FieldGroup>& groups, const Form& form, int status = 200) {
  const view::Words words(request, host);
  View view;
  view::showHead(view, event, "edit", words);
  view.group("form", view::groupedForm(groups, form, words.texts(), words.locale()));
  return host.page(request, "organise_edit", std::move(view),
                   {.status = status, .title = words.text("events.edit.title")});
}

/// The event as the form says, or nothing with errors in the form.
std::optional<Event> readForm(const Request& request, Host& host, Form& form, const Event& base) {
  const auto matches = host.read(
      [&](ReadTx& tx) { return directory::matchOrganisations(tx, form.text("organiser"), 5); });
  const auto organiser = view::chooseOrganisation(form, "organiser", matches, request.locale);
  if (form.ok() && organiser != base.organiser && !owns(request, host, base))
    form.error("organiser", "events.error.not_owner");
  if (!form.ok()) return std::nullopt;
  Event event = view::readEvent(form, base);
  event.organiser = organiser;
  view::explain(form, problemsOf(event));
  return form.ok() ? std::optional(std::move(event)) : std::nullopt;
}

}  // namespace

Response newEvent(const Request& request, Host& host) {
  const view::Words words(request, host);
  const auto person =
      host.read([&](ReadTx& tx) { return directory::findPerson(tx, *request.actor.person); });
  const Event event = view::newEvent(request.region, person.value(), now());
  const auto groups = view::eventGroups(event, choicesFor(host, event), words);
  Form form(view::allFields(groups));
  view::fillEvent(form, event, "");
  return showNew(request, host, groups, form);
}

Response addEvent(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Event base{.region = request.region, .status = EventStatus::draft};
  const auto groups = view::eventGroups(base, choicesFor(host, base), words);
  Form form = Form::read(view::allFields(groups), request.form);
  const auto event = readForm(request, host, form, base);
  if (!event) return showNew(request, host, groups, form, 422);
  const EventId id =
      host.write(request, [&](WriteTx& tx) { return operations::addEvent(tx, *event); });
  return host.redirect(request, view::pathOf(id) + "/manage", "events.done.added");
}

Response editEvent(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Event event = host.read([&](ReadTx& tx) { return requireOrganised(tx, request); });
  const auto groups = view::eventGroups(event, choicesFor(host, event), words);
  Form form(view::allFields(groups));
  view::fillEvent(form, event, organiserText(host, event, request.locale));
  return showEdit(request, host, event, groups, form);
}

Response saveEvent(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Event stored = host.read([&](ReadTx& tx) { return requireOrganised(tx, request); });
  const auto groups = view::eventGroups(stored, choicesFor(host, stored), words);
  Form form = Form::read(view::allFields(groups), request.form);
  const auto event = readForm(request, host, form, stored);
  if (!event) return showEdit(request, host, stored, groups, form, 422);
  const auto problem =
      host.write(request, [&](WriteTx& tx) { return operations::saveEvent(tx, *event); });
  if (!problem)
    return host.redirect(request, view::pathOf(stored.id) + "/manage", "events.done.saved");
  if (problem->why == operations::SaveProblem::Why::stale) {
    Form now(view::allFields(groups));
    view::fillEvent(now, stored, organiserText(host, stored, request.locale));
    view::explainStale(form, now, view::allFields(groups), words.texts(), request.locale);
    return showEdit(request, host, stored, groups, form, 409);
  }
  view::explain(form, *problem);
  return showEdit(request, host, stored, groups, form, 422);
}

}  // namespace toimela::events::handlers
