// Pages of the archive.
#pragma once

#include <optional>
#include <vector>

#include "domain/part.h"
#include "store/publications.h"
#include "toimela/request.h"
#include "toimela/view.h"
#include "view/words.h"

namespace toimela::publications::view {

/// One publication in a list.
View row(const Publication& publication, const Words& words);

struct ListPage {
  const Region* region = nullptr;  ///< of the path
  store::Filter filter;
  std::vector<Publication> found;
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
  std::int64_t downloads = 0;
  Powers powers;
  Date today = Date::today();
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
