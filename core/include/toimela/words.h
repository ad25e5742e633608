// Finding things by the words of their names, fast however many there are: an index of words that
// every kind of thing may use, the core's and a plugin's.
//
//   words::put(tx, {.kind = "contacts.person", .id = person.value, .name = {.fi = "Aho Aino"},
//                   .texts = {"nuorisotyö"}, .marks = {"r06"}});
//   auto found = words::find(tx, {.kind = "contacts.person", .typed = "nuoris", .marks = {"r06"}});
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/data.h"
#include "toimela/types.h"

namespace toimela::words {

/// The words of a text as they are compared: in lower case, without accents, split where a sign is
/// neither letter nor digit. Å, ä and ö stay letters of their own; other letters that Unicode does
/// not take apart become their nearest kin (ø ö, æ ä, đ d, ŋ n, ł l, ß ss).
TOIMELA_API std::vector<std::string> fold(std::string_view text);

/// A thing that is to be found. Put again it replaces what was there.
struct Entry {
  std::string kind;  ///< "organisation"; of a plugin "<plugin>.<thing>"
  std::int64_t id = 0;
  LocalText name;                  ///< found by each language of it, ordered by the reader's
  std::vector<std::string> texts;  ///< what else it is found by
  /// What a list is narrowed to, each a few of a–z and 0–9: "r06" for a region.
  std::vector<std::string> marks;
};
/// Writes the entry, in the transaction of the change that it follows from.
TOIMELA_API void put(WriteTx& tx, const Entry& entry);
TOIMELA_API void remove(WriteTx& tx, std::string_view kind, std::int64_t id);

/// More than so many are not counted.
inline constexpr std::int64_t kMostCounted = 1'000;
/// Words of a search and marks that count; further ones are left out.
inline constexpr std::size_t kMostWords = 5, kMostMarks = 3;

struct Question {
  std::string kind;
  std::string typed;               ///< every word of it must begin a word of the thing; empty: all
  std::vector<std::string> marks;  ///< all of them must be on the thing
  Locale locale = Locale::fi;      ///< whose names and alphabet the order follows
  std::string after;               ///< Answer::next of the page before; anything else: the first page
  int limit = 25;
};
struct Answer {
  /// Things whose name begins with a word that was typed, then the others, each by name.
  std::vector<std::int64_t> ids;
  std::string next;        ///< where the next page begins; empty on the last one
  std::int64_t count = 0;  ///< of everything found, at most kMostCounted
  bool isMore = false;     ///< there are more than `count`
};
/// "järvi" finds järvi, "jarvi" both jarvi and järvi. A text without a letter or digit finds nothing.
TOIMELA_API Answer find(ReadTx& tx, const Question& question);

/// The same among candidates that are known by other means, such as a reader's own few. All of them
/// are looked at.
TOIMELA_API Answer find(ReadTx& tx, const Question& question,
                        const std::vector<std::int64_t>& candidates);

/// Would the question find the entry, were it in the index as it is given? For readers to whom a
/// part of what is indexed is not shown: what they do not see must not be found by them either.
TOIMELA_API bool matches(const Question& question, const Entry& entry);

/// Ids as one argument of a statement that wants several: "4,7". SQLite takes them by
/// json_each('[' || :ids || ']'), PostgreSQL by CAST(string_to_array(:ids, ',') AS BIGINT[]).
TOIMELA_API std::string idList(const std::vector<std::int64_t>& ids);

}  // namespace toimela::words
