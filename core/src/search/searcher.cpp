#include "search/searcher.h"

#include <xapian.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <unordered_map>

#include "search/snippet.h"

namespace toimela::search {

namespace {

using Xapian::Query;

constexpr std::size_t kKeptOpen = 16;
constexpr int kAttempts = 3;
// Robertson and Zaragoza (2009); long documents are not held against themselves as much as usual.
constexpr double kK1 = 1.2, kB = 0.4, kLeastNormalised = 0.5;
constexpr unsigned kSpellingDistance = 2;
constexpr int kSuggestionsLookedAt = 3;  // times as many as are wanted

/// One view of the index with what belongs to it.
struct Opened {
  Xapian::Database database;
  std::filesystem::path folder;
  Analyser analyser;
  explicit Opened(Finnish finnish) : analyser(20'000, finnish) {}
};

/// Counts how often each combination of values comes, in the matches of one query.
class Counter : public Xapian::MatchSpy {
 public:
  explicit Counter(const Xapian::Database& database)
      : at_(database.valuestream_begin(slot::kFacets)), end_(database.valuestream_end(slot::kFacets)) {}

  // Matches come by number, as the values lie: going along with them is cheaper than fetching each.
  void operator()(const Xapian::Document& document, double) override {
    if (seen_++ >= kMostCounted || at_ == end_) return;
    at_.skip_to(document.get_docid());
    if (at_ != end_ && at_.get_docid() == document.get_docid()) ++combinations_[*at_];
  }
  std::map<std::string, std::int64_t> countsOf(Facet facet, Locale reader) const {
    std::map<std::string, std::int64_t> counts;
    for (const auto& [text, count] : combinations_) {
      auto values = std::move(FacetValues::parse(text).of[static_cast<std::size_t>(facet)]);
      if (facet == Facet::subject) values = subjectsFor(reader, std::move(values));
      for (auto& value : values) counts[std::move(value)] += count;
    }
    return counts;
  }

