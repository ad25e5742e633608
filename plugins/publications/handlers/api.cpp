#include "handlers/api.h"

#include <nlohmann/json.hpp>

#include "handlers/found.h"
#include "operations/publications.h"
#include "publications.h"
#include "store/articles.h"
#include "store/parts.h"
#include "store/publications.h"
#include "store/series.h"
#include "toimela/paging.h"
#include "view/forms.h"
#include "view/json.h"

namespace toimela::publications::handlers {

namespace {

struct Loaded {
  Publication publication;
  std::vector<Part> parts;
};
Loaded load(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Publication found = requireVisible(tx, request, host);
    if (found.state == State::withdrawn && !powersIn(found.region, request, host).puts()) throw NotFound();
    auto parts = store::partsOf(tx, found.id);
    return Loaded{std::move(found), std::move(parts)};
  });
}

Response shown(Host& host, PublicationId id, int status) {
  const auto [publication, parts] =
      host.read([&](ReadTx& tx) { return Loaded{store::find(tx, id).value(), store::partsOf(tx, id)}; });
  return host.json(view::publicationJson(publication, parts, host), status);
}

std::vector<Series> seriesFor(Host& host) {
  return host.read([](ReadTx& tx) { return store::allSeries(tx); });
}

}  // namespace

Response apiPublications(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  auto found = host.read([&](ReadTx& tx) {
    return store::findAll(tx, store::publicAfter(tx, paging.afterId<PublicationId>(), paging.limit + 1));
  });
  const auto next = paging.cut(found, [](const Publication& p) { return p.id.text(); });
  return host.json(view::publicationsJson(found, next, host));
}

Response apiPublication(const Request& request, Host& host) {
  const auto [publication, parts] = load(request, host);
  return host.json(view::publicationJson(publication, parts, host));
}

Response apiAdd(const Request& request, Host& host) {
  const auto series = seriesFor(host);
  Form form = Form::read(view::publicationFields(series, view::Words(request, host)), request.form);
  const auto wanted = request.form.text("region");
  const auto region = RegionCode::parse(wanted);
  if (!wanted.empty() && (!region || !host.region(*region))) form.error("region", "publications.error.region");
  if (form.ok() && !powersIn(region, request, host).edits) refuse();
  const auto publication = view::readPublication(form, {.region = region}, series);
  if (!publication) return host.problem(request, form);
  const auto id = host.write(request, [&](WriteTx& tx) { return operations::add(tx, *publication); });
  Response answer = shown(host, id, 201);
  answer.headers.set("Location", "/api/v1/publications/" + id.text());
  return answer;
}

Response apiSave(const Request& request, Host& host) {
  const auto series = seriesFor(host);
  const Publication stored = host.read([&](ReadTx& tx) { return requireChangeable(tx, request, host); });
  Form form = Form::read(view::publicationFields(series, view::Words(request, host)), request.form);
  if (form.text("revision").empty()) form.error("revision", "form.error.required", {{"field", "revision"}});
  const auto publication = view::readPublication(form, stored, series);
  if (!publication) return host.problem(request, form);
  const Powers powers = powersIn(stored.region, request, host);
  const auto refusal = host.write(request, [&](WriteTx& tx) { return operations::save(tx, *publication, powers); });
  if (refusal == operations::Refusal::stale) {
    form.error("revision", "publications.error.stale");
    return host.problem(request, form, 409);
  }
  if (refusal) refuse();
  return shown(host, stored.id, 200);
}

Response apiStep(const Request& request, Host& host) {
  Form form = Form::read({Field::text("step", "publications.field.step").required(),
                          Field::text("why", "publications.withdraw.why")}, request.form);
  const auto step = parseMove(form.text("step"));
  if (form.ok() && !step) form.error("step", "publications.error.step");
  if (step == Move::withdraw && form.text("why").empty()) form.error("why", "form.error.required", {{"field", "why"}});
  if (!form.ok()) return host.problem(request, form);
  const auto id = request.parameters.id<PublicationId>("publication").value();
  const Powers powers = powersIn(request.scope.region, request, host);
  const auto refusal = host.write(request, [&](WriteTx& tx) { return operations::take(tx, id, *step, powers, form.text("why")); });
  if (refusal == operations::Refusal::gone) throw NotFound();
  if (refusal) {
    form.error("step", "publications.error.not_now");
    return host.problem(request, form, 409);
  }
  return shown(host, id, 200);
}

PersonalData editorData() {
  return {.section = "publications",
          .exporter = [](ReadTx& tx, PersonId person) {
            nlohmann::ordered_json json{{"publications", nlohmann::ordered_json::array()},
                                        {"articles", nlohmann::ordered_json::array()}};
            for (const Publication& p : store::findAll(tx, store::createdBy(tx, person)))
              json["publications"].push_back({{"id", p.id.text()}, {"title", p.title.pick(Locale::fi).text},
                                              {"state", code(p.state)}, {"createdAt", isoText(p.createdAt)}});
            for (const Article& article : store::articlesBy(tx, person))
              json["articles"].push_back({{"id", article.id.text()}, {"title", article.title.pick(Locale::fi).text},
                                          {"day", article.day.text()}});
            return json.dump();
          },
          .eraser = store::forgetPerson,
          .columns = {"publications_publication.created_by", "publications_publication.created_at",
                      "publications_version.created_by", "publications_version.created_at",
                      "publications_article.created_by",
                      // Who made a work is a fact about the work: it is kept, as in every library.
                      "publications_contributor.name", "publications_contributor.orcid",
                      "publications_article.author"}};
}

}  // namespace toimela::publications::handlers
