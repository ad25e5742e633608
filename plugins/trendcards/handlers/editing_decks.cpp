#include "handlers/editing.h"
#include "handlers/found.h"
#include "handlers/offers.h"
#include "handlers/refusals.h"
#include "store/decks.h"
#include "toimela/last_change.h"
#include "toimela/undo.h"
#include "view/editing.h"
#include "view/forms.h"

namespace toimela::trendcards::handlers {

namespace {

std::string workPath(DeckId deck) { return view::pathOf(deck) + "/work"; }

Response showNew(const Request& request, Host& host, const Form& form, int status = 200) {
  const view::Words words(request, host);
  const std::string& title = words.text("trendcards.list.new");
  const std::string back = view::listPath(words.region(request.region)) + "/work";
  return host.page(request, "form_page",
                   view::formPage(nullptr, "", title, request.path, back, form, request.region, words),
                   {.status = status, .title = title});
}

Response showForm(const Request& request, Host& host, const ListedDeck& listed, const char* titleKey, const Form& form,
                  int status = 200) {
  const view::Words words(request, host);
  const std::string& title = words.text(titleKey);
  return host.page(request, "form_page",
                   view::formPage(&listed.deck, view::workingTitle(listed.editions, words), title, request.path,
                                  workPath(listed.deck.id), form, listed.deck.region, words),
                   {.status = status, .title = title});
}

}  // namespace

Response listWork(const Request& request, Host& host) {
  const auto decks = host.read([&](ReadTx& tx) { return store::decksOf(tx, request.region); });
  return host.page(request, "work", view::workPage(decks, request.region, view::Words(request, host)));
}

Response newDeck(const Request& request, Host& host) {
  Form form(view::newDeckFields(view::Words(request, host)));
  form.fill("language", std::string(code(request.locale))).fill("licence", std::string(kLicences.code(Licence::by)));
  return showNew(request, host, form);
}

Response addDeck(const Request& request, Host& host) {
  const Form form = Form::read(view::newDeckFields(view::Words(request, host)), request.form);
  if (!form.ok()) return showNew(request, host, form, 422);
  const auto [deck, first] = view::readNewDeck(form, request.region);
  const auto id = host.write(request, [&](WriteTx& tx) { return operations::addDeck(tx, deck, first); });
  return host.redirect(request, workPath(id), "trendcards.done.deck_added");
}

Response workOnDeck(const Request& request, Host& host) {
  const ListedDeck listed = requireListed(request, host);
  const view::Words words(request, host);
  View page = view::deckWorkPage(listed, words);
  showLastChange(page, host.read([&](ReadTx& tx) {
    return lastChange(tx, "trendcards.deck:" + listed.deck.id.text());
  }), request, host);
  return host.page(request, "deck_work", std::move(page),
                   {.title = view::workingTitle(listed.editions, words)});
}

Response editDeck(const Request& request, Host& host) {
  const ListedDeck listed = requireListed(request, host);
  return showForm(request, host, listed, "trendcards.deck_form.title",
                  view::filledDeck(listed.deck, view::Words(request, host)));
}

Response saveDeck(const Request& request, Host& host) {
  const ListedDeck listed = requireListed(request, host);
  Form form = Form::read(view::deckFields(listed.deck, view::Words(request, host)), request.form);
  const Deck wanted = view::readDeck(form, listed.deck);
  if (!form.ok()) return showForm(request, host, listed, "trendcards.deck_form.title", form, 422);
  const auto refusal = host.write(request, [&](WriteTx& tx) { return operations::saveDeck(tx, wanted); });
  if (!refusal) return host.redirect(request, workPath(wanted.id), "trendcards.done.saved");
  if (*refusal == operations::Refusal::gone) throw NotFound();
  form.error("", messageOf(*refusal));
  return showForm(request, host, listed, "trendcards.deck_form.title", form, 409);
}

Response askRemoveDeck(const Request& request, Host& host) {
  const ListedDeck listed = requireListed(request, host);
  const view::Words words(request, host);
  const std::string& title = words.text("trendcards.deck_remove.title");
  const std::string deck = view::workingTitle(listed.editions, words);
  return host.page(request, "remove",
                   view::removePage(listed.deck, deck, title,
                                    words.format("trendcards.deck_remove.text", {{"title", deck}}), request.path,
                                    workPath(listed.deck.id), words),
                   {.title = title});
}

Response removeDeck(const Request& request, Host& host) {
  const Deck deck = requireListed(request, host).deck;
  require(host.write(request, [&](WriteTx& tx) { return operations::removeDeck(tx, deck.id); }));
  return redirectWithUndo(request, host, view::listPath(view::Words(request, host).region(deck.region)) + "/work",
                          "trendcards.done.removed", view::pathOf(deck.id) + "/restore");
}

Response restoreDeck(const Request& request, Host& host) {
  requireUndo(request, host);
  const auto id = request.parameters.id<DeckId>("deck").value();
  if (!host.write(request, [&](WriteTx& tx) { return operations::restoreDeck(tx, id); })) undoIsTooLate();
  return host.redirect(request, workPath(id), "site.undone");
}

Response putDeckAside(const Request& request, Host& host) {
  const Deck deck = requireListed(request, host).deck;
  host.write(request, [&](WriteTx& tx) { operations::putAside(tx, deck, true); });
  return redirectWithUndo(request, host, workPath(deck.id), "trendcards.done.put_aside", workPath(deck.id) + "/take-back");
}

Response takeDeckBack(const Request& request, Host& host) {
  const Deck deck = requireListed(request, host).deck;
  host.write(request, [&](WriteTx& tx) { operations::putAside(tx, deck, false); });
  return host.redirect(request, workPath(deck.id), "trendcards.done.taken_back");
}

Response askCopyDeck(const Request& request, Host& host) {
  const ListedDeck listed = requireCopied(request, host);
  return showForm(request, host, listed, "trendcards.copy.title", Form(copyFieldsOf(request, host)));
}

Response copyDeck(const Request& request, Host& host) {
  const ListedDeck listed = requireCopied(request, host);
  Form form = Form::read(copyFieldsOf(request, host), request.form);
  if (!form.ok()) return showForm(request, host, listed, "trendcards.copy.title", form, 422);
  const auto made =
      host.write(request, [&](WriteTx& tx) { return operations::copyDeck(tx, listed.deck.id, chosenPlace(form)); });
  if (made) return host.redirect(request, workPath(*made), "trendcards.done.copied");
  form.error("", "trendcards.error.nothing_to_copy");
  return showForm(request, host, listed, "trendcards.copy.title", form, 409);
}

}  // namespace toimela::trendcards::handlers
