// The files of a publication.
#include "handlers/editing.h"
#include "handlers/found.h"
#include "handlers/received.h"
#include "operations/publications.h"
#include "store/parts.h"
#include "toimela/undo.h"
#include "view/forms.h"
#include "view/pages.h"

namespace toimela::publications::handlers {

namespace {

struct Opened {
  Publication publication;
  std::vector<Part> parts;
};
Opened open(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Publication publication = requireChangeable(tx, request, host);
    auto parts = store::partsOf(tx, publication.id);
    return Opened{std::move(publication), std::move(parts)};
  });
}

Response showPartForm(const Request& request, Host& host, const Publication& publication, const Form& form,
                      const char* titleKey, int status = 200) {
  const view::Words words(request, host);
  View view;
  view.list("breadcrumbs", breadcrumbs(view::wayTo(publication, words.text(titleKey), words), words))
      .set("heading", words.text(titleKey))
      .text("title", publication.title, words.locale())
      .set("action", words.link(request.path))
      .set("back", words.link(view::pathOf(publication.id) + "/files"))
      .group("form", form.view(words.texts(), words.locale()));
  offerUpload(view, host, request);
  return host.page(request, "file_form", std::move(view), {.status = status, .title = words.text(titleKey)});
}

Response done(const Request& request, Host& host, std::optional<operations::Refusal> refusal, PublicationId id, const char* flash) {
  require(refusal);
  return host.redirect(request, view::pathOf(id) + "/files", flash);
}

}  // namespace

Response listFiles(const Request& request, Host& host) {
  view::PublicationPage page{.today = Date::today()};
  auto opened = open(request, host);
  page.publication = std::move(opened.publication);
  page.parts = std::move(opened.parts);
  host.read([&](ReadTx& tx) {
    for (const Part& part : page.parts) {
      page.pictured[part.id] = files::hasThumbnail(tx, part.newest().file);
      page.reading[part.id] = files::textOf(tx, part.newest().file).state;
    }
    return true;
  });
  const view::Words words(request, host);
  return host.page(request, "files", view::filesPage(page, words));
}

Response newFile(const Request& request, Host& host) {
  const auto [publication, parts] = open(request, host);
  Form form(view::partFields(true));
  form.fill("role", std::string(code(parts.empty() ? PartRole::main : PartRole::alternative)));
  return showPartForm(request, host, publication, form, "publications.files.add");
}

Response addFile(const Request& request, Host& host) {
  const auto [publication, parts] = open(request, host);
  Form form = Form::read(view::partFields(true), request.form);
  const auto incoming = receiveFile(host, request, form);
  if (!incoming) return showPartForm(request, host, publication, form, "publications.files.add", 422);
  const Powers powers = powersIn(publication.region, request, host);
  const auto refusal = host.write(request, [&](WriteTx& tx) {
    return operations::addPart(tx, publication.id, view::readPart(form, {}), *incoming, powers);
  });
  return done(request, host, refusal, publication.id, "publications.done.file_added");
}

Response editFile(const Request& request, Host& host) {
  const auto [publication, parts] = open(request, host);
  Form form(view::partFields(false));
  view::fillPart(form, requirePart(parts, request));
  return showPartForm(request, host, publication, form, "publications.files.edit");
}

Response saveFile(const Request& request, Host& host) {
  const auto [publication, parts] = open(request, host);
  const Form form = Form::read(view::partFields(false), request.form);
  if (!form.ok()) return showPartForm(request, host, publication, form, "publications.files.edit", 422);
  const Part part = view::readPart(form, requirePart(parts, request));
  const Powers powers = powersIn(publication.region, request, host);
  const auto refusal = host.write(request, [&](WriteTx& tx) { return operations::savePart(tx, publication.id, part, powers); });
  return done(request, host, refusal, publication.id, "publications.done.file_saved");
}

Response newVersion(const Request& request, Host& host) {
  const auto [publication, parts] = open(request, host);
  requirePart(parts, request);
  return showPartForm(request, host, publication, Form(view::versionFields()), "publications.files.new_version");
}

Response addVersion(const Request& request, Host& host) {
  const auto [publication, parts] = open(request, host);
  const PartId part = requirePart(parts, request).id;
  Form form = Form::read(view::versionFields(), request.form);
  const auto incoming = receiveFile(host, request, form);
  if (!incoming) return showPartForm(request, host, publication, form, "publications.files.new_version", 422);
  const Powers powers = powersIn(publication.region, request, host);
  const auto refusal = host.write(request, [&](WriteTx& tx) {
    return operations::addVersion(tx, publication.id, part, *incoming, form.text("note"), powers);
  });
  return done(request, host, refusal, publication.id, "publications.done.version_added");
}

Response removeFile(const Request& request, Host& host) {
  const auto [publication, parts] = open(request, host);
  const PartId part = requirePart(parts, request).id;
  const Powers powers = powersIn(publication.region, request, host);
  const auto refusal = host.write(request, [&](WriteTx& tx) { return operations::removePart(tx, publication.id, part, powers); });
  require(refusal);
  const std::string path = view::pathOf(publication.id) + "/files";
  return redirectWithUndo(request, host, path, "publications.done.file_removed", path + "/" + part.text() + "/restore");
}

Response restoreFile(const Request& request, Host& host) {
  requireUndo(request, host);
  const auto part = request.parameters.id<PartId>("part");
  if (!part) throw NotFound();
  const auto id = request.parameters.id<PublicationId>("publication").value();
  const Powers powers = powersIn(request.scope.region, request, host);
  if (!host.write(request, [&](WriteTx& tx) { return operations::restorePart(tx, id, *part, powers); })) undoIsTooLate();
  return host.redirect(request, view::pathOf(id) + "/files", "site.undone");
}

}  // namespace toimela::publications::handlers
