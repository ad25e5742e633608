#include "handlers/session_api.h"

#include <algorithm>

#include "handlers/found.h"
#include "handlers/session_guests.h"
#include "handlers/sessions.h"
#include "operations/sessions.h"
#include "operations/workshops.h"
#include "store/decks.h"
#include "store/sessions.h"
#include "toimela/guests.h"
#include "toimela/idempotency.h"
#include "toimela/paging.h"
#include "toimela/secrets.h"
#include "trendcards.h"
#include "view/session_forms.h"
#include "view/session_json.h"

namespace toimela::trendcards::handlers {

namespace {

Response showSession(Host& host, SessionId id, int status = 200) {
  const auto session = host.read([&](ReadTx& tx) { return store::findSession(tx, id); });
  if (!session) throw NotFound();
  return host.json(view::sessionJson(*session, host, now()), status);
}

/// What was sent, with what may be left out.
Fields withDefaults(const Fields& sent, const Edition& edition) {
  Fields fields;
  for (const auto& [name, value] : sent.all()) fields.add(name, value);
  const SessionPlan plan;
  const auto fallBack = [&](std::string name, std::string value) {
    if (!fields.has(name)) fields.add(std::move(name), std::move(value));
  };
  fallBack("drawn", std::to_string(plan.drawn));
  fallBack("dots", std::to_string(plan.dots));
  fallBack("minutes", std::to_string(plan.minutes));
  fallBack("groups", std::to_string(plan.groups));
  fallBack("ceiling", std::to_string(plan.ceiling));
  fallBack("open_hours", "12");
  fallBack("naming", std::string(kNamings.code(plan.naming)));
  if (!fields.has("cards"))
    for (const Card& card : edition.cards) fields.add("cards", std::to_string(card.number));
  return fields;
}

FormSpec sessionFields(const Edition& edition, const std::vector<RegionCode>& regions,
                       const std::vector<EventSummary>& events, const view::Words& words) {
  FormSpec fields = view::newSessionFields(edition, regions, events, words);
  std::erase_if(fields, [](const Field& field) { return field.name == "closes" || field.name == "form_key"; });
  fields.push_back(Field::number("open_hours", "trendcards.session.field.closes", 1, kLongestOpen.count()).required());
  return fields;
}

Response refuse(const Request& request, Host& host, std::string field, std::string key, int status) {
  Form form(FormSpec{Field::text(field, "")});
  form.error(field, std::move(key));
  return host.problem(request, form, status);
}

Response led(const Request& request, Host& host, std::optional<operations::LeadProblem> problem, const char* field) {
  if (!problem) return showSession(host, sessionIn(request));
  const bool isOver = *problem == operations::LeadProblem::over;
  return refuse(request, host, field, std::string(keyOf(*problem)), isOver ? 410 : 422);
}

int numberOf(std::string_view text) { return static_cast<int>(std::min<std::int64_t>(parseId(text).value_or(0), 1'000'000)); }

std::optional<AnswerProblem> save(WriteTx& tx, const Fields& sent, Exercise exercise, const operations::Answering& by) {
  const std::string_view what = sent.text("what");
  if (what == "rank") {
    std::vector<int> ranked;
    for (const std::string_view card : sent.every("ranking")) ranked.push_back(numberOf(card));
    return operations::rank(tx, by, ranked);
  }
  if (what == "place") {
    std::vector<Placement> placements;
    for (int i = 0; sent.has("placements_" + std::to_string(i) + "_card") && i < 200; ++i) {
      const std::string each = "placements_" + std::to_string(i) + "_";
      placements.push_back({.participant = {},
                            .card = numberOf(sent.text(each + "card")),
                            .likelihood = numberOf(sent.text(each + "likelihood")),
                            .impact = numberOf(sent.text(each + "impact"))});
    }
    return operations::place(tx, by, placements);
  }
  if (what == "dots") {
    std::map<ContributionId, int> dots;
    for (int i = 0; sent.has("dots_" + std::to_string(i) + "_idea") && i < 2'000; ++i) {
      const std::string each = "dots_" + std::to_string(i) + "_";
      dots[ContributionId{parseId(sent.text(each + "idea")).value_or(0)}] += numberOf(sent.text(each + "dots"));
    }
    return operations::giveDots(tx, by, dots);
  }
  if (what == "withdraw")
    return operations::withdraw(tx, by, ContributionId{parseId(sent.text("contribution")).value_or(0)});
  Contribution text;
  text.kind = what == "note" ? ContributionKind::note
                             : writtenIn(exercise).value_or(ContributionKind::idea);
  if (sent.has("card")) text.card = numberOf(sent.text("card"));
  if (sent.has("other_card")) text.otherCard = numberOf(sent.text("other_card"));
  text.text = sent.text("text");
  text.need = sent.text("need");
  text.step = sent.text("step");
  return operations::contribute(tx, by, sent.has("key") ? std::string(sent.text("key")) : secrets::random(), text);
}

/// The field that a problem of an answer is about.
const char* fieldOf(AnswerProblem problem, std::string_view what) {
  if (problem == AnswerProblem::textMissing || problem == AnswerProblem::tooLong || problem == AnswerProblem::tooMany)
    return "text";
  if (what == "rank") return "ranking";
  if (what == "place") return "placements";
  if (what == "dots") return "dots";
  if (what == "withdraw") return "contribution";
  return problem == AnswerProblem::notYours ? "card" : "what";
}

}  // namespace

Response apiSessions(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  const auto regions = operations::regionsOf(host, request.actor);
  auto sessions = host.read([&](ReadTx& tx) {
    return store::sessionsAfter(tx, regions, paging.afterId<SessionId>(), paging.limit + 1);
  });
  const auto next = paging.cut(sessions, [](const Session& session) { return session.id.text(); });
  return host.json(view::sessionsJson(sessions, next.value_or(""), host, now()));
}

Response apiAddSession(const Request& request, Host& host) {
  const auto id = parseId(request.form.text("edition"));
  const auto edition = host.read(
      [&](ReadTx& tx) { return id ? editionToLead(tx, host, EditionId{*id}) : std::nullopt; });
  if (!edition)
    return refuse(request, host, "edition", "trendcards.session.problem.edition_unknown", 422);
  const auto regions = operations::regionsOf(host, request.actor);
  const auto events =
      host.read([&](ReadTx& tx) { return operations::eventsFor(tx, host, request.actor, regions); });
  Form form = Form::read(sessionFields(*edition, regions, events, view::Words(request, host)),
                         withDefaults(request.form, *edition));
  if (!form.ok()) return host.problem(request, form);
  const SessionPlan plan = view::readPlan(form, *edition);
  if (plan.event && !host.read([&](ReadTx& tx) {
        return operations::mayBelong(tx, host, request.actor, plan.region, *plan.event);
      })) {
    form.error("event", "trendcards.session.problem.event_elsewhere");
    return host.problem(request, form);
  }
  std::vector<int> known;
  for (const Card& card : edition->cards) known.push_back(static_cast<int>(card.number));
  const operations::Beginning beginning{
      .plan = plan,
      .closesAt = now() + std::chrono::hours(form.number("open_hours").value_or(12)),
      .facilitator = *request.actor.person,
      .code = JoinCode::of(secrets::random(48)),
      .formKey = idempotencyKey(request).value_or(secrets::random())};
  const auto begun = host.write(request, [&](WriteTx& tx) { return operations::begin(tx, beginning, known); });
  if (const auto* problem = std::get_if<PlanProblem>(&begun)) {
    view::explain(form, *problem);
    return host.problem(request, form);
  }
  const SessionId session = std::get<SessionId>(begun);
  Response response = showSession(host, session, 201);
  response.headers.set("Location", "/api/v1/trendcards/sessions/" + session.text());
  return response;
}

Response apiSession(const Request& request, Host& host) { return showSession(host, sessionIn(request)); }

Response apiMovePhase(const Request& request, Host& host) {
  const auto phase = kPhases.parse(request.form.text("phase"));
  if (!phase) return led(request, host, operations::LeadProblem::noSuchPhase, "phase");
  return led(request, host,
             host.write(request, [&](WriteTx& tx) { return operations::moveTo(tx, sessionIn(request), *phase); }), "phase");
}

Response apiSetTimer(const Request& request, Host& host) {
  Form form = Form::read({Field::number("minutes", "trendcards.session.field.minutes", 0, kMostMinutes).required()},
                         request.form);
  if (!form.ok()) return host.problem(request, form);
  const auto more = form.number("minutes").value_or(0);
  return led(request, host, host.write(request, [&](WriteTx& tx) {
    return more == 0 ? operations::stopTimer(tx, sessionIn(request))
                     : operations::addTime(tx, sessionIn(request), std::chrono::minutes(more));
  }), "minutes");
}

Response apiSetCeiling(const Request& request, Host& host) {
  Form form = Form::read({Field::number("ceiling", "trendcards.session.field.ceiling", 1, kMostParticipants).required()},
                         request.form);
  if (!form.ok()) return host.problem(request, form);
  const auto ceiling = static_cast<int>(form.number("ceiling").value_or(0));
  return led(request, host,
             host.write(request, [&](WriteTx& tx) { return operations::setCeiling(tx, sessionIn(request), ceiling); }), "ceiling");
}

Response apiFreeSeats(const Request& request, Host& host) {
  return led(request, host, host.write(request, [&](WriteTx& tx) { return operations::freeSeats(tx, sessionIn(request)); }), "");
}

Response apiEndSession(const Request& request, Host& host) {
  return led(request, host, host.write(request, [&](WriteTx& tx) { return operations::end(tx, sessionIn(request)); }), "");
}

Response apiJoin(const Request& request, Host& host) {
  const Entrance entrance = enter(request, host);
  if (entrance.problem) return refuse(request, host, "code", view::keyOf(*entrance.problem), statusOf(*entrance.problem));
  const Session& session = *entrance.session;
  Form form = Form::read(view::arrivalFields(session.plan, view::Words(request, host)), request.form);
  if (!form.ok()) return host.problem(request, form);
  const auto repeated = request.headers.find("Idempotency-Key");
  const std::string mark = !entrance.mark.empty()                        ? entrance.mark
                           : repeated && guests::isMark(*repeated) ? std::string(*repeated)
                                                                         : secrets::random();
  const std::string dealing = secrets::random();
  const auto joined = host.write(request, [&](WriteTx& tx) {
    return operations::join(tx, *JoinCode::parse(session.code), clientKey(host, session.code, mark),
                            view::readArrival(form, session.plan), std::hash<std::string>{}(dealing));
  });
  if (const auto* problem = std::get_if<JoinProblem>(&joined)) {
    const char* field = *problem == JoinProblem::nicknameMissing ? "nickname"
                        : *problem == JoinProblem::groupUnknown  ? "group"
                                                                 : "code";
    return refuse(request, host, field, view::keyOf(*problem), statusOf(*problem));
  }
  return host.json(view::participantJson(session, std::get<Participant>(joined), guests::tokenOf(host, mark), now()));
}

Response apiTakingPart(const Request& request, Host& host) {
  const Entrance entrance = requireParticipant(request, host);
  return host.json(view::participantJson(*entrance.session, *entrance.participant, guests::tokenOf(host, entrance.mark), now()));
}

Response apiAnswer(const Request& request, Host& host) {
  const Entrance entrance = requireParticipant(request, host);
  const std::string_view what = request.form.text("what");
  constexpr std::array<std::string_view, 6> kKinds{"rank", "place", "dots", "text", "note", "withdraw"};
  if (std::ranges::find(kKinds, what) == kKinds.end())
    return refuse(request, host, "what", "trendcards.session.problem.what_unknown", 422);
  if (characters(request.form.text("key")) > kLongestSendKey)
    return refuse(request, host, "key", "trendcards.session.problem.key_long", 422);
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return save(tx, request.form, entrance.session->plan.exercise, {entrance.session->id, *entrance.participant});
  });
  if (!problem)
    return host.json(view::participantJson(*entrance.session, *entrance.participant, guests::tokenOf(host, entrance.mark), now()));
  const bool isClosed = *problem == AnswerProblem::over || *problem == AnswerProblem::notNow;
  return refuse(request, host, isClosed ? "what" : fieldOf(*problem, what), view::keyOf(*problem), statusOf(*problem));
}

}  // namespace toimela::trendcards::handlers
