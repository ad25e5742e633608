// Pages of the archive.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "domain/part.h"
#include "store/publications.h"
#include "toimela/files.h"
#include "toimela/request.h"
#include "toimela/view.h"
#include "view/words.h"

namespace toimela::publications::view {

/// One publication in a list; `pictured` is the part whose first page stands beside it.
View row(const Publication& publication, const Words& words, std::optional<PartId> pictured = std::nullopt);

struct ListPage {
  const Region* region = nullptr;  ///< of the path
  store::Filter filter;
  std::vector<Publication> found;
  std::map<PublicationId, PartId> pictured;
  std::int64_t total = 0;
  std::optional<std::string> next;  ///< cursor
  bool isFirst = true;
  store::Facets facets;
  std::vector<Series> series;
  bool mayAdd = false, isSignedIn = false;
};
View listPage(const ListPage& list, const std::vector<Region>& regions, const Words& words);
/// Address of a list with its filters, without cursor: "?kind=report&year=2019".
std::string queryOf(const store::Filter& filter, bool withRegion);

struct PublicationPage {
  Publication publication;
  std::vector<Part> parts;
  std::vector<Series> series;
  /// Of the newest version of each part: has it a picture, and were its words read?
  std::map<PartId, bool> pictured;
  std::map<PartId, files::Text::State> reading;
  std::int64_t downloads = 0;
  Powers powers;
  Date today;
};
View publicationPage(const PublicationPage& page, const Words& words);
View tombstone(const Publication& publication, const Words& words);
/// schema.org, JSON-LD 1.1.
std::string structured(const PublicationPage& page, const Words& words);

/// What editors see of one: its steps and its files.
View filesPage(const PublicationPage& page, const Words& words);
View workPage(const std::vector<Publication>& found, const std::vector<Region>& regions, bool nation, const Words& words);

std::vector<Step> wayTo(const Publication& publication, std::string label, const Words& words);

}  // namespace toimela::publications::view
