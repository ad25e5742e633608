#include "handlers/editing.h"

#include "handlers/found.h"
#include "operations/articles.h"
#include "publications.h"
#include "store/parts.h"
#include "store/publications.h"
#include "store/series.h"
#include "toimela/undo.h"
#include "view/forms.h"
#include "view/pages.h"

namespace toimela::publications::handlers {

namespace {

constexpr int kMostInWork = 500, kMostInTile = 5;

std::vector<Series> seriesFor(Host& host) {
  return host.read([](ReadTx& tx) { return store::allSeries(tx); });
}

void showForm(View& view, const Form& form, const std::string& back, const view::Words& words) {
  view.group("form", form.view(words.texts(), words.locale())).set("back", words.link(back));
}

/// As people fill it in: it remembers the kind that it was made for.
FormSpec fieldsFor(const std::vector<Series>& series, const view::Words& words) {
  FormSpec fields = view::publicationFields(series, words);
  fields.push_back(Field::hidden("asked"));
  return fields;
}
void showGroups(View& view, const FormSpec& fields, const Form& form, const std::string& back, const view::Words& words) {
  view.group("form", groupedForm(view::publicationGroups(fields, form), form, words.texts(), words.locale()))
      .set("back", words.link(back));
}

Response showNew(const Request& request, Host& host, const FormSpec& fields, const Form& form, int status = 200) {
  const view::Words words(request, host);
  const Region* region = words.region(request.region);
  View view;
  view.list("breadcrumbs", breadcrumbs({{view::listPath(region), words.text("publications.list.title")},
                                        {"", words.text("publications.new.title")}},
                                       words))
      .set("place", words.place(request.region))
      .set("action", words.link(request.path));
  showGroups(view, fields, form, view::listPath(region), words);
  return host.page(request, "new", std::move(view), {.status = status, .title = words.text("publications.new.title")});
}

Response showEdit(const Request& request, Host& host, const Publication& publication, const FormSpec& fields, const Form& form,
                  int status = 200) {
  const view::Words words(request, host);
  View view;
  view.list("breadcrumbs", breadcrumbs(view::wayTo(publication, words.text("publications.edit.title"), words), words))
      .text("title", publication.title, words.locale())
      .set("action", words.link(request.path));
  showGroups(view, fields, form, view::pathOf(publication.id), words);
  return host.page(request, "edit", std::move(view), {.status = status, .title = words.text("publications.edit.title")});
}

Publication changeable(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) { return requireChangeable(tx, request, host); });
}

PublicationId publicationIn(const Request& request) { return request.parameters.id<PublicationId>("publication").value(); }

store::Work workOf(const Territory& territory) { return {.regions = territory.codes(), .nation = territory.nation}; }

}  // namespace

void require(std::optional<operations::Refusal> refusal) {
  if (refusal == operations::Refusal::gone) throw NotFound();
  if (refusal) refuse();
}

Response listWork(const Request& request, Host& host) {
  const Territory territory = territoryOf(request, host);
  const auto found = host.read(
      [&](ReadTx& tx) { return store::findAll(tx, store::inWork(tx, workOf(territory), kMostInWork)); });
  const view::Words words(request, host);
  return host.page(request, "work", view::workPage(found, territory.regions, territory.nation, words));
}

bool fillWorkTile(const Request& request, Host& host, View& view) {
  const Territory territory = territoryOf(request, host);
  if (territory.regions.empty() && !territory.nation) return false;
  store::Work work = workOf(territory);
  work.state = State::review;
  const auto [found, count] = host.read([&](ReadTx& tx) {
    return std::pair{store::findAll(tx, store::inWork(tx, work, kMostInTile)), store::countInWork(tx, work)};
  });
  const view::Words words(request, host);
  view.set("waiting", words.count("publications.tile.waiting", count));
  setList(view, "found", each(found, [&](const Publication& p) { return view::row(p, words); }));
  return true;
}

/// What it is decides what is asked about it.
Response askKind(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Region* region = words.region(request.region);
  View view;
  view.list("breadcrumbs", breadcrumbs({{view::listPath(region), words.text("publications.list.title")},
                                        {"", words.text("publications.new.title")}},
                                       words))
      .set("place", words.place(request.region))
      .list("kinds", each(kKinds, [&](Kind kind) {
              View one;
              one.set("href", words.link(request.path) + "?kind=" + std::string(code(kind)))
                  .set("label", words.word("kind", kind))
                  .set("about", words.word("kind_about", kind));
              return one;
            }));
  return host.page(request, "new_kind", std::move(view), {.title = words.text("publications.new.title")});
}

Response newPublication(const Request& request, Host& host) {
  const auto kind = parseKind(request.query.text("kind"));
  if (!kind) return askKind(request, host);
  const view::Words words(request, host);
  const auto series = seriesFor(host);
  const FormSpec fields = fieldsFor(series, words);
  Form form(fields);
  view::fillPublication(form, {.kind = *kind, .language = std::string(code(request.locale)), .licence = Licence::by}, series);
  form.fill("asked", std::string(code(*kind)));
  return showNew(request, host, fields, form);
}

