#include "handlers/commands.h"

#include <Poco/Exception.h>

#include <iostream>

#include "exchange/export.h"
#include "exchange/harvest.h"
#include "exchange/import.h"

namespace toimela::publications::handlers {

namespace {

using exchange::Sums;

/// 0 when all was well, 1 when something was left out or nothing could be done; what it was is said.
template <class Work>
int say(Work&& work) {
  try {
    return work().wrong ? 1 : 0;
  } catch (const Poco::Exception& e) {
    std::cerr << e.displayText() << "\n";
  } catch (const std::exception& e) {
    std::cerr << e.what() << "\n";
  }
  return 1;
}

Sums tell(const Sums& sums) {
  std::cout << sums.added << " publications, " << sums.files << " files, " << sums.articles << " articles; " << sums.known
            << " were known, " << sums.wrong << " were left out\n";
  return sums;
}

Sums exportTo(Host& host, const std::string& folder) {
  const auto outgoing = exchange::gather(host);
  exchange::writeFolder(outgoing, folder);
  return tell(outgoing.sums);
}

Sums importFrom(Host& host, const std::string& from, bool onlyCheck) {
  const exchange::Importing as{.powers = [](std::optional<RegionCode>) {
                                 return Powers{.edits = true, .reviews = true, .needsReview = true};
                               },
                               .onlyCheck = onlyCheck};
  const auto imported = exchange::importFrom(host, from, as);
  for (const std::string& problem : exchange::problemsOf(imported)) std::cerr << problem << "\n";
  return tell(imported.sums);
}

/// Nothing for words that it does not know.
std::optional<exchange::Harvesting> harvestingOf(const std::vector<std::string>& words) {
  exchange::Harvesting harvesting;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--local") harvesting.outside.isLocalAllowed = true;
    else if (words[i] == "--set" && i + 1 < words.size()) harvesting.set = words[++i];
    else if (harvesting.address.empty() && !words[i].starts_with("--")) harvesting.address = words[i];
    else return std::nullopt;
  }
  if (harvesting.address.empty()) return std::nullopt;
  harvesting.tell = [](const std::string& problem) { std::cerr << problem << "\n"; };
  return harvesting;
}

}  // namespace

Command exportCommand() {
  return {"export", "FOLDER", "writes all publications with their files into a folder that import reads back",
          [](Host& host, const std::vector<std::string>& words) {
            return words.size() == 1 ? say([&] { return exportTo(host, words[0]); }) : 2;
          }};
}

Command importCommand() {
  return {"import", "FOLDER|FILE [--check]", "takes in a folder of export, also as ZIP, a table (CSV, XLSX) or BibTeX (.bib)",
          [](Host& host, const std::vector<std::string>& words) {
            const bool onlyCheck = words.size() == 2 && words[1] == "--check";
            if (words.empty() || words.size() > 2 || (words.size() == 2 && !onlyCheck)) return 2;
            return say([&] { return importFrom(host, words[0], onlyCheck); });
          }};
}

Command harvestCommand() {
  return {"harvest", "URL [--set SET] [--local]", "takes in another archive by OAI-PMH, as drafts",
          [](Host& host, const std::vector<std::string>& words) {
            const auto harvesting = harvestingOf(words);
            if (!harvesting) return 2;
            return say([&] {
              const Sums sums = exchange::harvest(host, *harvesting);
              std::cout << sums.added << " drafts; " << sums.known << " were known, " << sums.wrong << " were left out\n";
              return sums;
            });
          }};
}

}  // namespace toimela::publications::handlers
