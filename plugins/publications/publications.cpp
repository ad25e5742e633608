// Everything that the plugin offers, in one list.
#include "publications.h"

#include <memory>

#include "handlers/api.h"
#include "handlers/archive.h"
#include "handlers/commands.h"
#include "handlers/demo.h"
#include "handlers/deposits.h"
#include "handlers/editing.h"
#include "handlers/feeds.h"
#include "handlers/figures.h"
#include "handlers/import.h"
#include "handlers/oai.h"
#include "handlers/received.h"
#include "handlers/search.h"
#include "handlers/series.h"
#include "handlers/yearly.h"
#include "operations/downloads.h"
#include "store/parts.h"
#include "store/scope.h"
#include "toimela/plugin.h"
#include "toimela/registry.h"
#include "toimela/uploads.h"
#include "view/json.h"

namespace toimela::publications {

namespace {

using namespace handlers;
using store::articleScope;
using store::publicationScope;
using store::seriesScope;

/// Of a form with long texts in three languages, in bytes.
constexpr std::uint64_t kLargestForm = 256 * 1024;
/// Of a form with pasted BibTeX.
constexpr std::uint64_t kLargestPasted = 2 * 1024 * 1024;

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
      get("/publications/{publication}/files/{part}/thumbnail", showThumbnail)
          .anyone().at(publicationScope()).described("A picture of a file's first page"),
      get("/publications/{publication}/cite/{format}", citePublication)
          .anyone().at(publicationScope()).described("How to cite it: bibtex, ris, csl or text"),
      get("/p/{code}", followShortAddress).anyone().described("The address of a publication for ever"),
      get("/publications/atom.xml", atomFeed).anyone().cached().described("Atom feed of new publications"),
      get("/regions/{region}/publications/atom.xml", atomFeed)
          .anyone().cached().described("Atom feed of new publications of a region"),
      get("/publications/podcast.xml", podcastFeed).anyone().cached().described("Podcast feed"),
      get("/regions/{region}/publications/podcast.xml", podcastFeed)
          .anyone().cached().described("Podcast feed of a region"),
      get("/publications/sitemaps.xml", sitemaps).anyone().cached().described("The sitemaps for search engines"),
      get("/publications/sitemaps/{page}", sitemap).anyone().cached().described("Addresses for search engines"),
  });
  const auto figures = [downloads](const Request& request, Host& host) { return showFigures(request, host, *downloads); };
  registry.routes({
      get("/publications/figures", figures).anyone().described("How often publications are taken"),
      get("/regions/{region}/publications/figures", figures).anyone().described("How often publications of a region are taken"),
      get("/publications/{publication}/figures", figures)
          .anyone().at(publicationScope()).described("How often a publication is taken"),
  });
  registerSearch(registry);
  registry.personalData(editorData());
  registry.navigation({.path = "/publications", .labelKey = "publications.navigation", .order = 30});
  registry.navigation({.path = "/regions/{region}/publications", .labelKey = "publications.navigation", .order = 30});
  registry.tile({Tile::Place::nation, "tile_publications", fillNationTile, 30});
  registry.tile({Tile::Place::region, "tile_publications", fillRegionTile, 30});
  report::offer<"publications">(registry, 30, yearlyReport);
}

/// Series and collections; news and blog.
void registerSeries(Registry& registry) {
  constexpr std::uint64_t kLargestArticle = 10 * 1024 * 1024;
  registry.routes({
      get("/publications/series", listSeries).anyone().cached().described("Series and collections"),
      get("/publications/series/new", newSeries).needs(kReview).described("Form for a series or collection"),
      post("/publications/series/new", addSeries).needs(kReview).rate(RateClass::write).described("Adds a series or collection"),
      get("/publications/series/{series}", showSeries).anyone().at(seriesScope()).described("A series with its issues"),
      get("/publications/series/{series}/edit", editSeries).needs(kReview).at(seriesScope()).described("Form of a series"),
      post("/publications/series/{series}/edit", saveSeries)
          .needs(kReview).at(seriesScope()).rate(RateClass::write).described("Saves a series"),

      get("/publications/articles", listArticles).anyone().cached().described("News and blog of the whole country"),
      get("/regions/{region}/publications/articles", listArticles).anyone().cached().described("News and blog of a region"),
      get("/publications/articles/new", newArticle).needs(kEdit).described("Form for an article of the whole country"),
      post("/publications/articles/new", addArticle)
          .needs(kEdit).rate(RateClass::write).accepts(kLargestArticle).described("Adds an article of the whole country"),
      get("/regions/{region}/publications/articles/new", newArticle).needs(kEdit).described("Form for an article of a region"),
      post("/regions/{region}/publications/articles/new", addArticle)
          .needs(kEdit).rate(RateClass::write).accepts(kLargestArticle).described("Adds an article of a region"),
      get("/publications/articles/{article}", showArticle).anyone().at(articleScope()).described("An article"),
      get("/publications/articles/{article}/image", articleImage).anyone().at(articleScope()).described("The picture of an article"),
      get("/publications/articles/{article}/edit", editArticle).needs(kEdit).at(articleScope()).described("Form of an article"),
      post("/publications/articles/{article}/edit", saveArticle)
          .needs(kEdit).at(articleScope()).rate(RateClass::write).accepts(kLargestArticle).described("Saves an article"),
      post("/publications/articles/{article}/remove", removeArticle)
          .needs(kEdit).at(articleScope()).rate(RateClass::write).described("Removes an article"),
      post("/publications/articles/{article}/restore", restoreArticle)
          .needs(kEdit).at(articleScope()).rate(RateClass::write)
          .described("Undoes the removal of an article, for who removed it just now"),
  });
}

