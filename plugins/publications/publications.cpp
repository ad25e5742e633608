// Everything that the plugin offers, in one list.
#include "publications.h"

#include <memory>

#include "handlers/archive.h"
#include "handlers/editing.h"
#include "handlers/feeds.h"
#include "handlers/received.h"
#include "operations/downloads.h"
#include "store/scope.h"
#include "toimela/plugin.h"
#include "toimela/registry.h"

namespace toimela::publications {

namespace {

using namespace handlers;
using store::publicationScope;

/// Of a form with long texts in three languages, in bytes.
constexpr std::uint64_t kLargestForm = 256 * 1024;

void registerPermissions(Registry& registry) {
  registry.permissions({
      {kEdit, {Role::nationalAdmin, Role::regionalAdmin, Role::contactPerson}, "publications.permission.edit"},
      {kReview, {Role::nationalAdmin, Role::regionalAdmin}, "publications.permission.review"},
  });
  registry.settings({{Field::choice(kReviewSetting, "publications.setting.needs_review",
                                    {{"yes", "publications.setting.yes"}, {"no", "publications.setting.no"}}),
                      "yes"}});
}

/// What everybody does: find, read, listen, cite.
void registerArchive(Registry& registry, const std::shared_ptr<operations::Downloads>& downloads) {
  const auto take = [downloads](const Request& request, Host& host) { return download(request, host, *downloads); };
  registry.routes({
      get("/publications", listPublications).anyone().cached().described("Publications of the whole country"),
      get("/regions/{region}/publications", listRegionPublications)
          .anyone().cached().described("Publications of a region"),
      get("/publications/{publication}", showPublication)
          .anyone().at(publicationScope()).described("One publication"),
      get("/publications/{publication}/files/{part}", take)
          .anyone().at(publicationScope()).described("A file of a publication, its newest version"),
      get("/publications/{publication}/files/{part}/versions/{number}", take)
          .anyone().at(publicationScope()).described("An older version of a file"),
      get("/publications/{publication}/cite/{format}", citePublication)
          .anyone().at(publicationScope()).described("How to cite it: bibtex, ris, csl or text"),
      get("/p/{code}", followShortAddress).anyone().described("The address of a publication for ever"),
      get("/publications/atom.xml", atomFeed).anyone().cached().described("Atom feed of new publications"),
      get("/regions/{region}/publications/atom.xml", atomFeed)
          .anyone().cached().described("Atom feed of new publications of a region"),
      get("/publications/podcast.xml", podcastFeed).anyone().cached().described("Podcast feed"),
      get("/regions/{region}/publications/podcast.xml", podcastFeed)
          .anyone().cached().described("Podcast feed of a region"),
      get("/publications/sitemap.xml", sitemap).anyone().cached().described("Addresses for search engines"),
  });
  registry.navigation({.path = "/publications", .labelKey = "publications.navigation", .order = 30});
  registry.navigation({.path = "/regions/{region}/publications", .labelKey = "publications.navigation", .order = 30});
  registry.tile({Tile::Place::nation, "tile_publications", fillNationTile, 30});
  registry.tile({Tile::Place::region, "tile_publications", fillRegionTile, 30});
}

/// What editors and reviewers do: drafts, files, steps on the way to the archive.
void registerEditing(Registry& registry) {
  registry.routes({
      get("/publications/work", listWork).needs(kEdit).anywhere().described("Drafts, what waits for review, what was withdrawn"),
      get("/publications/new", newPublication).needs(kEdit).described("Form for a national publication"),
      post("/publications/new", addPublication)
          .needs(kEdit).rate(RateClass::write).accepts(kLargestForm).described("Makes a draft of a national publication"),
      get("/regions/{region}/publications/new", newPublication).needs(kEdit).described("Form for a publication of a region"),
      post("/regions/{region}/publications/new", addPublication)
          .needs(kEdit).rate(RateClass::write).accepts(kLargestForm).described("Makes a draft of a publication of a region"),
      get("/publications/{publication}/edit", editPublication)
          .needs(kEdit).at(publicationScope()).described("Form of a publication"),
      post("/publications/{publication}/edit", savePublication)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).accepts(kLargestForm).described("Saves a publication"),
      post("/publications/{publication}/step", takeStep)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write)
          .described("Hands in for review, takes back, publishes or restores"),
      get("/publications/{publication}/withdraw", askWithdraw)
          .needs(kEdit).at(publicationScope()).described("Asks why a publication is withdrawn"),
      post("/publications/{publication}/withdraw", withdraw)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).described("Withdraws a publication; its address says so"),
      post("/publications/{publication}/remove", removePublication)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).described("Removes a draft"),

      get("/publications/{publication}/files", listFiles)
          .needs(kEdit).at(publicationScope()).described("The files of a publication"),
      get("/publications/{publication}/files/new", newFile)
          .needs(kEdit).at(publicationScope()).described("Form for a file"),
      post("/publications/{publication}/files/new", addFile)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).accepts(acceptedFiles().mostBytes)
          .described("Adds a file"),
      get("/publications/{publication}/files/{part}/edit", editFile)
          .needs(kEdit).at(publicationScope()).described("What a file is for"),
      post("/publications/{publication}/files/{part}/edit", saveFile)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).described("Saves what a file is for"),
      get("/publications/{publication}/files/{part}/version", newVersion)
          .needs(kEdit).at(publicationScope()).described("Form for a newer version of a file"),
      post("/publications/{publication}/files/{part}/version", addVersion)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).accepts(acceptedFiles().mostBytes)
          .described("Adds a newer version of a file"),
      post("/publications/{publication}/files/{part}/remove", removeFile)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).described("Removes a file of a draft"),
  });
  registry.tile({Tile::Place::dashboard, "tile_work", fillWorkTile, 30});
}

void registerPublications(Registry& registry) {
  const auto downloads = std::make_shared<operations::Downloads>();
  registerPermissions(registry);
  registerArchive(registry, downloads);
  registerEditing(registry);
}

}  // namespace

}  // namespace toimela::publications

TOIMELA_PLUGIN("publications", "0.1.0", toimela::publications::registerPublications)
