#include "view/applications.h"

#include "view/forms.h"
#include "toimela/wording.h"
#include "view/organisation_field.h"
#include "view/trail.h"

namespace toimela::contacts::view {

namespace {

View rowView(const store::ApplicationRow& row, const Words& words) {
  const Application& application = row.application;
  const std::string state(code(application.state));
  View view;
  view.set("id", application.id.value)
      .set("person", row.person)
      .set("email", row.email)
      .text("organisation", row.organisation, words.locale())
      .set("role", words.role(application.role))
      .set("place", words.place(application.region))
      .set("message", application.message)
      .set("reason", application.reason)
      .set("state", words.text("contacts.application.state." + state))
      .set("on", showDate(Date::of(application.createdAt), words.locale()))
      .set("decided_on", application.decidedAt
                             ? showDate(Date::of(*application.decidedAt), words.locale())
                             : std::string());
  for (ApplicationState each : kApplicationStates)
    view.flag("is_" + std::string(code(each)), each == application.state);
  return view;
}

std::vector<View> rows(const std::vector<store::ApplicationRow>& all, const Words& words) {
  return each(all, [&](const auto& row) { return rowView(row, words); });
}

}  // namespace

FormSpec applicationFields(const Network& network, const std::vector<Region>& regions,
                           const Words& words) {
  FormSpec fields;
  fields.push_back(organisationField("contacts.application.organisation"));
  fields.push_back(roleField("contacts.application.role"));
  if (network.isNational())
    fields.push_back(regionField("contacts.application.region", regions, words));
  fields.push_back(Field::multiline("message", "contacts.application.message")
                       .hint("contacts.application.message_hint")
                       .longest(2'000));
  return fields;
}

Application readApplication(const Form& form, const Network& network, PersonId person,
                            OrganisationId organisation) {
  return {.network = network.id,
          .person = person,
          .organisation = organisation,
          .role = readRole(form),
          .region = readRegion(form, network),
          .message = form.text("message")};
}

void explain(Form& form, ApplicationProblem problem) {
  switch (problem) {
    case ApplicationProblem::alreadyOpen:
      return form.error("", "contacts.error.application_open");
    case ApplicationProblem::tooOften: return form.error("", "contacts.error.application_often");
    case ApplicationProblem::alreadyMember:
      return form.error("organisation", "contacts.error.already_member");
    case ApplicationProblem::notOpen:
      return form.error("", "contacts.error.application_closed");
    case ApplicationProblem::overlaps: return form.error("from", "contacts.error.overlaps");
    case ApplicationProblem::endsBeforeItStarts:
      return form.error("to", "contacts.error.ends_before_it_starts");
  }
}

View applyPage(const Network& network, const Form& form,
               const std::optional<store::ApplicationRow>& latest, const Words& words) {
  View view;
  view.list("breadcrumbs", trailBeyond(network, "contacts.apply.title", words))
      .set("network_id", network.id.value)
      .text("network", network.name, words.locale())
      .flag("may_apply", !form.ok() || !latest || latest->application.state != ApplicationState::open)
      .group("form", form.view(words.texts(), words.locale()));
  if (latest) view.group("latest", rowView(*latest, words));
  return view;
}

View applicationList(const Network& network, const std::vector<store::ApplicationRow>& open,
                     const std::vector<store::ApplicationRow>& closed, const Words& words) {
  View view;
  view.list("breadcrumbs", trailBeyond(network, "contacts.applications.title", words))
      .set("network_id", network.id.value)
      .text("network", network.name, words.locale())
      .flag("is_national", network.isNational());
  setList(view, "open", rows(open, words));
  setList(view, "closed", rows(closed, words));
  return view;
}

FormSpec acceptFields() {
  FormSpec fields;
  fields.push_back(Field::date("from", "contacts.form.from").required());
  fields.push_back(Field::date("to", "contacts.form.to").hint("contacts.form.to_hint"));
  return fields;
}

FormSpec declineFields() {
  FormSpec fields;
  fields.push_back(Field::multiline("reason", "contacts.application.reason")
                       .hint("contacts.application.reason_hint")
                       .longest(2'000)
                       .required());
  return fields;
}

View applicationPage(const Network& network, const store::ApplicationRow& row, const Form& accept,
                     const Form& decline, const Words& words) {
  View view;
  view.list("breadcrumbs", trailBeyond(network, "contacts.application.title", words))
      .set("network_id", network.id.value)
      .text("network", network.name, words.locale())
      .flag("is_national", network.isNational())
      .group("application", rowView(row, words))
      .group("accept", accept.view(words.texts(), words.locale()))
      .group("decline", decline.view(words.texts(), words.locale()));
  return view;
}

}  // namespace toimela::contacts::view