void registerApi(Registry& registry) {
  view::addSchemas(registry);
  const std::string all = "/api/v1/publications", one = all + "/{publication}";
  registry.routes({
      get(all, apiPublications).anyone().paged("PublicationsSummary").described("Published publications, by id"),
      get(one, apiPublication)
          .anyone().at(publicationScope()).answers("PublicationsPublication").described("A publication with its files"),
      post(all, apiAdd)
          .needs(kEdit).anywhere().rate(RateClass::write).accepts(kLargestForm).takes("PublicationsPublicationNew")
          .creates("PublicationsPublication").described("Makes a draft"),
      put(one, apiSave)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).accepts(kLargestForm)
          .takes("PublicationsPublicationChange").answers("PublicationsPublication").described("Saves a publication"),
      post(one + "/step", apiStep)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).takes("PublicationsStep")
          .answers("PublicationsPublication").described("Hands in, takes back, publishes, withdraws or restores"),
  });
}

void registerHarvesting(Registry& registry) {
  // Harvesters have no session: nothing can be changed here, and nobody is known.
  registry.routes({
      get("/oai", harvested).anyone().described("The archive for harvesters (OAI-PMH 2.0)"),
      post("/oai", harvested).anyone().withoutCsrf().described("The same, asked by a form"),
  });
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
      post("/publications/{publication}/restore", restorePublication)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write)
          .described("Undoes the removal of a draft, for who removed it just now"),

      get("/publications/{publication}/files", listFiles)
          .needs(kEdit).at(publicationScope()).described("The files of a publication"),
      get("/publications/{publication}/files/new", newFile)
          .needs(kEdit).at(publicationScope()).described("Form for a file"),
      post("/publications/{publication}/files/new", addFile)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).accepts(kLargestPlain)
          .described("Adds a file"),
      get("/publications/{publication}/files/{part}/edit", editFile)
          .needs(kEdit).at(publicationScope()).described("What a file is for"),
      post("/publications/{publication}/files/{part}/edit", saveFile)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).described("Saves what a file is for"),
      get("/publications/{publication}/files/{part}/version", newVersion)
          .needs(kEdit).at(publicationScope()).described("Form for a newer version of a file"),
      post("/publications/{publication}/files/{part}/version", addVersion)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).accepts(kLargestPlain)
          .described("Adds a newer version of a file"),
      post("/publications/{publication}/files/{part}/remove", removeFile)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write).described("Removes a file of a draft"),
      post("/publications/{publication}/files/{part}/restore", restoreFile)
          .needs(kEdit).at(publicationScope()).rate(RateClass::write)
          .described("Undoes the removal of a file, for who removed it just now"),
  });
  registry.routes(files::uploadRoutes(kUploads, kEdit, acceptedFiles()));
  registry.routes({
      get("/publications/export", exportPacked)
          .needs(kReview).rate(RateClass::write).described("Everything as a ZIP file that the import reads back"),
      get("/publications/import", askImport).needs(kEdit).anywhere().described("Form for a table or BibTeX"),
      post("/publications/import", previewImport)
          .needs(kEdit).anywhere().rate(RateClass::write).accepts(kLargestPacked).described("Shows what an import would bring"),
      post("/publications/import/do", doImport)
          .needs(kEdit).anywhere().rate(RateClass::write).accepts(kLargestPasted).described("Imports publications"),
  });
  registry.tile({Tile::Place::dashboard, "tile_work", fillWorkTile, 30});
  registry.job(clearing());
}

void registerPublications(Registry& registry) {
  const auto downloads = std::make_shared<operations::Downloads>();
  registerPermissions(registry);
  registerArchive(registry, downloads);
  registerEditing(registry);
  registerSeries(registry);
  registerHarvesting(registry);
  registerApi(registry);
  registry.provide<toimela::Archive>(std::make_shared<Deposits>());
  registry.provide<AccessibilityOfArchive>(std::make_shared<store::ArchiveForAll>());
  registry.command(exportCommand());
  registry.command(importCommand());
  registry.command(harvestCommand());
  registry.demo(loadDemo);
}

}  // namespace

}  // namespace toimela::publications

TOIMELA_PLUGIN("publications", "0.1.0", toimela::publications::registerPublications)
