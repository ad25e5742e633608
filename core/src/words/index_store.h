// The tables of the index: core_word and core_name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/data.h"
#include "words/question.h"

namespace toimela::words {

/// A name's place in the alphabets, and all words of the thing between blanks.
struct NameRow {
  std::string keyFi, keySv, keyEn, folded;
};
void writeRows(WriteTx& tx, std::string_view kind, std::int64_t id, const std::string& words,
               const NameRow& name);
void removeRows(WriteTx& tx, std::string_view kind, std::int64_t id);

/// Rows of the index for the term, which are no fewer than things; counted up to `limit`.
std::int64_t countRows(ReadTx& tx, const Search& search, const Term& term, std::int64_t limit);
/// Things of a kind, counted up to `limit`.
std::int64_t countThings(ReadTx& tx, std::string_view kind, std::int64_t limit);

/// Things that have the term, each once, by number; at most `limit` rows of the index are looked at.
std::vector<std::int64_t> having(ReadTx& tx, const Search& search, const Term& term, std::int64_t limit);
/// The same for a term that something has: all of them, or nothing when there are `limit` rows or more.
std::optional<std::vector<std::int64_t>> havingAll(ReadTx& tx, const Search& search, const Term& term,
                                                   std::int64_t limit);
/// Those of the things that have all terms of the search.
std::vector<std::int64_t> matching(ReadTx& tx, const Search& search,
                                   const std::vector<std::int64_t>& ids);
/// Those of the things that have all terms of the search, in the order of the list.
std::vector<Place> placesOf(ReadTx& tx, const Search& search, const std::vector<std::int64_t>& ids);

/// A piece of the list of all things in the order of their names.
struct Stretch {
  std::vector<std::int64_t> ids;
  std::string lastKey;  ///< of the last of them
};
/// At most `limit` from behind the key and id on.
Stretch stretchAfter(ReadTx& tx, const Search& search, std::string_view key, std::int64_t id,
                     std::int64_t limit);

}  // namespace toimela::words