 private:
  Xapian::ValueIterator at_, end_;
  std::int64_t seen_ = 0;
  std::unordered_map<std::string, std::int64_t> combinations_;
};

Query anyTerm(const std::vector<std::string>& terms) { return Query(Query::OP_OR, terms.begin(), terms.end()); }

/// Leaves out what the reader may not find. Only what is restricted has to be looked at for it.
Query permitted(Query query, const Access& access) {
  Query closed{std::string(kRestricted)};
  std::vector<std::string> own;
  for (const auto& mark : access.marks) own.push_back(audienceTerm(mark));
  if (!own.empty()) closed = Query(Query::OP_AND_NOT, closed, anyTerm(own));
  query = Query(Query::OP_AND_NOT, query, closed);
  if (!access.without.empty()) query = Query(Query::OP_AND_NOT, query, anyTerm(access.without));
  return query;
}

Query narrowed(Query query, const std::vector<Filter>& filters) {
  std::map<Facet, std::vector<std::string>> byFacet;
  for (const Filter& filter : filters) byFacet[filter.facet].push_back(filterTerm(filter.facet, filter.value));
  for (const auto& [facet, terms] : byFacet) query = Query(Query::OP_FILTER, query, anyTerm(terms));
  return query;
}

bool hasDigit(const std::string& word) {
  return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// Each word that no spelling is known for is exchanged for its nearest neighbour; empty when there
/// is nothing to exchange.
std::string spellingHint(Xapian::Database& database, const Typed& typed, std::string_view text, Analyser& analyser) {
  std::string hint;
  std::size_t at = 0;
  bool isOther = false;
  for (const Token& token : tokensOf(text.substr(0, kMostTyped), kMostWords)) {
    hint += text.substr(at, token.begin - at);
    at = token.end;
    std::string better;
    const bool isTyped = std::ranges::find(typed.words, token.word) != typed.words.end();
    if (isTyped && token.word.size() >= 4 && !hasDigit(token.word)) {
      const Forms& forms = analyser.forms(Locale::fi, token.word);
      const bool isKnown = std::ranges::any_of(forms.whole, [&](const std::string& term) {
        return term[0] == prefix::kFinnish && database.term_exists(term);
      });
      if (!isKnown) better = database.get_spelling_suggestion(token.word, kSpellingDistance);
    }
    isOther = isOther || !better.empty();
    hint += better.empty() ? text.substr(token.begin, token.end - token.begin) : better;
  }
  hint += text.substr(at);
  return isOther ? hint : std::string();
}

/// The language that a text is shown in: the reader's where it has what was sought, else one that
/// has it, else the reader's.
struct Shown {
  std::vector<Piece> pieces;
  Locale locale;
};
Shown snippetOf(const LocalText& text, Locale reader, const Sought& sought, Analyser& analyser) {
  const auto picked = text.pick(reader);
  Shown first{snippet(picked.text, picked.locale, sought, analyser), picked.locale};
  if (hasFound(first.pieces)) return first;
  for (const Locale locale : kLocales) {
    if (locale == picked.locale || text.in(locale).empty()) continue;
    Shown other{snippet(text.in(locale), locale, sought, analyser), locale};
    if (hasFound(other.pieces)) return other;
  }
  return first;
}

Found shown(StoredDocument document, Locale reader, const Sought& sought, Analyser& analyser) {
  const auto title = document.title.pick(reader);
  Found found{.document = {}, .title = marked(title.text, title.locale, sought, analyser), .snippet = {},
              .titleLocale = title.locale};
  Shown text = snippetOf(document.text, reader, sought, analyser);
  found.snippet = std::move(text.pieces);
  found.snippetLocale = text.locale;
  found.document = std::move(document);
  return found;
}

struct Asked {
  Xapian::MSet set;
  Strictness strictness = Strictness::all;
  bool isMany = false;  ///< more than are counted
};

constexpr auto kCountedAndOne = static_cast<Xapian::doccount>(kMostCounted) + 1;

/// Matches as they come, without weighing them.
Xapian::MSet unweighted(Opened& opened, const Query& query, Xapian::doccount atLeast, Counter* counter) {
  Xapian::Enquire enquire(opened.database);
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  if (counter) enquire.add_matchspy(counter);
  return enquire.get_mset(0, 1, atLeast);
}

/// How Xapian expects matches to be, from the lengths of its lists alone.
Xapian::doccount expected(Opened& opened, const Query& query) {
  Xapian::Enquire enquire(opened.database);
  enquire.set_query(query);
  return enquire.get_mset(0, 0).get_matches_estimated();
}

/// Where the last match lay that was looked at.
class LastSeen : public Xapian::MatchSpy {
 public:
  void operator()(const Xapian::Document& document, double) override {
    last_ = document.get_docid();
    ++count_;
  }
  /// So many matches there are if they lie everywhere as they do up to the last one.
  double likely(Xapian::docid end) const { return last_ ? double(count_) * end / last_ : 0; }

 private:
  Xapian::docid last_ = 0;
  Xapian::doccount count_ = 0;
};

/// More certain than what is expected, and still cheaper than counting.
double likely(Opened& opened, const Query& query) {
  Xapian::Enquire enquire(opened.database);
  LastSeen seen;
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.add_matchspy(&seen);
  enquire.get_mset(0, 1, kDeepest);
  return seen.likely(opened.database.get_lastdocid());
}

/// The terms of all years that things are from, the newest first.
std::vector<std::string> yearTerms(const Xapian::Database& database) {
  const std::string all = filterTerm(Facet::year, "");
  std::vector<std::string> years(database.allterms_begin(all), database.allterms_end(all));
  std::ranges::reverse(years);
  return years;
}

/// What a query finds in the newest years: in so many that all that can be paged to should be there, in
/// twice as many and so on, and at last in all.
std::vector<Query> newestFirst(Opened& opened, const Query& query) {
  std::vector<Query> parts;
  const auto years = yearTerms(opened.database);
  // Twice as many as would do if each year had as much: the newest may have little yet.
  const std::size_t begin = 2 * kDeepest * years.size() / std::max(1u, expected(opened, query)) + 1;
  for (std::size_t count = begin; count < years.size(); count *= 2)
    parts.emplace_back(Query::OP_FILTER, query,
                       Query(Query::OP_OR, years.begin(), years.begin() + static_cast<std::ptrdiff_t>(count)));
  parts.push_back(query);
  return parts;
}

/// Whether the reader may find anything that has the word as a whole, in whatever form.
bool isKnown(const std::string& word, Opened& opened, const Access& access) {
  std::vector<std::string> terms{prefix::kSurface + word};
  for (const Locale locale : kLocales)
    for (const auto& term : opened.analyser.forms(locale, word).whole) {
      terms.push_back(term);
      if (term[0] == prefix::kFinnish) terms.push_back(prefix::kPart + term.substr(1));
    }
  return unweighted(opened, permitted(anyTerm(terms), access), 1, nullptr).size() > 0;
}

void count(const Counter& counter, Locale reader, Findings& findings) {
  for (const Facet facet : kFacets) {
    auto& counts = findings.counts[static_cast<std::size_t>(facet)];
    for (auto& [value, count] : counter.countsOf(facet, reader)) counts.push_back({value, count});
    const bool isByValue = facet == Facet::year;
    std::ranges::stable_sort(counts, [&](const Counted& a, const Counted& b) {
      return isByValue ? a.value > b.value : a.count > b.count;
    });
  }
}

}  // namespace

struct Searcher::Impl {
  const IndexFolder& folder;
  Finnish finnish;
  Xapian::doccount broad;
  std::mutex mutex;
  std::vector<std::unique_ptr<Opened>> idle;