Response addPublication(const Request& request, Host& host) {
  const view::Words words(request, host);
  const auto series = seriesFor(host);
  const FormSpec fields = fieldsFor(series, words);
  Form form = Form::read(fields, request.form);
  const bool isOther = view::isOfOtherKind(form);
  const auto publication = view::readPublication(form, {.region = request.region}, series);
  if (isOther || !publication) return showNew(request, host, fields, form, 422);
  const auto id = host.write(request, [&](WriteTx& tx) { return operations::add(tx, *publication); });
  return host.redirect(request, view::pathOf(id) + "/files", "publications.done.added");
}

Response editPublication(const Request& request, Host& host) {
  const Publication publication = changeable(request, host);
  const auto series = seriesFor(host);
  const FormSpec fields = fieldsFor(series, view::Words(request, host));
  Form form(fields);
  view::fillPublication(form, publication, series);
  form.fill("asked", std::string(code(publication.kind)));
  return showEdit(request, host, publication, fields, form);
}

Response savePublication(const Request& request, Host& host) {
  const Publication stored = changeable(request, host);
  const auto series = seriesFor(host);
  const FormSpec fields = fieldsFor(series, view::Words(request, host));
  Form form = Form::read(fields, request.form);
  const bool isOther = view::isOfOtherKind(form);
  const auto publication = view::readPublication(form, stored, series);
  if (isOther || !publication) return showEdit(request, host, stored, fields, form, 422);
  const Powers powers = powersIn(stored.region, request, host);
  const auto refusal = host.write(request, [&](WriteTx& tx) { return operations::save(tx, *publication, powers); });
  if (refusal == operations::Refusal::stale) {
    Form now(fields);
    view::fillPublication(now, changeable(request, host), series);
    view::explainStale(form, now, fields);
    return showEdit(request, host, stored, fields, form, 409);
  }
  require(refusal);
  return host.redirect(request, view::pathOf(stored.id), "publications.done.saved");
}

Response takeStep(const Request& request, Host& host) {
  const auto step = parseMove(request.form.text("step"));
  if (!step || *step == Move::withdraw) throw RequestError(422, "publications.error.step", "a step that there is not");
  const Powers powers = powersIn(request.scope.region, request, host);
  require(host.write(request, [&](WriteTx& tx) { return operations::take(tx, publicationIn(request), *step, powers); }));
  return host.redirect(request, view::pathOf(publicationIn(request)), "publications.done." + std::string(code(*step)));
}

namespace {

Response showWithdraw(const Request& request, Host& host, const Form& form, int status = 200) {
  const Publication publication = changeable(request, host);
  const view::Words words(request, host);
  View view;
  view.list("breadcrumbs", breadcrumbs(view::wayTo(publication, words.text("publications.withdraw.title"), words), words))
      .text("title", publication.title, words.locale())
      .set("action", words.link(request.path));
  showForm(view, form, view::pathOf(publication.id), words);
  return host.page(request, "withdraw", std::move(view), {.status = status, .title = words.text("publications.withdraw.title")});
}

}  // namespace

Response askWithdraw(const Request& request, Host& host) { return showWithdraw(request, host, Form(view::withdrawFields())); }

Response withdraw(const Request& request, Host& host) {
  const Form form = Form::read(view::withdrawFields(), request.form);
  if (!form.ok()) return showWithdraw(request, host, form, 422);
  const Powers powers = powersIn(request.scope.region, request, host);
  require(host.write(request, [&](WriteTx& tx) {
    return operations::take(tx, publicationIn(request), Move::withdraw, powers, form.text("why"));
  }));
  const std::string path = view::pathOf(publicationIn(request));
  return redirectWithUndo(request, host, path, "publications.done.withdraw", path + "/step?step=restore");
}

Response removePublication(const Request& request, Host& host) {
  const Publication publication = changeable(request, host);
  const Powers powers = powersIn(publication.region, request, host);
  require(host.write(request, [&](WriteTx& tx) { return operations::removeDraft(tx, publication.id, powers); }));
  return redirectWithUndo(request, host, "/publications/work", "publications.done.removed",
                          view::pathOf(publication.id) + "/restore?revision=" + std::to_string(publication.revision + 1));
}

Response restorePublication(const Request& request, Host& host) {
  requireUndo(request, host, "revision");
  const PublicationId id = publicationIn(request);
  const auto revision = parseId(request.form.text("revision")).value_or(0);
  if (!host.write(request, [&](WriteTx& tx) { return operations::restoreDraft(tx, id, revision); })) undoIsTooLate();
  return host.redirect(request, view::pathOf(id), "site.undone");
}

ScheduledJob clearing() {
  return {"clearing", std::chrono::minutes(15), [](Host& host, const JobTurn&) {
            host.writeAs(std::nullopt, [](WriteTx& tx) {
              const Instant before = tx.time() - std::chrono::hours(1);
              operations::clearRemoved(tx, before);
              operations::clearArticles(tx, before);
            });
          }};
}

}  // namespace toimela::publications::handlers
