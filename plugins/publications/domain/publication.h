// A publication: what is known about it (Dublin Core, ISO 15836), and the way from a draft to the archive.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/identifiers.h"
#include "domain/ids.h"
#include "domain/issued.h"
#include "toimela/codes.h"

namespace toimela::publications {

enum class Kind { report, handbook, magazine, thesis, article, podcast, video, slides, dataset, cards };
inline constexpr auto kKinds = codes<Kind>({
    {Kind::report, "report"}, {Kind::handbook, "handbook"}, {Kind::magazine, "magazine"},
    {Kind::thesis, "thesis"}, {Kind::article, "article"}, {Kind::podcast, "podcast"},
    {Kind::video, "video"}, {Kind::slides, "slides"}, {Kind::dataset, "dataset"},
    {Kind::cards, "cards"}});
constexpr std::string_view code(Kind kind) { return kKinds.code(kind); }
constexpr std::optional<Kind> parseKind(std::string_view text) { return kKinds.parse(text); }
/// Term of the DCMI Type Vocabulary: "Text", "Sound", "MovingImage", "Dataset".
std::string_view dcmiType(Kind kind);

/// Which fields of the form, by name, a kind of publication has: a podcast has no ISBN, a thesis no editor. Those
/// that are not named here belong to every kind.
bool hasField(Kind kind, std::string_view field);

/// Withdrawn ones keep their address and say that they were there.
enum class State { draft, review, published, withdrawn };
inline constexpr auto kStates = codes<State>({
    {State::draft, "draft"}, {State::review, "review"}, {State::published, "published"},
    {State::withdrawn, "withdrawn"}});
constexpr std::string_view code(State state) { return kStates.code(state); }
constexpr std::optional<State> parseState(std::string_view text) { return kStates.parse(text); }

enum class Credit { creator, editor };
inline constexpr auto kCredits = codes<Credit>({
    {Credit::creator, "creator"}, {Credit::editor, "editor"}});
constexpr std::string_view code(Credit role) { return kCredits.code(role); }

/// What readers may do with it. `reserved`: what the law lets them, no more.
enum class Licence { cc0, by, bySa, byNd, byNc, byNcSa, byNcNd, reserved };
inline constexpr auto kLicences = codes<Licence>({
    {Licence::cc0, "cc0"}, {Licence::by, "by"}, {Licence::bySa, "by-sa"},
    {Licence::byNd, "by-nd"}, {Licence::byNc, "by-nc"}, {Licence::byNcSa, "by-nc-sa"},
    {Licence::byNcNd, "by-nc-nd"}, {Licence::reserved, "reserved"}});
constexpr std::string_view code(Licence licence) { return kLicences.code(licence); }
constexpr std::optional<Licence> parseLicence(std::string_view text) {
  return kLicences.parse(text);
}
/// Address of the deed of Creative Commons 4.0, of public domain (CC0 1.0), or of the rights statement "In
/// Copyright" (rightsstatements.org).
std::string_view url(Licence licence);

/// How it relates to something that has an address.
enum class Relation { versionOf, translationOf, accompanies };
inline constexpr auto kRelations = codes<Relation>({
    {Relation::versionOf, "version_of"}, {Relation::translationOf, "translation_of"},
    {Relation::accompanies, "accompanies"}});
constexpr std::string_view code(Relation relation) { return kRelations.code(relation); }

/// Languages that publications are in, by ISO 639-1, or 639-3 where that has none; "mul" is several.
inline constexpr std::array<std::string_view, 10> kLanguages{"fi", "sv", "en", "se",  "smn",
                                                             "sms", "ru", "et", "uk", "mul"};
bool isLanguage(std::string_view code);

/// Subjects of the vocabulary, by code; their names are texts "publications.subject.<code>".
inline constexpr std::array<std::string_view, 24> kSubjects{
    "accessibility", "associations",  "cooperation",   "digital",      "disability",   "education",
    "employment",    "entrepreneurs", "funding",       "health",       "immigrants",   "inclusion",
    "lawmaking",     "leadership",    "municipalities", "networks",    "participation", "peer-support",
    "procurement",   "rehabilitation", "services",     "trends",       "volunteering", "youth"};

/// A person as "Family, Given names", or an organisation by its name.
struct Contributor {
  Credit role = Credit::creator;
  std::string name;
  std::optional<Orcid> orcid;

