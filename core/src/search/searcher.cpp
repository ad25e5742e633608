#include "search/searcher.h"

#include <xapian.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
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
// Of what is not counted one by one about so many are, so that the number is right to some percent.
constexpr double kSampled = 1'000;
constexpr Xapian::docid kStretches = 32;

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
  /// Counts `most` matches and no more.
  Counter(const Xapian::Database& database, std::int64_t most)
      : at_(database.valuestream_begin(slot::kFacets)), end_(database.valuestream_end(slot::kFacets)), most_(most) {}

  // Matches come by number, as the values lie: going along with them is cheaper than fetching each.
  void operator()(const Xapian::Document& document, double) override {
    if (seen_ >= most_) return;
    ++seen_;
    if (at_ == end_) return;
    at_.skip_to(document.get_docid());
    if (at_ != end_ && at_.get_docid() == document.get_docid()) ++combinations_[*at_];
  }
  std::int64_t seen() const { return seen_; }
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
  std::int64_t most_, seen_ = 0;
  std::unordered_map<std::string, std::int64_t> combinations_;
};

/// Stretches of the index, as far from each other: what matches in them tells how much matches everywhere.
class Stretches : public Xapian::PostingSource {
 public:
  /// `share` of the numbers up to `last`.
  Stretches(Xapian::docid last, double share)
      : last_(last), period_(last / kStretches + 1),
        width_(std::clamp(static_cast<Xapian::docid>(share * period_), 1u, period_)) {}

  /// Of all numbers those that are in a stretch; 1 when they are all.
  double share() const {
    const double inLast = std::min(last_ % period_, width_);
    return (double(last_ / period_) * width_ + inLast) / last_;
  }

  void init(const Xapian::Database&) override { at_ = 0; }
  void next(double) override { moveTo(at_ + 1); }
  void skip_to(Xapian::docid to, double) override { moveTo(to); }
  bool at_end() const override { return at_ > last_; }
  Xapian::docid get_docid() const override { return at_; }
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return static_cast<Xapian::doccount>(share() * last_); }
  Xapian::doccount get_termfreq_max() const override { return last_; }

 private:
  void moveTo(Xapian::docid to) {
    const Xapian::docid within = (to - 1) % period_;
    at_ = within < width_ ? to : to - within + period_;
  }

  Xapian::docid last_, period_, width_, at_ = 0;
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
  double total = 0;
  bool isExact = true;
  std::unique_ptr<Counter> counter;  ///< of all matches or of some
};

/// How Xapian expects matches to be, from the lengths of its lists alone.
Xapian::doccount expected(Opened& opened, const Query& query) {
  Xapian::Enquire enquire(opened.database);
  enquire.set_query(query);
  return enquire.get_mset(0, 0).get_matches_estimated();
}

/// All matches, without weighing them.
Xapian::doccount counted(Opened& opened, const Query& query, Counter* counter) {
  Xapian::Enquire enquire(opened.database);
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  if (counter) enquire.add_matchspy(counter);
  return enquire.get_mset(0, 1, opened.database.get_doccount()).get_matches_lower_bound();
}

/// What is from the newest years, in which all that can be paged to should be, of what matches so often; from twice as
/// many years, and so on.
std::vector<Query> newest(Opened& opened, Xapian::doccount matches) {
  const std::string start = filterTerm(Facet::year, "");
  std::vector<std::string> years(opened.database.allterms_begin(start), opened.database.allterms_end(start));
  std::ranges::reverse(years);
  std::vector<Query> parts;
  // Twice as many as would do if each year had as much: the newest may have little yet.
  for (std::size_t count = 2 * kDeepest * years.size() / std::max(1u, matches) + 1; count < years.size(); count *= 2)
    parts.emplace_back(Query::OP_OR, years.begin(), years.begin() + static_cast<std::ptrdiff_t>(count));
  return parts;
}

Query within(const Query& query, const Query& filter) { return Query(Query::OP_FILTER, query, filter); }

/// Whether the reader may find anything that has the word as a whole, in whatever form.
bool isKnown(const std::string& word, Opened& opened, const Access& access) {
  std::vector<std::string> terms;
  for (const Locale locale : kLocales)
    for (const auto& term : opened.analyser.forms(locale, word).whole)
      terms.push_back(term[0] == prefix::kFinnish ? prefix::kPart + term.substr(1) : term);
  Xapian::Enquire enquire(opened.database);
  enquire.set_query(permitted(anyTerm(terms), access));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  return enquire.get_mset(0, 1).size() > 0;
}

/// With no more digits than an estimate is good for.
std::int64_t rounded(double estimate) {
  std::int64_t unit = 1;
  while (estimate / double(unit) >= 100) unit *= 10;
  return std::llround(estimate / double(unit)) * unit;
}

