#include "search/index.h"

#include <xapian.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "search/without_title.h"
#include "toimela/words.h"

namespace toimela::search {

namespace {

constexpr std::string_view kStateKey = "toimela";
constexpr std::size_t kLongestTerm = 200;
constexpr std::size_t kLongestText = 1'000'000;
constexpr std::size_t kLongestStored = 20'000;
constexpr std::size_t kLongestSubject = 60;
/// Lists of common words are read from end to end: fewer and larger reads, at the cost of larger writes.
constexpr int kBlock = 65'536;
constexpr char kFieldEnd = '\x1F', kValueEnd = '\x1E';

constexpr unsigned kTitleWeight = 6, kSubjectWeight = 3, kTextWeight = 1;
// So that a phrase never runs from one field into the next.
constexpr Xapian::termpos kFieldGap = 100;

// Ten years are worth about as much as a third of a rare word.
constexpr double kFreshnessOfYear = 0.06;
constexpr int kFirstYear = 2000, kLastYear = 2060, kYearOfUndated = 2020;

std::string_view cut(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return text;
  while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xC0) == 0x80) --longest;
  return text.substr(0, longest);
}

double freshnessOf(const std::optional<Date>& date) {
  const double year =
      date ? static_cast<int>(date->day().year()) + (static_cast<unsigned>(date->day().month()) - 1) / 12.0
           : kYearOfUndated;
  return kFreshnessOfYear * (std::clamp(year, double(kFirstYear), double(kLastYear)) - kFirstYear);
}

nlohmann::json jsonOf(const LocalText& text) { return {text.fi, text.sv, text.en}; }
LocalText localOf(const nlohmann::json& json) { return {json.at(0), json.at(1), json.at(2)}; }

LocalText stored(const Document& document) {
  const LocalText& from = document.summary.empty() ? document.text : document.summary;
  // The whole text is what snippets are taken from; a summary is shown where the words stand elsewhere. The title
  // stands above them both.
  LocalText text;
  for (const Locale locale : kLocales) {
    const std::string& whole = document.text.in(locale);
    const std::string& summary = from.in(locale);
    const bool isInWhole = whole.starts_with(summary);
    const std::string both = isInWhole ? whole : whole.empty() ? summary : summary + "\n" + whole;
    text.in(locale) = withoutTitle(cut(both, kLongestStored), document.title);
  }
  return text;
}

/// ISO 8601, as exactly as the date is known.
std::string dateText(const std::optional<Date>& date, Precision precision) {
  constexpr std::size_t kLengths[] = {4, 7, 10};
  return date ? date->text().substr(0, kLengths[static_cast<std::size_t>(precision)]) : std::string();
}

Precision precisionOf(std::string_view dateText) {
  return dateText.size() == 4 ? Precision::year : dateText.size() == 7 ? Precision::month : Precision::day;
}

std::optional<Date> firstDayOf(const std::string& dateText) {
  if (dateText.empty()) return std::nullopt;
  constexpr std::string_view kFirst = "0000-01-01";
  return Date::parse(dateText + std::string(kFirst.substr(std::min(dateText.size(), kFirst.size()))));
}

std::string dataOf(std::string_view kind, const Document& d) {
  const auto packed = nlohmann::json::to_msgpack(
      {kind, d.id, jsonOf(d.title), jsonOf(stored(d)), d.path, d.type,
       d.region ? d.region->text() : "", dateText(d.date, d.precision)});
  return {packed.begin(), packed.end()};
}

std::string languageMark(Locale locale) { return std::string(code(locale)) + ":"; }

