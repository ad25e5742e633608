#include "view/registration_form.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <set>

#include "toimela/secrets.h"
#include "toimela/timespan.h"
#include "toimela/wording.h"
#include "view/questions.h"
#include "view/visiting.h"

namespace toimela::events::view {

namespace {

using Why = operations::Refusal::Why;

constexpr std::string_view kMyself = "myself";

std::vector<Choice> sectorChoices() {
  std::vector<Choice> choices;
  for (const Sector sector : kSectors)
    choices.push_back({std::string(code(sector)), "directory.sector." + std::string(code(sector))});
  return choices;
}

/// "q_diet" of the registration, "p2_q_diet" of a person.
NameOf ofRegistration() {
  return [](const Question& question) { return "q_" + question.key; };
}
NameOf ofPerson(std::size_t number) {
  return [number](const Question& question) { return personField(number, "q_" + question.key); };
}

FormSpec contactFields(const FormShape& shape, const Words& words) {
  FormSpec fields;
  if (!shape.person) {
    fields.push_back(Field::text("name", "events.form.name").autocomplete("name").required());
    fields.push_back(Field::email("email", "events.form.email")
                         .hint("events.form.email_hint").autocomplete("email").required());
  }
  if (!shape.organisations.empty()) {
    std::vector<Choice> choices{{std::string(kMyself), "events.form.as_myself"}};
    for (const Organisation& organisation : shape.organisations)
      choices.push_back({organisation.id.text(), organisation.name.pick(words.locale()).text, true});
    fields.push_back(Field::choice("as", "events.form.as", std::move(choices)).required());
  }
  fields.push_back(Field::text("phone", "events.form.phone")
                       .hint("events.form.phone_hint").longest(40).autocomplete("tel"));
  if (shape.organisations.empty()) {
    fields.push_back(Field::text("organisation", "events.form.organisation")
                         .hint("events.form.organisation_hint").autocomplete("organization"));
    auto sector = Field::choice("sector", "events.form.sector", sectorChoices())
                      .hint(shape.hasQuotas ? "events.form.sector_quota_hint" : "");
    fields.push_back(shape.hasQuotas ? std::move(sector).required() : std::move(sector));
  }
  addFields(fields, askedOf(shape.questions, AskedOf::registration), ofRegistration(), words);
  return fields;
}

FormSpec ownFields(const FormShape& shape, const Words& words) {
  FormSpec fields{Field::flag("attends", "events.form.attends").hint("events.form.attends_hint")};
  if (!shape.workshops.empty())
    fields.push_back(workshopField(personField(0, "sessions"), shape.workshops, shape.places, words));
  addFields(fields, askedOf(shape.questions, AskedOf::participant), ofPerson(0), words);
  return fields;
}

FormSpec personFields(std::size_t number, const FormShape& shape, const Words& words) {
  FormSpec fields{Field::text(personField(number, "name"), "events.form.name").required(),
                  Field::email(personField(number, "email"), "events.form.email")
                      .hint("events.form.other_email_hint")};
  if (!shape.workshops.empty())
    fields.push_back(
        workshopField(personField(number, "sessions"), shape.workshops, shape.places, words));
  addFields(fields, askedOf(shape.questions, AskedOf::participant), ofPerson(number), words);
  return fields;
}

FormSpec groupFields() {
  std::vector<Choice> modes;
  for (const GroupMode mode : {GroupMode::each, GroupMode::together})
    modes.push_back({std::string(code(mode)), "events.mode." + std::string(code(mode))});
  return {Field::number("held", "events.form.held", 0, kMostPeople).hint("events.form.held_hint"),
          Field::choice("mode", "events.form.mode", std::move(modes))
              .hint("events.form.mode_hint").required()};
}

/// What was sent, tidied, without a word about what is wrong with it.
void copy(Form& to, const FormSpec& fields, const Form& from,
          const std::function<std::string(const std::string&)>& renamed = {}) {
  for (const Field& field : fields) {
    const std::string name = renamed ? renamed(field.name) : field.name;
    if (field.kind == Field::Kind::choices) {
      to.fill(name, from.texts(field.name));
    } else {
      to.fill(name, from.text(field.name));
    }
  }
}

int peopleIn(const Fields& sent) {
  const auto count = parseId(sent.text("count")).value_or(0);
  return static_cast<int>(std::min<std::int64_t>(count, kMostPeople));
}

std::string keyIn(const Fields& sent) {
  std::string key(sent.text("key"));
  const bool isOurs = key.size() >= 16 && key.size() <= 64 &&
                      std::ranges::all_of(key, [](unsigned char c) {
                        return c < 128 && (std::isalnum(c) || c == '-' || c == '_');
                      });
  return isOurs ? key : secrets::random(16);
}

View part(const Form& form, const Words& words) {
  View view = form.view(words.texts(), words.locale());
  // All parts have one list of what is wrong, above them.
  view.flag("has_errors", false);
  return view;
}

View summaryRow(const std::string& href, std::string text) {
  View view;
  view.set("href", href).set("text", std::move(text));
  return view;
}

void addMessages(std::vector<View>& summary, const Form& form, const std::string& who,
                 const Words& words) {
  for (const auto& message : form.messages(words.texts(), words.locale())) {
    std::string href = message.field.empty() ? std::string() : "#f-" + message.field;
    if (message.field.ends_with("_sessions")) href += "-1";
    summary.push_back(summaryRow(href, who.empty() ? message.text : who + ": " + message.text));
  }
}

}  // namespace

std::string personField(std::size_t number, std::string_view name) {
  return "p" + std::to_string(number) + "_" + std::string(name);
}

Field workshopField(std::string name, const std::vector<Session>& workshops, const Places& places,
                    const Words& words) {
  std::vector<Choice> choices;
  for (const Session& workshop : workshops) {
    std::string label = workshop.title.pick(words.locale()).text;
    label.append(" (").append(showTimeOfDay(workshop.startsAt, words.locale()));
    label.append("–").append(showTimeOfDay(workshop.endsAt, words.locale())).append(")");
    if (const auto left =
            leftText(places.find({PoolKey::Kind::session, workshop.id.value}), words);
        !left.empty())
      label.append(", ").append(left);
    choices.push_back({workshop.id.text(), std::move(label), true});
  }
  return Field::several(std::move(name), "events.form.workshops", std::move(choices))
      .hint("events.form.workshops_hint");
}

std::vector<SessionId> readWorkshops(const Form& form, std::string_view field) {
  std::vector<SessionId> chosen;
  for (const std::string& value : form.texts(field))
    if (const auto id = parseId(value)) chosen.push_back({*id});
  return chosen;
}

std::string_view problemKey(ChoiceProblem problem) {
  return problem == ChoiceProblem::overlapping ? "events.visit.overlapping"
                                               : "events.visit.unknown_workshop";
}

RegistrationForm::RegistrationForm(const FormShape& shape, const Words& words, int others)
    : contact_(contactFields(shape, words)), own_(ownFields(shape, words)), group_(groupFields()) {
  for (int i = 1; i <= others; ++i)
    others_.emplace_back(personFields(static_cast<std::size_t>(i), shape, words));
}

RegistrationForm RegistrationForm::blank(const FormShape& shape, const Words& words) {
  RegistrationForm form(shape, words, 0);
  form.key_ = secrets::random(16);
  form.own_.fill("attends", "1");
  form.group_.fill("mode", std::string(code(GroupMode::each)));
  form.group_.fill("held", "0");
  if (shape.person) form.contact_.fill("phone", shape.person->phone);
  if (!shape.organisations.empty())
    form.contact_.fill("as", shape.organisations.front().id.text());
  return form;
}

RegistrationForm RegistrationForm::read(const FormShape& shape, const Words& words, const Fields& sent,
                                        const std::vector<FileProblem>& problems) {
  RegistrationForm form(shape, words, 0);
  form.key_ = keyIn(sent);
  form.contact_ = Form::read(contactFields(shape, words), sent);
  form.own_ = Form::read(ownFields(shape, words), sent);
  form.group_ = Form::read(groupFields(), sent);
  for (int i = 1; i <= peopleIn(sent); ++i)
    form.others_.push_back(
        Form::read(personFields(static_cast<std::size_t>(i), shape, words), sent));
  form.showFiles(shape);
  form.explain(problems);
  form.check(shape);
  return form;
}

RegistrationForm RegistrationForm::reshaped(const FormShape& shape, const Words& words,
                                            const Fields& sent) {
  const int before = peopleIn(sent);
  const auto removed = parseId(sent.text("remove")).value_or(0);
  const bool adds = sent.has("add") && before < kMostPeople - 1;
  const int stay = before - (removed >= 1 && removed <= before ? 1 : 0);
  RegistrationForm form(shape, words, stay + (adds ? 1 : 0));
  form.key_ = keyIn(sent);
  const auto contact = contactFields(shape, words), own = ownFields(shape, words);
  copy(form.contact_, contact, Form::read(contact, sent));
  copy(form.own_, own, Form::read(own, sent));
  copy(form.group_, groupFields(), Form::read(groupFields(), sent));
  for (int from = 1, to = 1; from <= before; ++from) {
    if (from == removed) continue;
    const auto number = static_cast<std::size_t>(from);
    const auto fields = personFields(number, shape, words);
    const std::string prefix = personField(number, "");
    const auto next = static_cast<std::size_t>(to++);
    copy(form.others_[next - 1], fields, Form::read(fields, sent), [&](const std::string& name) {
      return personField(next, name.substr(prefix.size()));
    });
  }
  form.showFiles(shape);
  return form;
}

void RegistrationForm::showFiles(const FormShape& shape) {
  view::showFiles(contact_, askedOf(shape.questions, AskedOf::registration), ofRegistration());
  const auto ofEach = askedOf(shape.questions, AskedOf::participant);
  view::showFiles(own_, ofEach, ofPerson(0));
  for (std::size_t i = 0; i < others_.size(); ++i) view::showFiles(others_[i], ofEach, ofPerson(i + 1));
}

void RegistrationForm::explain(const std::vector<FileProblem>& problems) {
  // The form may have no part of what was sent: a question was removed meanwhile.
  const auto tell = [&](Form& form, const NameOf& nameOf, const FileProblem& problem, const std::string& key) {
    if (nameOf({.key = key}) == problem.field)
      form.error(problem.field, problem.key, {{"most", std::to_string(problem.mostMegabytes)}});
  };
  for (const FileProblem& problem : problems) {
    const std::string key = problem.field.substr(problem.field.find("q_") + 2);
    tell(contact_, ofRegistration(), problem, key);
    tell(own_, ofPerson(0), problem, key);
    for (std::size_t i = 0; i < others_.size(); ++i) tell(others_[i], ofPerson(i + 1), problem, key);
  }
}

std::vector<operations::Wish::File> RegistrationForm::files(const FormShape& shape) const {
  std::vector<operations::Wish::File> files;
  const auto add = [&](const Form& form, std::optional<std::size_t> index, AskedOf who, const NameOf& nameOf) {
    for (auto& sent : filesIn(form, askedOf(shape.questions, who), nameOf)) files.push_back({index, std::move(sent)});
  };
  add(contact_, std::nullopt, AskedOf::registration, ofRegistration());
  std::size_t index = 0;
  if (comesThemselves()) add(own_, index++, AskedOf::participant, ofPerson(0));
  for (std::size_t i = 0; i < others_.size(); ++i) add(others_[i], index++, AskedOf::participant, ofPerson(i + 1));
  return files;
}

bool RegistrationForm::ok() const {
  return contact_.ok() && own_.ok() && group_.ok() &&
         std::ranges::all_of(others_, [](const Form& form) { return form.ok(); });
}

void RegistrationForm::check(const FormShape& shape) {
  const auto total = static_cast<std::int64_t>(named()) + held();
  if (total == 0) own_.error("attends", "events.visit.nobody");
  if (total > kMostPeople)
    group_.error("held", "events.visit.too_many", {{"most", std::to_string(kMostPeople)}});
  if (held() > 0) {
    const bool isNamed = shape.organisations.empty() ? !contact_.text("organisation").empty()
                                                     : contact_.text("as") != kMyself;
    if (!isNamed) group_.error("held", "events.visit.held_without_organisation");
  }
  checkWorkshops(shape);
  checkAddresses(shape);
  checkQuestions(shape);
}

void RegistrationForm::checkQuestions(const FormShape& shape) {
  checkAnswers(contact_, askedOf(shape.questions, AskedOf::registration), ofRegistration());
  const auto ofEach = askedOf(shape.questions, AskedOf::participant);
  if (comesThemselves()) checkAnswers(own_, ofEach, ofPerson(0));
  for (std::size_t i = 0; i < others_.size(); ++i) checkAnswers(others_[i], ofEach, ofPerson(i + 1));
}

void RegistrationForm::checkWorkshops(const FormShape& shape) {
  if (shape.workshops.empty()) return;
  const auto look = [&](Form& form, std::size_t number) {
    const std::string field = personField(number, "sessions");
    if (const auto problem = problemWithChoice(shape.workshops, readWorkshops(form, field)))
      form.error(field, std::string(problemKey(*problem)));
  };
  if (comesThemselves()) look(own_, 0);
  for (std::size_t i = 0; i < others_.size(); ++i) look(others_[i], i + 1);
}

void RegistrationForm::checkAddresses(const FormShape& shape) {
  std::set<std::string> seen;
  if (comesThemselves()) {
    const auto own = shape.person ? std::optional(shape.person->email) : contact_.email("email");
    if (own) seen.insert(own->key());
  }
  for (std::size_t i = 0; i < others_.size(); ++i) {
    const std::string field = personField(i + 1, "email");
    const auto email = others_[i].email(field);
    if (email && !seen.insert(email->key()).second)
      others_[i].error(field, "events.visit.twice_in_form");
  }
}

std::optional<Organisation> RegistrationForm::organisation(const FormShape& shape) const {
  const auto found =
      std::ranges::find_if(shape.organisations, [&](const Organisation& organisation) {
        return organisation.id.text() == contact_.text("as");
      });
  return found == shape.organisations.end() ? std::nullopt : std::optional(*found);
}

Registration RegistrationForm::registration(const FormShape& shape, Locale locale) const {
  Registration registration{
      .event = shape.event.id,
      .formKey = key_,
      .person = shape.person ? std::optional(shape.person->id) : std::nullopt,
      .name = shape.person ? shape.person->name() : contact_.text("name"),
      .email = shape.person ? shape.person->email : contact_.email("email").value(),
      .phone = contact_.text("phone"),
      .locale = locale,
      .mode = parseGroupMode(group_.text("mode")).value_or(GroupMode::each),
      .accessNonce = secrets::random(12)};
  if (const auto named = organisation(shape)) {
    registration.organisation = named->id;
    registration.organisationName = named->name.pick(locale).text;
    registration.sector = named->sector;
  } else if (shape.organisations.empty()) {
    registration.organisationName = contact_.text("organisation");
    registration.sector = parseSector(contact_.text("sector"));
  }
  const auto workshopsIn = [&](const Form& form, std::size_t number) {
    return shape.workshops.empty() ? std::vector<SessionId>()
                                   : readWorkshops(form, personField(number, "sessions"));
  };
  registration.answers = jsonOf(
      readAnswers(contact_, askedOf(shape.questions, AskedOf::registration), ofRegistration()));
  const auto ofEach = askedOf(shape.questions, AskedOf::participant);
  if (comesThemselves()) {
    Participant own;
    own.answers = jsonOf(readAnswers(own_, ofEach, ofPerson(0)));
    own.name = registration.name;
    own.email = registration.email;
    own.sessions = workshopsIn(own_, 0);
    registration.participants.push_back(std::move(own));
  }
  for (std::size_t i = 0; i < others_.size(); ++i) {
    Participant other;
    other.answers = jsonOf(readAnswers(others_[i], ofEach, ofPerson(i + 1)));
    other.name = others_[i].text(personField(i + 1, "name"));
    other.email = others_[i].email(personField(i + 1, "email"));
    other.sessions = workshopsIn(others_[i], i + 1);
    registration.participants.push_back(std::move(other));
  }
  for (std::int64_t i = 0; i < held(); ++i) registration.participants.emplace_back();
  return registration;
}

std::pair<Form*, std::size_t> RegistrationForm::partOf(std::size_t index) {
  const std::size_t firstOther = comesThemselves() ? 1 : 0;
  if (index < firstOther) return {&own_, 0};
  const std::size_t other = index - firstOther;
  if (other < others_.size()) return {&others_[other], other + 1};
  return {nullptr, 0};
}

void RegistrationForm::explain(const operations::Refusal& refusal, const FormShape& shape,
                               const Words& words) {
  const auto [form, number] = partOf(refusal.index);
  const std::string left = std::to_string(refusal.left);
  switch (refusal.why) {
    case Why::notOpen:
      contact_.error("", "events.visit.not_open",
                     {{"reason", closedText(shape.event, refusal.registering, words)}});
      return;
    case Why::full:
      contact_.error("", refusal.left > 0 ? "events.visit.full_partly" : "events.visit.full",
                     {{"left", left}});
      return;
    case Why::overCeiling:
      if (!organisation(shape)) {
        contact_.error("", "events.visit.ceiling_alone", {{"left", left}});
        return;
      }
      contact_.error("as", refusal.left > 0 ? "events.visit.ceiling" : "events.visit.ceiling_reached",
                     {{"left", left}});
      return;
    case Why::duplicate:
      if (number > 0) {
        form->error(personField(number, "email"), "events.visit.duplicate");
      } else {
        own_.error("attends", "events.visit.own_duplicate");
      }
      return;
    case Why::unknownWorkshop:
    case Why::overlapping:
      // Without a field for workshops, those that were there have been removed meanwhile.
      if (!form || shape.workshops.empty()) {
        contact_.error("", "events.visit.unknown_workshop");
      } else {
        form->error(personField(number, "sessions"),
                    std::string(problemKey(refusal.why == Why::overlapping
                                               ? ChoiceProblem::overlapping
                                               : ChoiceProblem::unknown)));
      }
      return;
  }
}

View RegistrationForm::view(const FormShape& shape, const Words& words) const {
  View view;
  std::vector<View> summary;
  addMessages(summary, contact_, "", words);
  addMessages(summary, own_, "", words);
  std::vector<View> people;
  for (std::size_t i = 0; i < others_.size(); ++i) {
    const std::string label =
        words.format("events.form.person", {{"number", static_cast<std::int64_t>(i + 1)}});
    addMessages(summary, others_[i], label, words);
    View person;
    person.set("label", label).set("number", i + 1);
    person.group("form", part(others_[i], words));
    people.push_back(std::move(person));
  }
  addMessages(summary, group_, "", words);
  auto shown = conditions(askedOf(shape.questions, AskedOf::registration), ofRegistration());
  for (std::size_t number = 0; number <= others_.size(); ++number)
    std::ranges::move(conditions(askedOf(shape.questions, AskedOf::participant), ofPerson(number)),
                      std::back_inserter(shown));
  setList(view, "conditions", std::move(shown));
  setList(view, "problems", std::move(summary));
  setList(view, "people", std::move(people));
  view.set("key", key_)
      .flag("has_files", asksFiles(shape.questions))
      .set("count", others_.size())
      .set("next", others_.size() + 1)
      .flag("may_add", others_.size() + 1 < kMostPeople)
      .flag("is_group", !others_.empty() || held() > 0 || !group_.ok() ||
                            !shape.organisations.empty())
      .group("contact", part(contact_, words));
  view.group("own", part(own_, words));
  view.group("group", part(group_, words));
  if (shape.person) {
    View who;
    who.set("name", shape.person->name()).set("email", shape.person->email.text());
    view.group("who", std::move(who));
  }
  return view;
}

}  // namespace toimela::events::view
