#include "view/forms.h"

#include <iterator>
#include <string>

#include "view/organisation_field.h"

namespace toimela::contacts::view {

namespace {

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
  fields.push_back(organisationField("contacts.form.organisation"));
  fields.push_back(roleField("contacts.form.role"));
  if (!offered.regions.empty())
    fields.push_back(regionField("contacts.form.region", offered.regions, words));
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

/// The names under which a field's texts are sent.
std::vector<std::string> partsOf(const Field& field) {
  const bool isLocal =
      field.kind == Field::Kind::localText || field.kind == Field::Kind::localMultiline;
  if (!isLocal) return {field.name};
  std::vector<std::string> names;
  for (Locale locale : kLocales) names.push_back(field.name + "_" + std::string(code(locale)));
  return names;
}

/// A stored value as its field shows it.
std::string shown(const Field& field, const std::string& value, const Words& words) {
  if (value.empty()) return "–";
  if (field.kind == Field::Kind::date)
    if (const auto date = Date::parse(value)) return showDate(*date, words.locale());
  for (const Choice& choice : field.choices)
    if (choice.value == value) return choice.translated ? choice.label : words.text(choice.label);
  return value;
}

NetworkKind readKind(const Form& form) {
  return parseNetworkKind(form.text("kind")).value_or(NetworkKind::theme);
}

}  // namespace

Field roleField(std::string_view labelKey) {
  return Field::choice("role", std::string(labelKey), roleChoices()).required();
}

Field regionField(std::string_view labelKey, const std::vector<Region>& regions,
                  const Words& words) {
  auto choices = regionChoices(regions, words);
  choices.insert(choices.begin(), {"", "place.nation"});
  return Field::choice("region", std::string(labelKey), std::move(choices));
}

MemberRole readRole(const Form& form) {
  return parseMemberRole(form.text("role")).value_or(MemberRole::member);
}

std::optional<RegionCode> readRegion(const Form& form, const Network& network) {
  return network.isNational() ? RegionCode::parse(form.text("region")) : network.region;
}

DateRange readPeriod(const Form& form) { return {form.date("from").value(), form.date("to")}; }

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

void fillMember(Form& form, const Network& network, const Member& member,
                std::string organisation) {
  form.fill("organisation", std::move(organisation))
      .fill("role", std::string(code(member.role)))
      .fill("from", member.period.from.text())
      .fill("to", member.period.to ? member.period.to->text() : "")
      .fill("revision", std::to_string(member.revision));
  if (network.isNational()) form.fill("region", member.region ? member.region->text() : "");
}

operations::NewMember readNewMember(const Form& form, const Network& network,
                                    OrganisationId organisation, Locale language) {
  return {.email = form.email("email").value(),
          .givenName = form.text("given_name"),
          .familyName = form.text("family_name"),
          .language = language,
          .organisation = organisation,
          .role = readRole(form),
          .region = readRegion(form, network),
          .period = readPeriod(form)};
}

Member readMember(const Form& form, const Network& network, OrganisationId organisation,
                  Member member) {
  member.organisation = organisation;
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
    choices.insert(choices.begin(), {std::string(kNation), "place.nation"});
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

void explainStale(Form& form, const Form& stored, const FormSpec& fields, const Words& words) {
  form.error("", "contacts.error.stale");
  for (const Field& field : fields) {
    if (field.kind == Field::Kind::hidden) {
      form.fill(field.name, stored.text(field.name));
      continue;
    }
    for (const std::string& name : partsOf(field)) {
      if (form.text(name) == stored.text(name)) continue;
      form.error(name, "contacts.error.now_is", {{"now", shown(field, stored.text(name), words)}});
    }
  }
}

}  // namespace toimela::contacts::view