  bool isPerson() const { return name.find(", ") != std::string::npos; }
  std::string family() const { return name.substr(0, name.find(", ")); }
  std::string given() const { return isPerson() ? name.substr(name.find(", ") + 2) : std::string(); }
  bool operator==(const Contributor&) const = default;
};
/// "Suntio, Marianne; 0000-0002-1825-0097", a line each. The lines that cannot be understood come back.
struct ContributorLines {
  std::vector<Contributor> contributors;
  std::vector<std::string> wrong;
};
ContributorLines parseContributors(std::string_view lines, Credit role);
std::string contributorLines(const std::vector<Contributor>& contributors, Credit role);

struct Related {
  Relation relation;
  Link target;
  bool operator==(const Related&) const = default;
};

/// Its place in a series ("2/2023") or, without a number, in a collection.
struct Placement {
  SeriesId series;
  std::string issue;
  bool operator==(const Placement&) const = default;
};

struct Publication {
  PublicationId id{};
  std::string shortCode;
  Kind kind = Kind::report;
  State state = State::draft;
  std::optional<RegionCode> region;
  LocalText title, abstract;
  std::vector<Contributor> contributors;
  std::string publisher;
  std::optional<Issued> issued;
  std::string language = "fi";
  std::optional<Isbn> isbn;
  std::optional<Issn> issn;
  std::optional<Link> identifier;
  std::vector<std::string> subjects;  ///< of kSubjects
  std::vector<std::string> keywords;
  Licence licence = Licence::reserved;
  std::string project;
  std::vector<Related> relations;
  std::vector<Placement> placements;
  std::optional<Date> embargo;        ///< the first day on which its files are open
  std::string withdrawnWhy;
  Instant createdAt{}, changedAt{};
  std::optional<Instant> publishedAt; ///< for the first time
  std::int64_t revision = 0;

  bool isOpen(Date day) const { return !embargo || *embargo <= day; }
};

/// "Suntio & Mikkonen", "Suntio ym." after more than three; editors when there is no creator; the publisher when
/// there is neither. `others` is the word for "and others".
std::string byline(const Publication& publication, std::string_view others);

/// A field of the form, and why what it says cannot be.
struct Problem {
  std::string_view field, key;
  bool operator==(const Problem&) const = default;
};
std::vector<Problem> problemsOf(const Publication& publication);

// ---- from a draft to the archive ----

enum class Move { submit, takeBack, publish, withdraw, restore };
inline constexpr auto kMoves = codes<Move>({
    {Move::submit, "submit"}, {Move::takeBack, "take_back"}, {Move::publish, "publish"},
    {Move::withdraw, "withdraw"}, {Move::restore, "restore"}});
constexpr std::string_view code(Move step) { return kMoves.code(step); }
constexpr std::optional<Move> parseMove(std::string_view text) { return kMoves.parse(text); }

/// What somebody may do in the publication's region, and whether the region wants a second pair of eyes.
struct Powers {
  bool edits = false, reviews = false, needsReview = true;
  /// What is in the archive is changed by those who may put it there.
  bool changes(State state) const { return state == State::draft || state == State::review ? edits || reviews : puts(); }
  /// May put it into the archive, or take it out.
  bool puts() const { return reviews || (edits && !needsReview); }
};
/// The state after the step; nothing when it cannot be taken from here or by them.
std::optional<State> after(State state, Move step, const Powers& powers);

}  // namespace toimela::publications
