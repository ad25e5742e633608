#include "handlers/cards_api.h"

#include "handlers/card_pictures.h"
#include "handlers/change.h"
#include "handlers/found.h"
#include "handlers/refusals.h"
#include "store/decks.h"
#include "toimela/made_files.h"
#include "view/forms.h"
#include "view/json.h"

namespace toimela::trendcards::handlers {

namespace {

Response shownCard(Host& host, CardId id, int status = 200) {
  const auto card = host.read([&](ReadTx& tx) { return store::card(tx, id).value(); });
  return host.json(view::cardJson(card, host), status);
}

/// What was sent of a card, over what it has; a card that is there already may be given another number.
Form cardForm(const Request& request, const Edition& edition, const Card& card) {
  Change change(request);
  change.field("theme", card.theme).field("title", card.title).field("front", card.front).field("back", card.back);
  change.field("sources", joined(card.sources, "\n")).field("tags", joined(card.tags, "\n"));
  change.field("alternative", card.alternative).field("number", std::to_string(card.number));
  FormSpec fields = view::cardFields(edition, false);
  if (card.id.value > 0)
    fields.push_back(Field::number("number", "trendcards.field.place", 1, std::ssize(edition.cards)).required());
  Form form = Form::read(std::move(fields), change.fields());
  if (form.ok() && card.image && form.text("alternative").empty()) form.error("alternative", "trendcards.error.alternative");
  return form;
}

/// The body of the request as a file that was sent.
UploadedFile sentPicture(const Request& request) {
  if (const auto* spooled = std::get_if<std::shared_ptr<const SpooledFile>>(&request.body)) return {"", "card.png", *spooled};
  return {"", "card.png", files::spool(request.bodyText())};
}

/// Changes the picture and its description alone, whatever else of the card is changed meanwhile.
std::optional<operations::Refusal> savePicture(WriteTx& tx, CardId id, std::string alternative,
                                               const std::optional<files::Incoming>& picture) {
  auto card = store::card(tx, id);
  if (!card) throw NotFound();
  card->alternative = std::move(alternative);
  return operations::saveCard(tx, std::move(*card), picture, !picture);
}

}  // namespace

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
  const auto [editing, stored] = requireEditedCard(request, host);
  Form form = cardForm(request, editing.edition, stored);
  const Card card = view::readCard(form, stored);
  if (!form.ok()) return host.problem(request, form);
  const std::int64_t number = *form.number("number");
  require(host.write(request, [&](WriteTx& tx) {
    const auto refusal = operations::saveCard(tx, card, std::nullopt, false);
    return refusal || number == card.number ? refusal : operations::moveCard(tx, card.id, number);
  }));
  return shownCard(host, card.id);
}

Response apiRemoveCard(const Request& request, Host& host) {
  const CardId id = requireEditedCard(request, host).card.id;
  require(host.write(request, [&](WriteTx& tx) { return operations::removeCard(tx, id); }));
  return Response::noContent();
}

Response apiSetPicture(const Request& request, Host& host) {
  const Card card = requireEditedCard(request, host).card;
  Fields sent;
  sent.add("alternative", std::string(request.query.find("alternative").value_or(card.alternative)));
  Form form = Form::read({Field::text("alternative", "trendcards.field.alternative").required().longest(kLongestAlternative)}, sent);
  const auto picture = takePicture(host, sentPicture(request), form, "picture");
  if (!picture) return host.problem(request, form);
  require(host.write(request, [&](WriteTx& tx) { return savePicture(tx, card.id, form.text("alternative"), picture); }));
  return shownCard(host, card.id);
}

Response apiRemovePicture(const Request& request, Host& host) {
  const CardId id = requireEditedCard(request, host).card.id;
  require(host.write(request, [&](WriteTx& tx) { return savePicture(tx, id, {}, std::nullopt); }));
  return Response::noContent();
}

}  // namespace toimela::trendcards::handlers
