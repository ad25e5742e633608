// A removal that was a mistake is taken back by whoever made it, for an hour.
#include <catch2/catch.hpp>

#include "archive.h"
#include "operations/articles.h"
#include "store/articles.h"
#include "toimela/made_files.h"
#include "undo_offer.h"

using namespace toimela;
using namespace toimela::publications;
using Catch::Matchers::Contains;
using testing::bodyOf;
using testing::undoOffered;

namespace {

constexpr Sql kActions{"test.actions", "SELECT action FROM core_audit WHERE object = :object ORDER BY id"};
constexpr Sql kFiles{"test.files", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_file"};

struct Undoing : Archive {
  explicit Undoing(const testing::FreshDatabase& database)
      : Archive(database), stranger(site.signedIn(site.person("Ville", "Vieras"))) {}

  ArticleId publishArticle() {
    const auto picture = files::receive(host(), "kuva.pdf", pdf(), {.types = {"application/pdf"}});
    const Article article{.region = kPirkanmaa,
                          .isPublished = true,
                          .title = {.fi = "Syksyn uutinen"},
                          .body = {.fi = "Tärkeää"},
                          .author = "Eeva",
                          .day = Date::today()};
    return write([&](WriteTx& tx) { return operations::addArticle(tx, article, std::get<files::Incoming>(picture)); });
  }
  PublicationId draftWithFiles() {
    const auto id = add(example());
    for (const char* name : {"ensin.pdf", "sitten.pdf"})
      REQUIRE(upload(editor, page(id, "/files/new"), {{"role", "main"}}, name, pdf()).status == 303);
    return id;
  }
  std::string newestAction(const std::string& object) {
    return read([&](ReadTx& tx) { return tx.all(kActions, [](std::string action) { return action; }, object); }).back();
  }
  std::int64_t fileCount() {
    return read([](ReadTx& tx) { return tx.value<std::int64_t>(kFiles); });
  }
  void clear(std::chrono::seconds ago) {
    write([&](WriteTx& tx) {
      operations::clearRemoved(tx, tx.time() - ago);
      operations::clearArticles(tx, tx.time() - ago);
    });
  }

  testing::Visitor stranger;
};

}  // namespace

TEST_CASE("an article that was removed by mistake comes back, once, for the one who removed it", "[publications][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing a(database);
      const auto id = a.publishArticle();
      const std::string path = "/fi/publications/articles/" + id.text();
      auto visitor = a.site.visitor();
      const auto offer = undoOffered(a.editor, a.editor.post(path + "/remove"));
      REQUIRE(offer.action == path + "/restore");
      CHECK(visitor.get(path).status == 404);
      CHECK(visitor.get(path + "/image").status == 404);
      CHECK_THAT(bodyOf(visitor.get("/fi/publications/articles")), !Contains("Syksyn uutinen"));
      CHECK(a.editor.post(path + "/edit").status == 404);

      CHECK(a.stranger.post(offer.action, offer.fields).status == 403);
      CHECK(a.reviewer.post(offer.action, offer.fields).status == 409);
      CHECK(a.editor.post(offer.action, {{"revision", "2"}}).status == 409);
      CHECK(visitor.get(path).status == 404);

      CHECK_THAT(bodyOf(a.editor.get(std::string(a.editor.post(offer.action, offer.fields).headers.find("Location").value()))),
                 Contains("Muutos on kumottu") && Contains("Syksyn uutinen") && !Contains("Kumoa"));
      CHECK(visitor.get(path + "/image").status == 200);
      CHECK_THAT(bodyOf(visitor.get("/fi/publications/articles")), Contains("Syksyn uutinen"));
      CHECK(a.newestAction("publications.article:" + id.text()) == "publications.article.restore");
      CHECK(a.editor.post(offer.action, offer.fields).status == 409);
    }
  }
}

