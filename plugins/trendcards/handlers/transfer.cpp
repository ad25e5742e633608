#include "handlers/transfer.h"

#include <algorithm>

#include "exchange/zip.h"
#include "handlers/found.h"
#include "handlers/publishing.h"
#include "handlers/refusals.h"
#include "operations/packages.h"
#include "store/decks.h"
#include "toimela/made_files.h"
#include "toimela/secrets.h"
#include "toimela/spreadsheet.h"
#include "view/editing.h"
#include "view/transfer.h"

namespace toimela::trendcards::handlers {

namespace {

FormSpec importFields() {
  return {Field::file("file", "trendcards.import.file", ".zip").hint("trendcards.import.file_hint")};
}
FormSpec textsFields() {
  return {Field::file("file", "trendcards.texts.file", ".csv,.xlsx").hint("trendcards.texts.file_hint")};
}

Response showImport(const Request& request, Host& host, const Form& form, const exchange::Problems& problems,
                    int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "import", view::importPage(request.region, form, problems, words),
                   {.status = status, .title = words.text("trendcards.import.title")});
}

/// Only what this person was shown can be confirmed by them.
std::string markOf(const Request& request, Host& host, const std::string& storedName) {
  return host.sign("trendcards.import " + storedName + " " + request.actor.person->text() + " " +
                   (request.region ? request.region->text() : ""));
}

std::variant<exchange::Package, exchange::Problems> readZip(const std::string& path) {
  auto files = exchange::unzip(path);
  if (auto* problem = std::get_if<exchange::Problem>(&files)) return exchange::Problems{std::move(*problem)};
  return exchange::parse(std::get<exchange::Files>(files));
}

/// What can not be published, for it is too long to be printed.
exchange::Problems tooLongIn(const exchange::Package& package, Host& host) {
  exchange::Problems problems;
  for (const exchange::PackagedEdition& each : package.editions) {
    Edition edition = each.edition;
    // Any picture takes the same room.
    for (std::size_t i = 0; i < edition.cards.size(); ++i)
      if (!each.pictures[i].empty()) edition.cards[i].image = FileId{};
    for (const Shortcoming& misfit : misfits(package.deck, edition, host))
      if (problems.size() < exchange::kMostProblems)
        problems.push_back({exchange::Problem::Kind::doesNotFit, each.file, misfit.card, misfit.detail});
  }
  return problems;
}

}  // namespace

Response exportDeck(const Request& request, Host& host, Parcels& parcels) {
  const Deck deck = host.read([&](ReadTx& tx) { return requireDeck(tx, request); });
  const bool drafts = request.query.text("drafts") == "1" && mayEdit(request, host, deck);
  const auto outgoing = operations::packageOf(host, deck.id, drafts);
  if (!outgoing) throw NotFound();
  const auto file = parcels.take(operations::keyOf(*outgoing), [&] {
    return files::spool([&](const std::string& path) {
      exchange::zip(path, exchange::write(outgoing->package), outgoing->pictures);
    });
  });
  if (!file) throw RequestError(503, "trendcards.export.busy", "another deck is packed");
  Response response = Response::attachment(deck.key + ".zip", "application/zip", {});
  response.body = files::streamOf(file);
  return response;
}

Response askImport(const Request& request, Host& host) { return showImport(request, host, Form(importFields()), {}); }

Response previewImport(const Request& request, Host& host) {
  Form form = Form::read(importFields(), request.form);
  const auto sent = std::ranges::find(request.files, "file", &UploadedFile::field);
  if (sent == request.files.end() || !sent->content || sent->content->size() == 0) {
    form.error("file", "trendcards.error.no_file");
    return showImport(request, host, form, {}, 422);
  }
  const files::Rules rules{.mostBytes = exchange::kLargestZip, .types = {"application/zip"}};
  const auto outcome = files::receive(host, *sent, rules);
  if (const auto* refusal = std::get_if<files::Refusal>(&outcome)) {
    form.error("file", std::string(files::messageKey(*refusal)), {{"most", std::to_string(exchange::kLargestZip / 1024 / 1024)}});
    return showImport(request, host, form, {}, 422);
  }
  const auto& incoming = std::get<files::Incoming>(outcome);
  const auto parsed = readZip(files::receivedPath(host, incoming.storedName).value_or(std::string()));
  if (const auto* problems = std::get_if<exchange::Problems>(&parsed)) {
    files::discard(host, incoming.storedName);
    return showImport(request, host, form, *problems, 422);
  }
  const view::Words words(request, host);
  return host.page(request, "import_preview",
                   view::importPreview(request.region, std::get<exchange::Package>(parsed), incoming.storedName,
                                       markOf(request, host, incoming.storedName), words),
                   {.title = words.text("trendcards.import.title")});
}

