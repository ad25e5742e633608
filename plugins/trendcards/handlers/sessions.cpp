#include "handlers/sessions.h"

#include <algorithm>

#include "handlers/found.h"
#include "operations/live.h"
#include "operations/sessions.h"
#include "operations/workshops.h"
#include "store/decks.h"
#include "store/sessions.h"
#include "toimela/secrets.h"
#include "toimela/streams.h"
#include "toimela/undo.h"
#include "trendcards.h"
#include "view/session_pages.h"

namespace toimela::trendcards::handlers {

namespace {

constexpr int kOnOnePage = 50;

view::Leading load(Host& host, Reckonings& reckonings, SessionId id) {
  auto reckoning = reckonings.of(host, id);
  if (!reckoning) throw NotFound();
  return host.read([&](ReadTx& tx) -> view::Leading {
    const auto counts = store::countsOf(tx, reckoning->session());
    auto event = operations::eventOf(tx, host, reckoning->session());
    return {std::move(reckoning), counts, std::move(event)};
  });
}

/// Where the reader may lead, and what a session may belong to.
struct Ground {
  std::vector<RegionCode> regions;
  std::vector<EventSummary> events;
};
Ground groundOf(const Request& request, Host& host) {
  Ground ground{operations::regionsOf(host, request.actor), {}};
  ground.events =
      host.read([&](ReadTx& tx) { return operations::eventsFor(tx, host, request.actor, ground.regions); });
  return ground;
}

/// The event that the address asks for, if a session may belong to it.
const EventSummary* eventAsked(const Request& request, const Ground& ground) {
  const auto key = parseId(request.query.text("event"));
  const auto found = std::ranges::find(ground.events, key.value_or(0), &EventSummary::key);
  return key && found != ground.events.end() ? &*found : nullptr;
}

/// The edition that is asked for; nothing where none is.
std::optional<Edition> editionOf(ReadTx& tx, Host& host, const Fields& sent) {
  const auto id = parseId(sent.text("edition"));
  if (!id) return std::nullopt;
  auto edition = editionToLead(tx, host, EditionId{*id});
  if (!edition) throw NotFound();
  return edition;
}

Response showNew(const Request& request, Host& host, const Edition& edition, const Form& form, int status = 200) {
  const view::Words words(request, host);
  View view;
  view.set("edition_title", edition.title)
      .group("form", form.view(host.texts(), request.locale))
      .list("breadcrumbs", breadcrumbs({{"/trendcards", words.text("trendcards.navigation")},
                                        {"", words.text("trendcards.session.new.title")}},
                                       words));
  return host.page(request, "session_new", std::move(view),
                   {.status = status, .title = words.text("trendcards.session.new.title")});
}

/// Which deck is it to be?
Response chooseEdition(const Request& request, Host& host) {
  const auto decks = host.read([&](ReadTx& tx) { return store::readableDecks(tx, std::nullopt); });
  const view::Words words(request, host);
  const auto event = parseId(request.query.text("event"));
  const std::string with = event ? "&event=" + std::to_string(*event) : std::string();
  std::vector<View> rows;
  for (const ListedDeck& deck : decks)
    for (const EditionHead& edition : readable(deck.editions)) {
      View row;
      row.set("href", words.link("/trendcards/sessions/new?edition=" + edition.id.text() + with))
          .set("title", edition.title)
          .set("language", words.language(edition.language));
      rows.push_back(std::move(row));
    }
  View view;
  setList(view, "editions", std::move(rows));
  return host.page(request, "session_choose", std::move(view), {.title = words.text("trendcards.session.new.title")});
}

Response showLead(const Request& request, Host& host, Reckonings& reckonings, std::optional<Form> rejected,
                  int status = 200) {
  const auto page = load(host, reckonings, sessionIn(request));
  const SessionPlan& plan = page.reckoning->session().plan;
  const view::Words words(request, host);
  Form note = rejected ? std::move(*rejected) : Form(view::noteFields(plan, page.reckoning->edition()));
  if (!rejected) note.fill("note_key", secrets::random());
  return host.page(request, "session_lead", view::leadPage(page, note, words),
                   {.status = status, .title = plan.title});
}

FormSpec noteFields(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    const auto session = store::findSession(tx, sessionIn(request));
    const auto edition = session ? store::edition(tx, session->plan.edition) : std::nullopt;
    if (!edition) throw NotFound();
    return view::noteFields(session->plan, *edition);
  });
}

