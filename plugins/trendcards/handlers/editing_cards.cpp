#include <algorithm>

#include "handlers/card_pictures.h"
#include "handlers/editing.h"
#include "handlers/found.h"
#include "handlers/publishing.h"
#include "handlers/refusals.h"
#include "store/decks.h"
#include "toimela/undo.h"
#include "view/editing.h"
#include "view/forms.h"

namespace toimela::trendcards::handlers {

namespace {

Response showForm(const Request& request, Host& host, const Editing& editing, const Card& shown, const Form& form,
                  int status = 200) {
  const view::Words words(request, host);
  const bool isNew = shown.id.value == 0;
  return host.page(request, "card_form", view::cardFormPage(editing.deck, editing.edition, shown, isNew, form,
                                                        overflowsOf(editing.deck, editing.edition, shown, host), words),
                   {.status = status,
                    .title = isNew ? words.text("trendcards.card_form.new")
                                   : words.format("trendcards.card_form.edit", {{"number", shown.number}})});
}

/// The picture that came, on disk; nothing when there was none, or with an error at its field.
std::optional<files::Incoming> receivePicture(const Request& request, Host& host, Form& form) {
  const auto sent = std::ranges::find(request.files, "file", &UploadedFile::field);
  if (sent == request.files.end() || !sent->content || sent->content->size() == 0) return std::nullopt;
  if (form.text("alternative").empty()) form.error("alternative", "trendcards.error.alternative");
  return takePicture(host, *sent, form, "file");
}

/// A picture that stays needs its description too.
void checkAlternative(Form& form, bool hasPicture) {
  if (hasPicture && form.ok() && form.text("alternative").empty()) form.error("alternative", "trendcards.error.alternative");
}

}  // namespace

Response newCard(const Request& request, Host& host) {
  const Editing editing = host.read([&](ReadTx& tx) { return requireDraft(tx, request); });
  Card card;
  card.number = std::ssize(editing.edition.cards) + 1;
  if (!editing.edition.themes.empty()) card.theme = editing.edition.themes.front().key;
  return showForm(request, host, editing, card, view::filledCard(editing.edition, card));
}

Response addCard(const Request& request, Host& host) {
  const Editing editing = host.read([&](ReadTx& tx) { return requireDraft(tx, request); });
  Form form = Form::read(view::cardFields(editing.edition, false), request.form);
  Card card = view::readCard(form, {.number = std::ssize(editing.edition.cards) + 1});
  const auto picture = receivePicture(request, host, form);
  if (!form.ok()) return showForm(request, host, editing, card, form, 422);
  const auto added = host.write(request, [&](WriteTx& tx) {
    return operations::addCard(tx, editing.edition.id, card, picture);
  });
  require(added.refusal);
  return host.redirect(request, view::pathOf(editing.edition.id), "trendcards.done.card_added");
}

Response previewCard(const Request& request, Host& host) {
  const Editing editing = host.read([&](ReadTx& tx) { return requireDraft(tx, request); });
  const auto id = parseId(request.form.text("card"));
  const Card* stored = id ? editing.edition.card(CardId{*id}) : nullptr;
  Form form = Form::read(view::cardFields(editing.edition, stored && stored->image), request.form);
  Card card = view::readCard(form, stored ? *stored : Card{.number = std::ssize(editing.edition.cards) + 1});
  if (card.image && form.flag("remove_picture")) card.image.reset();
  return showForm(request, host, editing, card, form);
}

Response editCard(const Request& request, Host& host) {
  const auto [editing, card] = requireEditedCard(request, host);
  return showForm(request, host, editing, card, view::filledCard(editing.edition, card));
}

Response saveCard(const Request& request, Host& host) {
  const auto [editing, stored] = requireEditedCard(request, host);
  Form form = Form::read(view::cardFields(editing.edition, stored.image.has_value()), request.form);
  const Card card = view::readCard(form, stored);
  const bool isRemoved = stored.image && form.flag("remove_picture");
  const auto picture = receivePicture(request, host, form);
  checkAlternative(form, stored.image && !isRemoved);
  if (!form.ok()) return showForm(request, host, editing, card, form, 422);
  require(host.write(request, [&](WriteTx& tx) { return operations::saveCard(tx, card, picture, isRemoved); }));
  const std::string path = view::pathOf(editing.edition.id);
  if (!stored.image || !(picture || isRemoved)) return host.redirect(request, path, "trendcards.done.saved");
  return redirectWithUndo(request, host, path, picture ? "trendcards.done.picture_replaced" : "trendcards.done.picture_removed",
                          "/trendcards/cards/" + card.id.text() + "/picture/restore?picture=" + stored.image->text());
}

Response askRemoveCard(const Request& request, Host& host) {
  const auto [editing, card] = requireEditedCard(request, host);
  const view::Words words(request, host);
  const std::string& title = words.text("trendcards.card_remove.title");
  return host.page(request, "remove",
                   view::removePage(editing.deck, editing.edition.title, title,
                                    words.format("trendcards.card_remove.text", {{"number", card.number}, {"title", card.title}}),
                                    request.path, view::pathOf(editing.edition.id), words),
                   {.title = title});
}

Response removeCard(const Request& request, Host& host) {
  const auto [editing, card] = requireEditedCard(request, host);
  require(host.write(request, [&](WriteTx& tx) { return operations::removeCard(tx, card.id); }));
  return redirectWithUndo(request, host, view::pathOf(editing.edition.id), "trendcards.done.removed",
                          "/trendcards/cards/" + card.id.text() + "/restore");
}

Response restoreCard(const Request& request, Host& host) {
  requireUndo(request, host);
  const auto id = request.parameters.id<CardId>("card").value();
  const auto edition = host.write(request, [&](WriteTx& tx) { return operations::restoreCard(tx, id); });
  if (!edition) undoIsTooLate();
  return host.redirect(request, view::pathOf(*edition), "site.undone");
}

Response restorePicture(const Request& request, Host& host) {
  requireUndo(request, host, "picture");
  const auto id = request.parameters.id<CardId>("card").value();
  const auto picture = parseId(request.form.text("picture"));
  const auto edition = host.write(request, [&](WriteTx& tx) {
    return operations::restorePicture(tx, id, FileId{picture.value_or(0)});
  });
  if (!edition) undoIsTooLate();
  return host.redirect(request, view::pathOf(*edition), "trendcards.done.picture_restored");
}

Response moveCard(const Request& request, Host& host) {
  const auto [editing, card] = requireEditedCard(request, host);
  const auto to = parseId(request.form.text("to"));
  if (!to) throw RequestError(400, "trendcards.error.step", "a card was to be moved nowhere");
  require(host.write(request, [&](WriteTx& tx) { return operations::moveCard(tx, card.id, *to); }));
  return host.redirect(request, view::pathOf(editing.edition.id), "trendcards.done.moved");
}

}  // namespace toimela::trendcards::handlers
