#include "view/handovers.h"

#include "view/forms.h"
#include "toimela/wording.h"
#include "view/members.h"
#include "view/organisation_field.h"
#include "view/trail.h"

namespace toimela::contacts::view {

namespace {

View holderView(const store::HolderRow& holder, Date today, const Words& words) {
  const DateRange& period = holder.member.period;
  View view;
  view.set("person", holder.person.empty() ? words.text("contacts.history.erased") : holder.person)
      .text("organisation", holder.organisation, words.locale())
      .set("role", words.role(holder.member.role))
      .set("period", words.period(period))
      .set("successor", holder.successor)
      .flag("is_current", period.contains(today))
      .flag("is_coming", today < period.from)
      .flag("has_notes", !holder.notes.empty())
      .html("notes", markdown(holder.notes));
  return view;
}

}  // namespace

FormSpec notesFields() {
  FormSpec fields;
  fields.push_back(Field::multiline("notes", "contacts.handover.notes")
                       .hint("contacts.handover.notes_hint")
                       .longest(20'000));
  fields.push_back(Field::hidden("revision"));
  return fields;
}

FormSpec successionFields(const std::vector<Person>& people) {
  std::vector<Choice> choices;
  for (const Person& person : people) choices.push_back({person.id.text(), person.name(), true});
  FormSpec fields;
  fields.push_back(
      Field::choice("successor", "contacts.handover.successor", std::move(choices)).required());
  fields.push_back(organisationField("contacts.form.organisation"));
  fields.push_back(Field::date("last_day", "contacts.handover.last_day").required());
  fields.push_back(Field::date("first_day", "contacts.handover.first_day")
                       .hint("contacts.handover.first_day_hint")
                       .required());
  return fields;
}

Succession readSuccession(const Form& form, OrganisationId organisation) {
  return {.lastDay = form.date("last_day").value(),
          .firstDay = form.date("first_day").value(),
          .successor = {parseId(form.text("successor")).value_or(0)},
          .organisation = organisation};
}

void explain(Form& form, HandoverProblem problem) {
  switch (problem) {
    case HandoverProblem::endsBeforeItStarts:
      return form.error("last_day", "contacts.error.ends_before_it_starts");
    case HandoverProblem::daysOverlap:
      return form.error("first_day", "contacts.error.days_overlap");
    case HandoverProblem::samePerson:
      return form.error("successor", "contacts.error.same_person");
    case HandoverProblem::overlaps: return form.error("first_day", "contacts.error.overlaps");
    case HandoverProblem::stale: return form.error("", "contacts.error.stale");
  }
}

View handoverPage(const HandoverPage& page, const Form& notes, const Form& succession,
                  const Words& words) {
  View view = memberPage(page.network, page.row, "contacts.handover.title", words);
  view.flag("is_coordinator", page.isCoordinator)
      .flag("edits_members", page.editsMembers)
      .group("notes", notes.view(words.texts(), words.locale()))
      .group("succession", succession.view(words.texts(), words.locale()));
  setList(view, "applications", each(page.applications, [&](const auto& row) {
            View item;
            item.set("id", row.application.id.value).set("applicant", row.person);
            return item;
          }));
  setList(view, "pinned", each(page.pinned, [](const auto& row) {
            View item;
            item.set("id", row.post).set("post", row.title);
            return item;
          }));
  view.flag("owns_nothing",
            !page.isCoordinator && page.applications.empty() && page.pinned.empty());
  return view;
}

View historyPage(const Network& network, std::optional<RegionCode> region,
                 const std::vector<store::HolderRow>& holders, Date today, const Words& words) {
  View view;
  view.list("breadcrumbs", trailBeyond(network, "contacts.history.title", words))
      .set("network_id", network.id.value)
      .text("network", network.name, words.locale())
      .set("place", words.place(region));
  setList(view, "holders",
          each(holders, [&](const auto& holder) { return holderView(holder, today, words); }));
  return view;
}

}  // namespace toimela::contacts::view
