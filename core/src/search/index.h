// The index on disk: documents in, and the place in the change log that they are as new as.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/analysis.h"
#include "search/hints.h"
#include "toimela/search.h"

namespace Xapian {
class Database;
}

namespace toimela::search {

/// Raised when terms, values or the data of documents change: an index of another version is made anew.
inline constexpr int kIndexVersion = 5;

/// A place in the change log. Rows are ordered by the transaction that wrote them, then by number.
struct Position {
  std::int64_t transaction = 0, row = 0;
  auto operator<=>(const Position&) const = default;
};

/// What an index says of itself; it stands in the index and changes with its documents at once.
struct IndexState {
  int version = 0;
  std::string lineage;  ///< of the database it was made from
  Position position;
};
std::string textOf(const IndexState& state);
/// Nothing when the text is not one of textOf().
std::optional<IndexState> parseState(std::string_view text);

/// Values that stand beside a document.
namespace slot {
inline constexpr unsigned kDate = 0;       ///< "2026-11-22", for the order
inline constexpr unsigned kFreshness = 1;  ///< a weight
inline constexpr unsigned kFacets = 2;     ///< Facets::text
}  // namespace slot

/// Terms that narrow a query.
std::string idTerm(std::string_view kind, std::int64_t id);
std::string filterTerm(Facet facet, std::string_view value);
std::string placeTerm(std::string_view kind, RegionCode region);
std::string audienceTerm(std::string_view mark);
/// Stands at everything that is not for everyone.
inline constexpr std::string_view kRestricted = "XAr";

/// The values of a document by which lists are narrowed.
struct FacetValues {
  std::vector<std::string> of[kFacets.size()];
  std::string text() const;
  static FacetValues parse(std::string_view text);
};
/// A subject as values, one for each language that it has: "sv:delaktighet".
std::vector<std::string> subjectValues(const LocalText& subject);
/// What a value of subjectValues() is called.
std::string_view subjectName(std::string_view value);
/// Of all values of one document those in the reader's language, or in the first language that there are any in.
std::vector<std::string> subjectsFor(Locale reader, std::vector<std::string> values);

/// What a list shows of a document.
struct StoredDocument {
  std::string kind;
  std::int64_t id = 0;
  LocalText title, text;
  std::string path, type;
  std::optional<RegionCode> region;
  std::optional<Date> date;
  Precision precision = Precision::day;
};
StoredDocument parseDocument(const std::string& data);

/// The one that writes into an index. Used by one thread; a second one on the same folder, in
/// whatever process, is refused by Xapian's lock (std::runtime_error).
class IndexWriter {
 public:
  enum class Use {
    lasting,
    part,  ///< of an index in the making: nothing is left of it after a crash
  };
  /// Opens the index in `folder`, or makes an empty one.
  explicit IndexWriter(const std::filesystem::path& folder, Use use = Use::lasting);
  ~IndexWriter();

  std::optional<IndexState> state() const;
  /// What is found of one thing from now on; nothing when `documents` is empty.
  void put(Analyser& analyser, std::string_view kind, std::int64_t id,
           const std::vector<const Document*>& documents);
  /// The same for a thing that the index is known not to have. Its words for hints are only counted.
  void add(Analyser& analyser, std::string_view kind, const Document& document, Hints& hints);
  void add(const Hints& hints);
  /// Ids of all things of the kind that the index has, ascending.
  std::vector<std::int64_t> idsOf(std::string_view kind);
  /// Makes the documents and the state durable together.
  void commit(const IndexState& state);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Makes one index in `into` of what several have, in their order.
void joinIndexes(const std::vector<std::filesystem::path>& parts, const std::filesystem::path& into);

}  // namespace toimela::search
