#include "view/invitations.h"

#include "toimela/wording.h"
#include "view/organisation_field.h"

namespace toimela::contacts::view {

FormSpec invitationFields(const MemberChoices& choices, const Words& words) {
  std::vector<Choice> languages;
  for (Locale locale : kLocales)
    languages.push_back(
        {std::string(code(locale)), "form.language." + std::string(code(locale))});
  FormSpec fields;
  fields.push_back(Field::email("email", "contacts.form.email").required());
  fields.push_back(Field::text("given_name", "contacts.form.given_name").required());
  fields.push_back(Field::text("family_name", "contacts.form.family_name").required());
  fields.push_back(
      Field::choice("language", "contacts.invitation.language", std::move(languages)).required());
  fields.push_back(organisationField("contacts.form.organisation"));
  fields.push_back(roleField("contacts.form.role"));
  if (!choices.regions.empty())
    fields.push_back(regionField("contacts.form.region", choices.regions, words));
  fields.push_back(
      Field::date("from", "contacts.form.from").hint("contacts.invitation.from_hint"));
  fields.push_back(Field::date("to", "contacts.form.to").hint("contacts.form.to_hint"));
  fields.push_back(Field::hidden("succeeds"));
  return fields;
}

Invited readInvitation(const Form& form, const Network& network, OrganisationId organisation) {
  const auto succeeds = parseId(form.text("succeeds"));
  return {.network = network.id,
          .email = form.email("email").value(),
          .givenName = form.text("given_name"),
          .familyName = form.text("family_name"),
          .organisation = organisation,
          .role = readRole(form),
          .region = readRegion(form, network),
          .from = form.date("from"),
          .to = form.date("to"),
          .succeeds = succeeds ? std::optional{MemberId{*succeeds}} : std::nullopt};
}

Locale readLanguage(const Form& form, Locale otherwise) {
  return parseLocale(form.text("language")).value_or(otherwise);
}

void explain(Form& form, InviteProblem problem) {
  switch (problem) {
    case InviteProblem::endsBeforeItStarts:
      return form.error("to", "contacts.error.ends_before_it_starts");
    case InviteProblem::alreadyInvited:
      return form.error("email", "contacts.error.already_invited");
    case InviteProblem::daysOverlap: return form.error("from", "contacts.error.days_overlap");
    case InviteProblem::alreadyMember: return form.error("from", "contacts.error.overlaps");
  }
}

std::vector<View> invitedRows(const std::vector<store::InvitedRow>& rows, const Words& words) {
  return each(rows, [&](const auto& row) {
    View view;
    view.set("id", row.invited.id.value)
        .set("person", row.invited.givenName + " " + row.invited.familyName)
        .set("email", row.invited.email.text())
        .text("organisation", row.organisation, words.locale())
        .set("role", words.role(row.invited.role))
        .set("place", words.place(row.invited.region))
        .set("on", showDate(Date::of(row.createdAt), words.locale()));
    return view;
  });
}

}  // namespace toimela::contacts::view
