#include "toimela/words.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "words/fold.h"
#include "words/version.h"

namespace toimela::words {

namespace {

// Words and marks of one thing; more would be a mistake, or an attack on the index.
constexpr std::size_t kMostIndexed = 200;
constexpr std::size_t kLongestWord = 60;  // bytes; what is beyond does not count
// Rows of the index that are looked at before a word counts as a common one. Above what is counted,
// because a thing may have several words with the same beginning.
constexpr std::size_t kCommon = 1'500;
constexpr std::size_t kPatterns = kMostWords + kMostMarks;
constexpr std::size_t kBeginnings = 3;  // words of a search that a name may begin with
constexpr std::string_view kMark = "\xC2\xA7";  // §, which is no letter

constexpr Sql kForget{"words.word.forget",
                      "DELETE FROM core_word WHERE kind = :kind AND object = :object"};
constexpr Sql kForgetName{"words.name.forget",
                          "DELETE FROM core_name WHERE kind = :kind AND object = :object"};
constexpr Sql kAddWords{
    "words.word.add",
    "INSERT INTO core_word (kind, word, object) SELECT :kind, value, :object"
    " FROM json_each('[\"' || replace(CAST(:words AS TEXT), ' ', '\",\"') || '\"]')",
    "INSERT INTO core_word (kind, word, object) SELECT CAST(:kind AS TEXT), w,"
    " CAST(:object AS BIGINT) FROM unnest(string_to_array(CAST(:words AS TEXT), ' ')) AS w"};
constexpr Sql kPutName{
    "words.name.put",
    "INSERT INTO core_name (kind, object, key_fi, key_sv, key_en, folded, version)"
    " VALUES (:kind, :object, :key_fi, :key_sv, :key_en, :folded, :version)"
    " ON CONFLICT (kind, object) DO UPDATE SET key_fi = excluded.key_fi, key_sv = excluded.key_sv,"
    " key_en = excluded.key_en, folded = excluded.folded, version = excluded.version"};

constexpr Sql kInRange{"words.word.in_range",
                       "SELECT object FROM core_word WHERE kind = :kind AND word >= :from"
                       " AND word < :to LIMIT :limit"};
constexpr Sql kCountRange{"words.word.count_range",
                          "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 FROM core_word"
                          " WHERE kind = :kind AND word >= :from AND word < :to LIMIT :limit) found"};
constexpr Sql kCountAll{"words.name.count",
                        "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 FROM core_name"
                        " WHERE kind = :kind LIMIT :limit) found"};

#define TOIMELA_PATTERNS                                                          \
  " AND folded LIKE :p1 AND folded LIKE :p2 AND folded LIKE :p3 AND folded LIKE :p4" \
  " AND folded LIKE :p5 AND folded LIKE :p6 AND folded LIKE :p7 AND folded LIKE :p8"

// Several common words: what has them all is looked for from one of them.
constexpr Sql kTogether{"words.word.together",
                        "SELECT w.object FROM core_word w JOIN core_name n ON n.kind = w.kind"
                        " AND n.object = w.object WHERE w.kind = :kind AND w.word >= :from"
                        " AND w.word < :to" TOIMELA_PATTERNS " LIMIT :limit"};

// In the order of a language, those between two keys but for those between three other pairs.
#define TOIMELA_WALK(key)                                                               \
  "SELECT object, " key " FROM core_name WHERE kind = :kind AND " key " >= :from AND " key \
  " < :to AND (" key ", object) > (:after_key, :after_object)"                          \
  " AND NOT (" key " >= :from1 AND " key " < :to1) AND NOT (" key " >= :from2 AND " key   \
  " < :to2) AND NOT (" key " >= :from3 AND " key " < :to3)" TOIMELA_PATTERNS             \
  " ORDER BY " key ", object LIMIT :limit"
constexpr Sql kWalkFi{"words.name.walk_fi", TOIMELA_WALK("key_fi")};
constexpr Sql kWalkSv{"words.name.walk_sv", TOIMELA_WALK("key_sv")};
constexpr Sql kWalkEn{"words.name.walk_en", TOIMELA_WALK("key_en")};

#define TOIMELA_NAMES(key)                                                     \
  "SELECT object, " key ", folded FROM core_name WHERE kind = :kind AND object"
#define TOIMELA_SQLITE_IDS " IN (SELECT value FROM json_each('[' || CAST(:ids AS TEXT) || ']'))"
#define TOIMELA_POSTGRESQL_IDS \
  " = ANY(CAST(string_to_array(CAST(:ids AS TEXT), ',') AS BIGINT[]))"
constexpr Sql kNamesFi{"words.name.of_fi", TOIMELA_NAMES("key_fi") TOIMELA_SQLITE_IDS,
                       TOIMELA_NAMES("key_fi") TOIMELA_POSTGRESQL_IDS};
constexpr Sql kNamesSv{"words.name.of_sv", TOIMELA_NAMES("key_sv") TOIMELA_SQLITE_IDS,
                       TOIMELA_NAMES("key_sv") TOIMELA_POSTGRESQL_IDS};
constexpr Sql kNamesEn{"words.name.of_en", TOIMELA_NAMES("key_en") TOIMELA_SQLITE_IDS,
                       TOIMELA_NAMES("key_en") TOIMELA_POSTGRESQL_IDS};

#undef TOIMELA_PATTERNS
#undef TOIMELA_WALK
#undef TOIMELA_NAMES
#undef TOIMELA_SQLITE_IDS
#undef TOIMELA_POSTGRESQL_IDS

const Sql& in(Locale locale, const Sql& fi, const Sql& sv, const Sql& en) {
  return locale == Locale::fi ? fi : locale == Locale::sv ? sv : en;
}

/// What must be found: the beginning of a word, or a mark.
struct Term {
  std::string text;
  bool isMark = false;

