#include "view/own_answers.h"

#include <algorithm>

#include "view/form_groups.h"
#include "view/visiting.h"

namespace toimela::events::view {

namespace {

NameOf nameOf(const AnswersForm::Group& group) {
  const std::string prefix = group.participant ? "p" + group.participant->text() + "_q_" : "q_";
  return [prefix](const Question& question) { return prefix + question.key; };
}

FormSpec fieldsOf(const AnswersForm::Group& group, const Words& words) {
  FormSpec fields;
  addFields(fields, group.questions, nameOf(group), words);
  return fields;
}

FormSpec fieldsOf(const std::vector<AnswersForm::Group>& groups, const Words& words) {
  FormSpec fields;
  for (const auto& group : groups) std::ranges::move(fieldsOf(group, words), std::back_inserter(fields));
  return fields;
}

std::vector<store::AnswerFile> filesOf(const OwnPage& page, std::optional<ParticipantId> participant) {
  std::vector<store::AnswerFile> files;
  std::ranges::copy_if(page.files, std::back_inserter(files),
                       [&](const store::AnswerFile& file) { return file.participant == participant; });
  return files;
}

}  // namespace

AnswersForm::AnswersForm(std::string_view titleKey, std::string_view path, std::vector<Group> groups,
                         const Words& words)
    : titleKey_(titleKey), path_(path), groups_(std::move(groups)), fields_(fieldsOf(groups_, words)), form_(fields_) {
  for (const Group& group : groups_)
    fillAnswers(form_, group.questions, nameOf(group), group.answers, group.files);
}

void AnswersForm::read(const Fields& sent, const std::vector<FileProblem>& problems) {
  form_ = Form::read(fields_, sent);
  for (const Group& group : groups_) {
    showFiles(form_, group.questions, nameOf(group));
    explain(form_, group.questions, nameOf(group), problems);
    checkAnswers(form_, group.questions, nameOf(group));
  }
}

std::vector<operations::FollowUpAnswers> AnswersForm::answers() const {
  std::vector<operations::FollowUpAnswers> all;
  for (const Group& group : groups_)
    all.push_back({group.participant, group.questions, readAnswers(form_, group.questions, nameOf(group)),
                   filesIn(form_, group.questions, nameOf(group))});
  return all;
}

std::vector<Question> AnswersForm::questions() const {
  std::vector<Question> all;
  for (const Group& group : groups_) std::ranges::copy(group.questions, std::back_inserter(all));
  return all;
}

View AnswersForm::view(const Words& words) const {
  std::vector<FieldGroup> shown;
  std::vector<View> conditions;
  for (const Group& group : groups_) {
    shown.push_back({.name = group.participant ? group.participant->text() : std::string("all"),
                     .titleKey = {},
                     .introKey = {},
                     .fields = fieldsOf(group, words),
                     .title = group.title});
    std::ranges::move(view::conditions(group.questions, nameOf(group)), std::back_inserter(conditions));
  }
  View view;
  view.group("form", groupedForm(shown, form_, words.texts(), words.locale())).flag("has_files", asksFiles(questions()));
  setList(view, "conditions", std::move(conditions));
  return view;
}

std::optional<AnswersForm> registrationAnswers(const OwnPage& page, const Words& words) {
  auto asked = askedOf(askedFirst(page.questions), AskedOf::registration);
  if (asked.empty() || !mayAnswer(page)) return std::nullopt;
  return AnswersForm("events.answers.title", "/answers",
                     {{std::nullopt, words.text("events.answers.of_registration"), std::move(asked),
                       page.registration.answers, filesOf(page, std::nullopt)}},
                     words);
}

std::optional<AnswersForm> followUpAnswers(const OwnPage& page, const Words& words) {
  if (!page.takesFollowUp) return std::nullopt;
  std::vector<AnswersForm::Group> groups;
  const auto add = [&](std::optional<ParticipantId> participant, std::string title, AskedOf who,
                       const std::string& answers) {
    auto asked = askedLater(askedOf(page.questions, who), answersIn(answers));
    if (participant || !asked.empty())
      groups.push_back({participant, std::move(title), std::move(asked), answers, filesOf(page, participant)});
  };
  const Registration& registration = page.registration;
  add(std::nullopt, words.text("events.answers.of_registration"), AskedOf::registration, registration.answers);
  bool isAnyone = false;
  for (const Participant& each : registration.participants) {
    if (each.state != PlaceState::confirmed) continue;
    isAnyone = true;
    add(each.id, each.name.empty() ? words.text("events.own.unnamed") : each.name, AskedOf::participant,
        each.answers);
  }
  const bool asks = std::ranges::any_of(groups, [](const auto& group) { return !group.questions.empty(); });
  if (!isAnyone || !asks) return std::nullopt;
  return AnswersForm("events.followup.title", "/followup", std::move(groups), words);
}

View answersPage(const OwnPage& page, const AnswersForm& form, const Words& words) {
  View view = form.view(words);
  setEventFacts(view, page.event, words);
  const std::string title = words.text(form.titleKey());
  view.list("breadcrumbs", trail(page, title, words))
      .set("title", title)
      .set("path", page.path)
      .set("here", std::string(form.path()));
  return view;
}

}  // namespace toimela::events::view
