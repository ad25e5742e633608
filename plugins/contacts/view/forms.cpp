#include "view/forms.h"

#include <iterator>
#include <string>

namespace toimela::contacts::view {

namespace {

std::vector<Choice> organisationChoices(const std::vector<Organisation>& organisations,
                                        const Words& words) {
  std::vector<Choice> choices;
  for (const Organisation& organisation : organisations)
    choices.push_back({organisation.id.text(), words.pick(organisation.name), true});
  return choices;
}

std::vector<Choice> regionChoices(const std::vector<Region>& regions, const Words& words) {
  std::vector<Choice> choices;
  for (const Region& region : regions)
    choices.push_back({region.code.text(), words.pick(region.name), true});
  return choices;
}

std::vector<Choice> personChoices(const std::vector<Person>& people) {
  std::vector<Choice> choices{{"", "contacts.form.no_coordinator"}};
  for (const Person& person : people) choices.push_back({person.id.text(), person.name(), true});
  return choices;
}

std::vector<Choice> roleChoices() {
  std::vector<Choice> choices;
  for (MemberRole role : kMemberRoles)
    choices.push_back({std::string(code(role)), "contacts.role." + std::string(code(role))});
  return choices;
}

std::vector<Choice> kindChoices() {
  std::vector<Choice> choices;
  for (NetworkKind kind : kNetworkKinds)
    choices.push_back({std::string(code(kind)), "contacts.kind." + std::string(code(kind))});
  return choices;
}

/// The fields that new and old members share.
void addMemberFields(FormSpec& fields, const MemberChoices& offered, const Words& words) {
  fields.push_back(Field::choice("organisation", "contacts.form.organisation",
                                 organisationChoices(offered.organisations, words))
                       .required());
  fields.push_back(Field::choice("role", "contacts.form.role", roleChoices()).required());
  if (!offered.regions.empty()) {
    auto regions = regionChoices(offered.regions, words);
    regions.insert(regions.begin(), {"", "contacts.place.nation"});
    fields.push_back(Field::choice("region", "contacts.form.region", std::move(regions)));
  }
  fields.push_back(Field::date("from", "contacts.form.from").required());
  fields.push_back(Field::date("to", "contacts.form.to").hint("contacts.form.to_hint"));
}

void addNetworkFields(FormSpec& fields) {
  fields.push_back(Field::localText("name", "contacts.form.name").required());
  fields.push_back(Field::localMultiline("purpose", "contacts.form.purpose")
                       .hint("contacts.form.purpose_hint")
                       .longest(5'000));
  fields.push_back(Field::choice("kind", "contacts.form.kind", kindChoices()).required());
}

template <class I>
I readId(const Form& form, std::string_view field) {
  return I{parseId(form.text(field)).value_or(0)};
}

/// Only the forms of national networks ask for a region.
std::optional<RegionCode> readRegion(const Form& form, const Network& network) {
  return network.isNational() ? RegionCode::parse(form.text("region")) : network.region;
}

/// Of a form that is ok, in which the first day is required.
DateRange readPeriod(const Form& form) { return {form.date("from").value(), form.date("to")}; }

MemberRole readRole(const Form& form) {
  return parseMemberRole(form.text("role")).value_or(MemberRole::member);
}

NetworkKind readKind(const Form& form) {
  return parseNetworkKind(form.text("kind")).value_or(NetworkKind::theme);
}

}  // namespace

FormSpec newMemberFields(const MemberChoices& choices, const Words& words) {
  FormSpec fields;
  fields.push_back(Field::email("email", "contacts.form.email")
                       .hint("contacts.form.email_hint")
                       .required());
  fields.push_back(
      Field::text("given_name", "contacts.form.given_name").hint("contacts.form.name_hint"));
  fields.push_back(Field::text("family_name", "contacts.form.family_name"));
  addMemberFields(fields, choices, words);
  return fields;
}

FormSpec memberFields(const MemberChoices& choices, const Words& words) {
  FormSpec fields;
  addMemberFields(fields, choices, words);
  fields.push_back(Field::hidden("revision"));
  return fields;
}

void fillMember(Form& form, const Network& network, const Member& member) {
  form.fill("organisation", member.organisation.text())
      .fill("role", std::string(code(member.role)))
      .fill("from", member.period.from.text())
      .fill("to", member.period.to ? member.period.to->text() : "")
      .fill("revision", std::to_string(member.revision));
  if (network.isNational()) form.fill("region", member.region ? member.region->text() : "");
}

operations::NewMember readNewMember(const Form& form, const Network& network, Locale language) {
  return {.email = form.email("email").value(),
          .givenName = form.text("given_name"),
          .familyName = form.text("family_name"),
          .language = language,
          .organisation = readId<OrganisationId>(form, "organisation"),
          .role = readRole(form),
          .region = readRegion(form, network),
          .period = readPeriod(form)};
}

Member readMember(const Form& form, const Network& network, Member member) {
  member.organisation = readId<OrganisationId>(form, "organisation");
  member.role = readRole(form);
  member.region = readRegion(form, network);
  member.period = readPeriod(form);
  member.revision = readRevision(form);
  return member;
}

void explain(Form& form, MemberProblem problem) {
  switch (problem) {
    case MemberProblem::endsBeforeItStarts:
      return form.error("to", "contacts.error.ends_before_it_starts");
    case MemberProblem::overlaps: return form.error("from", "contacts.error.overlaps");
    case MemberProblem::personUnknown:
      return form.error("given_name", "contacts.error.names_needed");
    case MemberProblem::stale: return form.error("", "contacts.error.stale");
  }
}

FormSpec newNetworkFields(const std::vector<Region>& places, bool nationToo, const Words& words) {
  FormSpec fields;
  addNetworkFields(fields);
  auto choices = regionChoices(places, words);
  if (nationToo)
    choices.insert(choices.begin(), {std::string(kNation), "contacts.place.nation"});
  fields.push_back(Field::choice("place", "contacts.form.place", std::move(choices)).required());
  return fields;
}

Network readNewNetwork(const Form& form) {
  return {.name = form.localText("name"),
          .purpose = form.localText("purpose"),
          .kind = readKind(form),
          .region = RegionCode::parse(form.text("place"))};
}

FormSpec networkFields(const std::vector<Person>& people) {
  FormSpec fields;
  addNetworkFields(fields);
  fields.push_back(
      Field::choice("coordinator", "contacts.form.coordinator", personChoices(people)));
  fields.push_back(Field::hidden("revision"));
  return fields;
}

void fillNetwork(Form& form, const Network& network) {
  form.fill("name", network.name)
      .fill("purpose", network.purpose)
      .fill("kind", std::string(code(network.kind)))
      .fill("coordinator", network.coordinator ? network.coordinator->text() : "")
      .fill("revision", std::to_string(network.revision));
}

Network readNetwork(const Form& form, Network network) {
  network.name = form.localText("name");
  network.purpose = form.localText("purpose");
  network.kind = readKind(form);
  auto coordinator = parseId(form.text("coordinator"));
  network.coordinator = coordinator ? std::optional{PersonId{*coordinator}} : std::nullopt;
  network.revision = readRevision(form);
  return network;
}

std::int64_t readRevision(const Form& form) { return parseId(form.text("revision")).value_or(0); }

void explainStale(Form& form, std::int64_t revision) {
  form.error("", "contacts.error.stale");
  form.fill("revision", std::to_string(revision));
}

}  // namespace toimela::contacts::view
