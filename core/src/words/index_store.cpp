#include "words/index_store.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "words/version.h"

namespace toimela::words {

namespace {

constexpr std::size_t kPatterns = kMostWords + kMostMarks;

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

constexpr Sql kCountRange{"words.word.count_range",
                          "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 FROM core_word"
                          " WHERE kind = :kind AND word >= :from AND word < :to LIMIT :limit) found"};
constexpr Sql kCountAll{"words.name.count",
                        "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 FROM core_name"
                        " WHERE kind = :kind LIMIT :limit) found"};

// Thousands of numbers come as one text: rows of their own would cost more than finding them. An
// array is put together in half the time that string_agg takes.
constexpr Sql kHaving{"words.word.having",
                      "SELECT COALESCE(group_concat(object), '') FROM (SELECT object FROM core_word"
                      " WHERE kind = :kind AND word >= :from AND word < :to LIMIT :limit) found",
                      "SELECT COALESCE(array_to_string(array_agg(object), ','), '') FROM"
                      " (SELECT object FROM core_word WHERE kind = :kind AND word >= :from"
                      " AND word < :to LIMIT :limit) found"};
// Of too many nothing is put together and sent.
constexpr Sql kHavingAll{"words.word.having_all",
                         "SELECT CASE WHEN COUNT(*) < :limit THEN group_concat(object) ELSE '' END FROM"
                         " (SELECT object FROM core_word WHERE kind = :kind AND word >= :from AND word < :to"
                         " LIMIT :limit) found",
                         "SELECT CASE WHEN COUNT(*) < :limit THEN array_to_string(array_agg(object), ',') ELSE '' END"
                         " FROM (SELECT object FROM core_word WHERE kind = :kind AND word >= :from AND word < :to"
                         " LIMIT :limit) found"};

// One lower bound and nothing else: PostgreSQL, which plans without knowing the values, would take a
// second bound for a sign of few rows and sort them all.
#define TOIMELA_STRETCH(list, key)                                                    \
  "SELECT COALESCE(" list ", ''), COALESCE(MAX(place), '') FROM (SELECT object, " key \
  " AS place FROM core_name WHERE kind = :kind AND (" key ", object) > (:key, :object)" \
  " ORDER BY " key ", object LIMIT :limit) found"
#define TOIMELA_SQLITE_LIST "group_concat(object)"
#define TOIMELA_POSTGRESQL_LIST "array_to_string(array_agg(object), ',')"
constexpr Sql kStretchFi{"words.name.stretch_fi", TOIMELA_STRETCH(TOIMELA_SQLITE_LIST, "key_fi"),
                         TOIMELA_STRETCH(TOIMELA_POSTGRESQL_LIST, "key_fi")};
constexpr Sql kStretchSv{"words.name.stretch_sv", TOIMELA_STRETCH(TOIMELA_SQLITE_LIST, "key_sv"),
                         TOIMELA_STRETCH(TOIMELA_POSTGRESQL_LIST, "key_sv")};
constexpr Sql kStretchEn{"words.name.stretch_en", TOIMELA_STRETCH(TOIMELA_SQLITE_LIST, "key_en"),
                         TOIMELA_STRETCH(TOIMELA_POSTGRESQL_LIST, "key_en")};

#define TOIMELA_SQLITE_IDS " IN (SELECT value FROM json_each('[' || CAST(:ids AS TEXT) || ']'))"
#define TOIMELA_POSTGRESQL_IDS \
  " = ANY(CAST(string_to_array(CAST(:ids AS TEXT), ',') AS BIGINT[]))"
#define TOIMELA_NAMES(key) \
  "SELECT object, " key ", folded FROM core_name WHERE kind = :kind AND object"
constexpr Sql kNamesFi{"words.name.of_fi", TOIMELA_NAMES("key_fi") TOIMELA_SQLITE_IDS,
                       TOIMELA_NAMES("key_fi") TOIMELA_POSTGRESQL_IDS};
constexpr Sql kNamesSv{"words.name.of_sv", TOIMELA_NAMES("key_sv") TOIMELA_SQLITE_IDS,
                       TOIMELA_NAMES("key_sv") TOIMELA_POSTGRESQL_IDS};
constexpr Sql kNamesEn{"words.name.of_en", TOIMELA_NAMES("key_en") TOIMELA_SQLITE_IDS,
                       TOIMELA_NAMES("key_en") TOIMELA_POSTGRESQL_IDS};

#define TOIMELA_PATTERNS                                                              \
  " AND folded LIKE :p1 AND folded LIKE :p2 AND folded LIKE :p3 AND folded LIKE :p4" \
  " AND folded LIKE :p5 AND folded LIKE :p6 AND folded LIKE :p7 AND folded LIKE :p8"
#define TOIMELA_MATCHING "SELECT object FROM core_name WHERE kind = :kind AND object"
constexpr Sql kMatching{"words.name.matching",
                        TOIMELA_MATCHING TOIMELA_SQLITE_IDS TOIMELA_PATTERNS,
                        TOIMELA_MATCHING TOIMELA_POSTGRESQL_IDS TOIMELA_PATTERNS};

#undef TOIMELA_STRETCH
#undef TOIMELA_SQLITE_LIST
#undef TOIMELA_POSTGRESQL_LIST
#undef TOIMELA_SQLITE_IDS
#undef TOIMELA_POSTGRESQL_IDS
#undef TOIMELA_NAMES
#undef TOIMELA_PATTERNS
#undef TOIMELA_MATCHING

const Sql& in(Locale locale, const Sql& fi, const Sql& sv, const Sql& en) {
  return locale == Locale::fi ? fi : locale == Locale::sv ? sv : en;
}

/// The numbers of "4,7".
std::vector<std::int64_t> numbersOf(std::string_view list) {
  std::vector<std::int64_t> numbers;
  const char* const end = list.data() + list.size();
  for (const char* at = list.data(); at < end; ++at) {
    std::int64_t number = 0;
    at = std::from_chars(at, end, number).ptr;
    numbers.push_back(number);
  }
  return numbers;
}

/// The same, each once, by number.
std::vector<std::int64_t> distinct(std::string_view list) {
  auto numbers = numbersOf(list);
  std::ranges::sort(numbers);
  const auto rest = std::ranges::unique(numbers);
  numbers.erase(rest.begin(), rest.end());
  return numbers;
}

std::int64_t itself(std::int64_t id) { return id; }

}  // namespace

void writeRows(WriteTx& tx, std::string_view kind, std::int64_t id, const std::string& words,
               const NameRow& name) {
  // The name first: its row makes whoever writes the same thing wait, and then see these words.
  tx.run(kPutName, kind, id, name.keyFi, name.keySv, name.keyEn, name.folded, kVersion);
  tx.run(kForget, kind, id);
  if (!words.empty()) tx.run(kAddWords, kind, id, words);
}

void removeRows(WriteTx& tx, std::string_view kind, std::int64_t id) {
  tx.run(kForgetName, kind, id);
  tx.run(kForget, kind, id);
}

std::int64_t countRows(ReadTx& tx, const Search& search, const Term& term, std::int64_t limit) {
  return tx.value<std::int64_t>(kCountRange, search.kind, term.text, term.end(), limit);
}

std::int64_t countThings(ReadTx& tx, std::string_view kind, std::int64_t limit) {
  return tx.value<std::int64_t>(kCountAll, kind, limit);
}

std::vector<std::int64_t> having(ReadTx& tx, const Search& search, const Term& term, std::int64_t limit) {
  return distinct(tx.value<std::string>(kHaving, search.kind, term.text, term.end(), limit));
}

std::optional<std::vector<std::int64_t>> havingAll(ReadTx& tx, const Search& search, const Term& term,
                                                   std::int64_t limit) {
  auto ids = distinct(tx.value<std::string>(kHavingAll, limit, search.kind, term.text, term.end()));
  if (ids.empty()) return std::nullopt;
  return ids;
}

std::vector<std::int64_t> matching(ReadTx& tx, const Search& search,
                                   const std::vector<std::int64_t>& ids) {
  std::array<std::string, kPatterns> p;
  p.fill("%");
  for (std::size_t i = 0; i < search.terms.size(); ++i) p[i] = search.terms[i].pattern();
  return tx.all(kMatching, itself, search.kind, idList(ids), p[0], p[1], p[2], p[3], p[4], p[5],
                p[6], p[7]);
}

std::vector<Place> placesOf(ReadTx& tx, const Search& search, const std::vector<std::int64_t>& ids) {
  std::vector<Place> places;
  tx.each(in(search.locale, kNamesFi, kNamesSv, kNamesEn),
          [&](std::int64_t id, std::string key, std::string folded) {
            if (!search.matches(folded)) return;
            const bool isLater = !search.beginningOf(key);
            places.push_back({isLater, std::move(key), id});
          },
          search.kind, idList(ids));
  std::ranges::sort(places);
  return places;
}

Stretch stretchAfter(ReadTx& tx, const Search& search, std::string_view key, std::int64_t id,
                     std::int64_t limit) {
  return tx.first(in(search.locale, kStretchFi, kStretchSv, kStretchEn),
                  [](std::string ids, std::string lastKey) {
                    return Stretch{numbersOf(ids), std::move(lastKey)};
                  },
                  search.kind, key, id, limit)
      .value();
}

}  // namespace toimela::words