  std::unique_ptr<Opened> take() {
    std::lock_guard lock(mutex);
    if (idle.empty()) return nullptr;
    auto one = std::move(idle.back());
    idle.pop_back();
    return one;
  }
  void giveBack(std::unique_ptr<Opened> one) {
    std::lock_guard lock(mutex);
    if (idle.size() < kKeptOpen) idle.push_back(std::move(one));
  }

  /// Runs `work` on a view of the index as it is now; nothing when there is no index yet. A view that
  /// the writer has overtaken twice, or whose folder is gone, is opened again.
  template <class F>
  void with(F&& work) {
    auto opened = take();
    if (!opened) opened = std::make_unique<Opened>(finnish);
    for (int attempt = 1;; ++attempt) {
      try {
        const auto current = folder.current();
        if (!current) return;
        if (opened->folder != *current) {
          opened->database = Xapian::Database(current->string());
          opened->folder = *current;
        } else {
          opened->database.reopen();
        }
        work(*opened);
        giveBack(std::move(opened));
        return;
      } catch (const Xapian::Error& e) {
        opened->folder.clear();
        if (attempt == kAttempts)
          throw std::runtime_error(std::string("search index: ") + e.get_type() + ": " + e.get_msg());
      }
    }
  }

  /// Of very many, the parts in which the first are looked for, until one has all that can be paged to. By date that
  /// is exact: it is the newest years. By weight it is what has one of the words in its title, of that the newest years.
  static std::vector<Query> partsOf(Opened& opened, const Query& query, const Typed& typed, bool isByWeight) {
    if (!isByWeight) return newestFirst(opened, query);
    if (typed.words.empty()) return {};
    return newestFirst(opened, Query(Query::OP_FILTER, query, headingQuery(typed, opened.analyser)));
  }

