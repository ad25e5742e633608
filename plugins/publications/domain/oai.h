// OAI-PMH 2.0 (The Open Archives Initiative Protocol for Metadata Harvesting, 2002, revised 2015): what a
// harvester asks for, checked; and the token that goes on with a list. Pure: no database, no XML.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "domain/publication.h"

namespace toimela::publications::oai {

enum class Verb { identify, listMetadataFormats, listSets, listIdentifiers, listRecords, getRecord };
/// "ListRecords"
std::string_view name(Verb verb);

enum class Format { oaiDc, oaiQdc };
inline constexpr std::array kFormats{Format::oaiDc, Format::oaiQdc};
/// Metadata prefix: "oai_dc".
std::string_view prefix(Format format);

/// A set is of a region, of a kind, or of a series: "region-06", "kind-report", "series-12".
struct Set {
  std::variant<RegionCode, Kind, SeriesId> of;
  bool operator==(const Set&) const = default;
};
std::optional<Set> parseSet(std::string_view spec);
std::string spec(const Set& set);

/// The place in a list after which it goes on.
struct Place {
  Instant changedAt{};
  PublicationId id{};
  std::int64_t before = 0;  ///< how many came before it: the cursor of section 3.5
  /// How many there were in all when the list began: counted once, however many pages it has.
  std::optional<std::int64_t> total;
  bool operator==(const Place&) const = default;
};

/// What a list asks for. Days and seconds are both allowed (YYYY-MM-DDThh:mm:ssZ); until is included.
struct Selection {
  Format format = Format::oaiDc;
  std::optional<Instant> from, until;
  std::optional<Set> set;
  std::optional<Place> after;
  bool operator==(const Selection&) const = default;
};

struct Ask {
  Verb verb = Verb::identify;
  std::optional<PublicationId> identifier;
  Selection selection;
};

/// Section 3.6: errors and exceptions.
enum class Error {
  badArgument, badResumptionToken, badVerb, cannotDisseminateFormat, idDoesNotExist,
  noRecordsMatch, noMetadataFormats, noSetHierarchy
};
std::string_view code(Error error);
struct Refusal {
  Error error;
  std::string message;  ///< English, for the people who run the harvester
};

using Arguments = std::vector<std::pair<std::string, std::string>>;
/// What the arguments ask for, or everything that is wrong with them. `host` is the name of the repository in
/// its identifiers.
std::variant<Ask, std::vector<Refusal>> parse(const Arguments& arguments, std::string_view host);

/// A token carries the whole question, so it is good after restarts and changes, in every process. It is no
/// secret: who changes it asks another question.
std::string token(const Selection& selection);
std::optional<Selection> parseToken(std::string_view token);

/// "oai:toimela.example:12" (OAI identifier format 2.0).
std::string identifier(PublicationId id, std::string_view host);
std::optional<PublicationId> parseIdentifier(std::string_view text, std::string_view host);

/// Seconds in UTC; `isDay` when only the day was given.
struct Datestamp {
  Instant at;
  bool isDay = false;
};
std::optional<Datestamp> parseDatestamp(std::string_view text);
/// "2026-11-22T09:30:00Z"
std::string datestamp(Instant at);

}  // namespace toimela::publications::oai
