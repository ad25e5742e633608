#include "handlers/import.h"

#include <algorithm>

#include "exchange/bundle.h"
#include "exchange/export.h"
#include "exchange/import.h"
#include "handlers/found.h"
#include "publications.h"
#include "toimela/files.h"
#include "toimela/made_files.h"
#include "view/forms.h"
#include "view/intake.h"

namespace toimela::publications::handlers {

namespace {

using exchange::Imported;
using exchange::ImportError;

constexpr std::size_t kLongestBibtex = 200'000, kMostShown = 500;

const files::Rules& tables() {
  static const files::Rules rules{
      .mostBytes = kLargestPacked,
      .types = {"text/plain", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/zip"}};
  return rules;
}

FormSpec fields() {
  FormSpec all;
  all.push_back(Field::file("file", "publications.import.table", ".csv,.xlsx,.zip").hint("publications.import.table_hint"));
  all.push_back(Field::multiline("bibtex", "publications.import.bibtex").longest(kLongestBibtex));
  return all;
}

std::vector<Step> steps(const view::Words& words) {
  return {{"/publications", words.text("publications.list.title")},
          {"/publications/work", words.text("publications.work.title")},
          {"", words.text("publications.import.title")}};
}

Response showForm(const Request& request, Host& host, const Form& form, int status = 200) {
  const view::Words words(request, host);
  std::string names;
  for (const std::string& name : view::columns()) names.append(names.empty() ? "" : ", ").append(name);
  View view;
  view.list("breadcrumbs", breadcrumbs(steps(words), words))
      .set("columns", names)
      .flag("may_export", host.allowed(request.actor, kReview, {}))
      .group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "import", std::move(view), {.status = status, .title = words.text("publications.import.title")});
}

/// What was sent: a file that lies in the store under `stored`, or BibTeX as a text.
struct Source {
  std::string stored, bibtex;
};

/// A table comes in as drafts; a whole folder keeps the states of what its bringer may publish. Throws ImportError.
Imported import(const Request& request, Host& host, const Source& source, bool onlyCheck) {
  exchange::Importing as{.powers = [&](std::optional<RegionCode> region) { return powersIn(region, request, host); },
                         .person = request.actor.person,
                         .locale = request.locale,
                         .asDrafts = true,
                         .onlyCheck = onlyCheck};
  if (source.stored.empty()) return exchange::importBibtex(host, source.bibtex, as);
  const auto received = files::receivedPath(host, source.stored);
  if (!received) throw ImportError(host.texts().get(request.locale, "publications.import.gone"));
  as.asDrafts = !exchange::isPackedFolder(*received);
  return exchange::importFrom(host, *received, as);
}

Response showPreview(const Request& request, Host& host, const Source& source, const Imported& imported) {
  const view::Words words(request, host);
  std::vector<View> rows, remarks;
  for (std::size_t i = 0; i < imported.judged.size() && rows.size() < kMostShown; ++i) {
    const view::Judged& each = imported.judged[i];
    std::string problems;
    for (const std::string& problem : each.problems) problems.append(problems.empty() ? "" : " ").append(problem);
    View row;
    row.set("where", each.where)
        .set("name", each.publication ? words.pick(each.publication->title) : std::string())
        .set("problems", problems)
        .set("state", words.word("state", each.state))
        .flag("is_known", imported.isKnown[i])
        .flag("is_good", each.publication && !imported.isKnown[i]);
    rows.push_back(std::move(row));
  }
  for (const std::string& remark : imported.remarks) {
    if (remarks.size() >= kMostShown) break;
    remarks.emplace_back().set("text", remark);
  }
  const exchange::Sums& sums = imported.sums;
  View view;
  view.list("breadcrumbs", breadcrumbs(steps(words), words))
      .set("total", words.count("publications.import.total", sums.added))
      .set("files", sums.files ? words.count("publications.import.files", sums.files) : std::string())
      .set("articles", sums.articles ? words.count("publications.import.articles", sums.articles) : std::string())
      .flag("has_good", sums.added > 0 || sums.articles > 0)
      .set("stored", source.stored)
      .set("bibtex", source.bibtex);
  setList(view, "rows", std::move(rows));
  setList(view, "remarks", std::move(remarks));
  return host.page(request, "import_preview", std::move(view), {.title = words.text("publications.import.title")});
}

/// What cannot be taken in at all is said where it was chosen.
Response refused(const Request& request, Host& host, const Source& source, const std::string& why) {
  Form form(fields());
  form.fill("bibtex", source.bibtex);
  form.error(source.stored.empty() ? "bibtex" : "file", "publications.import.because", {{"why", why}});
  return showForm(request, host, form, 422);
}

}  // namespace

Response askImport(const Request& request, Host& host) { return showForm(request, host, Form(fields())); }

Response previewImport(const Request& request, Host& host) {
  Form form = Form::read(fields(), request.form);
  Source source{.bibtex = form.text("bibtex")};
  const auto file = std::ranges::find(request.files, "file", &UploadedFile::field);
  if (file != request.files.end() && file->content && file->content->size() > 0) {
    auto received = files::receive(host, *file, tables());
    if (const auto* refusal = std::get_if<files::Refusal>(&received)) view::explain(form, *refusal);
    else source = {.stored = std::get<files::Incoming>(received).storedName, .bibtex = ""};
  } else if (source.bibtex.empty()) {
    form.error("file", "publications.import.nothing");
  } else if (const auto damaged = parseBibtex(source.bibtex).damaged; !damaged.empty()) {
    form.error("bibtex", "publications.import.damaged", {{"line", std::to_string(damaged.front())}});
  }
  if (!form.ok()) return showForm(request, host, form, 422);
  try {
    const Imported imported = import(request, host, source, true);
    const bool isNothing = imported.judged.empty() && imported.sums.articles == 0 && imported.remarks.empty();
    return isNothing ? refused(request, host, source, host.texts().get(request.locale, "publications.import.empty"))
                     : showPreview(request, host, source, imported);
  } catch (const ImportError& e) {
    return refused(request, host, source, e.what());
  }
}

Response doImport(const Request& request, Host& host) {
  const Source source{std::string(request.form.text("stored")), std::string(request.form.text("bibtex").substr(0, kLongestBibtex))};
  try {
    import(request, host, source, false);
  } catch (const ImportError& e) {
    return refused(request, host, source, e.what());
  }
  if (!source.stored.empty()) files::discard(host, source.stored);
  return host.redirect(request, "/publications/work", "publications.import.done");
}

Response exportPacked(const Request&, Host& host) {
  const auto outgoing = exchange::gather(host);
  auto packed = files::spool(host, outgoing.bytes, [&](const std::string& path) { exchange::writeZip(outgoing, path); });
  Response response = Response::attachment("toimela-publications-" + Date::today().text() + ".zip", "application/zip", "");
  response.body = files::streamOf(std::move(packed));
  return response;
}

}  // namespace toimela::publications::handlers
