#include "handlers/results.h"

#include <utility>

#include "operations/results.h"
#include "operations/upload_of.h"
#include "operations/workshops.h"
#include "store/decks.h"
#include "store/results.h"
#include "store/sessions.h"
#include "toimela/event_materials.h"
#include "toimela/files.h"
#include "toimela/table.h"
#include "view/results.h"

namespace toimela::trendcards::handlers {

std::optional<view::Outcome> outcomeOf(ReadTx& tx, SessionId id) {
  auto answers = store::answersOf(tx, id);
  if (!answers) return std::nullopt;
  auto edition = store::edition(tx, answers->session.plan.edition);
  if (!edition) return std::nullopt;
  Result result = resultOf(*answers);
  return view::Outcome{std::move(answers->session), std::move(result), std::move(*edition)};
}

namespace {

constexpr int kMostCounted = 200;

view::Outcome requireOutcome(ReadTx& tx, const Request& request) {
  const auto id = request.parameters.id<SessionId>("session");
  auto outcome = id ? outcomeOf(tx, *id) : std::nullopt;
  if (!outcome) throw NotFound();
  return std::move(*outcome);
}

/// Of a session that is over: before, there is nothing to hand on.
view::Outcome requireOver(const Request& request, Host& host) {
  auto outcome = host.read([&](ReadTx& tx) { return requireOutcome(tx, request); });
  if (!outcome.session.isOver(now()))
    throw RequestError(409, "trendcards.result.not_over", "the session goes on");
  return outcome;
}

/// The file that was asked for instead of the page.
std::optional<Response> fileOf(const Request& request, const view::Outcome& outcome, const view::Words& words) {
  const std::string format(request.query.text("format"));
  if (format.empty()) return std::nullopt;
  const std::string name = words.text("trendcards.results.file") + "-" + outcome.session.id.text();
  const auto report = view::reportOf(outcome, words);
  if (format == "pdf")
    return Response::attachment(name + ".pdf", "application/pdf", view::paperOf(report, words.locale()));
  if (format == "xlsx")
    return spreadsheet::download(spreadsheet::Format::xlsx, name, view::workbookOf(report, words));
  if (format == "md")
    return Response::attachment(name + ".md", "text/markdown; charset=utf-8", view::markdownOf(report));
  if (format == "json")
    return Response::attachment(name + ".json", "application/json", view::jsonOf(outcome));
  return std::nullopt;
}

view::ResultDeeds deedsOf(ReadTx& tx, const Request& request, Host& host, const Session& session) {
  view::ResultDeeds deeds{.record = store::recordOf(tx, session.id),
                          .sharedAddress = {},
                          .isOver = session.isOver(now()),
                          .feedsMap = session.plan.feedsMap && session.plan.exercise == Exercise::rank,
                          .events = {},
                          .attachedTo = {},
                          .belongsTo = {}};
  if (deeds.record.shareKey)
    deeds.sharedAddress = host.absolute(request.locale, view::sharedResultPath(*deeds.record.shareKey));
  if (auto* events = host.service<EventMaterials>()) {
    deeds.events = operations::eventsFor(tx, host, request.actor, {session.plan.region});
    if (deeds.record.event) deeds.attachedTo = events->find(tx, *deeds.record.event);
  }
  deeds.belongsTo = operations::eventOf(tx, host, session);
  auto* archive = host.service<Archive>();
  deeds.takesDeposit = archive && archive->takesFrom(host, request.actor, session.plan.region);
  return deeds;
}

Response showFacilitated(const Request& request, Host& host, const view::Outcome& outcome, const Form* sent,
                         int status) {
  const view::Words words(request, host);
  const auto deeds = host.read([&](ReadTx& tx) { return deedsOf(tx, request, host, outcome.session); });
  Form empty(view::attachFields(deeds.events, words));
  // What the session belongs to is what its result goes to.
  if (const auto& event = outcome.session.plan.event) empty.fill("event", std::to_string(*event));
  return host.page(request, "result",
                   view::resultPage(outcome, view::resultPath(outcome.session.id), deeds, sent ? sent : &empty, words),
                   {.status = status,
                    .title = view::titleOf(outcome.session, outcome.edition.title, words)});
}

/// The paper of the result as a file that is kept by nobody yet.
files::Incoming paperFile(Host& host, const view::Outcome& outcome, const view::Words& words) {
  const std::string content = view::paperOf(view::reportOf(outcome, words), words.locale());
  const std::string name = words.text("trendcards.results.file") + "-" + outcome.session.id.text() + ".pdf";
  auto received = files::receive(host, operations::uploadOf(name, content), files::documentsAndPictures());
  if (auto* incoming = std::get_if<files::Incoming>(&received)) return std::move(*incoming);
  throw RequestError(507, std::string(files::messageKey(std::get<files::Refusal>(received))), "the paper was not taken");
}

LocalText inLanguageOf(const view::Words& words, std::string text) {
  LocalText local;
  local.in(words.locale()) = std::move(text);
  return local;
}

}  // namespace

Response showResult(const Request& request, Host& host) {
  const auto outcome = host.read([&](ReadTx& tx) { return requireOutcome(tx, request); });
  const view::Words words(request, host);
  if (auto file = fileOf(request, outcome, words)) return std::move(*file);
  return showFacilitated(request, host, outcome, nullptr, 200);
}

Response showSharedResult(const Request& request, Host& host) {
  const std::string& key = request.parameters.text("key");
  const auto outcome = host.read([&](ReadTx& tx) {
    const auto id = store::sharedBy(tx, key);
    auto shared = id ? outcomeOf(tx, *id) : std::nullopt;
    if (!shared || !host.active("trendcards", shared->session.plan.region)) throw NotFound();
    return std::move(*shared);
  });
  const view::Words words(request, host);
  if (auto file = fileOf(request, outcome, words)) return std::move(*file);
  return host.page(request, "result", view::resultPage(outcome, view::sharedResultPath(key), {}, nullptr, words),
                   {.title = view::titleOf(outcome.session, outcome.edition.title, words)});
}

Response listResults(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Region& region = *words.region(request.region);
  Table table(view::resultsTable(region), request);
  auto rows = host.read([&](ReadTx& tx) {
    std::vector<view::ListedResult> listed;
    for (const SessionId id : store::overIn(tx, region.code, now(), table.limit(), table.offset()))
      if (auto session = store::findSession(tx, id))
        if (const auto edition = store::editionHead(tx, session->plan.edition))
          listed.push_back({*session, edition->title, store::countsOf(tx, *session).answered, store::recordOf(tx, id)});
    return listed;
  });
  auto shown = view::resultRows(rows, words);
  if (table.format()) return table.file(request, host, std::move(shown), words.text("trendcards.results.file"));
  View page;
  page.list("breadcrumbs", breadcrumbs({{view::listPath(&region), words.text("trendcards.navigation")}}, words))
      .set("place", words.place(region.code))
      .group("table", table.view(request, host, std::move(shown)));
  return host.page(request, "results_list", std::move(page));
}

Response shareResult(const Request& request, Host& host) {
  const auto outcome = requireOver(request, host);
  host.write(request, [&](WriteTx& tx) { return operations::shareResult(tx, outcome.session.id); });
  return host.redirect(request, view::resultPath(outcome.session.id), "trendcards.result.done.shared");
}

Response unshareResult(const Request& request, Host& host) {
  const auto outcome = requireOver(request, host);
  host.write(request, [&](WriteTx& tx) { operations::stopSharing(tx, outcome.session.id); });
  return host.redirect(request, view::resultPath(outcome.session.id), "trendcards.result.done.unshared");
}

Response attachResult(const Request& request, Host& host) {
  const auto outcome = requireOver(request, host);
  const view::Words words(request, host);
  auto* events = host.service<EventMaterials>();
  if (!events) throw NotFound();
  const auto open = host.read(
      [&](ReadTx& tx) { return operations::eventsFor(tx, host, request.actor, {outcome.session.plan.region}); });
  Form form = Form::read(view::attachFields(open, words), request.form);
  if (!form.ok()) return showFacilitated(request, host, outcome, &form, 422);
  const auto paper = paperFile(host, outcome, words);
  const auto title = inLanguageOf(words, view::titleOf(outcome.session, outcome.edition.title, words));
  const std::int64_t event = *parseId(form.text("event"));
  const bool isAttached = host.write(request, [&](WriteTx& tx) {
    return operations::attachResult(tx, host, *events, request.actor, outcome.session.id, event, title, paper);
  });
  if (isAttached) return host.redirect(request, view::resultPath(outcome.session.id), "trendcards.result.done.attached");
  form.error("event", "trendcards.result.error.event_gone");
  return showFacilitated(request, host, outcome, &form, 422);
}

Response depositResult(const Request& request, Host& host) {
  const auto outcome = requireOver(request, host);
  const view::Words words(request, host);
  auto* archive = host.service<Archive>();
  if (!archive || !archive->takesFrom(host, request.actor, outcome.session.plan.region)) throw NotFound();
  handOver(host, request.actor.person, *archive, outcome, words);
  return host.redirect(request, view::resultPath(outcome.session.id), "trendcards.result.done.deposited");
}

std::string handOver(Host& host, std::optional<PersonId> by, Archive& archive, const view::Outcome& outcome,
                     const view::Words& words) {
  const auto paper = paperFile(host, outcome, words);
  const Deposit deposit{
      .title = inLanguageOf(words, view::titleOf(outcome.session, outcome.edition.title, words)),
      .abstract = inLanguageOf(words, view::abstractOf(outcome, words)),
      .language = words.locale(),
      .region = outcome.session.plan.region,
      .files = {}};
  return host.writeAs(by, [&](WriteTx& tx) {
    return operations::depositResult(tx, archive, outcome.session.id, deposit, paper);
  });
}

Response withdrawResult(const Request& request, Host& host) {
  const auto outcome = requireOver(request, host);
  host.write(request, [&](WriteTx& tx) { operations::withdrawNeeds(tx, outcome.session.id); });
  return host.redirect(request, view::resultPath(outcome.session.id), "trendcards.result.done.withdrawn");
}

Response apiResult(const Request& request, Host& host) {
  return host.json(view::jsonOf(host.read([&](ReadTx& tx) { return requireOutcome(tx, request); })));
}

void countSessions(Host& host, const std::vector<RegionCode>&) {
  const auto waiting = host.read([](ReadTx& tx) { return store::uncounted(tx, now(), kMostCounted); });
  for (const SessionId session : waiting)
    host.writeAs({}, [&](WriteTx& tx) { operations::countNeeds(tx, session); });
}

}  // namespace toimela::trendcards::handlers