FacetValues facetsOf(std::string_view kind, const Document& d) {
  FacetValues values;
  const auto set = [&](Facet facet, std::string value) {
    if (!value.empty()) values.of[static_cast<std::size_t>(facet)].push_back(std::move(value));
  };
  set(Facet::kind, std::string(kind));
  set(Facet::type, d.type.empty() ? "" : std::string(kind) + "." + d.type);
  set(Facet::year, dateText(d.date, Precision::year));
  for (const auto& language : d.languages) set(Facet::language, language);
  if (d.region) set(Facet::region, d.region->text());
  set(Facet::project, std::string(cut(d.project, kLongestTerm)));
  std::set<std::string> subjects;
  for (const auto& subject : d.subjects)
    for (auto& value : subjectValues(subject)) subjects.insert(std::move(value));
  for (const auto& subject : subjects) set(Facet::subject, subject);
  return values;
}

using Spell = std::function<void(const std::string&)>;

/// Puts the words of one document's texts into it.
class Fields {
 public:
  /// `spell` gets each word for hints once; it may be empty.
  Fields(Analyser& analyser, Xapian::Document& into, Spell spell) : analyser_(analyser), into_(into), spell_(std::move(spell)) {}

  void add(const LocalText& text, unsigned weight, bool isTitle = false) {
    for (const Locale locale : kLocales) addOne(text.in(locale), locale, weight, isTitle);
  }

 private:
  void addOne(std::string_view text, Locale locale, unsigned weight, bool isTitle) {
    if (text.empty()) return;
    text = cut(text, kLongestText);
    for (const Token& token : tokensOf(text, kLongestText)) {
      into_.add_posting(prefix::kSurface + token.word, position_++, weight);
      if (isTitle) into_.add_boolean_term(prefix::kTitle + token.word);
      const Forms& forms = analyser_.forms(locale, token.word);
      for (const auto& term : forms.whole) {
        into_.add_term(term, weight);
        if (term[0] == prefix::kFinnish) into_.add_term(prefix::kPart + term.substr(1), weight);
        if (isTitle) into_.add_boolean_term(headingTerm(term));
      }
      for (const auto& base : forms.inner) into_.add_term(prefix::kPart + base, weight);
      if (spell_) spell(token.word, forms);
    }
    position_ += kFieldGap;
  }

  /// Hints are base forms of Finnish, and other words as they stand. Numbers and short words have
  /// too many neighbours.
  void spell(const std::string& word, const Forms& forms) {
    for (const auto& term : forms.whole) {
      const std::string spelt = term[0] == prefix::kFinnish ? term.substr(1) : word;
      if (spelt.size() < 4 || std::ranges::any_of(spelt, [](char c) { return c >= '0' && c <= '9'; })) continue;
      if (spelt_.insert(spelt).second) spell_(spelt);
    }
  }

  Analyser& analyser_;
  Xapian::Document& into_;
  Spell spell_;
  Xapian::termpos position_ = 1;
  std::set<std::string> spelt_;
};

bool isForEveryone(const Document& document) {
  return std::ranges::find(document.audience.marks(), Audience::everyone().marks().front()) !=
         document.audience.marks().end();
}

Xapian::Document made(Analyser& analyser, const Spell& spell, std::string_view kind, const Document& d) {
  Xapian::Document document;
  // A hint would tell of words that not everyone may read.
  Fields fields(analyser, document, isForEveryone(d) ? spell : Spell());
  fields.add(d.title, kTitleWeight, true);
  for (const LocalText& subject : d.subjects) fields.add(subject, kSubjectWeight);
  fields.add(d.keywords, kSubjectWeight);
  fields.add(d.summary, kTextWeight);
  fields.add(d.text, kTextWeight);

  document.add_boolean_term(idTerm(kind, d.id));
  const FacetValues facets = facetsOf(kind, d);
  for (const Facet facet : kFacets)
    for (const auto& value : facets.of[static_cast<std::size_t>(facet)])
      document.add_boolean_term(filterTerm(facet, value));
  if (d.region) document.add_boolean_term(placeTerm(kind, *d.region));
  if (!isForEveryone(d)) {
    document.add_boolean_term(std::string(kRestricted));
    for (const auto& mark : d.audience.marks()) document.add_boolean_term(audienceTerm(mark));
  }
  if (d.date) document.add_value(slot::kDate, d.date->text());
  document.add_value(slot::kFreshness, Xapian::sortable_serialise(freshnessOf(d.date)));
  document.add_value(slot::kFacets, facets.text());
  document.set_data(dataOf(kind, d));
  return document;
}