TEST_CASE("a draft that was removed by mistake comes back with its files", "[publications][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing a(database);
      const auto other = a.add(example("Toinen")), id = a.draftWithFiles();
      const auto offer = undoOffered(a.editor, a.editor.post(a.page(id, "/remove")));
      REQUIRE(offer.action == a.page(id, "/restore"));
      CHECK(a.editor.get(a.page(id)).status == 404);
      CHECK(a.editor.get(a.page(id, "/files")).status == 404);
      CHECK_THAT(bodyOf(a.editor.get("/fi/publications/work")), !Contains("Verkostot ja kumppanuus"));
      const auto found = a.read([&](ReadTx& tx) { return store::findAll(tx, {other, id}); });
      REQUIRE(found.size() == 1);
      CHECK(found.front().id == other);

      CHECK(a.stranger.post(offer.action, offer.fields).status == 403);
      CHECK(a.reviewer.post(offer.action, offer.fields).status == 409);
      CHECK(a.editor.post(offer.action, offer.fields).status == 303);
      CHECK(a.find(id).keywords == example().keywords);
      CHECK(a.parts(id).size() == 2);
      CHECK_THAT(bodyOf(a.editor.get("/fi/publications/work")), Contains("Verkostot ja kumppanuus"));
      CHECK(a.newestAction("publications.publication:" + id.text()) == "publications.publication.restore_draft");
      CHECK(a.editor.post(offer.action, offer.fields).status == 409);
    }
  }
}

TEST_CASE("a file that was removed from a draft comes back in its place, unless the draft was published", "[publications][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing a(database);
      const auto id = a.draftWithFiles();
      const auto first = a.parts(id).front().id;
      const std::string file = a.page(id, "/files/" + first.text());
      const auto offer = undoOffered(a.editor, a.editor.post(file + "/remove"));
      REQUIRE(offer.action == file + "/restore");
      CHECK(a.parts(id).size() == 1);
      CHECK(a.editor.get(file).status == 404);
      CHECK(a.stranger.post(offer.action, offer.fields).status == 403);
      CHECK(a.reviewer.post(offer.action, offer.fields).status == 409);
      CHECK(a.editor.post(offer.action, offer.fields).status == 303);
      REQUIRE(a.parts(id).size() == 2);
      CHECK(a.parts(id).front().id == first);
      CHECK(a.editor.get(file).status == 200);
      CHECK(a.newestAction("publications.publication:" + id.text()) == "publications.file.restore");
      CHECK(a.editor.post(offer.action, offer.fields).status == 409);

      const auto again = undoOffered(a.reviewer, a.reviewer.post(file + "/remove"));
      a.take(id, Move::publish);
      CHECK(a.reviewer.post(again.action, again.fields).status == 409);
      CHECK(a.parts(id).size() == 1);
    }
  }
}

TEST_CASE("an hour after it was removed nothing is kept, files neither", "[publications][undo]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Undoing a(database);
      const auto article = a.publishArticle();
      const auto draft = a.draftWithFiles(), kept = a.draftWithFiles();
      REQUIRE(a.fileCount() == 5);
      const std::string articlePath = "/fi/publications/articles/" + article.text();
      const auto ofArticle = undoOffered(a.editor, a.editor.post(articlePath + "/remove"));
      const auto ofFile = undoOffered(a.editor, a.editor.post(a.page(kept, "/files/" + a.parts(kept).front().id.text() + "/remove")));
      REQUIRE(a.editor.post(a.page(draft, "/remove")).status == 303);

      a.clear(std::chrono::hours(1));
      CHECK(a.fileCount() == 5);
      CHECK(a.editor.post(ofArticle.action, ofArticle.fields).status == 303);
      REQUIRE(a.editor.post(articlePath + "/remove").status == 303);

      a.clear(std::chrono::seconds(-1));
      CHECK(a.fileCount() == 1);
      CHECK(a.parts(kept).size() == 1);
      CHECK(a.editor.post(ofArticle.action, ofArticle.fields).status == 404);
      CHECK(a.editor.post(ofFile.action, ofFile.fields).status == 409);
      CHECK_FALSE(a.write([&](WriteTx& tx) { return operations::restoreDraft(tx, draft, 2); }));
    }
  }
}