Response back(const Request& request, Host& host, std::optional<operations::LeadProblem> problem,
              std::string_view done = {}) {
  return host.redirect(request, view::pathOf(sessionIn(request)), problem ? keyOf(*problem) : done);
}

}  // namespace

SessionId sessionIn(const Request& request) {
  const auto id = request.parameters.id<SessionId>("session");
  if (!id) throw NotFound();
  return *id;
}

std::string_view keyOf(operations::LeadProblem problem) {
  switch (problem) {
    case operations::LeadProblem::over: return "trendcards.session.problem.over";
    case operations::LeadProblem::noSuchPhase: return "trendcards.session.problem.no_such_phase";
    case operations::LeadProblem::ceilingTaken: return "trendcards.session.problem.ceiling";
  }
  return "trendcards.session.problem.over";
}

Response listSessions(const Request& request, Host& host) {
  const auto before = parseId(request.query.text("before"));
  auto sessions = host.read([&](ReadTx& tx) {
    return store::sessionsOf(tx, *request.region, before ? std::optional(SessionId{*before}) : std::nullopt,
                             kOnOnePage + 1);
  });
  const view::Words words(request, host);
  View view;
  const bool isMore = std::ssize(sessions) > kOnOnePage;
  if (isMore) sessions.pop_back();
  view.set("older", isMore ? "?before=" + sessions.back().id.text() : std::string())
      .list("breadcrumbs", breadcrumbs({{view::listPath(words.region(request.region)), words.text("trendcards.navigation")},
                                        {"", words.text("trendcards.session.list.title")}},
                                       words));
  setList(view, "sessions", view::sessionRows(sessions, words));
  return host.page(request, "session_list", std::move(view), {.title = words.text("trendcards.session.list.title")});
}

Response newSession(const Request& request, Host& host) {
  const auto edition = host.read([&](ReadTx& tx) { return editionOf(tx, host, request.query); });
  if (!edition) return chooseEdition(request, host);
  const Ground ground = groundOf(request, host);
  Form form(view::newSessionFields(*edition, ground.regions, ground.events, view::Words(request, host)));
  view::fillNewSession(form, *edition, now());
  if (ground.regions.size() == 1) form.fill("region", ground.regions.front().text());
  if (const EventSummary* event = eventAsked(request, ground)) view::fillEvent(form, *event, ground.regions);
  return showNew(request, host, *edition, form);
}

Response addSession(const Request& request, Host& host) {
  const auto edition = host.read([&](ReadTx& tx) { return editionOf(tx, host, request.form); });
  if (!edition) return host.redirect(request, "/trendcards/sessions/new");  // there one chooses
  const Ground ground = groundOf(request, host);
  Form form = Form::read(
      view::newSessionFields(*edition, ground.regions, ground.events, view::Words(request, host)), request.form);
  const auto closes = form.moment("closes");
  if (closes && *closes < now()) form.error("closes", "trendcards.session.problem.closes_past");
  if (closes && *closes > now() + kLongestOpen) form.error("closes", "trendcards.session.problem.closes_late");
  if (!form.ok()) return showNew(request, host, *edition, form, 422);
  const SessionPlan plan = view::readPlan(form, *edition);
  if (plan.event && !host.read([&](ReadTx& tx) {
        return operations::mayBelong(tx, host, request.actor, plan.region, *plan.event);
      })) {
    form.error("event", "trendcards.session.problem.event_elsewhere");
    return showNew(request, host, *edition, form, 422);
  }
  std::vector<int> known;
  for (const Card& card : edition->cards) known.push_back(static_cast<int>(card.number));
  const operations::Beginning beginning{.plan = plan,
                                        .closesAt = *closes,
                                        .facilitator = *request.actor.person,
                                        .code = JoinCode::of(secrets::random(48)),
                                        .formKey = form.text("form_key").empty() ? secrets::random() : form.text("form_key")};
  const auto begun = host.write(request, [&](WriteTx& tx) { return operations::begin(tx, beginning, known); });
  if (const auto* problem = std::get_if<PlanProblem>(&begun)) {
    view::explain(form, *problem);
    return showNew(request, host, *edition, form, 422);
  }
  return host.redirect(request, view::pathOf(std::get<SessionId>(begun)), "trendcards.session.done.begun");
}

