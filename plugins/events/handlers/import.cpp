#include "handlers/import.h"

#include "handlers/organised.h"
#include "handlers/staged_table.h"
#include "operations/import.h"
#include "store/events.h"
#include "store/questions.h"
#include "toimela/directory.h"
#include "toimela/files.h"
#include "toimela/secrets.h"
#include "view/import.h"
#include "view/managing.h"

namespace toimela::events::handlers {

namespace {

constexpr int kMostRows = 2'000;
const spreadsheet::Limits kLimits{.bytes = kLargestTable, .rows = kMostRows + 1};  // and a header

struct Loaded {
  Event event;
  std::vector<Session> sessions;
  ImportTerms terms;
  operations::ImportContact contact;
};
Loaded load(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Event event = requireOrganised(tx, request);
    auto sessions = store::sessionsOf(tx, event.id);
    auto terms = view::importTerms(sessions, store::questionsOf(tx, event.id),
                                   !store::quotasOf(tx, event.id).empty(), host.texts());
    const Person person = directory::findPerson(tx, *request.actor.person).value();
    return Loaded{std::move(event), std::move(sessions), std::move(terms),
                  {person.name(), person.email, request.locale}};
  });
}

Response formPage(const Request& request, Host& host, const Loaded& loaded, const Form& form, int status) {
  const view::Words words(request, host);
  View view;
  view::showHead(view, loaded.event, "participants", words);
  view.group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "organise_import", std::move(view), {.status = status});
}

/// The rows of a table as they are understood, or the key of what is wrong with it.
std::variant<std::vector<ImportedRow>, std::string> rowsIn(const staged_table::Staged& staged, const ImportTerms& terms) {
  const auto layout = layoutOf(staged.rows.front().cells, terms);
  if (!layout) return std::string("events.import.no_header");
  std::vector<ImportedRow> rows;
  for (std::size_t i = 1; i < staged.rows.size(); ++i)
    rows.push_back(readRow(staged.rows[i].number, staged.rows[i].cells, *layout, terms));
  if (rows.empty()) return std::string("spreadsheet.trouble.empty");
  return rows;
}

Response previewPage(const Request& request, Host& host, const Loaded& loaded, std::vector<ImportedRow> rows,
                     const view::ImportTicket& ticket) {
  const view::Words words(request, host);
  const auto plan = host.read([&](ReadTx& tx) {
    return operations::planImport(tx, loaded.event.id, std::move(rows), loaded.contact, ticket.key);
  });
  View view;
  view::showHead(view, loaded.event, "participants", words);
  view::showImportPlan(view, plan, ticket, words);
  return host.page(request, "organise_import_preview", std::move(view), {.status = ticket.isStale ? 409 : 200});
}

/// A form with what is wrong with the file that was sent with it.
Response refused(const Request& request, Host& host, const Loaded& loaded, Form form, const std::string& key) {
  form.error("file", key);
  return formPage(request, host, loaded, form, 422);
}

}  // namespace

Response showImport(const Request& request, Host& host) {
  return formPage(request, host, load(request, host), Form(view::importFields()), 200);
}

Response previewImport(const Request& request, Host& host) {
  const Loaded loaded = load(request, host);
  const Form form = Form::read(view::importFields(), request.form);
  if (!form.ok()) return formPage(request, host, loaded, form, 422);
  const auto outcome = staged_table::receive(request, host, kLimits);
  if (const auto* key = std::get_if<std::string>(&outcome)) return refused(request, host, loaded, form, *key);
  const auto& staged = std::get<staged_table::Staged>(outcome);
  auto rows = rowsIn(staged, loaded.terms);
  if (const auto* key = std::get_if<std::string>(&rows)) {
    files::discard(host, staged.storedName);
    return refused(request, host, loaded, form, *key);
  }
  return previewPage(request, host, loaded, std::get<std::vector<ImportedRow>>(std::move(rows)),
                     {staged.storedName, staged.name, secrets::random(12), form.text("reason")});
}

Response confirmImport(const Request& request, Host& host) {
  const Loaded loaded = load(request, host);
  const Form form = Form::read(view::importFields(), request.form);
  const auto outcome = staged_table::reopen(request, host, kLimits);
  if (const auto* key = std::get_if<std::string>(&outcome)) return refused(request, host, loaded, form, *key);
  const auto& staged = std::get<staged_table::Staged>(outcome);
  auto rows = rowsIn(staged, loaded.terms);
  if (const auto* key = std::get_if<std::string>(&rows)) return refused(request, host, loaded, form, *key);
  if (!form.ok()) return formPage(request, host, loaded, form, 422);
  const auto& understood = std::get<std::vector<ImportedRow>>(rows);
  const view::ImportTicket ticket{staged.storedName, staged.name, std::string(request.form.text("key")),
                                  form.text("reason"), true};
  const auto done = host.write(request, [&](WriteTx& tx) {
    return operations::carryOut(tx, loaded.event.id, understood, loaded.contact, ticket.key, ticket.reason,
                                std::string(request.form.text("mark")));
  });
  if (!done) return previewPage(request, host, loaded, understood, ticket);
  files::discard(host, staged.storedName);
  return host.redirect(request, view::pathOf(loaded.event.id) + "/participants", "events.done.imported");
}

Response importExample(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Loaded loaded = load(request, host);
  return spreadsheet::download(spreadsheet::Format::xlsx, words.text("events.import.example_file"),
                               view::importExample(loaded.event, loaded.terms, loaded.sessions, words));
}

}  // namespace toimela::events::handlers
