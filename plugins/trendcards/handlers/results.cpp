#include "handlers/results.h"

#include <utility>

#include "operations/results.h"
#include "operations/workshops.h"
#include "store/decks.h"
#include "store/results.h"
#include "store/sessions.h"
#include "toimela/event_materials.h"
#include "toimela/made_files.h"
#include "toimela/table.h"
#include "view/results.h"

namespace toimela::trendcards::handlers {

namespace {

constexpr int kMostCounted = 200;

Reckonings::Kept requireReckoning(Host& host, Reckonings& reckonings, std::optional<SessionId> id) {
  auto kept = id ? reckonings.of(host, *id) : nullptr;
  if (!kept) throw NotFound();
  return kept;
}
Reckonings::Kept requireReckoning(const Request& request, Host& host, Reckonings& reckonings) {
  return requireReckoning(host, reckonings, request.parameters.id<SessionId>("session"));
}

/// A session that is over: before, there is nothing to hand on.
Session requireOver(const Request& request, Host& host) {
  const auto id = request.parameters.id<SessionId>("session");
  auto session = host.read([&](ReadTx& tx) { return id ? store::findSession(tx, *id) : std::nullopt; });
  if (!session) throw NotFound();
  if (!session->isOver(now())) throw RequestError(409, "trendcards.result.not_over", "the session goes on");
  return std::move(*session);
}

/// The file that was asked for instead of the page.
std::optional<Response> fileOf(const Request& request, const view::Outcome& outcome, Prints& prints,
                               const view::Words& words) {
  const std::string format(request.query.text("format"));
  if (format.empty()) return std::nullopt;
  const std::string name = words.text("trendcards.results.file") + "-" + outcome.session.id.text();
  if (format == "pdf" || format == "xlsx") {
    const bool isPdf = format == "pdf";
    const std::string key = outcome.session.id.text() + "-" + std::to_string(outcome.session.revision) + "-" +
                            (outcome.session.isOver(words.at()) ? "over-" : "open-") + std::string(code(words.locale())) +
                            "." + format;
    const auto file = prints.print(key, [&] {
      const auto report = view::reportOf(outcome, words);
      return isPdf ? view::paperOf(report, words.locale()) : view::workbookOf(report, words);
    });
    if (!file) throw RequestError(503, "trendcards.print.error.busy", "others print already");
    Response response = isPdf ? Response::attachment(name + ".pdf", "application/pdf", {})
                              : spreadsheet::download(spreadsheet::Format::xlsx, name, {});
    response.body = file;
    return response;
  }
  const auto report = view::reportOf(outcome, words);
  if (format == "md")
    return Response::attachment(name + ".md", "text/markdown; charset=utf-8", view::markdownOf(report));
  if (format == "json")
    return Response::attachment(name + ".json", "application/json", view::jsonOf(outcome, words.at()));
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
  auto received = files::receive(host, words.text("trendcards.results.file") + "-" + outcome.session.id.text() + ".pdf",
                                 view::paperOf(view::reportOf(outcome, words), words.locale()),
                                 files::documentsAndPictures());
  if (auto* incoming = std::get_if<files::Incoming>(&received)) return std::move(*incoming);
  throw RequestError(507, std::string(files::messageKey(std::get<files::Refusal>(received))), "the paper was not taken");
}

LocalText inLanguageOf(const view::Words& words, std::string text) {
  LocalText local;
  local.in(words.locale()) = std::move(text);
  return local;
}

}  // namespace

Response showResult(const Request& request, Host& host, Reckonings& reckonings) {
  const auto reckoning = requireReckoning(request, host, reckonings);
  const view::Outcome outcome(*reckoning);
  const view::Words words(request, host);
  if (auto file = fileOf(request, outcome, reckonings.prints(), words)) return std::move(*file);
  return showFacilitated(request, host, outcome, nullptr, 200);
}

Response showSharedResult(const Request& request, Host& host, Reckonings& reckonings) {
  const std::string& key = request.parameters.text("key");
  const auto id = host.read([&](ReadTx& tx) { return store::sharedBy(tx, key); });
  const auto reckoning = requireReckoning(host, reckonings, id);
  if (!host.active("trendcards", reckoning->session().plan.region)) throw NotFound();
  const view::Outcome outcome(*reckoning);
  const view::Words words(request, host);
  if (auto file = fileOf(request, outcome, reckonings.prints(), words)) return std::move(*file);
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
  page.list("breadcrumbs", breadcrumbs({{view::listPath(&region), words.text("trendcards.navigation")},
                                        {"", words.text("trendcards.results_list.title")}}, words))
      .set("place", words.place(region.code))
      .group("table", table.view(request, host, std::move(shown)));
  return host.page(request, "results_list", std::move(page));
}

Response shareResult(const Request& request, Host& host) {
  const SessionId id = requireOver(request, host).id;
  host.write(request, [&](WriteTx& tx) { return operations::shareResult(tx, id); });
  return host.redirect(request, view::resultPath(id), "trendcards.result.done.shared");
}

Response unshareResult(const Request& request, Host& host) {
  const SessionId id = requireOver(request, host).id;
  host.write(request, [&](WriteTx& tx) { operations::stopSharing(tx, id); });
  return host.redirect(request, view::resultPath(id), "trendcards.result.done.unshared");
}

Response attachResult(const Request& request, Host& host, Reckonings& reckonings) {
  requireOver(request, host);
  const auto reckoning = requireReckoning(request, host, reckonings);
  const view::Outcome outcome(*reckoning);
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

Response depositResult(const Request& request, Host& host, Reckonings& reckonings) {
  const RegionCode region = requireOver(request, host).plan.region;
  const view::Words words(request, host);
  auto* archive = host.service<Archive>();
  if (!archive || !archive->takesFrom(host, request.actor, region)) throw NotFound();
  const auto reckoning = requireReckoning(request, host, reckonings);
  handOver(host, request.actor.person, *archive, view::Outcome(*reckoning), words);
  return host.redirect(request, view::resultPath(reckoning->session().id), "trendcards.result.done.deposited");
}

std::string handOver(Host& host, std::optional<PersonId> by, Archive& archive, const view::Outcome& outcome,
                     const view::Words& words) {
  const auto paper = paperFile(host, outcome, words);
  const Deposit deposit{
      .title = inLanguageOf(words, view::titleOf(outcome.session, outcome.edition.title, words)),
      .abstract = inLanguageOf(words, view::abstractOf(outcome, words)),
      .language = words.locale(),
      .region = outcome.session.plan.region,
      .files = {},
      .isAccessible = true};
  return host.writeAs(by, [&](WriteTx& tx) {
    return operations::depositResult(tx, archive, outcome.session.id, deposit, paper);
  });
}

Response withdrawResult(const Request& request, Host& host) {
  const SessionId id = requireOver(request, host).id;
  host.write(request, [&](WriteTx& tx) { operations::withdrawNeeds(tx, id); });
  return host.redirect(request, view::resultPath(id), "trendcards.result.done.withdrawn");
}

Response apiResult(const Request& request, Host& host, Reckonings& reckonings) {
  return host.json(view::jsonOf(view::Outcome(*requireReckoning(request, host, reckonings)), now()));
}

void countSessions(Host& host, const JobTurn& turn) {
  const auto waiting = host.read([](ReadTx& tx) { return store::uncounted(tx, now(), kMostCounted); });
  for (const SessionId session : waiting) {
    if (turn.stop.stop_requested()) return;
    host.writeAs({}, [&](WriteTx& tx) { operations::countNeeds(tx, session); });
  }
}

}  // namespace toimela::trendcards::handlers