  /// Finds out which of the words are unknown, when it matters.
  Asked ask(Opened& opened, Typed& typed, const Question& question, const Access& access, Counter& counter) const {
    Asked asked;
    const auto first = static_cast<Xapian::doccount>(std::clamp(question.first, 0, kDeepest));
    const auto limit = static_cast<Xapian::doccount>(std::clamp(question.limit, 1, 100));
    const bool isByWeight = question.sort != Sort::newest && !typed.empty();
    const auto best = [&](Query query, Xapian::doccount atLeast, Counter* spy) {
      if (!typed.empty()) {
        Xapian::ValueWeightPostingSource freshness(slot::kFreshness);
        query = Query(Query::OP_AND_MAYBE, query, Query(freshness.clone()->release()));
      }
      Xapian::Enquire enquire(opened.database);
      enquire.set_query(query);
      enquire.set_weighting_scheme(Xapian::BM25Weight(kK1, 0, 1, kB, kLeastNormalised));
      if (!isByWeight) enquire.set_sort_by_value_then_relevance(slot::kDate, true);
      if (spy) enquire.add_matchspy(spy);
      return enquire.get_mset(first, limit, atLeast);
    };
    const auto run = [&](Strictness strictness) {
      const Query query = permitted(
          narrowed(queryOf(typed, strictness, question.locale, opened.analyser), question.filters), access);
      asked.strictness = strictness;
      Counter* spy = question.facets ? &counter : nullptr;
      if (expected(opened, query) > broad && likely(opened, query) > broad) {
        asked.isMany = unweighted(opened, query, kCountedAndOne, spy).get_matches_lower_bound() >= kCountedAndOne;
        if (asked.isMany)
          for (const Query& part : partsOf(opened, query, typed, isByWeight)) {
            asked.set = best(part, kDeepest, nullptr);
            // On every page that can be reached it is the same answer, or on none.
            if (asked.set.get_matches_lower_bound() >= kDeepest) return true;
          }
        spy = nullptr;
      }
      asked.set = best(query, asked.isMany ? 0 : kCountedAndOne, spy);
      asked.isMany = asked.isMany || asked.set.get_matches_lower_bound() >= kCountedAndOne;
      return asked.set.get_matches_lower_bound() > 0;
    };
    if (run(Strictness::all) || typed.empty()) return asked;
    for (const auto& word : typed.words)
      if (!isKnown(word, opened, access)) typed.unknown.insert(word);
    if ((!typed.unknown.empty() && run(Strictness::beginning)) || typed.words.size() < 2) return asked;
    run(Strictness::any);
    return asked;
  }
};

Searcher::Searcher(const IndexFolder& folder, Finnish finnish, std::uint32_t broad)
    : impl_(new Impl{folder, finnish, broad, {}, {}}) {}
Searcher::~Searcher() = default;

Findings Searcher::find(const Question& question, const Access& access) {
  Findings findings;
  impl_->with([&](Opened& opened) {
    findings = {};
    const std::string_view text = std::string_view(question.typed).substr(0, kMostTyped);
    Typed typed = parseTyped(text);
    if (typed.empty() && text.find_first_not_of(' ') != std::string_view::npos) return;  // signs alone
    Counter counter(opened.database);
    const Asked asked = impl_->ask(opened, typed, question, access, counter);
    const auto counted = static_cast<std::int64_t>(asked.set.get_matches_lower_bound());
    findings.total = asked.isMany ? kMostCounted : counted;
    findings.isExact = !asked.isMany && asked.set.get_matches_upper_bound() == asked.set.get_matches_lower_bound();
    findings.isLoose = asked.strictness == Strictness::any && findings.total > 0;
    const Sought sought = soughtOf(typed, asked.strictness, opened.analyser);
    for (auto hit = asked.set.begin(); hit != asked.set.end(); ++hit)
      findings.found.push_back(
          shown(parseDocument(hit.get_document().get_data()), question.locale, sought, opened.analyser));
    if (question.facets) count(counter, question.locale, findings);
    if (asked.strictness != Strictness::all) findings.spelling = spellingHint(opened.database, typed, text, opened.analyser);
  });
  return findings;
}

std::vector<Found> Searcher::suggest(std::string_view typed, Locale locale, const Access& access, int limit) {
  std::vector<Found> found;
  impl_->with([&](Opened& opened) {
    found.clear();
    const Typed words = parseTyped(typed.substr(0, kMostTyped));
    Xapian::Enquire enquire(opened.database);
    Xapian::ValueWeightPostingSource freshness(slot::kFreshness);
    enquire.set_query(permitted(Query(Query::OP_AND_MAYBE, suggestionQuery(words), Query(freshness.clone()->release())), access));
    const Sought sought = soughtOf(words, Strictness::beginning, opened.analyser);
    const auto set = enquire.get_mset(0, static_cast<Xapian::doccount>(limit * kSuggestionsLookedAt));
    for (auto hit = set.begin(); hit != set.end() && std::ssize(found) < limit; ++hit) {
      Found one = shown(parseDocument(hit.get_document().get_data()), locale, sought, opened.analyser);
      const std::string& title = one.document.title.pick(locale).text;
      const bool isKnown = std::ranges::any_of(
          found, [&](const Found& each) { return each.document.title.pick(locale).text == title; });
      if (!isKnown) found.push_back(std::move(one));
    }
  });
  return found;
}

std::int64_t Searcher::size() {
  std::int64_t size = 0;
  impl_->with([&](Opened& opened) { size = opened.database.get_doccount(); });
  return size;
}

}  // namespace toimela::search
