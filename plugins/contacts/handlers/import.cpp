#include "handlers/import.h"

#include "handlers/import_source.h"
#include "handlers/lookup.h"
#include "operations/import.h"
#include "toimela/files.h"
#include "view/import.h"
#include "view/trail.h"

namespace toimela::contacts::handlers {

namespace {

const spreadsheet::Limits kLimits{.bytes = kMostImportBytes, .rows = kMostImportedRows + 1};  // and a header

const files::Rules& acceptedFiles() {
  static const files::Rules rules{
      .mostBytes = kMostImportBytes,
      .types = {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv", "text/plain"}};
  return rules;
}

Network networkOf(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) { return requireNetwork(tx, request); });
}

Response formPage(const Request& request, Host& host, const Network& network, std::string_view errorKey = {}) {
  Form form(view::importFields());
  if (!errorKey.empty()) form.error("file", std::string(errorKey));
  const view::Words words(request, host);
  return host.page(request, "import", view::importForm(network, form, words), {.status = errorKey.empty() ? 200 : 422});
}

std::string_view keyOf(files::Refusal refusal) {
  switch (refusal) {
    case files::Refusal::empty: return "contacts.import.error.no_rows";
    case files::Refusal::tooLarge: return "spreadsheet.trouble.too_large";
    case files::Refusal::forbiddenKind: return "spreadsheet.trouble.not_a_table";
    case files::Refusal::encrypted:
    case files::Refusal::damaged: return "spreadsheet.trouble.damaged";
    case files::Refusal::bomb: return "spreadsheet.trouble.too_much_work";
  }
  return {};
}

/// A file that is here to be looked at, and what it has.
struct Staged {
  std::string storedName, name;
  ImportSource source;
};
using StagedOrKey = std::variant<Staged, std::string>;

StagedOrKey readStaged(std::string storedName, std::string name, const std::string& path) {
  auto source = readSource(path, kLimits);
  if (auto* key = std::get_if<std::string>(&source)) return std::move(*key);
  return Staged{std::move(storedName), std::move(name), std::move(std::get<ImportSource>(source))};
}

StagedOrKey stage(const Request& request, Host& host) {
  if (request.files.empty()) return std::string("contacts.import.error.no_file");
  auto outcome = files::receive(host, request.files.front(), acceptedFiles());
  if (const auto* refusal = std::get_if<files::Refusal>(&outcome)) return std::string(keyOf(*refusal));
  auto& incoming = std::get<files::Incoming>(outcome);
  auto staged = readStaged(incoming.storedName, incoming.name, files::receivedPath(host, incoming.storedName).value_or(""));
  if (std::holds_alternative<std::string>(staged)) files::discard(host, incoming.storedName);
  return staged;
}

/// The file that a preview was made of.
StagedOrKey stagedBefore(const Request& request, Host& host) {
  const std::string storedName(request.form.text("file"));
  const auto path = files::receivedPath(host, storedName);
  if (!path) return std::string("contacts.import.error.gone");
  return readStaged(storedName, std::string(request.form.text("name")), *path);
}

operations::ImportPlan planOf(Host& host, const Network& network, const ImportSource& source) {
  return host.read([&](ReadTx& tx) {
    return operations::planImport(tx, network, source.rows, source.layout, vocabularyOf(host));
  });
}

Response previewPage(const Request& request, Host& host, const Network& network, const Staged& staged, bool isStale) {
  const view::Words words(request, host);
  const auto plan = planOf(host, network, staged.source);
  return host.page(request, "import_preview",
                   view::importPreview(network, plan, {staged.storedName, staged.name, isStale}, words),
                   {.status = isStale ? 409 : 200});
}

}  // namespace

Response showImport(const Request& request, Host& host) { return formPage(request, host, networkOf(request, host)); }

Response previewImport(const Request& request, Host& host) {
  const Network network = networkOf(request, host);
  const auto staged = stage(request, host);
  if (const auto* key = std::get_if<std::string>(&staged)) return formPage(request, host, network, *key);
  return previewPage(request, host, network, std::get<Staged>(staged), false);
}

Response confirmImport(const Request& request, Host& host) {
  const Network network = networkOf(request, host);
  const auto found = stagedBefore(request, host);
  if (const auto* key = std::get_if<std::string>(&found)) return formPage(request, host, network, *key);
  const Staged& staged = std::get<Staged>(found);
  const std::string mark(request.form.text("mark"));
  const auto done = host.write(request, [&](WriteTx& tx) {
    return operations::carryOut(tx, network, staged.source.rows, staged.source.layout, vocabularyOf(host), request.locale, mark);
  });
  if (!done) return previewPage(request, host, network, staged, true);
  files::discard(host, staged.storedName);
  return host.redirect(request, view::pathOf(network.id), "contacts.flash.imported");
}

Response apiImport(const Request& request, Host& host) {
  const Network network = networkOf(request, host);
  const auto found = stage(request, host);
  if (const auto* key = std::get_if<std::string>(&found)) {
    Form form(view::importFields());
    form.error("file", *key);
    return host.problem(request, form);
  }
  // Nothing is kept between two requests: a program sends the file again with the mark.
  const Staged& staged = std::get<Staged>(found);
  files::discard(host, staged.storedName);
  const std::string mark(request.form.text("mark"));
  if (mark.empty())
    return host.json(view::importJson(planOf(host, network, staged.source), false));
  const auto done = host.write(request, [&](WriteTx& tx) {
    return operations::carryOut(tx, network, staged.source.rows, staged.source.layout, vocabularyOf(host), request.locale, mark);
  });
  return done ? host.json(view::importJson(*done, true))
              : host.json(view::importJson(planOf(host, network, staged.source), false), 409);
}

Response wrongRows(const Request& request, Host& host) {
  const Network network = networkOf(request, host);
  const auto staged = stagedBefore(request, host);
  if (const auto* key = std::get_if<std::string>(&staged)) return formPage(request, host, network, *key);
  const view::Words words(request, host);
  return spreadsheet::download(spreadsheet::Format::csv, words.text("contacts.import.wrong_file"),
                               view::wrongRowsFile(planOf(host, network, std::get<Staged>(staged).source), words));
}

Response importTemplate(const Request& request, Host& host) {
  const view::Words words(request, host);
  return spreadsheet::download(spreadsheet::Format::xlsx, words.text("contacts.import.template_file"),
                               view::templateFile(networkOf(request, host), words));
}

}  // namespace toimela::contacts::handlers
