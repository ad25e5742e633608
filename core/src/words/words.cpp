#include "toimela/words.h"

#include <algorithm>
#include <limits>
#include <set>
#include <span>

#include "words/fold.h"
#include "words/index_store.h"
#include "words/question.h"

namespace toimela::words {

namespace {

using Ids = std::vector<std::int64_t>;

// Words and marks of one thing; more would be a mistake, or an attack on the index.
constexpr std::size_t kMostIndexed = 200;
// Rows of the index that are looked at before a word counts as a common one. Above what is counted,
// because a thing may have several words with the same beginning.
constexpr std::int64_t kCommon = 1'500;
// A word that so many have is no help in finding others: most of what is looked at has it.
constexpr std::int64_t kEverywhere = 20'000;
// A word that so many have is met every few names along the list.
constexpr std::int64_t kSoonMet = 6'000;
// Terms of a search whose things are fetched to see which have all of them.
constexpr std::size_t kMostFetched = 3;
constexpr std::size_t kCheckedAtOnce = 1'200;
// Walking along the list: what is looked at first and at most, and of that in one go.
constexpr std::int64_t kFirstStretch = 250, kLongestStretch = 25'000, kStretchGrowth = 6;
constexpr std::size_t kNamesAtOnce = 60;

/// What can be said of a search before anything is put in order.
struct Narrowed {
  std::optional<Ids> all;  ///< everything that may be found, which is little
  /// Much is found, and it is all among these, ordered by number; unset where nobody knows which.
  std::optional<Ids> among;
};

/// Looks through the things, as far as it needs to, for those that have all terms: all of them, or
/// nothing when there are more than are counted.
std::optional<Ids> fewMatching(ReadTx& tx, const Search& search, const Ids& things) {
  Ids found;
  for (std::size_t at = 0; at < things.size(); at += kCheckedAtOnce) {
    const auto end = std::min(things.size(), at + kCheckedAtOnce);
    const auto more = matching(tx, search, Ids(things.begin() + at, things.begin() + end));
    found.insert(found.end(), more.begin(), more.end());
    if (std::ssize(found) > kMostCounted) return std::nullopt;
  }
  return found;
}

/// Every term is a common one.
Narrowed narrowCommon(ReadTx& tx, const Search& search) {
  // What has the only word comes up soon enough along the list.
  if (search.terms.size() == 1 && countRows(tx, search, search.terms.front(), kSoonMet) == kSoonMet) return {};
  std::optional<Ids> joint;
  bool isChecked = search.terms.size() <= kMostFetched;  // whether `joint` has all terms
  for (const Term& term : std::span(search.terms).first(std::min(search.terms.size(), kMostFetched))) {
    auto things = havingAll(tx, search, term, kEverywhere);
    if (!things) {
      isChecked = false;
      continue;
    }
    if (joint) {
      Ids both;
      std::ranges::set_intersection(*joint, *things, std::back_inserter(both));
      joint = std::move(both);
    } else {
      joint = std::move(things);
    }
    if (std::ssize(*joint) < kCommon) return {std::move(joint), {}};
  }
  if (isChecked) return {{}, std::move(joint)};
  if (search.terms.size() == 1) return {};
  const Term& first = search.terms.front();
  auto few = fewMatching(tx, search, joint ? *joint : having(tx, search, first, kEverywhere));
  if (few && !joint)
    few = fewMatching(tx, search, having(tx, search, first, std::numeric_limits<std::int64_t>::max()));
  return {std::move(few), std::move(joint)};
}

Narrowed narrow(ReadTx& tx, const Search& search) {
  const Term* rarest = nullptr;
  std::int64_t least = kCommon;
  for (const Term& term : search.terms) {
    const auto rows = countRows(tx, search, term, kCommon);
    if (rows < least) {
      least = rows;
      rarest = &term;
    }
  }
  if (rarest) return {having(tx, search, *rarest, kCommon), {}};
  return narrowCommon(tx, search);
}

/// Collects what is found along the list of all names, piece by piece, without looking at the rest.
class Walk {
 public:
  Walk(ReadTx& tx, const Search& search, const std::optional<Ids>& among, std::size_t limit)
      : tx_(tx), search_(search), among_(among), limit_(limit) {}