Response doImport(const Request& request, Host& host) {
  const std::string stored(request.form.text("stored"));
  const bool isOwn = secrets::equal(request.form.text("mark"), markOf(request, host, stored));
  const auto path = isOwn ? files::receivedPath(host, stored) : std::nullopt;
  Form form(importFields());
  if (!path) {
    form.error("file", "trendcards.error.import_gone");
    return showImport(request, host, form, {}, 422);
  }
  const auto parsed = readZip(*path);
  if (const auto* problems = std::get_if<exchange::Problems>(&parsed)) return showImport(request, host, form, *problems, 422);
  const auto& package = std::get<exchange::Package>(parsed);
  const bool isPublished = request.form.text("publish") == "1";
  const auto tooLong = isPublished ? tooLongIn(package, host) : exchange::Problems{};
  if (!tooLong.empty()) return showImport(request, host, form, tooLong, 422);
  const auto pictures = operations::receivePictures(host, package.pictures);
  if (pictures.refused)
    return showImport(request, host, form, {{exchange::Problem::Kind::pictureNotPng, *pictures.refused}}, 422);
  const auto deck = host.write(request, [&](WriteTx& tx) {
    return operations::addPackage(tx, package, pictures.received, request.region, isPublished);
  });
  files::discard(host, stored);
  return host.redirect(request, view::pathOf(deck) + "/work", "trendcards.done.imported");
}

Response exportTexts(const Request& request, Host& host) {
  const Editing editing = host.read([&](ReadTx& tx) { return requireEdition(tx, request); });
  return spreadsheet::download(spreadsheet::Format::csv, editing.deck.key + "-" + editing.edition.language.code(),
                               view::textsTable(editing.edition, view::Words(request, host)));
}

namespace {

Response showTexts(const Request& request, Host& host, const Editing& editing, const Form& form, int status = 200) {
  const view::Words words(request, host);
  const std::string& title = words.text("trendcards.texts.title");
  View view = view::formPage(&editing.deck, editing.edition.title, title, request.path,
                             view::pathOf(editing.edition.id), form, editing.deck.region, words);
  view.set("table", words.link(view::pathOf(editing.edition.id) + "/texts.csv"));
  return host.page(request, "texts", std::move(view), {.status = status, .title = title});
}

}  // namespace

Response askTexts(const Request& request, Host& host) {
  const Editing editing = host.read([&](ReadTx& tx) { return requireDraft(tx, request); });
  return showTexts(request, host, editing, Form(textsFields()));
}

Response importTexts(const Request& request, Host& host) {
  const Editing editing = host.read([&](ReadTx& tx) { return requireDraft(tx, request); });
  Form form = Form::read(textsFields(), request.form);
  const auto sent = std::ranges::find(request.files, "file", &UploadedFile::field);
  if (sent == request.files.end() || !sent->content || sent->content->size() == 0) {
    form.error("file", "trendcards.error.no_file");
    return showTexts(request, host, editing, form, 422);
  }
  const auto rows = spreadsheet::read(sent->content->path(), {.bytes = 2 * 1024 * 1024, .rows = 1000, .columns = 30});
  if (const auto* trouble = std::get_if<spreadsheet::Trouble>(&rows)) {
    form.error("file", std::string(spreadsheet::messageKey(*trouble)));
    return showTexts(request, host, editing, form, 422);
  }
  const auto cards = view::readTexts(std::get<std::vector<spreadsheet::Row>>(rows), editing.edition, form);
  if (!form.ok()) return showTexts(request, host, editing, form, 422);
  require(host.write(request, [&](WriteTx& tx) {
    return operations::saveTexts(tx, editing.edition.id, editing.edition.revision, cards);
  }));
  return host.redirect(request, view::pathOf(editing.edition.id), "trendcards.done.texts");
}

}  // namespace toimela::trendcards::handlers