void count(const Asked& asked, Locale reader, Findings& findings) {
  const auto shown = [&](std::int64_t count) {
    return asked.isExact ? count : rounded(double(count) * asked.total / double(asked.counter->seen()));
  };
  for (const Facet facet : kFacets) {
    auto& counts = findings.counts[static_cast<std::size_t>(facet)];
    for (auto& [value, count] : asked.counter->countsOf(facet, reader)) counts.push_back({value, shown(count)});
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
  /// is exact: it is the newest years. By weight it is what has one of the words in its title, of that the newest
  /// years; where few titles have one, all of those and the newest years of the others.
  static std::vector<Query> partsOf(Opened& opened, const Query& must, const Typed& typed, bool isByWeight) {
    std::vector<Query> parts;
    const Query headed = isByWeight ? headingQuery(typed, opened.analyser) : Query::MatchNothing;
    if (const auto titles = expected(opened, within(must, headed)); titles >= kDeepest) {
      for (const Query& years : newest(opened, titles)) parts.push_back(within(headed, years));
      parts.push_back(headed);
    }
    for (const Query& years : newest(opened, expected(opened, must))) parts.emplace_back(Query::OP_OR, headed, years);
    return parts;
  }

  /// Finds out which of the words are unknown, when it matters.
  Asked ask(Opened& opened, Typed& typed, const Question& question, const Access& access) const {
    Asked asked;
    const auto first = static_cast<Xapian::doccount>(std::clamp(question.first, 0, kDeepest));
    const auto limit = static_cast<Xapian::doccount>(std::clamp(question.limit, 1, 100));
    const bool isByWeight = question.sort != Sort::newest && !typed.empty();
    const auto counter = [&](std::int64_t most) {
      return question.facets ? std::make_unique<Counter>(opened.database, most) : nullptr;
    };
    const auto best = [&](Query query, const Query& better, Xapian::doccount atLeast, Counter* spy) {
      if (!typed.empty()) {
        Xapian::ValueWeightPostingSource freshness(slot::kFreshness);
        query = Query(Query::OP_AND_MAYBE, query, Query(Query::OP_OR, better, Query(freshness.clone()->release())));
      }
      Xapian::Enquire enquire(opened.database);
      enquire.set_query(query);
      enquire.set_weighting_scheme(Xapian::BM25Weight(kK1, 0, 1, kB, kLeastNormalised));
      if (!isByWeight) enquire.set_sort_by_value_then_relevance(slot::kDate, true);
      if (spy) enquire.add_matchspy(spy);
      return enquire.get_mset(first, limit, atLeast);
    };
    /// Finds out how many there are where about so many are expected.
    const auto estimate = [&](const Query& must, Xapian::doccount likely) {
      Stretches some(opened.database.get_lastdocid(), std::min(1.0, kSampled / likely));
      const double share = some.share();
      asked.counter = counter(std::numeric_limits<std::int64_t>::max());
      asked.total = counted(opened, share < 1 ? within(must, Query(&some)) : must, asked.counter.get()) / share;
      asked.isExact = share == 1;
    };
    const auto run = [&](Strictness strictness) {
      asked.strictness = strictness;
      const Wanted wanted = queryOf(typed, strictness, question.locale, opened.analyser);
      const Query must = permitted(narrowed(wanted.must, question.filters), access);
      const Xapian::doccount likely = expected(opened, must);
      if (likely > broad) estimate(must, likely);
      if (likely > broad && asked.total > broad) {
        for (const Query& part : partsOf(opened, must, typed, isByWeight)) {
          asked.set = best(within(must, part), wanted.better, kDeepest, nullptr);
          // On every page that can be reached it is the same answer, or on none.
          if (asked.set.get_matches_lower_bound() >= kDeepest) return true;
        }
        asked.set = best(must, wanted.better, 0, nullptr);
        return true;
      }
      // Half as many more than were expected are still counted.
      const auto most = static_cast<Xapian::doccount>(std::min<std::uint64_t>(broad / 2 * 3ULL, std::numeric_limits<Xapian::doccount>::max()));
      asked.counter = counter(most);
      asked.set = best(must, wanted.better, most, asked.counter.get());
      const Xapian::doccount seen = asked.set.get_matches_lower_bound();
      if (seen < asked.set.get_matches_upper_bound()) {
        auto first = std::move(asked.counter);
        estimate(must, asked.set.get_matches_estimated());
        // What came at one time lies together, and may lie between the stretches.
        if (asked.total < seen) asked.counter = std::move(first);
      } else {
        asked.total = seen;
        asked.isExact = true;
      }
      asked.total = std::max<double>(asked.total, seen);
      return seen > 0;
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
    findings.isReady = true;
    const std::string_view text = std::string_view(question.typed).substr(0, kMostTyped);
    Typed typed = parseTyped(text);
    if (typed.empty() && text.find_first_not_of(' ') != std::string_view::npos) return;  // signs alone
    const Asked asked = impl_->ask(opened, typed, question, access);
    findings.total = asked.isExact ? std::llround(asked.total) : rounded(asked.total);
    findings.isExact = asked.isExact;
    findings.isLoose = asked.strictness == Strictness::any && findings.total > 0;
    const Sought sought = soughtOf(typed, asked.strictness, opened.analyser);
    for (auto hit = asked.set.begin(); hit != asked.set.end(); ++hit)
      findings.found.push_back(
          shown(parseDocument(hit.get_document().get_data()), question.locale, sought, opened.analyser));
    if (asked.counter) count(asked, question.locale, findings);
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