  /// Names that begin with what was typed, from behind the place on.
  void throughBeginnings(const Place& after) {
    for (const KeyRange& range : search_.beginnings)
      if (after.key < range.to) go(false, std::max(after, Place{false, range.from, 0}), range.to);
  }
  void throughOthers(const Place& after) { go(true, after, "~"); }

  const std::vector<Place>& found() const { return found_; }

 private:
  bool isFull() const { return found_.size() >= limit_; }

  /// From behind `at` to the key.
  void go(bool isLater, Place at, const std::string& to) {
    // Where nothing is sought every name is one of the page.
    std::int64_t length = search_.terms.empty() ? static_cast<std::int64_t>(limit_) : kFirstStretch;
    while (!isFull() && at.key < to) {
      const Stretch stretch = stretchAfter(tx_, search_, at.key, at.id, length);
      if (stretch.ids.empty()) return;
      const KeyRange* passed = look(isLater, stretch.ids, to);
      if (passed) at = {isLater, passed->to, 0};
      else at = {isLater, stretch.lastKey, stretch.ids.back()};
      if (!passed && std::ssize(stretch.ids) < length) return;
      length = std::min(length * kStretchGrowth, kLongestStretch);
    }
  }

  /// Takes what is found of the things, which are in order. The range of beginnings that it came
  /// into, where these are not wanted; what follows has not been looked at then.
  const KeyRange* look(bool isLater, Ids ids, const std::string& to) {
    if (among_)
      std::erase_if(ids, [&](std::int64_t id) { return !std::ranges::binary_search(*among_, id); });
    for (std::size_t at = 0; at < ids.size() && !isFull(); at += kNamesAtOnce) {
      const auto end = std::min(ids.size(), at + kNamesAtOnce);
      auto places = placesOf(tx_, search_, Ids(ids.begin() + at, ids.begin() + end));
      // Names that begin with what was typed stand first; here they stand among the others.
      std::ranges::sort(places, {}, [](const Place& p) { return std::tie(p.key, p.id); });
      for (Place& place : places) {
        if (isFull() || place.key >= to) return nullptr;
        if (isLater && !place.isLater) return search_.beginningOf(place.key);
        found_.push_back(std::move(place));
      }
    }
    return nullptr;
  }

  ReadTx& tx_;
  const Search& search_;
  const std::optional<Ids>& among_;
  std::size_t limit_;
  std::vector<Place> found_;
};

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
  for (const auto& mark : entry.marks) distinctWords.insert(std::string(kMarkSign) + mark);
  std::string words;
  for (const auto& word : distinctWords) words += (words.empty() ? "" : " ") + word;
  return words;
}

}  // namespace

void put(WriteTx& tx, const Entry& entry) {
  const std::string words = wordsOf(entry);
  const auto key = [&](Locale locale) { return orderKey(fold(entry.name.pick(locale).text), locale); };
  writeRows(tx, entry.kind, entry.id, words,
            {key(Locale::fi), key(Locale::sv), key(Locale::en), " " + words + " "});
}

void remove(WriteTx& tx, std::string_view kind, std::int64_t id) { removeRows(tx, kind, id); }

Answer find(ReadTx& tx, const Question& question) {
  const Search search = searchFor(question);
  Answer answer;
  if (search.isHopeless) return answer;
  std::optional<Ids> among;
  if (!search.terms.empty()) {
    auto narrowed = narrow(tx, search);
    if (narrowed.all) return answerWith(placesOf(tx, search, *narrowed.all), question);
    among = std::move(narrowed.among);
    answer.count = kMostCounted;
    answer.isMore = true;
  } else {
    const auto counted = countThings(tx, search.kind, kMostCounted + 1);
    answer.isMore = counted > kMostCounted;
    answer.count = std::min(counted, kMostCounted);
  }
  Walk walk(tx, search, among, static_cast<std::size_t>(question.limit) + 1);
  const auto after = parsePlace(question.after).value_or(Place{});
  if (!after.isLater) walk.throughBeginnings(after);
  walk.throughOthers(after.isLater ? after : Place{true, "", 0});
  cut(answer, walk.found(), question.limit);
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
