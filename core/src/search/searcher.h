// Asks the index.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "search/index.h"
#include "search/index_folder.h"
#include "search/query.h"

namespace toimela::search {

/// What a reader may find, as terms of the index.
struct Access {
  std::vector<std::string> marks;    ///< of audiences, without everyone's
  std::vector<std::string> without;  ///< terms of what is switched off
};

struct Found {
  StoredDocument document;
  std::vector<Piece> title, snippet;
  Locale titleLocale = Locale::fi, snippetLocale = Locale::fi;
};
struct Counted {
  std::string value;
  std::int64_t count = 0;
};
struct Findings {
  bool isReady = false;             ///< whether there was an index to look in
  std::vector<Found> found;
  std::int64_t total = 0;
  bool isExact = true;
  bool isLoose = false;
  std::vector<Counted> counts[kFacets.size()];
  std::string spelling;
};

/// Thread-safe: every question has one of the open views of the index for itself.
class Searcher {
 public:
  /// Of more matches than this the best are looked for among those that have a word in the title.
  static constexpr std::uint32_t kBroad = 5'000;
  explicit Searcher(const IndexFolder& folder, Finnish finnish = Finnish::dictionary, std::uint32_t broad = kBroad);
  ~Searcher();

  Findings find(const Question& question, const Access& access);
  std::vector<Found> suggest(std::string_view typed, Locale locale, const Access& access, int limit);
  /// How many documents there are; 0 without an index.
  std::int64_t size();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::search
