#include "handlers/taking_part.h"

#include <charconv>

#include "handlers/session_guests.h"
#include "operations/live.h"
#include "operations/sessions.h"
#include "store/decks.h"
#include "store/sessions.h"
#include "toimela/bookkeeping.h"
#include "toimela/guests.h"
#include "toimela/secrets.h"
#include "toimela/streams.h"
#include "view/session_pages.h"

namespace toimela::trendcards::handlers {

namespace {

/// 64 random bits, of which the cards are dealt.
std::uint64_t luck() {
  std::uint64_t number = 0;
  for (const char letter : secrets::random(12)) number = number * 67 + static_cast<unsigned char>(letter);
  return number;
}

Response showCodeForm(const Request& request, Host& host, std::optional<JoinProblem> problem, std::string typed = {}) {
  const view::Words words(request, host);
  View view;
  view.set("problem", problem ? words.text(view::keyOf(*problem)) : std::string()).set("typed", std::move(typed));
  return host.page(request, "session_code", std::move(view),
                   {.status = problem ? statusOf(*problem) : 200, .title = words.text("trendcards.session.code.title")});
}

Response showArrival(const Request& request, Host& host, const Session& session, const Form& form, int status = 200) {
  const view::Words words(request, host);
  View view;
  view.set("session_title", session.plan.title)
      .set("question", session.plan.question)
      .set("exercise", view::sessionWord<kExercises>(words, "exercise", session.plan.exercise))
      .set("exercise_text", view::sessionWord<kExercises>(words, "how", session.plan.exercise))
      .set("region", words.place(session.plan.region))
      .set("action", words.link(view::takingPartPath(session)))
      .flag("is_anonymous", session.plan.naming == Naming::anonymous)
      .flag("feeds_map", session.plan.feedsMap)
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "session_join", std::move(view), {.status = status, .title = session.plan.title});
}

/// What the page shows of others' texts while they are given: a story grows by them, ideas are voted on.
std::vector<Contribution> textsOf(ReadTx& tx, const Session& session, const Participant& participant) {
  if (session.plan.exercise == Exercise::story)
    return store::contributionsOf(tx, session.id, ContributionKind::link, participant.group);
  if (session.plan.exercise == Exercise::ideas && session.phase == Phase::voting)
    return store::ideasToVoteOn(tx, session.id);
  return {};
}

view::TakingPart load(ReadTx& tx, Session session, Participant participant) {
  view::TakingPart page{.session = std::move(session), .edition = {}, .participant = std::move(participant),
                        .ranking = {}, .placements = {}, .dots = {}, .texts = {}, .mine = {}, .result = {}};
  auto edition = store::edition(tx, page.session.plan.edition);
  if (!edition) throw NotFound();
  page.edition = std::move(*edition);
  switch (page.session.plan.exercise) {
    case Exercise::rank: page.ranking = store::rankingOf(tx, page.participant.id); break;
    case Exercise::impact: page.placements = store::placementsOf(tx, page.participant.id); break;
    case Exercise::ideas: page.dots = store::dotsOf(tx, page.participant.id); break;
    case Exercise::tension:
    case Exercise::story:
    case Exercise::start: break;
  }
  page.texts = textsOf(tx, page.session, page.participant);
  page.mine = store::givenBy(tx, page.participant.id);
  return page;
}

Response showPage(const Request& request, Host& host, Reckonings& reckonings, const Entrance& entrance,
                  const view::Rejected& rejected = {}, int status = 200) {
  const view::Words words(request, host);
  auto page = host.read([&](ReadTx& tx) { return load(tx, *entrance.session, *entrance.participant); });
  if (page.session.phase == Phase::done || page.session.isOver(words.at()))
    page.result = reckonings.of(host, page.session.id);
  return host.page(request, "session_part", view::takingPartPage(page, rejected, words),
                   {.status = status, .title = page.session.plan.title});
}

/// What was sent, as a form of that kind.
std::optional<Form> formOf(const std::string& what, const view::TakingPart& page, const Request& request, Host& host) {
  const view::Words words(request, host);
  if (what == "rank") return Form::read(view::rankingFields(page.participant, page.edition, words), request.form);
  if (what == "dots") return Form::read(view::dotFields(page.session.plan, view::ideasIn(page)), request.form);
  if (what == "text") return Form::read(view::textFields(page.session.plan, page.edition), request.form);
  if (what == "note") return Form::read(view::noteFields(page.session.plan, page.edition), request.form);
  return std::nullopt;
}

/// Is it of no use to put right what was sent, because it is not taken any more?
std::optional<AnswerProblem> lateness(const std::string& what, const Session& session) {
  if (session.isOver(now())) return AnswerProblem::over;
  if (what == "rank" && session.phase != Phase::voting) return AnswerProblem::notNow;
  return std::nullopt;
}

/// Saves it as what it is.
std::optional<AnswerProblem> save(WriteTx& tx, const std::string& what, const Form* form, const view::TakingPart& page,
                                  const Request& request, const operations::Answering& by) {
  if (what == "rank") {
    const auto ranked = rankedBy(view::readPlaces(*form, page.participant));
    // That it comes too late is said first: nothing is gained by filling in the rest.
    if (const auto problem = operations::rank(tx, by, ranked.value_or(std::vector<int>{})); ranked || problem)
      return problem;
  }
  if (what == "place") return operations::place(tx, by, view::readPlacements(request.form, page.session.plan));
  if (what == "dots") return operations::giveDots(tx, by, view::readDots(*form, view::ideasIn(page)));
  if (what == "text")
    return operations::contribute(tx, by, form->text("key"), view::readText(*form, page.session.plan.exercise));
  if (what == "note") return operations::contribute(tx, by, form->text("note_key"), view::readNote(*form));
  if (what == "withdraw")
    return operations::withdraw(tx, by, ContributionId{parseId(request.form.text("text")).value_or(0)});
  bookkeeping(tx, "nothing that is known was sent");
  return AnswerProblem::incomplete;
}

std::string_view doneKey(const std::string& what) {
  if (what == "rank") return "trendcards.session.done.ranked";
  if (what == "withdraw") return "trendcards.session.done.withdrawn";
  return "trendcards.session.done.saved";
}

}  // namespace