template <class T>
bool takeNumber(std::string_view& text, T& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || (end != text.data() + text.size() && *end != ' ')) return false;
  text.remove_prefix(std::min(text.size(), static_cast<std::size_t>(end - text.data()) + 1));
  return true;
}

/// Xapian's errors are of its own kind.
template <class F>
auto guarded(F&& work) {
  try {
    return work();
  } catch (const Xapian::Error& e) {
    throw std::runtime_error(std::string("search index: ") + e.get_type() + ": " + e.get_msg());
  }
}

}  // namespace

std::string textOf(const IndexState& state) {
  return std::to_string(state.version) + " " + std::to_string(state.position.transaction) + " " +
         std::to_string(state.position.row) + " " + state.lineage;
}

std::optional<IndexState> parseState(std::string_view text) {
  IndexState state;
  if (!takeNumber(text, state.version) || !takeNumber(text, state.position.transaction) ||
      !takeNumber(text, state.position.row))
    return std::nullopt;
  state.lineage = text;
  return state;
}

std::string idTerm(std::string_view kind, std::int64_t id) {
  return "Q" + std::string(kind) + ":" + std::to_string(id);
}
std::string filterTerm(Facet facet, std::string_view value) {
  return std::string(cut("X" + std::string(code(facet)) + ":" + std::string(value), kLongestTerm));
}
std::string placeTerm(std::string_view kind, RegionCode region) {
  return "XP:" + std::string(kind) + ":" + region.text();
}
std::string audienceTerm(std::string_view mark) { return "XA:" + std::string(mark); }

std::string FacetValues::text() const {
  std::string out;
  for (const auto& values : of) {
    for (const auto& value : values) (out += value) += kValueEnd;
    out += kFieldEnd;
  }
  return out;
}

FacetValues FacetValues::parse(std::string_view text) {
  FacetValues values;
  std::size_t facet = 0, begin = 0;
  for (std::size_t at = 0; at < text.size() && facet < kFacets.size(); ++at) {
    if (text[at] == kValueEnd) {
      values.of[facet].emplace_back(text.substr(begin, at - begin));
      begin = at + 1;
    } else if (text[at] == kFieldEnd) {
      ++facet;
      begin = at + 1;
    }
  }
  return values;
}

std::vector<std::string> subjectValues(const LocalText& subject) {
  std::vector<std::string> values;
  for (const Locale locale : kLocales) {
    std::string name(cut(subject.in(locale), kLongestSubject));
    std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (!name.empty()) values.push_back(languageMark(locale) + name);
  }
  return values;
}

std::string_view subjectName(std::string_view value) {
  for (const Locale locale : kLocales)
    if (const std::string mark = languageMark(locale); value.starts_with(mark)) return value.substr(mark.size());
  return value;
}

std::vector<std::string> subjectsFor(Locale reader, std::vector<std::string> values) {
  const auto isIn = [](Locale locale) {
    return [mark = languageMark(locale)](const std::string& value) { return value.starts_with(mark); };
  };
  std::vector<Locale> order{reader};
  order.insert(order.end(), kLocales.begin(), kLocales.end());
  for (const Locale locale : order) {
    if (std::ranges::none_of(values, isIn(locale))) continue;
    std::erase_if(values, std::not_fn(isIn(locale)));
    break;
  }
  return values;
}

