// The platform's search: one index over everything that core and plugins want to be found.
//
// A plugin registers a source for each kind of thing, and says in the transaction of a change which
// thing changed. The core reads the thing again, through the source, and puts it into the index a
// moment later, in every machine that serves; nothing is lost when a process dies on the way.
//
//   registry.search({.kind = "publication", .labelKey = "publications.search",
//                    .list = publicationIds, .read = publicationDocuments});
//   search::changed(tx, "publication", publication.id.value);      // in the operation that saves
//   auto answer = host.service<search::Engine>()->find(request.actor, {.typed = "työllisyydenhoito"});
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/access.h"
#include "toimela/data.h"
#include "toimela/types.h"

namespace toimela {
class Host;
}

namespace toimela::search {

/// Who may find a document. Access is part of every query: what a reader may not find is neither
/// shown nor counted, and no word of it is suggested. A document whose audience is left empty is
/// found by nobody. Several audiences are joined with `or_`.
class TOIMELA_API Audience {
 public:
  static Audience everyone();
  /// Those who are not signed in. With a second document of the same id for signedIn() a thing
  /// shows less to the world than to members.
  static Audience visitors();
  static Audience signedIn();
  static Audience person(PersonId person);
  /// Those whose roles give the permission at the scope, as the roles stand when they search. The
  /// source must name the permission in `Source::permissions`.
  static Audience holders(Permission permission, const Scope& scope);
  /// Those whom `Source::groups` puts into the group: "contacts.network:12". The name begins with
  /// the plugin's.
  static Audience group(std::string_view name);

  Audience or_(const Audience& other) const;
  /// Sorted and distinct; the form in which the index has them.
  const std::vector<std::string>& marks() const { return marks_; }

 private:
  std::vector<std::string> marks_;
};

/// What a list of results can be narrowed by.
enum class Facet { kind, type, year, language, region, project, subject };
inline constexpr std::array kFacets{Facet::kind,   Facet::type,    Facet::year,   Facet::language,
                                    Facet::region, Facet::project, Facet::subject};
/// As the parameter of an address: "kind".
TOIMELA_API std::string_view code(Facet facet);

/// How much of a date is known: of a book often the year alone.
enum class Precision { year, month, day };

/// What is to be found of a thing. Each text is analysed in its own language.
struct Document {
  std::int64_t id = 0;
  LocalText title;                  ///< weighs most
  /// What else it is known by: creators, organisations, codes, numbers. Weighs like a subject.
  LocalText keywords;
  LocalText text;                   ///< plain text; the first 1,000,000 characters of each count
  std::string path;                 ///< its page, without language: "/publications/12"
  std::optional<RegionCode> region;
  std::optional<Date> date;         ///< newer is a little better; also the year it is listed under
  /// Of `date`. Where only a year or month is known, `date` is its first day, which is not shown.
  Precision precision = Precision::day;
  std::string type;                 ///< what sort of its kind, a code: "handbook"; may be empty
  std::vector<std::string> languages = {};   ///< of the thing itself, ISO 639-1: "fi", "se"
  std::string project;              ///< code or name of the project; may be empty
  /// Weighs more than the text. Readers narrow by those in their language; of a thing that has none in it, by
  /// those in the first language that it has.
  std::vector<LocalText> subjects = {};
  Audience audience = {};
  /// What stands under its title in lists; unset: the beginning of the text.
  LocalText summary = {};
};

/// One kind of thing that can be found.
struct Source {
  std::string kind;                 ///< a–z, unique in the platform: "publication"
  std::string labelKey;             ///< the kind's name in plural: "Publications"
  /// In front of a type it makes the key of the type's name: "publications.type."; may be empty
  /// where documents have no types.
  std::string typeLabels = {};
  /// Ids greater than `after` in ascending order, at most `limit`: everything that may be found by
  /// anybody. An empty answer is the end.
  std::function<std::vector<std::int64_t>(ReadTx&, std::int64_t after, int limit)> list;
  /// What is to be found of the things. One that is left out is found no more; one that comes twice
  /// shows different sides to audiences that exclude each other.
  std::function<std::vector<Document>(ReadTx&, const std::vector<std::int64_t>& ids)> read;
  /// Permissions that Audience::holders is used with.
  std::vector<Permission> permissions = {};
  /// The groups that a signed-in reader belongs to; may be unset.
  std::function<std::vector<std::string>(ReadTx&, Host&, const Actor&)> groups = {};
};

/// Markdown without its signs, for a document.
TOIMELA_API std::string plainText(std::string_view markdown);

/// Says in the transaction of the change that a thing is new, has changed or is gone.
TOIMELA_API void changed(WriteTx& tx, std::string_view kind, std::int64_t id);
/// The same of everything of the kind, for changes that touch all of it.
TOIMELA_API void changedAll(WriteTx& tx, std::string_view kind);

enum class Sort { relevance, newest };

struct Filter {
  Facet facet;
  std::string value;                ///< as FacetValue::value
};

struct Question {
  /// Words; "exact phrases" stand in quotes. Empty: everything that the filters leave, newest first.
  /// At most 200 bytes count.
  std::string typed;
  /// Of one facet any is enough, of several facets each must fit.
  std::vector<Filter> filters = {};
  Sort sort = Sort::relevance;
  Locale locale = Locale::fi;       ///< whose texts are shown and preferred
  int first = 0;                    ///< how many are passed over; at most kDeepest
  int limit = 20;                   ///< 1–100
  bool facets = true;               ///< whether they are counted
};

/// Nobody reads on behind so many.
inline constexpr int kDeepest = 1'000;

/// A piece of plain text; the template puts what was found into <mark>.
struct Piece {
  std::string text;
  bool isFound = false;
};

struct Hit {
  std::string kind;
  std::int64_t id = 0;
  LocalText title;
  std::vector<Piece> titlePieces;   ///< of the title in the reader's language
  Locale titleLocale = Locale::fi;  ///< in which it really is
  std::vector<Piece> snippet;       ///< of the text, from where the words stand
  Locale snippetLocale = Locale::fi;
  std::string path;
  std::string type;
  std::optional<RegionCode> region;
  std::optional<Date> date;
  Precision precision = Precision::day;  ///< of `date`
};

struct FacetValue {
  std::string value;                ///< for an address
  std::string label;                ///< in the reader's language
  std::int64_t count = 0;
  bool isChosen = false;
};
struct FacetCounts {
  Facet facet;
  std::vector<FacetValue> values;   ///< most first (years: newest first)
};

struct Answer {
  bool isReady = true;              ///< false: there is no index yet, nothing was looked for
  std::vector<Hit> hits;
  std::int64_t total = 0;
  bool isExact = true;              ///< false: `total` and the counts of facets are estimates
  std::vector<FacetCounts> facets;  ///< those with something to choose
  std::string spelling;             ///< what may have been meant, when a word is found nowhere
  /// No document has all words: these have some of them.
  bool isLoose = false;
};

/// host.service<search::Engine>(). Thread-safe. Call it outside of transactions.
class TOIMELA_API Engine {
 public:
  static constexpr std::string_view kName = "core.search";
  virtual ~Engine() = default;

  virtual Answer find(const Actor& reader, const Question& question) = 0;
  /// Titles that have words beginning with what is being typed, best first, each once.
  virtual std::vector<Hit> suggest(const Actor& reader, std::string_view typed, Locale locale,
                                   int limit = 8) = 0;
};

}  // namespace toimela::search
