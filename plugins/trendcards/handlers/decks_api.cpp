#include "handlers/decks_api.h"

#include <algorithm>

#include "handlers/change.h"
#include "handlers/found.h"
#include "handlers/offers.h"
#include "handlers/publishing.h"
#include "handlers/refusals.h"
#include "store/decks.h"
#include "trendcards.h"
#include "view/editing.h"
#include "view/forms.h"
#include "view/json.h"

namespace toimela::trendcards::handlers {

namespace {

Response shownDeck(Host& host, DeckId id, int status = 200) {
  const auto listed = host.read([&](ReadTx& tx) { return ListedDeck{store::deck(tx, id).value(), store::editionsOf(tx, id)}; });
  Response answer = host.json(view::deckJson(listed, true), status);
  if (status == 201) answer.headers.set("Location", "/api/v1/trendcards/decks/" + id.text());
  return answer;
}

Response shownEdition(Host& host, EditionId id, int status = 200) {
  const auto edition = host.read([&](ReadTx& tx) { return store::edition(tx, id).value(); });
  Response answer = host.json(view::editionJson(edition, host), status);
  if (status == 201) answer.headers.set("Location", "/api/v1/trendcards/editions/" + id.text());
  return answer;
}

/// One thing of a list of things that came: its fields begin with the prefix.
std::string prefixOf(std::size_t index) { return "themes_" + std::to_string(index) + "_"; }
bool cameAt(const Fields& sent, std::size_t index) {
  return std::ranges::any_of(sent.all(), [&](const auto& field) { return field.first.starts_with(prefixOf(index)); });
}

/// The themes of a deck, in the order in which they came; with errors at their fields.
std::vector<DeckTheme> readThemes(Form& form, const Fields& sent, const std::vector<DeckTheme>& stored) {
  std::vector<DeckTheme> themes;
  for (std::size_t i = 0; i <= kMostThemes && cameAt(sent, i); ++i) {
    const std::string key(sent.text(prefixOf(i) + "key"));
    const auto known = std::ranges::find(stored, key, &DeckTheme::key);
    auto colour = kColours.parse(sent.text(prefixOf(i) + "colour"));
    if (!colour && known != stored.end() && !sent.has(prefixOf(i) + "colour")) colour = known->colour;
    if (!isKey(key)) form.error(prefixOf(i) + "key", "trendcards.error.key");
    else if (std::ranges::find(themes, key, &DeckTheme::key) != themes.end())
      form.error(prefixOf(i) + "key", "trendcards.error.theme_twice");
    if (!colour) form.error(prefixOf(i) + "colour", "trendcards.error.colour");
    themes.push_back({key, colour.value_or(Colour::blue)});
  }
  if (themes.empty()) form.error("themes", "trendcards.error.no_theme");
  if (themes.size() > kMostThemes) form.error("themes", "trendcards.error.too_many_lines", {{"most", std::to_string(kMostThemes)}});
  return themes;
}

struct ChangedDeck {
  Deck deck;
  bool isAside = false;
  Form form;
};
ChangedDeck changedDeck(const Request& request, const Deck& stored) {
  Change change(request);
  change.field("key", stored.key).field("licence", std::string(kLicences.code(stored.licence)));
  change.field("revision", std::to_string(stored.revision)).field("put_aside", stored.putAsideAt ? "1" : "");
  FormSpec fields = view::deckBasics();
  fields.push_back(Field::hidden("revision"));
  fields.push_back(Field::flag("put_aside", ""));
  ChangedDeck changed{stored, false, Form::read(std::move(fields), change.fields())};
  Form& form = changed.form;
  if (form.ok() && !isKey(form.text("key"))) form.error("key", "trendcards.error.key");
  changed.deck.key = form.text("key");
  changed.deck.licence = kLicences.parse(form.text("licence")).value_or(stored.licence);
  changed.deck.revision = parseId(form.text("revision")).value_or(0);
  changed.isAside = form.flag("put_aside");
  if (change.has("themes") || cameAt(request.form, 0)) changed.deck.themes = readThemes(form, request.form, stored.themes);
  return changed;
}

/// The names that came for themes of the edition, by their keys; with errors at their fields.
void readThemeNames(Form& form, const Fields& sent, Edition& edition) {
  for (std::size_t i = 0; i < kMostThemes && cameAt(sent, i); ++i) {
    const auto theme = std::ranges::find(edition.themes, sent.text(prefixOf(i) + "key"), &Theme::key);
    const std::string name(sent.text(prefixOf(i) + "name"));
    if (theme == edition.themes.end()) form.error(prefixOf(i) + "key", "trendcards.error.unknown_theme");
    else if (characters(name) > kLongestName)
      form.error(prefixOf(i) + "name", "trendcards.error.line_too_long", {{"most", std::to_string(kLongestName)}});
    else if (sent.has(prefixOf(i) + "name")) theme->name = name;
  }
}

/// The answer to a change that lost a race, or would leave cards without a theme.
Response refused(const Request& request, Host& host, Form& form, operations::Refusal refusal) {
  const bool isOfField = refusal == operations::Refusal::stale || refusal == operations::Refusal::themeInUse;
  if (!isOfField) require(refusal);
  form.error(refusal == operations::Refusal::stale ? "revision" : "themes", messageOf(refusal));
  return host.problem(request, form, 409);
}

}  // namespace

Response apiAddDeck(const Request& request, Host& host) {
  Form form = Form::read(view::newDeckFields(view::Words(request, host)), request.form);
  const auto wanted = request.form.text("region");
  const auto region = RegionCode::parse(wanted);
  if (!wanted.empty() && (!region || !host.region(*region))) form.error("region", "trendcards.error.region");
  if (!form.ok()) return host.problem(request, form);
  if (!host.allowed(request.actor, kEdit, {.region = region}))
    throw RequestError(403, "trendcards.error.place", "a deck for a place of others");
  const auto [deck, first] = view::readNewDeck(form, region);
  const auto id = host.write(request, [&](WriteTx& tx) { return operations::addDeck(tx, deck, first); });
  return shownDeck(host, id, 201);
}

Response apiChangeDeck(const Request& request, Host& host) {
  const Deck stored = requireListed(request, host).deck;
  auto [wanted, isAside, form] = changedDeck(request, stored);
  if (!form.ok()) return host.problem(request, form);
  const bool isMoved = isAside != stored.putAsideAt.has_value();
  const auto refusal = host.write(request, [&](WriteTx& tx) {
    const auto kept = operations::saveDeck(tx, wanted);
    if (!kept && isMoved) operations::putAside(tx, wanted, isAside);
    return kept;
  });
  return refusal ? refused(request, host, form, *refusal) : shownDeck(host, stored.id);
}

Response apiRemoveDeck(const Request& request, Host& host) {
  const DeckId id = requireListed(request, host).deck.id;
  require(host.write(request, [&](WriteTx& tx) { return operations::removeDeck(tx, id); }));
  return Response::noContent();
}

Response apiCopyDeck(const Request& request, Host& host) {
  const DeckId from = requireCopied(request, host).deck.id;
  Form form = Form::read(copyFieldsOf(request, host), request.form);
  if (!form.ok()) return host.problem(request, form);
  const auto made = host.write(request, [&](WriteTx& tx) { return operations::copyDeck(tx, from, chosenPlace(form)); });
  if (made) return shownDeck(host, *made, 201);
  form.error("", "trendcards.error.nothing_to_copy");
  return host.problem(request, form, 409);
}

Response apiAddEdition(const Request& request, Host& host) {
  const auto made = newEditionOf(request, host);
  const Form form = Form::read(made.fields, request.form);
  if (!form.ok()) return host.problem(request, form);
  const auto from = parseId(form.text("from"));
  const auto added = host.write(request, [&](WriteTx& tx) {
    return operations::addEdition(tx, made.deck.id, *Language::parse(form.text("language")), form.text("title"),
                                  from ? std::optional(EditionId{*from}) : std::nullopt);
  });
  require(added.refusal);
  return shownEdition(host, added.edition, 201);
}

Response apiChangeEdition(const Request& request, Host& host) {
  Editing editing = host.read([&](ReadTx& tx) { return requireDraft(tx, request); });
  Edition& wanted = editing.edition;
  Change change(request);
  change.field("title", wanted.title).field("introduction", wanted.introduction);
  change.field("revision", std::to_string(wanted.revision));
  Form form = Form::read(view::editionBasics(), change.fields());
  readThemeNames(form, request.form, wanted);
  if (!form.ok()) return host.problem(request, form);
  wanted.title = form.text("title");
  wanted.introduction = form.text("introduction");
  wanted.revision = parseId(form.text("revision")).value_or(0);
  const auto refusal = host.write(request, [&](WriteTx& tx) { return operations::saveEdition(tx, wanted); });
  return refusal ? refused(request, host, form, *refusal) : shownEdition(host, wanted.id);
}

Response apiRemoveEdition(const Request& request, Host& host) {
  const EditionId id = host.read([&](ReadTx& tx) { return requireDraft(tx, request); }).edition.id;
  require(host.write(request, [&](WriteTx& tx) { return operations::removeDraft(tx, id); }));
  return Response::noContent();
}

Response apiAddVersion(const Request& request, Host& host) {
  const EditionId id = host.read([&](ReadTx& tx) { return requireEdition(tx, request); }).edition.id;
  const auto made = host.write(request, [&](WriteTx& tx) { return operations::addVersion(tx, id); });
  // Who asks twice goes on with the draft that is there.
  if (made.refusal == operations::Refusal::draftThere) return shownEdition(host, made.edition);
  require(made.refusal);
  return shownEdition(host, made.edition, 201);
}

Response apiPublish(const Request& request, Host& host) {
  const Editing editing = host.read([&](ReadTx& tx) { return requireDraft(tx, request); });
  const auto outcome = publishDraft(request, host, editing);
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
