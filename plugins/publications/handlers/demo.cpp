#include "handlers/demo.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "exchange/import.h"
#include "handlers/received.h"
#include "operations/publications.h"
#include "store/articles.h"
#include "store/parts.h"
#include "store/publications.h"
#include "toimela/made_files.h"
#include "view/example.h"
#include "view/words.h"

namespace toimela::publications::handlers {

namespace {

constexpr Powers kEverything{.edits = true, .reviews = true, .needsReview = true};
constexpr int kMost = 1000, kMonths = 6;

files::Incoming received(Host& host, const std::string& name, const std::string& content) {
  auto taken = files::receive(host, name, content, acceptedFiles());
  if (!std::holds_alternative<files::Incoming>(taken)) throw std::runtime_error("the example " + name + " is not accepted");
  return std::get<files::Incoming>(std::move(taken));
}

void addFile(Host& host, PublicationId id, const Part& part, const std::string& name, const std::string& content) {
  const auto incoming = received(host, name, content);
  host.writeAs(std::nullopt, [&](WriteTx& tx) { operations::addPart(tx, id, part, incoming, kEverything); });
}

void addFiles(Host& host, const Publication& p) {
  const view::Words words(Locale::fi, host);
  const std::string note = words.text("publications.example.note");
  const std::string document = view::examplePdf(words.pick(p.title), words.byline(p), note);
  if (p.kind == Kind::podcast) {
    addFile(host, p.id, {.role = PartRole::main, .label = words.text("publications.example.episode")}, "jakso.wav", view::exampleSound());
    addFile(host, p.id, {.role = PartRole::alternative, .label = words.text("publications.example.transcript"), .isAccessible = true},
            "tekstivastine.pdf", document);
  } else if (!p.identifier) {
    addFile(host, p.id, {.role = PartRole::main, .isAccessible = true}, "julkaisu.pdf", document);
  }
}

/// A few months of downloads, the same every time.
void addDownloads(Host& host, const Publication& p) {
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    for (int month = 0; month < kMonths; ++month)
      store::addDownloads(tx, p.id, Date::today().plusDays(-30 * month).text(), 5 + (p.id.value * 7 + month * 11) % 40);
    tx.unaudited("example content");
  });
}

LocalText readText(const nlohmann::json& json) {
  return {json.at("fi").get<std::string>(), json.at("sv").get<std::string>(), json.at("en").get<std::string>()};
}

void addArticles(Host& host, const std::string& path) {
  std::ifstream file(path);
  for (const auto& json : nlohmann::json::parse(file)) {
    Article article{.region = json.at("region").is_null() ? std::nullopt : RegionCode::parse(json.at("region").get<std::string>()),
                    .isPublished = true,
                    .title = readText(json.at("title")),
                    .body = readText(json.at("body")),
                    .author = json.at("author").get<std::string>(),
                    .day = Date::parse(json.at("day").get<std::string>()).value()};
    host.writeAs(std::nullopt, [&](WriteTx& tx) {
      store::insertArticle(tx, article);
      tx.unaudited("example content");
    });
  }
}

}  // namespace

void loadDemo(Host& host, const std::string& folder) {
  const auto imported =
      exchange::importFrom(host, folder, {.powers = [](std::optional<RegionCode>) { return kEverything; }});
  if (const auto problems = exchange::problemsOf(imported); !problems.empty())
    throw std::runtime_error("the example publications: " + problems.front());
  const auto publications = host.read([](ReadTx& tx) {
    return store::findAll(tx, store::allAfter(tx, {}, kMost));
  });
  for (const Publication& p : publications) {
    if (p.state != State::withdrawn) addFiles(host, p);
    if (p.state == State::published && !p.identifier) addDownloads(host, p);
  }
  addArticles(host, folder + "/articles.json");
}

}  // namespace toimela::publications::handlers