Response showSession(const Request& request, Host& host, Reckonings& reckonings) {
  return showLead(request, host, reckonings, std::nullopt);
}

Response showScreen(const Request& request, Host& host, Reckonings& reckonings) {
  const auto page = load(host, reckonings, sessionIn(request));
  return host.page(request, "session_screen", view::screenPage(page, view::Words(request, host)),
                   {.title = page.reckoning->session().plan.title});
}

Response movePhase(const Request& request, Host& host) {
  const auto phase = kPhases.parse(request.form.text("phase"));
  if (!phase) return back(request, host, operations::LeadProblem::noSuchPhase);
  return back(request, host, host.write(request, [&](WriteTx& tx) {
    return operations::moveTo(tx, sessionIn(request), *phase);
  }));
}

Response setTimer(const Request& request, Host& host) {
  const auto more = parseId(request.form.text("minutes"));
  return back(request, host, host.write(request, [&](WriteTx& tx) {
    if (!more) return operations::stopTimer(tx, sessionIn(request));
    return operations::addTime(tx, sessionIn(request), std::chrono::minutes(std::min<std::int64_t>(*more, kMostMinutes)));
  }));
}

Response setCeiling(const Request& request, Host& host) {
  const auto ceiling = parseId(request.form.text("ceiling"));
  if (!ceiling || *ceiling > kMostParticipants)
    return host.redirect(request, view::pathOf(sessionIn(request)), keyOf(operations::LeadProblem::ceilingTaken));
  return back(request, host, host.write(request, [&](WriteTx& tx) {
    return operations::setCeiling(tx, sessionIn(request), static_cast<int>(*ceiling));
  }), "trendcards.session.done.ceiling");
}

Response freeSeats(const Request& request, Host& host) {
  return back(request, host, host.write(request, [&](WriteTx& tx) { return operations::freeSeats(tx, sessionIn(request)); }),
              "trendcards.session.done.freed");
}

Response endSession(const Request& request, Host& host) {
  return back(request, host, host.write(request, [&](WriteTx& tx) { return operations::end(tx, sessionIn(request)); }),
              "trendcards.session.done.ended");
}

Response addNote(const Request& request, Host& host, Reckonings& reckonings) {
  Form form = Form::read(noteFields(request, host), request.form);
  if (!form.ok()) return showLead(request, host, reckonings, std::move(form), 422);
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::note(tx, sessionIn(request), form.text("note_key"), view::readNote(form));
  });
  if (problem) {
    form.error(*problem == AnswerProblem::notYours ? "note_card" : "note_text", view::keyOf(*problem));
    return showLead(request, host, reckonings, std::move(form), 422);
  }
  return host.redirect(request, view::pathOf(sessionIn(request)), "trendcards.session.done.noted");
}

Response takeAway(const Request& request, Host& host) {
  const auto text = request.parameters.id<ContributionId>("contribution");
  if (!text) throw NotFound();
  const std::string path = view::pathOf(sessionIn(request));
  host.write(request, [&](WriteTx& tx) { return operations::takeAway(tx, sessionIn(request), *text); });
  return redirectWithUndo(request, host, path, "trendcards.session.done.taken_away",
                          path + "/texts/" + text->text() + "/restore");
}

Response giveBack(const Request& request, Host& host) {
  requireUndo(request, host);
  const auto text = request.parameters.id<ContributionId>("contribution");
  if (!text) throw NotFound();
  if (!host.write(request, [&](WriteTx& tx) { return operations::giveBack(tx, sessionIn(request), *text); })) undoIsTooLate();
  return host.redirect(request, view::pathOf(sessionIn(request)), "site.undone");
}

Response roomEvents(const Request& request, Host& host) {
  const auto session = host.read([&](ReadTx& tx) { return store::findSession(tx, sessionIn(request)); });
  // 204 is what ends an EventSource for good (WHATWG HTML, section 9.2.3).
  if (!session || session->isOver(now())) return Response::noContent();
  return streams::open(operations::roomTopicOf(session->id), operations::stateFrame(*session, now()), session->closesAt);
}

void forgetNicknames(Host& host) {
  while (host.writeAs({}, [](WriteTx& tx) { return operations::forgetNicknames(tx); }) > 0) {
  }
}

}  // namespace toimela::trendcards::handlers
