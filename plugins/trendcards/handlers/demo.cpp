#include "handlers/demo.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "exchange/zip.h"
#include "handlers/making_demo.h"
#include "handlers/orders_demo.h"
#include "operations/packages.h"

namespace toimela::trendcards::handlers {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse(const fs::path& folder, const exchange::Problem& problem) {
  throw std::runtime_error("the deck in " + folder.filename().string() + ": " +
                           std::string(exchange::kProblems.code(problem.kind)) + " " + problem.file + " " +
                           std::to_string(problem.card) + " " + problem.detail);
}

void loadDeck(Host& host, const fs::path& folder) {
  const auto parsed = exchange::parse(exchange::readFolder(folder));
  if (const auto* problems = std::get_if<exchange::Problems>(&parsed)) refuse(folder, problems->front());
  const auto& package = std::get<exchange::Package>(parsed);
  const auto pictures = operations::receivePictures(host, package.pictures);
  if (pictures.refused) refuse(folder, {exchange::Problem::Kind::pictureNotPng, *pictures.refused});
  host.writeAs(std::nullopt, [&](WriteTx& tx) {
    operations::addPackage(tx, package, pictures.received, std::nullopt, true);
  });
}

}  // namespace

void loadDemo(Host& host, const std::string& folder) {
  std::vector<fs::path> decks;
  if (fs::is_directory(fs::path(folder) / "decks"))
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / "decks"))
      if (fs::exists(entry.path() / "deck.json")) decks.push_back(entry.path());
  std::ranges::sort(decks);
  for (const fs::path& deck : decks) loadDeck(host, deck);
  loadOrders(host);
  loadMaking(host);
}

}  // namespace toimela::trendcards::handlers
