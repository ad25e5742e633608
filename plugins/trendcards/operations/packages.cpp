#include "operations/packages.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "domain/png.h"
#include "operations/audit.h"
#include "store/decks.h"
#include "toimela/made_files.h"

namespace toimela::trendcards::operations {

namespace fs = std::filesystem;

namespace {


/// "images/07.png"; with the language when another edition has another picture there.
std::string pictureName(const Card& card, const Language& language, const exchange::Files& taken) {
  const std::string number = (card.number < 10 ? "0" : "") + std::to_string(card.number);
  const std::string plain = "images/" + number + ".png";
  return taken.contains(plain) ? "images/" + number + "-" + language.code() + ".png" : plain;
}

std::vector<EditionId> toTake(const std::vector<EditionHead>& editions, bool drafts) {
  std::vector<EditionId> found;
  const auto published = readable(editions);
  for (const Language& language : kLanguages) {
    const auto isOf = [&](const EditionHead& each) { return each.language == language; };
    const auto draft = std::ranges::find_if(editions, [&](const EditionHead& e) { return isOf(e) && !e.isPublished(); });
    const auto newest = std::ranges::find_if(published, isOf);
    if (drafts && draft != editions.end()) found.push_back(draft->id);
    else if (newest != published.end()) found.push_back(newest->id);
  }
  return found;
}

}  // namespace

files::Rules pictureRules() { return {.mostBytes = kHeaviestPicture, .types = {"image/png"}}; }

Pictures receivePictures(Host& host, const exchange::Files& pictures) {
  Pictures result;
  for (const auto& [name, content] : pictures) {
    auto outcome = files::receive(host, fs::path(name).filename().string(), content, pictureRules());
    if (!std::holds_alternative<files::Incoming>(outcome)) {
      for (const auto& [other, incoming] : result.received) files::discard(host, incoming.storedName);
      return {{}, name};
    }
    result.received.emplace(name, std::get<files::Incoming>(std::move(outcome)));
  }
  return result;
}

DeckId addPackage(WriteTx& tx, const exchange::Package& package, const Received& pictures,
                  std::optional<RegionCode> region, bool isPublished) {
  std::map<std::string, FileId> kept;
  for (const auto& [name, incoming] : pictures) kept.emplace(name, files::keep(tx, incoming, std::nullopt));
  Deck deck = package.deck;
  deck.region = region;
  deck.id = store::insertDeck(tx, deck);
  for (const exchange::PackagedEdition& each : package.editions) {
    Edition edition = each.edition;
    edition.deck = deck.id;
    for (std::size_t i = 0; i < edition.cards.size(); ++i)
      if (!each.pictures[i].empty()) edition.cards[i].image = kept.at(each.pictures[i]);
    edition.id = store::insertEdition(tx, edition);
    if (isPublished) store::publishEdition(tx, edition.id);
  }
  indexAnew(tx, deck.id);
  tx.audit(entry("trendcards.deck.import", deck,
                 {{"key", deck.key}, {"editions", package.editions.size()}, {"published", isPublished}}));
  return deck.id;
}

std::optional<Outgoing> packageOf(Host& host, DeckId id, bool drafts) {
  Outgoing outgoing;
  exchange::Package& package = outgoing.package;
  std::map<FileId, std::string> names;
  const bool isFound = host.read([&](ReadTx& tx) {
    const auto deck = store::deck(tx, id);
    if (!deck) return false;
    package.deck = *deck;
    for (const EditionId edition : toTake(store::editionsOf(tx, id), drafts)) {
      auto found = store::edition(tx, edition).value();
      // Nor is a theme taken along that the deck has given up since: no card of it is in a newest edition.
      std::erase_if(found.themes, [&](const Theme& theme) {
        return std::ranges::find(deck->themes, theme.key, &DeckTheme::key) == deck->themes.end();
      });
      package.editions.push_back({found.language.code() + ".json", std::move(found), {}});
    }
    return !package.editions.empty();
  });
  if (!isFound) return std::nullopt;
  for (exchange::PackagedEdition& each : package.editions)
    for (const Card& card : each.edition.cards) {
      each.pictures.emplace_back();
      if (!card.image) continue;
      auto [known, isNew] = names.try_emplace(*card.image);
      if (isNew) {
        known->second = pictureName(card, each.edition.language, outgoing.pictures);
        auto path = files::contentOf(host, *card.image);
        if (!path) throw std::runtime_error("the picture of card " + card.id.text() + " is gone");
        outgoing.pictures.emplace(known->second, std::move(*path));
      }
      each.pictures.back() = known->second;
    }
  return outgoing;
}

std::string keyOf(const Outgoing& outgoing) {
  std::string key = outgoing.package.deck.id.text() + "-" + std::to_string(outgoing.package.deck.revision);
  for (const exchange::PackagedEdition& each : outgoing.package.editions)
    key += "-" + each.edition.id.text() + "." + std::to_string(each.edition.revision);
  return key;
}

}  // namespace toimela::trendcards::operations
