// Publications for programs, articles and series by their forms, and what is known of editors.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "archive.h"
#include "handlers/api.h"
#include "operations/articles.h"
#include "store/articles.h"
#include "store/series.h"

using namespace toimela;
using namespace toimela::publications;
using Catch::Matchers::Contains;
using testing::bodyOf;
using Json = nlohmann::json;

namespace {

Response send(testing::Visitor& visitor, Method method, const std::string& path, const Json& body) {
  return testing::sendBody(visitor, method, path, body.dump());
}

}  // namespace

TEST_CASE("a program writes, publishes and lists publications", "[publications][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      const std::string all = "/api/v1/publications";
      Json fresh{{"title", {{"fi", "Opas"}}}, {"kind", "handbook"}, {"issued", "2020"}, {"language", "fi"},
                 {"licence", "by"}, {"region", "06"}, {"creators", "Suntio, Marianne"}, {"subjects", {"networks", "youth"}}};
      const auto made = send(a.editor, Method::post, all, fresh);
      INFO(bodyOf(made));
      REQUIRE(made.status == 201);
      const auto json = Json::parse(bodyOf(made));
      const std::string one = all + "/" + json.at("id").get<std::string>();
      CHECK(made.headers.find("Location") == one);
      CHECK(json.at("subjects") == Json({"networks", "youth"}));
      auto visitor = a.site.visitor();
      CHECK(visitor.get(one).status == 404);
      CHECK(send(a.editor, Method::post, one + "/step", {{"step", "publish"}}).status == 409);
      CHECK(send(a.editor, Method::post, one + "/step", {{"step", "dance"}}).status == 422);
      CHECK(send(a.reviewer, Method::post, one + "/step", {{"step", "publish"}}).status == 200);
      CHECK(Json::parse(bodyOf(visitor.get(all))).at("items").size() == 1);
      CHECK(Json::parse(bodyOf(visitor.get(one))).at("state") == "published");

      fresh["isbn"] = "978-1";
      fresh["region"] = "77";
      const auto wrong = send(a.editor, Method::post, all, fresh);
      CHECK(wrong.status == 422);
      CHECK_THAT(bodyOf(wrong), Contains("isbn") && Contains("region"));
      fresh.erase("isbn");
      fresh["region"] = "19";
      CHECK(send(a.editor, Method::post, all, fresh).status == 403);
      fresh["publisher"] = "Vates-säätiö";
      CHECK(send(a.reviewer, Method::put, one, fresh).status == 422);
      fresh["revision"] = json.at("revision");
      CHECK(send(a.reviewer, Method::put, one, fresh).status == 409);
      fresh["revision"] = Json::parse(bodyOf(visitor.get(one))).at("revision");
      CHECK(send(a.reviewer, Method::put, one, fresh).status == 200);
      CHECK(send(a.reviewer, Method::post, one + "/step", {{"step", "withdraw"}}).status == 422);
      CHECK(send(a.reviewer, Method::post, one + "/step", {{"step", "withdraw"}, {"why", "Vanha"}}).status == 200);
      CHECK(visitor.get(one).status == 404);
    }
  }
}

TEST_CASE("series and articles are written by their forms", "[publications][pages]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      auto national = a.site.signedIn(a.site.person("Niina", "Pääkäyttäjä", {{Role::nationalAdmin, {}, {}}}));
      CHECK(a.editor.get("/fi/publications/series/new").status == 403);
      CHECK(national.post("/fi/publications/series/new", {{"title_fi", "Sarja"}, {"type", "series"}, {"issn", "1234-5678"}}).status == 422);
      CHECK(national.post("/fi/publications/series/new", {{"title_fi", "Sarja"}, {"type", "series"}, {"issn", "0378-5955"}}).status == 303);
      CHECK(national.post("/fi/publications/series/1/edit", {{"title_fi", "Uusi nimi"}, {"type", "series"}, {"revision", "1"}}).status == 303);
      CHECK(national.post("/fi/publications/series/1/edit", {{"title_fi", "Liian myöhään"}, {"type", "series"}, {"revision", "1"}}).status == 409);
      CHECK_THAT(bodyOf(a.site.visitor().get("/fi/publications/series")), Contains("Uusi nimi"));
      CHECK(national.get("/fi/publications/series/9").status == 404);

      const std::string path = "/fi/regions/pirkanmaa/publications/articles/new";
      CHECK(a.editor.get(path).status == 200);
      const Sent article{{"title_fi", "Uutinen"}, {"body_fi", "**Tärkeää** <script>x</script>"}, {"author", "Eeva"}, {"day", "2026-01-05"}};
      CHECK(a.upload(a.editor, path, article, "kuva.png", "ei kuva").status == 422);
      CHECK(a.editor.post(path, article).status == 303);
      auto visitor = a.site.visitor();
      CHECK(visitor.get("/fi/publications/articles/1").status == 404);
      CHECK_THAT(bodyOf(a.editor.get("/fi/regions/pirkanmaa/publications/articles")), Contains("Luonnokset"));
      Sent published = article;
      published.emplace_back("published", "1");
      published.emplace_back("revision", "1");
      CHECK(a.editor.post("/fi/publications/articles/1/edit", published).status == 303);
      CHECK(a.editor.post("/fi/publications/articles/1/edit", published).status == 409);
      const auto body = bodyOf(visitor.get("/fi/publications/articles/1"));
      CHECK_THAT(body, Contains("<strong>Tärkeää</strong>") && !Contains("<script>x"));
      CHECK(visitor.get("/fi/publications/articles/1/image").status == 404);
      CHECK_THAT(bodyOf(visitor.get("/fi/publications/articles?month=2026-01")), Contains("Uutinen"));
      const auto saved = a.read([](ReadTx& tx) { return *store::findArticle(tx, ArticleId{1}); });
      CHECK_FALSE(a.write([&](WriteTx& tx) {
        Article old = saved;
        old.revision -= 1;
        return operations::saveArticle(tx, old, std::nullopt);
      }));
      CHECK(a.editor.post("/fi/publications/articles/1/remove").status == 303);
      // Who had it open meanwhile learns that it is gone.
      CHECK_THROWS_AS(a.write([&](WriteTx& tx) { return operations::saveArticle(tx, saved, std::nullopt); }), NotFound);
      CHECK_THROWS_AS(a.write([&](WriteTx& tx) { operations::removeArticle(tx, saved.id); }), NotFound);
      CHECK(visitor.get("/fi/publications/articles/1").status == 404);
    }
  }
}

TEST_CASE("who wrote is taken out and forgotten; creators stay as facts about the work", "[publications][personal_data]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      const auto person = a.site.person("Kirjo", "Kirjoittaja");
      const auto id = a.host().writeAs(person, [&](WriteTx& tx) { return operations::add(tx, example()); });
      const auto data = handlers::editorData();
      CHECK_THAT(a.read([&](ReadTx& tx) { return data.exporter(tx, person); }), Contains("Verkostot ja kumppanuus"));
      a.write([&](WriteTx& tx) {
        data.eraser(tx, person);
        tx.unaudited("test");
      });
      CHECK_THAT(a.read([&](ReadTx& tx) { return data.exporter(tx, person); }), !Contains("Verkostot"));
      CHECK(a.find(id).contributors.front().name == "Suntio, Marianne");
    }
  }
}
