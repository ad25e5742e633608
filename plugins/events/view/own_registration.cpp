#include "view/own_registration.h"

#include <algorithm>

#include "view/checkin.h"
#include "toimela/wording.h"
#include "view/own_answers.h"
#include "view/questions.h"
#include "view/registration_form.h"
#include "view/visiting.h"

namespace toimela::events::view {

namespace {

using operations::ChangeProblem;

std::string nameOf(const Participant& participant, const Words& words) {
  return participant.name.empty() ? words.text("events.own.unnamed") : participant.name;
}

std::string stateText(const OwnPage& page, const Participant& each, const Words& words) {
  switch (each.state) {
    case PlaceState::pending: return words.text("events.own.pending");
    case PlaceState::waiting: {
      const auto position = page.positions.find(each.id);
      return position == page.positions.end()
                 ? std::string()
                 : words.format("events.own.position", {{"position", position->second}});
    }
    case PlaceState::offered:
      return each.offerUntil ? words.format("events.own.offered",
                                            {{"at", showInstant(*each.offerUntil, words.locale())}})
                             : words.text("events.own.offered_open");
    case PlaceState::lapsed: return words.text("events.own.lapsed");
    default: return {};
  }
}

void setState(View& view, PlaceState state, const Words& words) {
  view.set("state", words.word("state", state))
      .flag("is_ok", state == PlaceState::confirmed)
      .flag("is_waiting", state == PlaceState::waiting || state == PlaceState::pending ||
                              state == PlaceState::offered)
      .flag("is_off", !isLive(state));
}

std::string workshopsOf(const OwnPage& page, const Participant& each, const Words& words) {
  std::string titles;
  for (const Session& session : page.sessions)
    if (std::ranges::find(each.sessions, session.id) != each.sessions.end())
      titles.append(titles.empty() ? "" : ", ").append(session.title.pick(words.locale()).text);
  return titles;
}

std::string fieldOf(const Question& question) { return "q_" + question.key; }

/// What was answered; a file can be had back.
std::vector<View> answerRows(const OwnPage& page, std::optional<ParticipantId> participant, AskedOf who,
                             const std::string& answers, const Words& words) {
  return toimela::each(inWords(askedOf(page.questions, who), answers, words), [&](const AnswerInWords& answer) {
    View view;
    view.set("question", answer.question).set("answer", answer.answer).set("file", std::string());
    for (const store::AnswerFile& file : page.files)
      if (answer.isFile && file.participant == participant && file.key == answer.key)
        view.set("file", words.link(page.path + "/files/" + file.file.text()));
    return view;
  });
}

View participantRow(const OwnPage& page, const Participant& each, const Words& words) {
  View view;
  view.set("participant_id", each.id.value)
      .set("name", nameOf(each, words))
      .flag("is_unnamed", each.name.empty())
      .set("email", each.email ? each.email->text() : std::string())
      .set("state_text", stateText(page, each, words))
      .set("workshops", workshopsOf(page, each, words))
      .flag("is_offered", each.state == PlaceState::offered && mayCancel(page))
      .flag("may_cancel", isLive(each.state) && mayCancel(page))
      .flag("may_change", isLive(each.state) && page.takesChanges);
  setState(view, each.state, words);
  const auto code = page.codes.find(each.id);
  view.flag("has_code", code != page.codes.end()).set("code", each.code);
  if (code != page.codes.end()) showQr(view, code->second);
  setList(view, "answers", answerRows(page, each.id, AskedOf::participant, each.answers, words));
  return view;
}

bool has(const Registration& registration, PlaceState state) {
  return std::ranges::any_of(registration.participants,
                             [&](const Participant& each) { return each.state == state; });
}

std::string statesText(const Registration& registration, const Words& words) {
  std::string text;
  for (const PlaceState state : kPlaceStates) {
    const auto count = std::ranges::count(registration.participants, state, &Participant::state);
    if (count == 0) continue;
    text.append(text.empty() ? "" : ", ").append(words.word("state", state));
    if (registration.participants.size() > 1) text.append(" ").append(std::to_string(count));
  }
  return text;
}

View ownRow(const OwnRow& row, const Words& words) {
  View view;
  setEventFacts(view, row.event, words);
  std::string names;
  for (const Participant& each : row.registration.participants)
    if (isLive(each.state))
      names.append(names.empty() ? "" : ", ").append(nameOf(each, words));
  view.set("path", row.path)
      .set("states", statesText(row.registration, words))
      .set("names", std::move(names))
      .set("registrant", row.registration.name)
      .flag("has_offer", has(row.registration, PlaceState::offered));
  return view;
}

std::vector<View> ownRows(const std::vector<OwnRow>& rows, Instant now, bool past, const Words& words) {
  std::vector<View> views;
  for (const OwnRow& row : rows)
    if ((row.event.endsAt <= now) == past) views.push_back(ownRow(row, words));
  // The next one first; what is over comes with the latest first, as it was read.
  if (!past) std::ranges::reverse(views);
  return views;
}

}  // namespace

std::vector<View> trail(const OwnPage& page, const std::string& here, const Words& words) {
  std::vector<Step> steps{{pathOf(page.event.id), page.event.title.pick(words.locale()).text}};
  if (here.empty()) {
    steps.push_back({"", words.text("events.own.title")});
  } else {
    steps.push_back({page.path, words.text("events.own.title")});
    steps.push_back({"", here});
  }
  return breadcrumbs(steps, words);
}

bool mayCancel(const OwnPage& page) {
  return page.event.status != EventStatus::cancelled && page.now < page.event.startsAt;
}

bool mayAnswer(const OwnPage& page) {
  return page.takesChanges && std::ranges::any_of(page.registration.participants,
                                                  [](const Participant& each) { return isLive(each.state); });
}

View ownPage(const OwnPage& page, const Words& words) {
  const Registration& registration = page.registration;
  View view;
  setEventFacts(view, page.event, words);
  const auto live = std::ranges::count_if(registration.participants,
                                          [](const Participant& each) { return isLive(each.state); });
  view.list("breadcrumbs", trail(page, "", words))
      .set("path", page.path)
      .set("registrant", registration.name)
      .set("registrant_email", registration.email.text())
      .set("organisation", registration.organisationName)
      .set("online_link", has(registration, PlaceState::confirmed) && page.now < page.event.endsAt
                              ? page.event.onlineLink
                              : std::string())
      .set("confirm_by", registration.confirmBy && live > 0
                             ? words.format("events.own.confirm_by",
                                            {{"at", showInstant(*registration.confirmBy, words.locale())}})
                             : std::string())
      .flag("is_over", page.now >= page.event.endsAt)
      .flag("is_closed", !page.takesChanges && mayCancel(page) && live > 0)
      .flag("may_cancel_all", live > 1 && mayCancel(page))
      .flag("comes_together", registration.mode == GroupMode::together &&
                                  registration.participants.size() > 1 &&
                                  has(registration, PlaceState::waiting))
      .set("materials_path", page.materialsPath)
      .set("contact_email", page.event.contactEmail);
  setList(view, "answers", answerRows(page, std::nullopt, AskedOf::registration, registration.answers, words));
  const auto followUp = followUpAnswers(page, words);
  const bool owes = std::ranges::any_of(registration.participants, operations::owesFollowUp);
  view.flag("owes_answers", followUp && owes)
      .flag("may_answer_more", followUp && !owes)
      .flag("may_answer", registrationAnswers(page, words).has_value());
  setList(view, "linkable", each(page.linkable, [&](const Organisation& organisation) {
            View choice;
            choice.set("id", organisation.id.value).text("name", organisation.name, words.locale());
            return choice;
          }));
  setList(view, "participants", each(registration.participants, [&](const Participant& participant) {
            return participantRow(page, participant, words);
          }));
  return view;
}

View cancelPage(const OwnPage& page, const std::vector<ParticipantId>& participants,
                const Words& words) {
  View view;
  setEventFacts(view, page.event, words);
  std::vector<View> names;
  for (const Participant& each : page.registration.participants)
    if (std::ranges::find(participants, each.id) != participants.end()) {
      View name;
      name.set("name", nameOf(each, words));
      names.push_back(std::move(name));
    }
  const bool isAll = participants.size() > 1;
  view.list("breadcrumbs", trail(page, words.text("events.cancel.title"), words))
      .set("path", page.path)
      .set("participant", isAll ? std::string() : participants.front().text());
  setList(view, "participants", std::move(names));
  return view;
}

FormSpec participantFields(const ParticipantShape& shape, const Words& words) {
  FormSpec fields{Field::text("name", "events.form.name").required(),
                  Field::email("email", "events.form.email").hint("events.form.other_email_hint")};
  if (!shape.workshops.empty())
    fields.push_back(workshopField("sessions", shape.workshops, shape.places, words));
  addFields(fields, shape.questions, fieldOf, words);
  return fields;
}

void fillParticipant(Form& form, const Participant& participant, const ParticipantShape& shape) {
  form.fill("name", participant.name);
  form.fill("email", participant.email ? participant.email->text() : std::string());
  if (!shape.workshops.empty()) {
    std::vector<std::string> chosen;
    for (const SessionId session : participant.sessions) chosen.push_back(session.text());
    form.fill("sessions", chosen);
  }
  fillAnswers(form, shape.questions, fieldOf, participant.answers, shape.files);
}

void checkParticipant(Form& form, const ParticipantShape& shape, const std::vector<FileProblem>& problems) {
  showFiles(form, shape.questions, fieldOf);
  explain(form, shape.questions, fieldOf, problems);
  checkAnswers(form, shape.questions, fieldOf);
}

operations::Change readChange(const Form& form, const ParticipantShape& shape) {
  return {.name = form.text("name"),
          .email = form.email("email"),
          .sessions = shape.workshops.empty() ? std::vector<SessionId>()
                                              : readWorkshops(form, "sessions"),
          .questions = shape.questions,
          .answers = readAnswers(form, shape.questions, fieldOf),
          .files = filesIn(form, shape.questions, fieldOf)};
}

void explain(Form& form, ChangeProblem problem) {
  switch (problem) {
    case ChangeProblem::notThere: form.error("", "events.change.not_there"); return;
    case ChangeProblem::closed: form.error("", "events.change.closed"); return;
    case ChangeProblem::duplicate: form.error("email", "events.visit.duplicate"); return;
    case ChangeProblem::unknownWorkshop:
      form.error("", "events.visit.unknown_workshop");
      return;
    case ChangeProblem::overlapping: form.error("sessions", "events.visit.overlapping"); return;
    case ChangeProblem::full: form.error("sessions", "events.change.full"); return;
  }
}

View participantPage(const OwnPage& page, const Participant& participant,
                     const ParticipantShape& shape, const Form& form, const Words& words) {
  View view;
  setList(view, "conditions", conditions(shape.questions, fieldOf));
  view.flag("has_files", asksFiles(shape.questions));
  setEventFacts(view, page.event, words);
  view.list("breadcrumbs", trail(page, words.text("events.participant.title"), words))
      .set("path", page.path)
      .set("participant_id", participant.id.value)
      .set("name", nameOf(participant, words))
      .group("form", form.view(words.texts(), words.locale()));
  return view;
}

View ownEvents(const OwnEvents& events, const Words& words) {
  View view;
  setList(view, "coming", ownRows(events.own, events.now, false, words));
  setList(view, "past", ownRows(events.own, events.now, true, words));
  setList(view, "by_others", ownRows(events.byOthers, events.now, false, words));
  setList(view, "organisations", each(events.organisations, [&](const OrganisationRows& organisation) {
            View group;
            group.text("name", organisation.name, words.locale());
            setList(group, "coming", ownRows(organisation.rows, events.now, false, words));
            setList(group, "past", ownRows(organisation.rows, events.now, true, words));
            return group;
          }));
  return view;
}

bool fillOwnTile(View& view, const OwnEvents& events, const Words& words) {
  constexpr std::size_t kMost = 5;
  auto rows = ownRows(events.own, events.now, false, words);
  for (View& row : ownRows(events.byOthers, events.now, false, words)) rows.push_back(std::move(row));
  if (rows.size() > kMost) rows.erase(rows.begin() + kMost, rows.end());
  const bool isAny = !rows.empty();
  view.list("events", std::move(rows));
  return isAny;
}

}  // namespace toimela::events::view