  // No word has a blank; the greatest code point ends every range of beginnings.
  std::string end() const { return text + (isMark ? " " : "\U0010FFFF"); }
  std::string pattern() const { return "% " + text + (isMark ? " %" : "%"); }
  bool isIn(std::string_view folded) const {
    return folded.find(" " + text + (isMark ? " " : "")) != std::string_view::npos;
  }
};

/// Where something stands in the list: names that begin with what was typed come first.
struct Place {
  bool isLater = false;
  std::string key;
  std::int64_t id = 0;
  auto operator<=>(const Place&) const = default;

  std::string text() const { return (isLater ? "1" : "0") + key + "." + std::to_string(id); }
};

std::optional<Place> parsePlace(std::string_view text) {
  const auto dot = text.find('.');
  if (text.empty() || (text[0] != '0' && text[0] != '1') || dot == text.npos) return std::nullopt;
  const auto id = parseId(text.substr(dot + 1));
  const auto key = text.substr(1, dot - 1);
  if (!id || key.find_first_not_of("0123456789abcdef") != key.npos) return std::nullopt;
  return Place{text[0] == '1', std::string(key), *id};
}

/// A question taken apart.
struct Search {
  std::string kind;
  Locale locale;
  std::vector<Term> terms;               ///< words, the longest first, then marks
  std::vector<std::string> beginnings;   ///< keys of the words that a name may begin with
  bool isHopeless = false;               ///< something was typed, but no word

