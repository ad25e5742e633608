#include "handlers/api.h"

#include "handlers/found.h"
#include "handlers/refusals.h"
#include "store/decks.h"
#include "toimela/paging.h"
#include "trendcards.h"
#include "view/editing.h"
#include "view/forms.h"
#include "view/json.h"

namespace toimela::trendcards::handlers {

namespace {

Response shownEdition(Host& host, EditionId id, int status = 200) {
  const auto edition = host.read([&](ReadTx& tx) { return store::edition(tx, id).value(); });
  return host.json(view::editionJson(edition, host), status);
}

Response shownCard(Host& host, CardId id, int status = 200) {
  const auto card = host.read([&](ReadTx& tx) { return store::card(tx, id).value(); });
  return host.json(view::cardJson(card, host), status);
}

/// What was sent of a card, over what it has: what does not come stays as it is.
Form cardForm(const Request& request, const Edition& edition, const Card& card) {
  Fields fields;
  const auto add = [&](const char* name, const std::string& stored) {
    if (!request.form.has(name)) return fields.add(name, stored);
    std::string sent;
    for (const auto each : request.form.every(name)) sent.append(sent.empty() ? "" : "\n").append(each);
    fields.add(name, std::move(sent));
  };
  add("theme", card.theme);
  add("title", card.title);
  add("front", card.front);
  add("back", card.back);
  add("sources", joined(card.sources, "\n"));
  add("tags", joined(card.tags, "\n"));
  add("alternative", card.alternative);
  Form form = Form::read(view::cardFields(edition, false), fields);
  if (form.ok() && card.image && form.text("alternative").empty()) form.error("alternative", "trendcards.error.alternative");
  return form;
}

}  // namespace

Response apiDecks(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  auto decks = host.read([&](ReadTx& tx) { return store::readableDecksAfter(tx, paging.afterId<DeckId>(), paging.limit + 1); });
  const auto next = paging.cut(decks, [](const ListedDeck& listed) { return listed.deck.id.text(); });
  return host.json(view::decksJson(decks, next));
}

Response apiDeck(const Request& request, Host& host) {
  const auto listed = host.read([&](ReadTx& tx) {
    Deck deck = requireDeck(tx, request);
    auto editions = store::editionsOf(tx, deck.id);
    return ListedDeck{std::move(deck), std::move(editions)};
  });
  const bool edits = mayEdit(request, host, listed.deck);
  if (!edits && readable(listed.editions).empty()) throw NotFound();
  return host.json(view::deckJson(listed, edits));
}

Response apiEdition(const Request& request, Host& host) {
  const Editing editing = host.read([&](ReadTx& tx) { return requireEdition(tx, request); });
  if (!editing.edition.isPublished() && !mayEdit(request, host, editing.deck)) throw NotFound();
  return host.json(view::editionJson(editing.edition, host));
}

Response apiAddDeck(const Request& request, Host& host) {
  Form form = Form::read(view::newDeckFields(view::Words(request, host)), request.form);
  const auto wanted = request.form.text("region");
  const auto region = RegionCode::parse(wanted);
  if (!wanted.empty() && (!region || !host.region(*region))) form.error("region", "trendcards.error.region");
  if (!form.ok()) return host.problem(request, form);
  if (!host.allowed(request.actor, kEdit, {.region = region}))
    throw RequestError(403, "trendcards.error.place", "a deck for a place of others");
  const std::string theme = keyOf(form.text("theme"));
  const Colour colour = *kColours.parse(form.text("colour"));
  const Deck deck{.id = {}, .region = region, .key = keyOf(form.text("title")),
                  .licence = *kLicences.parse(form.text("licence")), .themes = {{theme, colour}}};
  Edition first;
  first.language = *Language::parse(form.text("language"));
  first.title = form.text("title");
  first.themes = {{theme, colour, form.text("theme")}};
  const auto id = host.write(request, [&](WriteTx& tx) { return operations::addDeck(tx, deck, first); });
  const auto listed = host.read([&](ReadTx& tx) { return ListedDeck{store::deck(tx, id).value(), store::editionsOf(tx, id)}; });
  Response answer = host.json(view::deckJson(listed, true), 201);
  answer.headers.set("Location", "/api/v1/trendcards/decks/" + id.text());
  return answer;
}

Response apiAddCard(const Request& request, Host& host) {
  const Editing editing = host.read([&](ReadTx& tx) { return requireDraft(tx, request); });
  Form form = cardForm(request, editing.edition, {});
  const Card card = view::readCard(form, {});
  if (!form.ok()) return host.problem(request, form);
  const auto added = host.write(request, [&](WriteTx& tx) {
    return operations::addCard(tx, editing.edition.id, card, std::nullopt);
  });
  require(added.refusal);
  Response answer = shownCard(host, added.card, 201);
  answer.headers.set("Location", "/api/v1/trendcards/editions/" + editing.edition.id.text());
  return answer;
}

Response apiSaveCard(const Request& request, Host& host) {
  const auto id = request.parameters.id<CardId>("card");
  const auto [stored, edition] = host.read([&](ReadTx& tx) {
    const auto card = id ? store::card(tx, *id) : std::nullopt;
    if (!card) throw NotFound();
    return std::pair{*card, store::edition(tx, card->edition).value()};
  });
  if (edition.isPublished()) require(operations::Refusal::published);
  Form form = cardForm(request, edition, stored);
  const Card card = view::readCard(form, stored);
  if (!form.ok()) return host.problem(request, form);
  require(host.write(request, [&](WriteTx& tx) { return operations::saveCard(tx, card, std::nullopt, false); }));
  return shownCard(host, card.id);
}

Response apiPublish(const Request& request, Host& host) {
  const Editing editing = host.read([&](ReadTx& tx) { return requireDraft(tx, request); });
  const auto outcome = host.write(request, [&](WriteTx& tx) { return operations::publish(tx, editing.edition.id); });
  require(outcome.refusal);
  if (outcome.shortcomings.empty()) return shownEdition(host, editing.edition.id);
  Form form(FormSpec{});
  const view::Words words(request, host);
  for (const Shortcoming& each : outcome.shortcomings)
    form.error(each.card ? "cards_" + std::to_string(each.card - 1) : "", "trendcards.shortcoming",
               {{"text", view::say(each, words)}});
  return host.problem(request, form);
}

}  // namespace toimela::trendcards::handlers