Response askCode(const Request& request, Host& host) {
  const std::string typed(request.query.text("code"));
  if (typed.empty()) return showCodeForm(request, host, std::nullopt);
  const auto code = JoinCode::parse(typed);
  if (!code) return showCodeForm(request, host, JoinProblem::unknown, typed);
  return host.redirect(request, "/t/" + code->text());
}

Response takePart(const Request& request, Host& host, Reckonings& reckonings) {
  const Entrance entrance = enter(request, host);
  if (entrance.problem) return showCodeForm(request, host, entrance.problem);
  if (entrance.participant) return showPage(request, host, reckonings, entrance);
  const Session& session = *entrance.session;
  if (session.isOver(now())) return showCodeForm(request, host, JoinProblem::over);
  if (session.participants >= session.plan.ceiling) return showCodeForm(request, host, JoinProblem::full);
  Form form(view::arrivalFields(session.plan, view::Words(request, host)));
  form.fill("key", secrets::random());
  return showArrival(request, host, session, form);
}

Response joinSession(const Request& request, Host& host) {
  const Entrance entrance = enter(request, host);
  if (entrance.problem) return showCodeForm(request, host, entrance.problem);
  const Session& session = *entrance.session;
  Form form = Form::read(view::arrivalFields(session.plan, view::Words(request, host)), request.form);
  if (!form.ok()) return showArrival(request, host, session, form, 422);
  // The form sent again is the same guest, also when the first answer was lost on its way.
  const std::string& key = form.text("key");
  const std::string mark = !entrance.mark.empty() ? entrance.mark : guests::isMark(key) ? key : secrets::random();
  const std::uint64_t dealing = luck();
  const auto joined = host.write(request, [&](WriteTx& tx) {
    return operations::join(tx, *JoinCode::parse(session.code), clientKey(host, session.code, mark),
                            view::readArrival(form, session.plan), dealing);
  });
  if (const auto* problem = std::get_if<JoinProblem>(&joined)) {
    if (statusOf(*problem) != 422) return showCodeForm(request, host, *problem);
    view::explain(form, *problem);
    return showArrival(request, host, session, form, 422);
  }
  Response response = host.redirect(request, view::joinPath(session));
  guests::remember(response, host, mark);
  return response;
}

Response answer(const Request& request, Host& host, Reckonings& reckonings) {
  const Entrance entrance = requireParticipant(request, host);
  const std::string what(request.form.text("what"));
  const auto page = host.read([&](ReadTx& tx) { return load(tx, *entrance.session, *entrance.participant); });
  auto form = formOf(what, page, request, host);
  const view::Words words(request, host);
  if (form && !form->ok()) {
    // Who comes too late is told so, and not to fill in what nobody takes any more.
    const auto late = lateness(what, page.session);
    return showPage(request, host, reckonings, entrance,
                    {what, late ? words.text(view::keyOf(*late)) : std::string(), std::move(form)},
                    late ? statusOf(*late) : 422);
  }
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return save(tx, what, form ? &*form : nullptr, page, request, {page.session.id, page.participant});
  });
  if (!problem) return host.redirect(request, view::joinPath(page.session), doneKey(what));
  return showPage(request, host, reckonings, requireParticipant(request, host),
                  {what, words.text(view::keyOf(*problem)), std::move(form)}, statusOf(*problem));
}

Response participantEvents(const Request& request, Host& host) {
  const Entrance entrance = requireParticipant(request, host);
  // 204 is what ends an EventSource for good (WHATWG HTML, section 9.2.3).
  if (entrance.session->isOver(now())) return Response::noContent();
  return streams::open(operations::topicOf(entrance.session->id), operations::stateFrame(*entrance.session, now()),
                       entrance.session->closesAt);
}

Response participantState(const Request& request, Host& host) {
  const Entrance entrance = requireParticipant(request, host);
  return host.json(operations::stateJson(*entrance.session, now()));
}

}  // namespace toimela::trendcards::handlers
