#include "view/words.h"

#include <cmath>
#include <cstdio>

namespace toimela::publications::view {

std::string Words::date(const Issued& issued) const {
  if (issued.day()) return showDate(*Date::parse(issued.text()), locale());
  if (!issued.month()) return issued.text();
  return text("publications.month." + std::to_string(*issued.month())) + " " + std::to_string(issued.year());
}

std::string Words::size(std::uint64_t bytes) const {
  const bool isLarge = bytes >= 1'000'000;
  const double amount = static_cast<double>(bytes) / (isLarge ? 1e6 : 1e3);
  char number[32];
  std::snprintf(number, sizeof number, isLarge ? "%.1f" : "%.0f", isLarge ? amount : std::ceil(amount));
  std::string shown = number;
  if (locale() != Locale::en)
    for (char& c : shown)
      if (c == '.') c = ',';
  return shown + (locale() == Locale::fi ? (isLarge ? " Mt" : " kt") : (isLarge ? " MB" : " kB"));
}

std::string Words::fileKind(const Version& version) const {
  std::string ending;
  if (const auto dot = version.name.rfind('.'); dot != std::string::npos) ending = version.name.substr(dot + 1);
  for (char& c : ending)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
  return (ending.empty() ? "" : ending + ", ") + size(version.size);
}

std::string Words::byline(const Publication& publication) const {
  return publications::byline(publication, text("publications.and_others"));
}

Cited Words::cited(const Publication& publication, const std::vector<Series>& series) const {
  Cited cited{.publication = publication,
              .locale = locale(),
              .address = shortAddress(publication, host()),
              .editorsWord = text("publications.editors_mark"),
              .andOthers = text("publications.and_others")};
  for (const Placement& placement : publication.placements)
    for (const Series& each : series)
      if (each.id == placement.series && !each.isCollection) {
        cited.series = pick(each.title);
        cited.issue = placement.issue;
      }
  return cited;
}

std::string pathOf(PublicationId publication) { return "/publications/" + publication.text(); }
std::string pathOf(SeriesId series) { return "/publications/series/" + series.text(); }
std::string pathOf(ArticleId article) { return "/publications/articles/" + article.text(); }
std::string listPath(const Region* region) {
  return region ? "/regions/" + region->slug + "/publications" : "/publications";
}
std::string shortPath(const Publication& publication) { return "/p/" + publication.shortCode; }
std::string shortAddress(const Publication& publication, const Host& host) {
  return host.baseUrl() + shortPath(publication);
}
std::string filePath(PublicationId publication, const Part& part, const Version* version) {
  return pathOf(publication) + "/files/" + part.id.text() +
         (version ? "/versions/" + std::to_string(version->number) : std::string());
}

std::string thumbnailPath(PublicationId publication, PartId part) {
  return pathOf(publication) + "/files/" + part.text() + "/thumbnail";
}

}  // namespace toimela::publications::view
