#include "handlers/import.h"

#include <algorithm>

#include "handlers/found.h"
#include "operations/intake.h"
#include "publications.h"
#include "store/publications.h"
#include "store/series.h"
#include "toimela/files.h"
#include "view/forms.h"
#include "view/intake.h"

namespace toimela::publications::handlers {

namespace {

constexpr std::size_t kLongestBibtex = 200'000, kMostShown = 500;

const files::Rules& tables() {
  static const files::Rules rules{
      .mostBytes = 5 * 1024 * 1024,
      .types = {"text/plain", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};
  return rules;
}

FormSpec fields() {
  FormSpec all;
  all.push_back(Field::file("file", "publications.import.table", ".csv,.xlsx").hint("publications.import.table_hint"));
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
      .group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "import", std::move(view), {.status = status, .title = words.text("publications.import.title")});
}

/// What was sent: a table that lies in the store under `stored`, or BibTeX as a text.
struct Source {
  std::string stored, bibtex;
};

struct Judgement {
  std::vector<view::Judged> all;
  std::vector<bool> isKnown;
};

std::optional<std::vector<view::Sent>> sentFrom(Host& host, Form& form, const Source& source, const std::vector<Series>& series) {
  std::vector<view::Sent> sent;
  if (source.stored.empty()) {
    const BibtexFile file = parseBibtex(source.bibtex);
    for (const BibtexEntry& entry : file.entries) sent.push_back(view::fromBibtex(entry));
    if (!file.damaged.empty())
      form.error("bibtex", "publications.import.damaged", {{"line", std::to_string(file.damaged.front())}});
  } else {
    const auto path = files::receivedPath(host, source.stored);
    if (!path) {
      form.error("file", "publications.import.gone");
      return std::nullopt;
    }
    auto read = spreadsheet::read(*path);
    if (const auto* trouble = std::get_if<spreadsheet::Trouble>(&read)) {
      form.error("file", std::string(spreadsheet::messageKey(*trouble)));
      return std::nullopt;
    }
    sent = view::fromTable(std::get<std::vector<spreadsheet::Row>>(read), series).sent;
  }
  if (sent.empty() && form.ok()) form.error("", "publications.import.empty");
  return form.ok() ? std::optional(std::move(sent)) : std::nullopt;
}

/// Each by itself; what is for a region where the visitor does not write is wrong too. They come in as drafts.
Judgement judgeAll(const Request& request, Host& host, const std::vector<view::Sent>& sent, const std::vector<Series>& series) {
  const view::Words words(request, host);
  Judgement judgement;
  for (const view::Sent& each : sent) {
    view::Judged judged = view::judge(each, series, words);
    if (judged.publication && !powersIn(judged.publication->region, request, host).edits) {
      judged.publication.reset();
      judged.problems.push_back(words.text("publications.import.not_yours"));
    }
    judgement.all.push_back(std::move(judged));
  }
  host.read([&](ReadTx& tx) {
    for (const view::Judged& each : judgement.all)
      judgement.isKnown.push_back(each.publication && store::findSame(tx, *each.publication).has_value());
    return true;
  });
  return judgement;
}

Response showPreview(const Request& request, Host& host, const Source& source, const Judgement& judgement) {
  const view::Words words(request, host);
  std::vector<View> rows;
  std::int64_t good = 0;
  for (std::size_t i = 0; i < judgement.all.size(); ++i) {
    const view::Judged& each = judgement.all[i];
    const bool isGood = each.publication && !judgement.isKnown[i];
    good += isGood ? 1 : 0;
    if (rows.size() >= kMostShown) continue;
    std::string problems;
    for (const std::string& problem : each.problems) problems.append(problems.empty() ? "" : " ").append(problem);
    View row;
    row.set("where", each.where)
        .set("name", each.publication ? words.pick(each.publication->title) : std::string())
        .set("problems", problems)
        .flag("is_known", judgement.isKnown[i])
        .flag("is_good", isGood);
    rows.push_back(std::move(row));
  }
  View view;
  view.list("breadcrumbs", breadcrumbs(steps(words), words))
      .set("total", words.count("publications.import.total", good))
      .flag("has_good", good > 0)
      .set("stored", source.stored)
      .set("bibtex", source.bibtex)
      .list("rows", std::move(rows));
  return host.page(request, "import_preview", std::move(view), {.title = words.text("publications.import.title")});
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
  }
  if (!form.ok()) return showForm(request, host, form, 422);
  const auto series = host.read([](ReadTx& tx) { return store::allSeries(tx); });
  const auto sent = sentFrom(host, form, source, series);
  if (!sent) return showForm(request, host, form, 422);
  return showPreview(request, host, source, judgeAll(request, host, *sent, series));
}

Response doImport(const Request& request, Host& host) {
  const Source source{std::string(request.form.text("stored")), std::string(request.form.text("bibtex").substr(0, kLongestBibtex))};
  Form form(fields());
  const auto series = host.read([](ReadTx& tx) { return store::allSeries(tx); });
  const auto sent = sentFrom(host, form, source, series);
  if (!sent) return showForm(request, host, form, 422);
  const Judgement judgement = judgeAll(request, host, *sent, series);
  host.write(request, [&](WriteTx& tx) {
    tx.unaudited("each publication that is added says so itself");
    for (const view::Judged& each : judgement.all)
      if (each.publication) operations::takeIn(tx, *each.publication, State::draft);
  });
  if (!source.stored.empty()) files::discard(host, source.stored);
  return host.redirect(request, "/publications/work", "publications.import.done");
}

}  // namespace toimela::publications::handlers