StoredDocument parseDocument(const std::string& data) {
  const auto json = nlohmann::json::from_msgpack(data);
  return {.kind = json.at(0),
          .id = json.at(1),
          .title = localOf(json.at(2)),
          .text = localOf(json.at(3)),
          .path = json.at(4),
          .type = json.at(5),
          .region = RegionCode::parse(json.at(6).get<std::string>()),
          .date = firstDayOf(json.at(7).get<std::string>()),
          .precision = precisionOf(json.at(7).get<std::string>())};
}

struct IndexWriter::Impl {
  Impl(const std::filesystem::path& folder, Use use)
      : database(folder.string(), use == Use::lasting
                                      ? Xapian::DB_CREATE_OR_OPEN
                                      : Xapian::DB_CREATE | Xapian::DB_DANGEROUS | Xapian::DB_NO_SYNC) {}

  /// Takes the words of what goes away out of the hints.
  void forget(const std::string& term) {
    for (auto at = database.postlist_begin(term); at != database.postlist_end(term); ++at) {
      const Xapian::Document old = database.get_document(*at);
      bool isRestricted = false;
      std::set<std::string> spelt;
      for (auto word = old.termlist_begin(); word != old.termlist_end(); ++word) {
        const std::string text = *word;
        isRestricted = isRestricted || text == kRestricted;
        if (text[0] == prefix::kFinnish || text[0] == prefix::kSurface) spelt.insert(text.substr(1));
      }
      if (isRestricted) continue;
      for (const auto& word : spelt) database.remove_spelling(word);
    }
    database.delete_document(term);
  }

  Xapian::WritableDatabase database;
};

IndexWriter::IndexWriter(const std::filesystem::path& folder, Use use)
    : impl_(guarded([&] { return std::make_unique<Impl>(folder, use); })) {}

IndexWriter::~IndexWriter() {
  // Closing writes what is not committed yet. It is newer than the position says, which harms
  // nothing: the changes are read from the log once more.
  try {
    impl_->database.close();
  } catch (const Xapian::Error&) {
  }
}

std::optional<IndexState> IndexWriter::state() const {
  return guarded([&] { return parseState(impl_->database.get_metadata(std::string(kStateKey))); });
}

void IndexWriter::put(Analyser& analyser, std::string_view kind, std::int64_t id,
                      const std::vector<const Document*>& documents) {
  guarded([&] {
    impl_->forget(idTerm(kind, id));
    const auto spell = [&](const std::string& word) { impl_->database.add_spelling(word); };
    for (const Document* document : documents)
      impl_->database.add_document(made(analyser, spell, kind, *document));
  });
}

void IndexWriter::add(Analyser& analyser, std::string_view kind, const Document& document, Hints& hints) {
  const auto spell = [&](const std::string& word) { hints.add(word); };
  guarded([&] { impl_->database.add_document(made(analyser, spell, kind, document)); });
}

void IndexWriter::add(const Hints& hints) {
  guarded([&] {
    for (const auto& [word, count] : hints.counts()) impl_->database.add_spelling(word, count);
  });
}

std::vector<std::int64_t> IndexWriter::idsOf(std::string_view kind) {
  return guarded([&] {
    const std::string start = "Q" + std::string(kind) + ":";
    std::vector<std::int64_t> ids;
    for (auto term = impl_->database.allterms_begin(start); term != impl_->database.allterms_end(start); ++term)
      if (const auto id = parseId((*term).substr(start.size()))) ids.push_back(*id);
    std::ranges::sort(ids);
    return ids;
  });
}

void IndexWriter::commit(const IndexState& state) {
  guarded([&] {
    impl_->database.set_metadata(std::string(kStateKey), textOf(state));
    impl_->database.commit();
  });
}

void joinIndexes(const std::vector<std::filesystem::path>& parts, const std::filesystem::path& into) {
  guarded([&] {
    Xapian::Database all;
    for (const auto& part : parts) all.add_database(Xapian::Database(part.string()));
    if (!parts.empty()) all.compact(into.string(), 0, kBlock);
  });
}

}  // namespace toimela::search
