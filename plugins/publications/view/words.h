// Names of things in the reader's language.
#pragma once

#include <string>
#include <string_view>

#include "domain/citation.h"
#include "domain/part.h"
#include "domain/publication.h"
#include "domain/series.h"
#include "toimela/wording.h"

namespace toimela::publications::view {

class Words : public Wording {
 public:
  using Wording::Wording;

  /// "publications.kind.report" and the like: the word for a code.
  template <class T>
  const std::string& word(std::string_view group, T value) const {
    return named(group, code(value));
  }
  const std::string& named(std::string_view group, std::string_view code) const {
    return text(std::string("publications.").append(group).append(".").append(code));
  }
  /// "2019", "toukokuu 2019", "14.5.2019".
  std::string date(const Issued& issued) const;
  /// "PDF, 1,2 Mt"
  std::string fileKind(const Version& version) const;
  std::string size(std::uint64_t bytes) const;
  std::string byline(const Publication& publication) const;
  Cited cited(const Publication& publication, const std::vector<Series>& series) const;
};

/// "/publications/12", without language.
std::string pathOf(PublicationId publication);
std::string pathOf(SeriesId series);
std::string pathOf(ArticleId article);
/// "/publications", or a region's.
std::string listPath(const Region* region);
/// "/p/k3v9x0ab", for ever.
std::string shortPath(const Publication& publication);
/// The short address in full, without a language.
std::string shortAddress(const Publication& publication, const Host& host);
/// Of a part's newest version, or of an older one.
std::string filePath(PublicationId publication, const Part& part, const Version* version = nullptr);
std::string thumbnailPath(PublicationId publication, PartId part);

}  // namespace toimela::publications::view
