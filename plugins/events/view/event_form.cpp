#include "view/event_form.h"

#include <algorithm>

namespace toimela::events::view {

namespace {

template <class T, std::size_t N>
std::vector<Choice> choicesOf(const Codes<T, N>& values, std::string_view group) {
  std::vector<Choice> choices;
  for (const T value : values) {
    const std::string text(code(value));
    choices.push_back({text, std::string("events.").append(group).append(".").append(text)});
  }
  return choices;
}

std::vector<Choice> municipalityChoices(const EventChoices& choices, Locale locale) {
  std::vector<Choice> result{{"", "events.details.no_municipality"}};
  for (const auto& municipality : choices.municipalities)
    result.push_back({municipality.code.text(), municipality.name.pick(locale).text, true});
  std::sort(result.begin() + 1, result.end(), [&](const Choice& a, const Choice& b) {
    return sortsBefore(a.label, b.label, locale);
  });
  return result;
}

/// Members of a group can be chosen where there are groups.
std::vector<Choice> visibilityChoices(const Event& event, const EventChoices& choicesOfForm) {
  auto choices = choicesOf(kVisibilities, "visibility");
  if (event.visibility != Visibility::network && choicesOfForm.groups.empty())
    std::erase_if(choices, [](const Choice& choice) { return choice.value == code(Visibility::network); });
  return choices;
}

std::vector<Choice> groupChoices(const EventChoices& choices, const Words& words) {
  std::vector<Choice> result{{"", "events.details.no_audience"}};
  for (const Group& group : choices.groups)
    result.push_back({group.key, words.pick(group.name) + " (" + words.place(group.region) + ")", true});
  return result;
}

std::string momentText(std::optional<Instant> moment) {
  return moment ? helsinkiText(*moment) : std::string();
}

template <class T>
std::string numberText(const std::optional<T>& number) {
  return number ? std::to_string(*number) : std::string();
}

bool isNamed(const Organisation& organisation, std::string_view typed) {
  if (organisation.businessId && typed.find(organisation.businessId->text()) != typed.npos) return true;
  return std::ranges::any_of(kLocales, [&](Locale locale) {
    return organisation.name.in(locale) == typed || directory::lookupText(organisation, locale) == typed;
  });
}

}  // namespace

std::vector<FieldGroup> eventGroups(const Event& event, const EventChoices& choices, const Words& words) {
  std::vector<FieldGroup> groups;
  groups.push_back(
      {"what", "events.details.what", "",
       {Field::localText("title", "events.details.title").required(),
        Field::localText("summary", "events.details.summary").hint("events.details.summary_hint").longest(300),
        Field::localMultiline("description", "events.details.description")
            .hint("events.details.description_hint")
            .longest(20'000),
        Field::choice("kind", "events.details.kind", choicesOf(kEventKinds, "kind")).required(),
        Field::choice("visibility", "events.details.visibility", visibilityChoices(event, choices))
            .hint("events.details.visibility_hint")
            .required(),
        Field::choice("audience", "events.details.audience", groupChoices(choices, words))
            .hint("events.details.audience_hint")}});
  groups.push_back(
      {"where", "events.details.where", "",
       {Field::moment("starts", "events.details.starts").required(),
        Field::moment("ends", "events.details.ends").required(),
        Field::choice("attendance", "events.details.attendance", choicesOf(kAttendances, "attendance")).required(),
        Field::localText("place", "events.details.place").hint("events.details.place_hint"),
        Field::text("address", "events.details.address").hint("events.details.address_hint"),
        Field::choice("municipality", "events.details.municipality",
                      municipalityChoices(choices, words.locale())),
        Field::localMultiline("accessibility", "events.details.accessibility")
            .hint("events.details.accessibility_hint")
            .longest(2'000),
        Field::text("online_link", "events.details.online_link")
            .hint("events.details.online_link_hint")
            .longest(500)}});
  groups.push_back(
      {"places", "events.details.places", "events.details.places_intro",
       {Field::moment("opens", "events.details.opens").hint("events.details.opens_hint"),
        Field::moment("closes", "events.details.closes").hint("events.details.closes_hint"),
        Field::number("capacity", "events.details.capacity", 1, 100'000).hint("events.details.capacity_hint"),
        Field::number("ceiling", "events.details.ceiling", 1, 10'000).hint("events.details.ceiling_hint"),
        Field::flag("has_waiting_list", "events.details.has_waiting_list")
            .hint("events.details.has_waiting_list_hint"),
        Field::number("offer_hours", "events.details.offer_hours", 1, 336).hint("events.details.offer_hours_hint"),
        Field::flag("approves_first", "events.details.approves_first")
            .hint("events.details.approves_first_hint")}});
  groups.push_back(
      {"who", "events.details.who", "",
       {Field::lookup("organiser", "events.details.organiser", "/organisations/suggest")
            .hint("events.details.organiser_hint"),
        Field::text("contact_name", "events.details.contact_name"),
        Field::email("contact_email", "events.details.contact_email"),
        Field::text("contact_phone", "events.details.contact_phone").longest(40),
        Field::text("project", "events.details.project").hint("events.details.project_hint").longest(60)}});
  FieldGroup data{"data", "events.details.data", "", {}};
  if (event.status == EventStatus::draft)
    data.fields.push_back(Field::number("retention_days", "events.details.retention", 1, 1'825)
                              .hint("events.details.retention_hint")
                              .required());
  data.fields.push_back(Field::hidden("revision"));
  groups.push_back(std::move(data));
  return groups;
}

void fillEvent(Form& form, const Event& event, const std::string& organiser) {
  form.fill("title", event.title)
      .fill("summary", event.summary)
      .fill("description", event.description)
      .fill("kind", std::string(code(event.kind)))
      .fill("visibility", std::string(code(event.visibility)))
      .fill("audience", event.audience)
      .fill("starts", momentText(event.startsAt))
      .fill("ends", momentText(event.endsAt))
      .fill("attendance", std::string(code(event.attendance)))
      .fill("place", event.place)
      .fill("address", event.address)
      .fill("municipality", event.municipality ? event.municipality->text() : std::string())
      .fill("accessibility", event.accessibility)
      .fill("online_link", event.onlineLink)
      .fill("opens", momentText(event.opensAt))
      .fill("closes", momentText(event.closesAt))
      .fill("capacity", numberText(event.places.capacity))
      .fill("ceiling", numberText(event.places.ceiling))
      .fill("has_waiting_list", std::string(event.places.hasWaitingList ? "1" : ""))
      .fill("offer_hours", numberText(event.places.offerHours))
      .fill("approves_first", std::string(event.places.approvesFirst ? "1" : ""))
      .fill("organiser", organiser)
      .fill("contact_name", event.contactName)
      .fill("contact_email", event.contactEmail)
      .fill("contact_phone", event.contactPhone)
      .fill("project", event.project)
      .fill("revision", std::to_string(event.revision));
  if (event.status == EventStatus::draft)
    form.fill("retention_days", std::to_string(event.retentionDays));
}

Event newEvent(std::optional<RegionCode> region, const Person& organiser, Instant now) {
  const std::string day = Date::of(now).plusDays(30).text();
  Event event{.region = region, .status = EventStatus::draft};
  event.startsAt = parseHelsinkiTime(day + "T09:00").value_or(now);
  event.endsAt = parseHelsinkiTime(day + "T15:00").value_or(now);
  event.contactName = organiser.name();
  event.contactEmail = organiser.email.text();
  event.contactPhone = organiser.phone;
  return event;
}

Event readEvent(const Form& form, Event event) {
  event.title = form.localText("title");
  event.summary = form.localText("summary");
  event.description = form.localText("description");
  event.kind = parseEventKind(form.text("kind")).value_or(event.kind);
  event.visibility = parseVisibility(form.text("visibility")).value_or(event.visibility);
  event.audience = event.visibility == Visibility::network ? form.text("audience") : std::string();
  event.startsAt = form.moment("starts").value_or(event.startsAt);
  event.endsAt = form.moment("ends").value_or(event.endsAt);
  event.attendance = parseAttendance(form.text("attendance")).value_or(event.attendance);
  event.place = form.localText("place");
  event.address = form.text("address");
  event.municipality = MunicipalityCode::parse(form.text("municipality"));
  event.accessibility = form.localText("accessibility");
  event.onlineLink = form.text("online_link");
  event.opensAt = form.moment("opens");
  event.closesAt = form.moment("closes");
  event.places.capacity = form.number("capacity");
  event.places.ceiling = form.number("ceiling");
  event.places.hasWaitingList = form.flag("has_waiting_list");
  const auto hours = form.number("offer_hours");
  event.places.offerHours = hours ? std::optional(static_cast<int>(*hours)) : std::nullopt;
  event.places.approvesFirst = form.flag("approves_first");
  event.contactName = form.text("contact_name");
  event.contactEmail = form.text("contact_email");
  event.contactPhone = form.text("contact_phone");
  event.project = form.text("project");
  if (event.status == EventStatus::draft)
    event.retentionDays = static_cast<int>(form.number("retention_days").value_or(event.retentionDays));
  event.revision = parseId(form.text("revision")).value_or(0);
  return event;
}

std::optional<OrganisationId> chooseOrganisation(Form& form, std::string_view field,
                                                 const std::vector<Organisation>& matches, Locale locale) {
  const std::string& typed = form.text(field);
  if (typed.empty()) return std::nullopt;
  if (matches.size() == 1 && isNamed(matches.front(), typed)) return matches.front().id;
  if (matches.empty()) {
    form.error(field, "events.error.organisation_unknown");
    return std::nullopt;
  }
  std::string names;
  for (const Organisation& organisation : matches)
    names.append(names.empty() ? "" : ", ").append(directory::lookupText(organisation, locale));
  form.error(field, "events.error.organisation_which", {{"names", names}});
  return std::nullopt;
}

void explain(Form& form, const std::vector<EventProblem>& problems) {
  for (const EventProblem& problem : problems) form.error(problem.field, std::string(problem.key));
}

void explain(Form& form, const operations::SaveProblem& problem) {
  using Why = operations::SaveProblem::Why;
  const std::string taken = std::to_string(problem.taken);
  switch (problem.why) {
    case Why::stale: return form.error("", "events.error.stale");
    case Why::tooFewPlaces:
      return form.error("capacity", "events.error.too_few_places", {{"taken", taken}});
    case Why::ceilingTooLow:
      return form.error("ceiling", "events.error.ceiling_too_low", {{"taken", taken}});
  }
}

}  // namespace toimela::events::view