  bool begins(std::string_view key) const {
    return std::ranges::any_of(beginnings, [&](const auto& b) { return key.starts_with(b); });
  }
  bool matches(std::string_view folded) const {
    return std::ranges::all_of(terms, [&](const Term& term) { return term.isIn(folded); });
  }
  std::array<std::string, kPatterns> patterns() const {
    std::array<std::string, kPatterns> all;
    all.fill("%");
    for (std::size_t i = 0; i < terms.size(); ++i) all[i] = terms[i].pattern();
    return all;
  }
};

std::string shortened(std::string word) {
  if (word.size() <= kLongestWord) return word;
  std::size_t end = kLongestWord;
  while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
  return word.substr(0, end);
}

Search searchFor(const Question& question) {
  Search search{question.kind, question.locale, {}, {}, false};
  auto words = fold(question.typed);
  search.isHopeless = words.empty() && question.typed.find_first_not_of(' ') != std::string::npos;
  if (words.size() > kMostWords) words.resize(kMostWords);
  for (auto& word : words) {
    word = shortened(std::move(word));
    if (search.beginnings.size() < kBeginnings)
      search.beginnings.push_back(orderKey({word}, question.locale));
    search.terms.push_back({word});
  }
  std::ranges::stable_sort(search.terms, std::greater{}, [](const Term& t) { return t.text.size(); });
  for (std::size_t i = 0; i < std::min(question.marks.size(), kMostMarks); ++i)
    search.terms.push_back({std::string(kMark) + question.marks[i], true});
  return search;
}

std::vector<std::int64_t> distinct(std::vector<std::int64_t> ids) {
  std::ranges::sort(ids);
  const auto rest = std::ranges::unique(ids);
  ids.erase(rest.begin(), rest.end());
  return ids;
}

/// Everything that is found when it is little enough to be fetched; nothing when it is much.
std::optional<std::vector<std::int64_t>> fewCandidates(ReadTx& tx, const Search& search) {
  const Term* rarest = nullptr;
  std::int64_t least = kCommon;
  for (const Term& term : search.terms) {
    const auto rows = tx.value<std::int64_t>(kCountRange, search.kind, term.text, term.end(), kCommon);
    if (rows < least) {
      least = rows;
      rarest = &term;
    }
  }
  const auto object = [](std::int64_t id) { return id; };
  if (rarest)
    return distinct(tx.all(kInRange, object, search.kind, rarest->text, rarest->end(), kCommon));
  if (search.terms.size() < 2) return std::nullopt;
  const auto p = search.patterns();
  const Term& driver = search.terms.front();
  auto together = tx.all(kTogether, object, search.kind, driver.text, driver.end(), p[0], p[1], p[2],
                         p[3], p[4], p[5], p[6], p[7], kCommon);
  if (together.size() >= kCommon) return std::nullopt;
  return distinct(std::move(together));
}

std::vector<Place> placesOf(ReadTx& tx, const Search& search, const std::vector<std::int64_t>& ids) {
  std::vector<Place> places;
  tx.each(in(search.locale, kNamesFi, kNamesSv, kNamesEn),
          [&](std::int64_t id, std::string key, std::string folded) {
            if (!search.matches(folded)) return;
            const bool isLater = !search.begins(key);
            places.push_back({isLater, std::move(key), id});
          },
          search.kind, idList(ids));
  std::ranges::sort(places);
  return places;
}

struct KeyRange {
  // No key has a '~': such a range is empty.
  std::string from = "~", to = "~";
};
KeyRange keysBeginningWith(const std::string& beginning) { return {beginning, beginning + "~"}; }

/// At most `limit` in order from `after` on, between the keys and outside of `without`.
std::vector<Place> walk(ReadTx& tx, const Search& search, const KeyRange& keys,
                        const std::array<KeyRange, kBeginnings>& without, bool isLater,
                        const Place& after, int limit) {
  const auto p = search.patterns();
  return tx.all(
      in(search.locale, kWalkFi, kWalkSv, kWalkEn),
      [&](std::int64_t id, std::string key) { return Place{isLater, std::move(key), id}; },
      search.kind, keys.from, keys.to, after.key, after.id, without[0].from, without[0].to,
      without[1].from, without[1].to, without[2].from, without[2].to, p[0], p[1], p[2], p[3], p[4],
      p[5], p[6], p[7], limit);
}

/// Much is found: as many as are asked for, in order, without looking at the rest.
std::vector<Place> walk(ReadTx& tx, const Search& search, const Place& after, int limit) {
  std::set<Place> places;
  std::array<KeyRange, kBeginnings> begun;
  for (std::size_t i = 0; i < search.beginnings.size(); ++i) {
    begun[i] = keysBeginningWith(search.beginnings[i]);
    if (after.isLater) continue;
    for (auto& place : walk(tx, search, begun[i], {}, false, after, limit))
      places.insert(std::move(place));
  }
  if (static_cast<int>(places.size()) < limit) {
    const Place start = after.isLater ? after : Place{true, "", 0};
    for (auto& place : walk(tx, search, {"", "~"}, begun, true, start, limit))
      places.insert(std::move(place));
  }
  return {places.begin(), places.end()};
}

void cut(Answer& answer, std::span<const Place> places, int limit) {
  const auto shown = std::min<std::size_t>(places.size(), static_cast<std::size_t>(limit));
  for (const Place& place : places.first(shown)) answer.ids.push_back(place.id);
  if (places.size() > shown && shown > 0) answer.next = places[shown - 1].text();
}

/// The page of a question of which everything that was found is known.
Answer answerWith(const std::vector<Place>& places, const Question& question) {
  const auto after = parsePlace(question.after);
  const auto rest = after ? std::ranges::upper_bound(places, *after) : places.begin();
  Answer answer;
  cut(answer, {rest, places.end()}, question.limit);
  answer.count = std::min<std::int64_t>(std::ssize(places), kMostCounted);
  answer.isMore = std::ssize(places) > kMostCounted;
  return answer;
}

/// Every word and mark that an entry is found by, each once, with blanks between.
std::string wordsOf(const Entry& entry) {
  std::vector<std::string> all;
  const auto take = [&](std::string_view text) {
    for (auto& word : fold(text)) {
      word = shortened(std::move(word));
      auto bare = plain(word);
      if (bare != word) all.push_back(std::move(bare));
      all.push_back(std::move(word));
    }
  };
  for (const Locale locale : kLocales) take(entry.name.in(locale));
  for (const auto& text : entry.texts) take(text);
  std::set<std::string> distinctWords;
  for (auto& word : all)
    if (distinctWords.size() < kMostIndexed) distinctWords.insert(std::move(word));
  for (const auto& mark : entry.marks) distinctWords.insert(std::string(kMark) + mark);
  std::string words;
  for (const auto& word : distinctWords) words += (words.empty() ? "" : " ") + word;
  return words;
}

}  // namespace

void put(WriteTx& tx, const Entry& entry) {
  const std::string words = wordsOf(entry);
  tx.run(kForget, entry.kind, entry.id);
  if (!words.empty()) tx.run(kAddWords, entry.kind, entry.id, words);
  const auto key = [&](Locale locale) { return orderKey(fold(entry.name.pick(locale).text), locale); };
  tx.run(kPutName, entry.kind, entry.id, key(Locale::fi), key(Locale::sv), key(Locale::en),
         " " + words + " ", kVersion);
}

void remove(WriteTx& tx, std::string_view kind, std::int64_t id) {
  tx.run(kForget, kind, id);
  tx.run(kForgetName, kind, id);
}

Answer find(ReadTx& tx, const Question& question) {
  const Search search = searchFor(question);
  Answer answer;
  if (search.isHopeless) return answer;
  const auto after = parsePlace(question.after);
  if (!search.terms.empty()) {
    if (const auto ids = fewCandidates(tx, search))
      return answerWith(placesOf(tx, search, *ids), question);
    answer.count = kMostCounted;
    answer.isMore = true;
  } else {
    const auto counted = tx.value<std::int64_t>(kCountAll, search.kind, kMostCounted + 1);
    answer.isMore = counted > kMostCounted;
    answer.count = std::min(counted, kMostCounted);
  }
  cut(answer, walk(tx, search, after.value_or(Place{}), question.limit + 1), question.limit);
  return answer;
}

Answer find(ReadTx& tx, const Question& question, const std::vector<std::int64_t>& candidates) {
  const Search search = searchFor(question);
  if (search.isHopeless || candidates.empty()) return {};
  return answerWith(placesOf(tx, search, candidates), question);
}

bool matches(const Question& question, const Entry& entry) {
  const Search search = searchFor(question);
  return !search.isHopeless && search.matches(" " + wordsOf(entry) + " ");
}

std::string idList(const std::vector<std::int64_t>& ids) {
  std::string list;
  for (const auto id : ids) list += (list.empty() ? "" : ",") + std::to_string(id);
  return list;
}

}  // namespace toimela::words
