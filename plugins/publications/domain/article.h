// News and blog: written in the platform itself.
#pragma once

#include <optional>
#include <string>

#include "domain/ids.h"

namespace toimela::publications {

struct Article {
  ArticleId id{};
  std::optional<RegionCode> region;
  bool isPublished = false;
  LocalText title, body;           ///< the body is Markdown
  std::string author;
  Date day;
  std::optional<FileId> image;
  std::string imageAlt;            ///< what the picture shows, for who does not see it
  std::int64_t revision = 0;
};

/// "2017-10" of a day.
inline std::string monthOf(Date day) { return day.text().substr(0, 7); }

}  // namespace toimela::publications
