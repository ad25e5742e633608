#include "view/session_forms.h"

#include <algorithm>
#include <charconv>

#include "toimela/secrets.h"

namespace toimela::trendcards::view {

namespace {

std::string numbered(const Card& card) { return std::to_string(card.number) + ". " + card.title; }

std::vector<Choice> cardChoices(const SessionPlan& plan, const Edition& edition) {
  std::vector<Choice> choices;
  for (const int number : plan.cards)
    if (const Card* card = edition.numbered(number)) choices.push_back({std::to_string(number), numbered(*card), true});
  return choices;
}

std::optional<int> cardIn(const Form& form, std::string_view field) {
  const auto id = parseId(form.text(field));
  return id ? std::optional(static_cast<int>(*id)) : std::nullopt;
}

template <const auto& table>
std::vector<Choice> choicesOf(std::string_view group) {
  std::vector<Choice> choices;
  for (const auto value : table)
    choices.push_back({std::string(table.code(value)),
                       std::string("trendcards.session.").append(group).append(".").append(table.code(value))});
  return choices;
}

}  // namespace

FormSpec newSessionFields(const Edition& edition, const std::vector<RegionCode>& regions,
                          const std::vector<EventSummary>& events, const Words& words) {
  std::vector<Choice> places, cards, held;
  for (const RegionCode region : regions) places.push_back({region.text(), words.place(region), true});
  for (const Card& card : edition.cards) cards.push_back({std::to_string(card.number), numbered(card), true});
  for (const EventSummary& event : events)
    held.push_back({std::to_string(event.key), datedTitle(event, words), true});
  return {
      Field::hidden("form_key"),
      Field::hidden("edition"),
      Field::text("title", "trendcards.session.field.title").longest(120).hint("trendcards.session.field.title.hint").required(),
      Field::choice("region", "trendcards.session.field.region", std::move(places)).required(),
      Field::choice("exercise", "trendcards.session.field.exercise", choicesOf<kExercises>("exercise")).required(),
      Field::choice("event", "trendcards.session.field.event", std::move(held)).hint("trendcards.session.field.event.hint"),
      Field::multiline("question", "trendcards.session.field.question").longest(300).hint("trendcards.session.field.question.hint"),
      Field::number("drawn", "trendcards.session.field.drawn", kFewestDrawn, kMostDrawn).hint("trendcards.session.field.drawn.hint").required(),
      Field::number("dots", "trendcards.session.field.dots", 1, kMostDots).hint("trendcards.session.field.dots.hint").required(),
      Field::number("minutes", "trendcards.session.field.minutes", 1, kMostMinutes).required(),
      Field::number("groups", "trendcards.session.field.groups", 0, kMostGroups).hint("trendcards.session.field.groups.hint").required(),
      Field::number("ceiling", "trendcards.session.field.ceiling", 1, kMostParticipants).required(),
      Field::moment("closes", "trendcards.session.field.closes").hint("trendcards.session.field.closes.hint").required(),
      Field::choice("naming", "trendcards.session.field.naming", choicesOf<kNamings>("naming")).hint("trendcards.session.field.naming.hint").required(),
      Field::flag("asks_sector", "trendcards.session.field.asks_sector"),
      Field::flag("feeds_map", "trendcards.session.field.feeds_map").hint("trendcards.session.field.feeds_map.hint"),
      Field::several("cards", "trendcards.session.field.cards", std::move(cards)).required(),
  };
}

void fillNewSession(Form& form, const Edition& edition, Instant now) {
  std::vector<std::string> all;
  for (const Card& card : edition.cards) all.push_back(std::to_string(card.number));
  const SessionPlan plan;
  form.fill("form_key", secrets::random())
      .fill("edition", edition.id.text())
      .fill("title", edition.title)
      .fill("exercise", std::string(kExercises.code(plan.exercise)))
      .fill("drawn", std::to_string(plan.drawn))
      .fill("dots", std::to_string(plan.dots))
      .fill("minutes", std::to_string(plan.minutes))
      .fill("groups", std::to_string(plan.groups))
      .fill("ceiling", std::to_string(plan.ceiling))
      .fill("closes", helsinkiText(now + std::chrono::hours(12)))
      .fill("naming", std::string(kNamings.code(plan.naming)))
      .fill("cards", all);
}

void fillEvent(Form& form, const EventSummary& event, const std::vector<RegionCode>& regions) {
  form.fill("event", std::to_string(event.key));
  if (event.region && std::ranges::find(regions, *event.region) != regions.end())
    form.fill("region", event.region->text());
}

SessionPlan readPlan(const Form& form, const Edition& edition) {
  const auto number = [&](std::string_view field) { return static_cast<int>(form.number(field).value_or(0)); };
  SessionPlan plan;
  plan.region = RegionCode::parse(form.text("region")).value_or(RegionCode{});
  plan.edition = edition.id;
  plan.exercise = kExercises.parse(form.text("exercise")).value_or(Exercise::rank);
  plan.title = form.text("title");
  plan.question = form.text("question");
  for (const std::string& card : form.texts("cards"))
    if (const auto id = parseId(card)) plan.cards.push_back(static_cast<int>(*id));
  plan.drawn = number("drawn");
  plan.dots = number("dots");
  plan.groups = number("groups");
  plan.ceiling = number("ceiling");
  plan.minutes = number("minutes");
  plan.naming = kNamings.parse(form.text("naming")).value_or(Naming::anonymous);
  plan.asksSector = form.flag("asks_sector");
  plan.feedsMap = form.flag("feeds_map");
  plan.event = parseId(form.text("event"));
  return plan;
}

void explain(Form& form, PlanProblem problem) {
  form.error("cards", problem == PlanProblem::noCards         ? "trendcards.session.problem.no_cards"
                      : problem == PlanProblem::cardUnknown   ? "trendcards.session.problem.card_unknown"
                      : problem == PlanProblem::tooFewToDraw  ? "trendcards.session.problem.too_few_to_draw"
                                                              : "trendcards.session.problem.too_few_for_exercise");
}

FormSpec arrivalFields(const SessionPlan& plan, const Words& words) {
  FormSpec fields{Field::hidden("key")};
  if (plan.naming != Naming::anonymous) {
    Field nickname = Field::text("nickname", "trendcards.session.field.nickname")
                         .longest(kLongestNickname)
                         .hint("trendcards.session.field.nickname.hint")
                         .autocomplete("nickname");
    nickname.isRequired = plan.naming == Naming::required;
    fields.push_back(std::move(nickname));
  }
  if (plan.groups > 0) {
    std::vector<Choice> groups;
    for (int group = 1; group <= plan.groups; ++group)
      groups.push_back({std::to_string(group), words.format("trendcards.session.group", {{"number", std::int64_t{group}}}), true});
    fields.push_back(Field::choice("group", "trendcards.session.field.group", std::move(groups)).required());
  }
  if (plan.asksSector) {
    std::vector<Choice> sectors;
    for (const Sector sector : kSectors)
      sectors.push_back({std::string(code(sector)), "directory.sector." + std::string(code(sector))});
    fields.push_back(Field::choice("sector", "trendcards.session.field.sector", std::move(sectors))
                         .hint("trendcards.session.field.sector.hint"));
  }
  return fields;
}

Arrival readArrival(const Form& form, const SessionPlan& plan) {
  Arrival arrival;
  if (plan.naming != Naming::anonymous) arrival.nickname = form.text("nickname");
  if (plan.groups > 0) arrival.group = static_cast<int>(parseId(form.text("group")).value_or(0));
  if (plan.asksSector) arrival.sector = parseSector(form.text("sector"));
  return arrival;
}

void explain(Form& form, JoinProblem problem) {
  form.error(problem == JoinProblem::nicknameMissing ? "nickname"
             : problem == JoinProblem::groupUnknown  ? "group"
                                                     : "",
             keyOf(problem));
}

FormSpec rankingFields(const Participant& participant, const Edition& edition, const Words& words) {
  std::vector<Choice> places;
  for (int place = 1; place <= std::ssize(participant.hand); ++place)
    places.push_back({std::to_string(place), words.format("trendcards.session.place", {{"place", std::int64_t{place}}}), true});
  FormSpec fields;
  for (const int number : participant.hand)
    if (const Card* card = edition.numbered(number))
      fields.push_back(Field::choice("place_" + std::to_string(number), "", places).asks(numbered(*card)).required());
  return fields;
}

FormSpec dotFields(const SessionPlan& plan, const std::vector<Contribution>& ideas) {
  FormSpec fields;
  for (const Contribution& idea : ideas)
    fields.push_back(Field::number("dots_" + idea.id.text(), "", 0, plan.dots).asks(idea.text));
  return fields;
}

FormSpec textFields(const SessionPlan& plan, const Edition& edition) {
  FormSpec fields{Field::hidden("key")};
  const auto text = [](std::string name, std::string key) {
    return Field::multiline(std::move(name), std::move(key)).longest(kLongestText);
  };
  switch (plan.exercise) {
    case Exercise::tension:
      fields.push_back(Field::choice("card", "trendcards.session.field.first_card", cardChoices(plan, edition)).required());
      fields.push_back(Field::choice("other_card", "trendcards.session.field.second_card", cardChoices(plan, edition)).required());
      fields.push_back(text("text", "trendcards.session.field.tension").required());
      break;
    case Exercise::story:
      fields.push_back(Field::choice("card", "trendcards.session.field.next_card", cardChoices(plan, edition)).required());
      fields.push_back(text("text", "trendcards.session.field.sentence").required());
      break;
    case Exercise::ideas:
      fields.push_back(Field::choice("card", "trendcards.session.field.prompt", cardChoices(plan, edition)));
      fields.push_back(text("text", "trendcards.session.field.idea").required());
      break;
    case Exercise::start:
      fields.push_back(text("text", "trendcards.session.field.offer"));
      fields.push_back(text("need", "trendcards.session.field.need"));
      fields.push_back(text("step", "trendcards.session.field.step"));
      break;
    case Exercise::rank:
    case Exercise::impact: break;
  }
  return fields;
}

FormSpec noteFields(const SessionPlan& plan, const Edition& edition) {
  return {Field::hidden("note_key"),
          Field::choice("note_card", "trendcards.session.field.about", cardChoices(plan, edition)),
          Field::multiline("note_text", "trendcards.session.field.note").longest(kLongestText).required()};
}

std::map<int, int> readPlaces(const Form& form, const Participant& participant) {
  std::map<int, int> places;
  for (const int card : participant.hand)
    places[card] = static_cast<int>(parseId(form.text("place_" + std::to_string(card))).value_or(0));
  return places;
}

std::map<ContributionId, int> readDots(const Form& form, const std::vector<Contribution>& ideas) {
  std::map<ContributionId, int> dots;
  for (const Contribution& idea : ideas)
    if (const auto given = form.number("dots_" + idea.id.text()); given && *given != 0)
      dots[idea.id] = static_cast<int>(*given);
  return dots;
}

Contribution readText(const Form& form, Exercise exercise) {
  Contribution text;
  text.kind = writtenIn(exercise).value_or(ContributionKind::note);
  if (exercise != Exercise::start) text.card = cardIn(form, "card");
  if (exercise == Exercise::tension) text.otherCard = cardIn(form, "other_card");
  text.text = form.text("text");
  if (exercise == Exercise::start) {
    text.need = form.text("need");
    text.step = form.text("step");
  }
  return text;
}

Contribution readNote(const Form& form) {
  Contribution note;
  note.kind = ContributionKind::note;
  note.card = cardIn(form, "note_card");
  note.text = form.text("note_text");
  return note;
}

std::vector<Placement> readPlacements(const Fields& sent, const SessionPlan& plan) {
  std::vector<Placement> placements;
  for (const int card : plan.cards) {
    const std::string_view value = sent.text("place_" + std::to_string(card));
    if (value.size() != 3 || value[1] != '-') continue;
    placements.push_back({.participant = {}, .card = card, .likelihood = value[0] - '0', .impact = value[2] - '0'});
  }
  return placements;
}

std::string keyOf(AnswerProblem problem) {
  switch (problem) {
    case AnswerProblem::over: return "trendcards.session.problem.over";
    case AnswerProblem::notNow: return "trendcards.session.problem.not_now";
    case AnswerProblem::notYours: return "trendcards.session.problem.not_yours";
    case AnswerProblem::incomplete: return "trendcards.session.problem.incomplete";
    case AnswerProblem::outOfRange: return "trendcards.session.problem.out_of_range";
    case AnswerProblem::overBudget: return "trendcards.session.problem.over_budget";
    case AnswerProblem::textMissing: return "trendcards.session.problem.text_missing";
    case AnswerProblem::tooLong: return "trendcards.session.problem.too_long";
    case AnswerProblem::tooMany: return "trendcards.session.problem.too_many";
  }
  return "trendcards.session.problem.not_now";
}

std::string keyOf(JoinProblem problem) {
  switch (problem) {
    case JoinProblem::unknown: return "trendcards.session.problem.unknown_code";
    case JoinProblem::over: return "trendcards.session.problem.over";
    case JoinProblem::full: return "trendcards.session.problem.full";
    case JoinProblem::nicknameMissing: return "trendcards.session.problem.nickname_missing";
    case JoinProblem::groupUnknown: return "trendcards.session.problem.group_unknown";
    case JoinProblem::tooManyGuesses: return "trendcards.session.problem.too_many_guesses";
  }
  return "trendcards.session.problem.unknown_code";
}

}  // namespace toimela::trendcards::view
