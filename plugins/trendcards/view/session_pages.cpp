#include "view/session_pages.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "toimela/qr.h"
#include "toimela/secrets.h"
#include "toimela/timespan.h"

namespace toimela::trendcards::view {

namespace {

std::string milliseconds(Instant at) { return std::to_string(at.time_since_epoch().count()); }

/// What the script and everybody's eyes need first.
void showHead(View& view, const Session& session, const Words& words) {
  const Instant at = words.at();
  const bool isRunning = session.timerUntil && *session.timerUntil > at && !session.isOver(at);
  view.set("session_title", session.plan.title)
      .set("question", session.plan.question)
      .set("exercise", sessionWord<kExercises>(words, "exercise", session.plan.exercise))
      .set("exercise_text", sessionWord<kExercises>(words, "how", session.plan.exercise))
      .set("phase", std::string(kPhases.code(session.phase)))
      .set("phase_name", sessionWord<kPhases>(words, "phase", session.phase))
      .set("phase_text", sessionWord<kPhases>(words, "phase_text", session.phase))
      .set("revision", session.revision)
      .set("participants", std::int64_t{session.participants})
      .set("code", shownCode(session))
      .set("code_plain", session.code)
      .set("taking_part", words.link(takingPartPath(session)))
      .set("join_link", words.link(joinPath(session)))
      .set("session_id", session.id.text())
      .set("now", milliseconds(at))
      .set("until", isRunning ? milliseconds(*session.timerUntil) : std::string())
      .set("until_text", isRunning ? words.format("trendcards.session.until",
                                                  {{"time", showTimeOfDay(*session.timerUntil, words.locale())}})
                                   : std::string())
      .flag("is_over", session.isOver(at))
      .flag("has_groups", session.plan.groups > 0);
  for (const Phase phase : kPhases) view.flag("is_" + std::string(kPhases.code(phase)), session.phase == phase);
  for (const Exercise exercise : kExercises)
    view.flag("of_" + std::string(kExercises.code(exercise)), session.plan.exercise == exercise);
}

const Card* cardOf(const Edition& edition, std::optional<int> number) {
  return number ? edition.numbered(*number) : nullptr;
}

std::string titleOf(const Edition& edition, std::optional<int> number) {
  const Card* card = cardOf(edition, number);
  return card ? std::to_string(card->number) + ". " + card->title : std::string();
}

View cardView(const Card& card, const Edition& edition) {
  View view;
  const Theme* theme = edition.theme(card.theme);
  view.set("number", card.number)
      .set("title", card.title)
      .set("theme", theme ? theme->name : std::string())
      .set("colour", theme ? std::string(kColours.code(theme->colour)) : std::string("blue"))
      .html("front", markdown(card.front))
      .html("back", markdown(card.back))
      .set("lang", std::string(code(edition.language.locale)));
  return view;
}

std::vector<View> cardViews(const std::vector<int>& numbers, const Edition& edition) {
  std::vector<View> views;
  for (const int number : numbers)
    if (const Card* card = edition.numbered(number)) views.push_back(cardView(*card, edition));
  return views;
}

View textView(const Contribution& text, const Edition& edition, const Words& words) {
  View view;
  view.set("id", text.id.text())
      .set("text", text.text)
      .set("need", text.need)
      .set("step", text.step)
      .set("card", titleOf(edition, text.card))
      .set("other_card", titleOf(edition, text.otherCard))
      .set("dots", std::int64_t{text.dots})
      .set("dots_text", words.count("trendcards.session.dots", text.dots))
      .set("group", text.group > 0 ? words.format("trendcards.session.group", {{"number", std::int64_t{text.group}}})
                                   : std::string())
      .flag("has_dots", text.dots > 0);
  return view;
}

std::string decimal(double value, const Words& words) {
  std::string text = std::to_string(std::llround(value * 10));
  if (text.size() < 2) text.insert(0, 2 - text.size(), '0');
  const char* mark = words.locale() == Locale::en ? "." : ",";
  return text.substr(0, text.size() - 1) + mark + text.back();
}

/// What the answers say so far, for the room.
void showSummary(View& view, const Reckoning& reckoning, const Words& words) {
  const SessionAnswers& answers = reckoning.answers();
  const Edition& edition = reckoning.edition();
  const auto& ranked = reckoning.standings();
  setList(view, "ranked", each(ranked, [&](const RankedCard& card) {
    View row;
    row.set("title", titleOf(edition, card.card))
        .set("place", decimal(card.place, words))
        .set("hands", std::int64_t{card.hands})
        .set("weight", std::int64_t{std::llround(card.weight * 100)});
    return row;
  }));
  setList(view, "placed", each(reckoning.plane(), [&](const CardOnPlane& card) {
    View row;
    row.set("title", titleOf(edition, card.card))
        .set("number", std::int64_t{card.card})
        .set("likelihood", decimal(card.likelihood, words))
        .set("impact", decimal(card.impact, words))
        .set("spread", decimal(card.likelihoodSpread, words) + " / " + decimal(card.impactSpread, words))
        .set("people", std::int64_t{card.people})
        // On a plane of 100 by 100, whose origin is above on the left.
        .set("x", std::int64_t{std::llround(10 + (card.likelihood - 1) * 20)})
        .set("y", std::int64_t{std::llround(90 - (card.impact - 1) * 20)});
    return row;
  }));
  std::vector<Contribution> texts, notes;
  for (const Contribution& text : answers.contributions)
    (text.kind == ContributionKind::note ? notes : texts).push_back(text);
  if (answers.session.plan.exercise == Exercise::ideas)
    std::ranges::stable_sort(texts, std::greater<>{}, &Contribution::dots);
  const auto show = [&](const Contribution& text) { return textView(text, edition, words); };
  setList(view, "texts", each(texts, show));
  setList(view, "notes", each(notes, show));
  view.flag("has_nothing", ranked.empty() && answers.placements.empty() && texts.empty());
}

/// Five by five places, the largest impact above, as on a plane.
std::vector<View> planeRows(int card, const std::vector<Placement>& given, const Words& words) {
  const auto at = std::ranges::find(given, card, &Placement::card);
  std::vector<View> rows;
  for (int impact = kMostOnScale; impact >= 1; --impact) {
    std::vector<View> cells;
    for (int likelihood = 1; likelihood <= kMostOnScale; ++likelihood) {
      View cell;
      const std::string value = std::to_string(likelihood) + "-" + std::to_string(impact);
      cell.set("value", value)
          .set("cell_id", "place-" + std::to_string(card) + "-" + value)
          .set("label", words.format("trendcards.session.cell", {{"likelihood", std::int64_t{likelihood}},
                                                                 {"impact", std::int64_t{impact}}}))
          .flag("checked", at != given.end() && at->likelihood == likelihood && at->impact == impact);
      cells.push_back(std::move(cell));
    }
    View row;
    row.list("cells", std::move(cells));
    rows.push_back(std::move(row));
  }
  return rows;
}

Form rankingForm(const TakingPart& page, const Words& words) {
  Form form(rankingFields(page.participant, page.edition, words));
  const auto& cards = page.ranking ? page.ranking->cards : page.participant.hand;
  for (int place = 1; const int card : cards) form.fill("place_" + std::to_string(card), std::to_string(place++));
  return form;
}

Form dotForm(const TakingPart& page) {
  const auto ideas = ideasIn(page);
  Form form(dotFields(page.session.plan, ideas));
  for (const Contribution& idea : ideas) {
    const auto given = page.dots.find(idea.id);
    form.fill("dots_" + idea.id.text(), std::to_string(given == page.dots.end() ? 0 : given->second));
  }
  return form;
}

Form textForm(const TakingPart& page) {
  Form form(textFields(page.session.plan, page.edition));
  form.fill("key", secrets::random());
  // What is given once is put better in place.
  if (page.session.plan.exercise != Exercise::start) return form;
  for (const Contribution& text : page.mine)
    if (text.kind == ContributionKind::start)
      form.fill("text", text.text).fill("need", text.need).fill("step", text.step);
  return form;
}

Form noteForm(const TakingPart& page) {
  Form form(noteFields(page.session.plan, page.edition));
  form.fill("note_key", secrets::random());
  return form;
}

View stateRow(const Session& session, const Words& words) {
  View row;
  const bool isOver = session.isOver(words.at());
  row.set("href", words.link(pathOf(session.id)))
      .set("title", session.plan.title)
      .set("exercise", sessionWord<kExercises>(words, "exercise", session.plan.exercise))
      .set("people", words.count("trendcards.session.people", session.participants))
      .set("day", showDate(Date::of(session.createdAt), words.locale()))
      .set("code", isOver ? std::string() : shownCode(session))
      .set("state", words.text(isOver ? "trendcards.session.state.over" : "trendcards.session.state.open"))
      .flag("is_open", !isOver);
  return row;
}

void showJoining(View& view, const Session& session, const Words& words) {
  const std::string address = words.host().baseUrl() + joinPath(session);
  const QrDrawing qr = drawQr(address);
  view.set("join_address", address).set("qr_size", std::int64_t{qr.size}).set("qr_path", qr.path);
}

}  // namespace

std::vector<Contribution> ideasIn(const TakingPart& page) {
  std::vector<Contribution> ideas;
  std::ranges::copy_if(page.texts, std::back_inserter(ideas),
                       [](const Contribution& text) { return text.kind == ContributionKind::idea; });
  return ideas;
}

View takingPartPage(const TakingPart& page, const Rejected& rejected, const Words& words) {
  View view;
  const Session& session = page.session;
  showHead(view, session, words);
  const bool isOpen = !session.isOver(words.at());
  const Exercise exercise = session.plan.exercise;
  view.set("events", words.link(takingPartPath(session) + "/events"))
      .set("answers", words.link(takingPartPath(session) + "/answers"))
      .set("nickname", page.participant.nickname)
      .set("my_group", page.participant.group > 0
                           ? words.format("trendcards.session.group", {{"number", std::int64_t{page.participant.group}}})
                           : std::string())
      .set("group_number", std::int64_t{page.participant.group})
      .set("problem", rejected.problem)
      .flag("shows_result", session.phase == Phase::done || !isOpen)
      .flag("takes_notes", isOpen && isTaken(exercise, ContributionKind::note, session.phase))
      .flag("takes_ranking", isOpen && exercise == Exercise::rank && session.phase == Phase::voting)
      .flag("takes_places", isOpen && exercise == Exercise::impact && session.phase == Phase::voting)
      .flag("takes_dots", isOpen && exercise == Exercise::ideas && session.phase == Phase::voting)
      .flag("takes_text", isOpen && session.phase == Phase::working && writtenIn(exercise).has_value())
      .flag("has_ranked", page.ranking.has_value())
      .flag("is_lobby_open", isOpen && session.phase == Phase::lobby);
  const bool showsCards = session.phase != Phase::lobby;
  setList(view, "cards",
          !showsCards ? std::vector<View>()
                      : cardViews(dealsCards(exercise) ? page.participant.hand : session.plan.cards, page.edition));
  const auto formFor = [&](const char* what, auto make) {
    return (rejected.what == what && rejected.form ? *rejected.form : make()).view(words.texts(), words.locale());
  };
  if (exercise == Exercise::rank) view.group("ranking", formFor("rank", [&] { return rankingForm(page, words); }));
  if (exercise == Exercise::ideas) {
    view.group("dot_form", formFor("dots", [&] { return dotForm(page); }));
    view.set("budget", std::int64_t{session.plan.dots})
        .set("budget_text", words.count("trendcards.session.budget", session.plan.dots))
        .flag("has_ideas", !ideasIn(page).empty());
  }
  if (writtenIn(exercise)) view.group("text_form", formFor("text", [&] { return textForm(page); }));
  view.group("note_form", formFor("note", [&] { return noteForm(page); }));
  if (exercise == Exercise::impact) {
    std::vector<View> planes;
    for (const int number : session.plan.cards) {
      const Card* card = page.edition.numbered(number);
      if (!card) continue;
      View plane = cardView(*card, page.edition);
      plane.list("rows", planeRows(number, page.placements, words))
          .set("field", "place_" + std::to_string(number))
          .flag("is_placed", std::ranges::find(page.placements, number, &Placement::card) != page.placements.end());
      planes.push_back(std::move(plane));
    }
    view.list("planes", std::move(planes));
    view.set("placed_count", words.format("trendcards.session.placed_count",
                                          {{"done", std::int64_t{std::ssize(page.placements)}},
                                           {"all", std::int64_t{std::ssize(session.plan.cards)}}}));
  }
  std::vector<View> mine, story;
  for (const Contribution& text : page.texts)
    if (text.kind == ContributionKind::link) story.push_back(textView(text, page.edition, words));
  for (const Contribution& text : page.mine) {
    View own = textView(text, page.edition, words);
    own.flag("can_go", isOpen && isTaken(exercise, text.kind, session.phase) && text.kind != ContributionKind::start);
    mine.push_back(std::move(own));
  }
  setList(view, "mine", std::move(mine));
  setList(view, "story", std::move(story));
  if (page.result) {
    View result;
    showSummary(result, *page.result, words);
    view.group("result", std::move(result));
  }
  return view;
}

View leadPage(const Leading& page, const Form& note, const Words& words) {
  const SessionAnswers& answers = page.reckoning->answers();
  const Session& session = answers.session;
  View view;
  showHead(view, session, words);
  showJoining(view, session, words);
  std::vector<View> phases;
  const auto next = nextPhase(session.plan.exercise, session.phase);
  for (const Phase phase : phasesOf(session.plan.exercise)) {
    View step;
    step.set("value", std::string(kPhases.code(phase)))
        .set("label", sessionWord<kPhases>(words, "phase", phase))
        .flag("is_current", phase == session.phase)
        .flag("is_next", phase == next);
    phases.push_back(std::move(step));
  }
  std::map<int, int> inGroup;
  for (const Participant& participant : answers.participants) ++inGroup[participant.group];
  std::vector<View> groups;
  for (int group = 1; group <= session.plan.groups; ++group) {
    View row;
    row.set("name", words.format("trendcards.session.group", {{"number", std::int64_t{group}}}))
        .set("people", words.count("trendcards.session.people", inGroup[group]));
    groups.push_back(std::move(row));
  }
  std::vector<View> names;
  for (const Participant& participant : answers.participants) {
    if (participant.nickname.empty()) continue;
    View name;
    name.set("name", participant.nickname);
    names.push_back(std::move(name));
  }
  view.set("path", words.link(pathOf(session.id)))
      .set("events", words.link(pathOf(session.id) + "/events"))
      .set("people", words.count("trendcards.session.people", page.counts.participants))
      .set("ceiling", std::int64_t{session.plan.ceiling})
      .set("most_participants", std::int64_t{kMostParticipants})
      .set("of_ceiling", words.format("trendcards.session.of_ceiling", {{"ceiling", std::int64_t{session.plan.ceiling}}}))
      .set("answered", words.count("trendcards.session.answered", page.counts.answered))
      .set("minutes", std::int64_t{session.plan.minutes})
      .set("start_timer", words.count("trendcards.session.start_timer", session.plan.minutes))
      .set("closes", showInstant(session.closesAt, words.locale()))
      .set("edition", page.reckoning->edition().title)
      .set("of_event", page.event ? words.pick(page.event->title) : std::string())
      .set("of_event_href", page.event ? words.link(page.event->path) : std::string())
      .flag("is_open", !session.isOver(words.at()))
      .list("phases", std::move(phases))
      .group("note_form", note.view(words.texts(), words.locale()));
  setList(view, "groups", std::move(groups));
  setList(view, "names", std::move(names));
  showSummary(view, *page.reckoning, words);
  view.list("breadcrumbs",
            breadcrumbs({{listPath(words.region(session.plan.region)), words.text("trendcards.navigation")},
                         {listPath(words.region(session.plan.region)) + "/sessions", words.text("trendcards.session.list.title")},
                         {"", session.plan.title}},
                        words));
  return view;
}

View screenPage(const Leading& page, const Words& words) {
  const Session& session = page.reckoning->session();
  View view;
  showHead(view, session, words);
  showJoining(view, session, words);
  view.set("events", words.link(pathOf(session.id) + "/events"))
      .set("path", words.link(pathOf(session.id)))
      .set("people", words.count("trendcards.session.people", page.counts.participants))
      .set("answered", words.count("trendcards.session.answered", page.counts.answered))
      .set("texts_count", words.count("trendcards.session.texts", page.counts.texts))
      .flag("writes", writtenIn(session.plan.exercise).has_value())
      .flag("shows_result", session.phase == Phase::done || session.isOver(words.at()))
      .flag("shows_texts", session.phase == Phase::working || session.phase == Phase::voting);
  showSummary(view, *page.reckoning, words);
  return view;
}

std::vector<View> sessionRows(const std::vector<Session>& sessions, const Words& words) {
  return each(sessions, [&](const Session& session) { return stateRow(session, words); });
}

}  // namespace toimela::trendcards::view
