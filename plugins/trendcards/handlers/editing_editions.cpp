#include "handlers/editing.h"
#include "handlers/found.h"
#include "handlers/offers.h"
#include "handlers/publishing.h"
#include "handlers/refusals.h"
#include "toimela/undo.h"
#include "view/editing.h"
#include "view/forms.h"

namespace toimela::trendcards::handlers {

namespace {

Editing editionOf(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) { return requireEdition(tx, request); });
}
Editing draftOf(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) { return requireDraft(tx, request); });
}

Response showEdition(const Request& request, Host& host, const Editing& editing,
                     const std::vector<Shortcoming>& missing, int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "edition", view::editionPage(editing.deck, editing.edition, missing, words),
                   {.status = status, .title = editing.edition.title});
}

Response showForm(const Request& request, Host& host, const Editing& editing, const Form& form, int status = 200) {
  const view::Words words(request, host);
  const std::string& title = words.text("trendcards.edition_form.title");
  return host.page(request, "form_page",
                   view::formPage(&editing.deck, editing.edition.title, title, request.path,
                                  view::pathOf(editing.edition.id), form, editing.deck.region, words),
                   {.status = status, .title = title});
}

Response showNew(const Request& request, Host& host, const NewEdition& made, const Form& form, int status = 200) {
  const view::Words words(request, host);
  const std::string& title = words.text("trendcards.edition_form.new");
  return host.page(request, "form_page",
                   view::formPage(&made.deck, view::workingTitle(made.editions, words), title, request.path,
                                  view::pathOf(made.deck.id) + "/work", form, made.deck.region, words),
                   {.status = status, .title = title});
}

}  // namespace

Response newEdition(const Request& request, Host& host) {
  const auto made = newEditionOf(request, host);
  return showNew(request, host, made, Form(made.fields));
}

Response addEdition(const Request& request, Host& host) {
  const auto made = newEditionOf(request, host);
  Form form = Form::read(made.fields, request.form);
  if (!form.ok()) return showNew(request, host, made, form, 422);
  const auto from = parseId(form.text("from"));
  const auto added = host.write(request, [&](WriteTx& tx) {
    return operations::addEdition(tx, made.deck.id, *Language::parse(form.text("language")), form.text("title"),
                                  from ? std::optional(EditionId{*from}) : std::nullopt);
  });
  require(added.refusal);
  return host.redirect(request, view::pathOf(added.edition), "trendcards.done.edition_added");
}

Response workOnEdition(const Request& request, Host& host) { return showEdition(request, host, editionOf(request, host), {}); }

Response editEdition(const Request& request, Host& host) {
  const Editing editing = draftOf(request, host);
  return showForm(request, host, editing, view::filledEdition(editing.edition, view::Words(request, host)));
}

Response saveEdition(const Request& request, Host& host) {
  const Editing editing = draftOf(request, host);
  Form form = Form::read(view::editionFields(editing.edition, view::Words(request, host)), request.form);
  if (!form.ok()) return showForm(request, host, editing, form, 422);
  const Edition wanted = view::readEdition(form, editing.edition);
  const auto refusal = host.write(request, [&](WriteTx& tx) { return operations::saveEdition(tx, wanted); });
  if (!refusal) return host.redirect(request, view::pathOf(wanted.id), "trendcards.done.saved");
  if (*refusal == operations::Refusal::gone) throw NotFound();
  form.error("", messageOf(*refusal));
  return showForm(request, host, editing, form, 409);
}

Response publishEdition(const Request& request, Host& host) {
  const Editing editing = draftOf(request, host);
  const auto outcome = publishDraft(request, host, editing);
  require(outcome.refusal);
  if (!outcome.shortcomings.empty()) return showEdition(request, host, editing, outcome.shortcomings, 422);
  return host.redirect(request, view::pathOf(editing.deck.id), "trendcards.done.published");
}

Response addVersion(const Request& request, Host& host) {
  const Editing editing = editionOf(request, host);
  const auto made = host.write(request, [&](WriteTx& tx) { return operations::addVersion(tx, editing.edition.id); });
  // Who asks twice goes on with the draft that is there.
  if (made.refusal != operations::Refusal::draftThere) require(made.refusal);
  return host.redirect(request, view::pathOf(made.edition), "trendcards.done.version_added");
}

Response askRemoveEdition(const Request& request, Host& host) {
  const Editing editing = draftOf(request, host);
  const view::Words words(request, host);
  const std::string& title = words.text("trendcards.edition_remove.title");
  return host.page(request, "remove",
                   view::removePage(editing.deck, editing.edition.title, title,
                                    words.format("trendcards.edition_remove.text",
                                                 {{"language", words.language(editing.edition.language)},
                                                  {"version", editing.edition.version}}),
                                    request.path, view::pathOf(editing.edition.id), words),
                   {.title = title});
}

Response removeEdition(const Request& request, Host& host) {
  const Editing editing = draftOf(request, host);
  require(host.write(request, [&](WriteTx& tx) { return operations::removeDraft(tx, editing.edition.id); }));
  return redirectWithUndo(request, host, view::pathOf(editing.deck.id) + "/work", "trendcards.done.removed",
                          view::pathOf(editing.edition.id) + "/restore");
}

Response restoreEdition(const Request& request, Host& host) {
  requireUndo(request, host);
  const auto id = request.parameters.id<EditionId>("edition").value();
  if (!host.write(request, [&](WriteTx& tx) { return operations::restoreDraft(tx, id); })) undoIsTooLate();
  return host.redirect(request, view::pathOf(id), "site.undone");
}

}  // namespace toimela::trendcards::handlers
