// The board as its people meet it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "handlers/board_data.h"
#include "neighbourhood.h"
#include "operations/telling.h"
#include "requests.h"
#include "store/posts.h"
#include "toimela/notices.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Matchers::Contains;
using testing::bodyOf;
using Json = nlohmann::json;

namespace {

using FormFields = std::vector<std::pair<std::string, std::string>>;

FormFields tip(std::string title = "Näin löysimme nuoret",
               std::string body = "Kysymällä **heiltä**.") {
  return {
      {"kind", "tip"}, {"title", std::move(title)}, {"body", std::move(body)}, {"language", "fi"}};
}

/// The address that an answer leads to, without language and what follows '#'.
std::string target(const Response& answer) {
  REQUIRE(answer.status == 303);
  const std::string location(answer.headers.find("Location").value());
  return location.substr(0, location.find('#'));
}

struct Village : Neighbourhood {
  using Neighbourhood::Neighbourhood;

  testing::Visitor writer() { return site.signedIn(contactPerson); }
  testing::Visitor reader() { return site.signedIn(plainMember); }
  testing::Visitor moderator() { return site.signedIn(coordinator); }
  testing::Visitor stranger() { return site.signedIn(site.person("Vieras", "Ihminen")); }

  /// The path of a new post by the writer.
  std::string post(FormFields fields = tip()) {
    return target(writer().post(page("/board/new"), fields));
  }
  std::string comment(testing::Visitor visitor, const std::string& path) {
    const auto answer = visitor.post(path + "/comments", {{"body", "Kiitos, *hyvä* vinkki"}});
    const std::string location(answer.headers.find("Location").value());
    return path + "/comments/" + location.substr(location.find("#comment-") + 9);
  }
  std::vector<store::PostRow> posts() {
    return host().read([&](ReadTx& tx) { return store::postsBefore(tx, network, {}, 100); });
  }
};

Response upload(testing::Visitor visitor, const testing::Visitor& token, std::string path,
                const FormFields& fields, const std::string& fileName, const std::string& content) {
  const std::string boundary = "----toimelatest";
  std::string body;
  const auto part = [&](const std::string& head, const std::string& text) {
    body += "--" + boundary + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + text +
            "\r\n";
  };
  part("name=\"csrf\"", token.csrf());
  for (const auto& [name, value] : fields) part("name=\"" + name + "\"", value);
  part("name=\"file\"; filename=\"" + fileName + "\"", content);
  body += "--" + boundary + "--\r\n";
  Headers headers;
  headers.set("Origin", "http://toimela.test");
  headers.set("Content-Type", "multipart/form-data; boundary=" + boundary);
  return visitor.send(Method::post, std::move(path), std::move(headers), std::move(body));
}

}  // namespace

TEST_CASE("a member tells the network a tip, and the others read it", "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      const auto path = v.post();
      const auto page = bodyOf(v.reader().get(path));
      CHECK_THAT(page, Contains("Näin löysimme nuoret") && Contains("<strong>heiltä</strong>") &&
                           Contains("Yrjö Yhteyshenkilö") && Contains("Vinkki"));
      CHECK_THAT(page, !Contains("/edit\"") && !Contains("/pin\""));
      CHECK_THAT(bodyOf(v.reader().get(v.page("/board"))), Contains("Näin löysimme nuoret"));
      CHECK_THAT(bodyOf(v.reader().get("/sv" + path.substr(3))),
                 Contains("<h1 lang=\"fi\">Näin löysimme nuoret</h1>") && Contains("Tips"));
      CHECK_THAT(bodyOf(v.reader().get("/fi/dashboard")), Contains("Uutta verkostoissani"));
    }
  }
}

TEST_CASE("nobody but the network's own people get to its board, whatever they ask for",
          "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      const auto path = v.post();
      const auto comment = v.comment(v.writer(), path);
      const auto former = v.site.person("Entinen", "Jäsen");
      v.addMember(v.network, former, MemberRole::member,
                  {Date::today().plusDays(-9), Date::today().plusDays(-1)});
      const std::string api = "/api/v1/contacts/networks/" + v.network.text() + "/posts";
      const std::string id = path.substr(path.rfind('/'));

      const std::vector<std::string> reads{v.page("/board"),
                                           v.page("/board/new"),
                                           v.page("/board/announce"),
                                           path,
                                           path + "/edit",
                                           path + "/remove",
                                           path + "/files/1",
                                           comment + "/edit",
                                           comment + "/remove",
                                           api,
                                           api + id,
                                           api + id + "/comments"};
      const std::vector<std::string> writes{v.page("/board/new"),
                                            v.page("/board/announce"),
                                            v.page("/board/follow"),
                                            path + "/edit",
                                            path + "/remove",
                                            path + "/pin",
                                            path + "/answered",
                                            path + "/comments",
                                            comment + "/edit",
                                            comment + "/remove",
                                            api,
                                            api + id + "/comments"};
      const auto sent = [&](testing::Visitor visitor, int expected) {
        for (const auto& each : reads) {
          INFO("GET " << each);
          CHECK(visitor.get(each).status == expected);
        }
        for (const auto& each : writes) {
          INFO("POST " << each);
          CHECK(visitor.post(each, tip()).status == expected);
        }
      };
      sent(v.stranger(), 403);
      sent(v.site.signedIn(former), 403);
      sent(v.someone(Role::regionalAdmin, kUusimaa), 403);
      sent(v.someone(Role::contactPerson, kPirkanmaa), 403);
      sent(v.someone(Role::organisationRep, {}, v.organisation), 403);
      for (const auto& each : reads) {
        INFO("GET " << each << " without a session");
        const auto status = v.site.visitor().get(each).status;
        CHECK((status == 303 || status == 401));
      }
      CHECK(v.posts().size() == 1);
      CHECK_THAT(bodyOf(v.stranger().get(v.page())), !Contains("/board"));
      CHECK_THAT(bodyOf(v.stranger().get(v.page("/board"))), Contains("verkoston jäsenille"));

      CHECK(v.someone(Role::regionalAdmin, kPirkanmaa).get(path).status == 200);
      CHECK(v.someone(Role::nationalAdmin, {}).get(path).status == 200);
      CHECK(v.moderator().get(path).status == 200);
      CHECK_THAT(bodyOf(v.reader().get(v.page())), Contains("/board"));
    }
  }
}

TEST_CASE("where the plugin is off, its boards are not there", "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      const auto path = v.post();
      v.site.switchPlugin("contacts", "06", false);
      CHECK(v.writer().get(path).status == 404);
      CHECK(v.moderator().get(v.page("/board")).status == 404);
    }
  }
}

TEST_CASE("what is wrong with a post is told at its field and what was typed stays",
          "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      auto writer = v.writer();
      const auto refused = [&](FormFields fields) {
        const auto answer = writer.post(v.page("/board/new"), std::move(fields));
        CHECK(answer.status == 422);
        return bodyOf(answer);
      };
      CHECK_THAT(refused(tip("", "Teksti jää")),
                 Contains("Teksti jää") && Contains("aria-invalid"));
      CHECK_THAT(refused(tip("Otsikko jää", "")), Contains("Otsikko jää"));
      CHECK_THAT(refused(tip(std::string(151, 'x'))), Contains(std::string(151, 'x')));
      refused(tip("Otsikko", std::string(10'001, 'x')));
      refused({{"kind", "announcement"}, {"title", "T"}, {"body", "B"}, {"language", "fi"}});
      refused({{"kind", "tip"}, {"title", "T"}, {"body", "B"}, {"language", "de"}});
      CHECK(v.posts().empty());

      const auto path = v.post();
      CHECK(writer.post(path + "/comments", {{"body", "  "}}).status == 422);
      const auto longOne = writer.post(path + "/comments", {{"body", std::string(4'001, 'y')}});
      CHECK(longOne.status == 422);
      CHECK_THAT(bodyOf(longOne), Contains(std::string(4'001, 'y')));
      CHECK(v.posts()[0].comments == 0);
    }
  }
}

TEST_CASE("a file that is not allowed is refused at its field and nothing is stored by half",
          "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      auto writer = v.writer();
      const auto path = v.page("/board/new");
      const auto program = upload(writer, writer, path, tip("Otsikko jää"), "ohje.pdf",
                                  "\x7f"
                                  "ELF\x02\x01\x01" +
                                      std::string(60, '\0'));
      CHECK(program.status == 422);
      CHECK_THAT(bodyOf(program), Contains("ohje.pdf") && Contains("Otsikko jää") &&
                                      Contains("laji ei ole sallittu"));
      const auto empty = upload(writer, writer, path, tip(), "tyhja.txt", "");
      CHECK(empty.status == 422);
      CHECK_THAT(bodyOf(empty), Contains("tyhja.txt on tyhjä"));
      const auto large =
          upload(writer, writer, path, tip(), "iso.txt", std::string(10 * 1024 * 1024 + 1, 'a'));
      CHECK(large.status == 422);
      CHECK_THAT(bodyOf(large), Contains("iso.txt on liian suuri"));
      CHECK(v.posts().empty());
    }
  }
}

TEST_CASE("a file goes with a post to the members, and goes when the post goes",
          "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      auto writer = v.writer();
      const auto path = target(
          upload(writer, writer, v.page("/board/new"), tip(), "kortti.txt", "Tehtävä: kahvit\n"));
      const PostId id = v.posts()[0].post.id;
      const auto files = v.host().read([&](ReadTx& tx) { return store::filesOf(tx, id); });
      REQUIRE(files.size() == 1);
      const std::string file = path + "/files/" + files[0].text();
      CHECK_THAT(bodyOf(v.reader().get(path)), Contains("kortti.txt") && Contains("1 kt"));
      const auto served = v.reader().get(file);
      CHECK(served.status == 200);
      CHECK_THAT(std::string(served.headers.find("Content-Disposition").value_or("")),
                 Contains("attachment") && Contains("kortti.txt"));
      CHECK(v.stranger().get(file).status == 403);
      // The file of another post is not served under this one.
      const auto other = v.post(tip("Toinen"));
      CHECK(v.reader().get(other + "/files/" + files[0].text()).status == 404);
      CHECK(v.reader().get(path + "/files/9999").status == 404);

      // Removed by editing.
      const auto saved = upload(writer, writer, path + "/edit",
                                {{"kind", "tip"},
                                 {"title", "T"},
                                 {"body", "B"},
                                 {"language", "fi"},
                                 {"revision", "1"},
                                 {"remove_files", files[0].text()}},
                                "uusi.txt", "Uusi\n");
      CHECK(saved.status == 303);
      CHECK(v.reader().get(file).status == 404);
      CHECK_THAT(bodyOf(v.reader().get(path)), Contains("uusi.txt") && !Contains("kortti.txt"));
      CHECK(writer.post(path + "/remove").status == 303);
      CHECK_THAT(bodyOf(v.reader().get(path)), !Contains("uusi.txt"));
    }
  }
}

TEST_CASE("the writer edits and the post says so; two who edit at once do not overwrite each other",
          "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      const auto path = v.post();
      auto writer = v.writer();
      CHECK_THAT(bodyOf(v.reader().get(path)), !Contains("muokattu"));
      CHECK_THAT(bodyOf(writer.get(path + "/edit")), Contains("Näin löysimme nuoret"));
      auto fields = tip("Parempi otsikko");
      fields.emplace_back("revision", "1");
      CHECK(writer.post(path + "/edit", fields).status == 303);
      CHECK_THAT(bodyOf(v.reader().get(path)), Contains("Parempi otsikko") && Contains("muokattu"));

      fields[1].second = "Toisesta ikkunasta";
      const auto stale = writer.post(path + "/edit", fields);
      CHECK(stale.status == 409);
      CHECK_THAT(bodyOf(stale), Contains("Toisesta ikkunasta"));
      CHECK_THAT(bodyOf(v.reader().get(path)), Contains("Parempi otsikko"));

      CHECK(v.reader().get(path + "/edit").status == 403);
      CHECK(v.reader().post(path + "/edit", fields).status == 403);
      CHECK(v.moderator().post(path + "/edit", fields).status == 403);
    }
  }
}

TEST_CASE("the coordinator removes a post, and a trace of it stays with its comments",
          "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      const auto path = v.post();
      v.comment(v.reader(), path);
      CHECK(v.reader().get(path + "/remove").status == 403);
      CHECK(v.reader().post(path + "/remove").status == 403);
      auto moderator = v.moderator();
      CHECK_THAT(bodyOf(moderator.get(path + "/remove")), Contains("Poistetaanko kirjoitus?"));
      CHECK(moderator.post(path + "/remove").status == 303);
      CHECK(moderator.post(path + "/remove").status == 403);
      const auto page = bodyOf(v.reader().get(path));
      CHECK_THAT(page, Contains("Kirjoitus on poistettu") && !Contains("Näin löysimme") &&
                           Contains("<em>hyvä</em>"));
      CHECK(v.reader().post(path + "/comments", {{"body", "Vielä"}}).status == 403);
      CHECK(v.writer().get(path + "/edit").status == 403);
      CHECK_THAT(bodyOf(v.reader().get(v.page("/board"))), Contains("Poistettu kirjoitus"));
    }
  }
}

TEST_CASE("comments are edited by their writers and removed by those who moderate too",
          "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      const auto path = v.post();
      const auto comment = v.comment(v.reader(), path);
      auto reader = v.reader();
      CHECK_THAT(bodyOf(reader.get(comment + "/edit")), Contains("Kiitos, *hyvä* vinkki"));
      CHECK(reader.post(comment + "/edit", {{"body", "Kiitos!"}, {"revision", "1"}}).status == 303);
      CHECK(reader.post(comment + "/edit", {{"body", "Uusi"}, {"revision", "1"}}).status == 409);
      CHECK(reader.post(comment + "/edit", {{"body", ""}, {"revision", "2"}}).status == 422);
      CHECK_THAT(bodyOf(v.writer().get(path)), Contains("Kiitos!") && Contains("muokattu"));
      CHECK(v.writer().post(comment + "/edit", {{"body", "x"}, {"revision", "2"}}).status == 403);
      CHECK(v.writer().post(comment + "/remove").status == 403);
      CHECK(v.moderator().post(comment + "/remove").status == 303);
      CHECK(reader.post(comment + "/remove").status == 403);
      CHECK_THAT(bodyOf(reader.get(path)),
                 Contains("Kommentti on poistettu.") && !Contains("Kiitos!"));
    }
  }
}

TEST_CASE("a question is marked as answered, and the coordinator keeps a post on top",
          "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      const auto question = v.post(
          {{"kind", "question"}, {"title", "Kuka tietää?"}, {"body", "Kysyn"}, {"language", "fi"}});
      v.post(tip("Uudempi vinkki"));
      CHECK(v.reader().post(question + "/answered", {{"answered", "1"}}).status == 403);
      CHECK(v.writer().post(question + "/answered", {{"answered", "1"}}).status == 303);
      CHECK_THAT(bodyOf(v.reader().get(question)), Contains("Kysymys: vastattu"));
      CHECK(v.writer().post(question + "/answered", {{"answered", "0"}}).status == 303);
      CHECK_FALSE(v.posts()[1].post.isAnswered);

      CHECK(v.writer().post(question + "/pin", {{"pinned", "1"}}).status == 403);
      CHECK(v.moderator().post(question + "/pin", {{"pinned", "1"}}).status == 303);
      const auto board = bodyOf(v.reader().get(v.page("/board")));
      CHECK(board.find("Kuka tietää?") < board.find("Uudempi vinkki"));
      CHECK_THAT(board, Contains("kiinnitetty"));
      CHECK(v.moderator().post(question + "/pin", {{"pinned", "0"}}).status == 303);
      CHECK_FALSE(v.posts()[1].post.isPinned);
    }
  }
}

TEST_CASE("a long board is read page by page", "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      for (int i = 1; i <= 23; ++i) v.post(tip("Vinkki numero " + std::to_string(i) + "."));
      auto reader = v.reader();
      const auto first = bodyOf(reader.get(v.page("/board")));
      CHECK_THAT(first, Contains("Vinkki numero 23.") && !Contains("Vinkki numero 3."));
      const auto at = first.find("?below=");
      REQUIRE(at != std::string::npos);
      const auto second =
          bodyOf(reader.get(v.page("/board") + first.substr(at, first.find('"', at) - at)));
      CHECK_THAT(second, Contains("Vinkki numero 3.") && Contains("Vinkki numero 1.") &&
                             !Contains("Vinkki numero 4."));
      CHECK(reader.get(v.page("/board?below=nonsense")).status == 200);
    }
  }
}

TEST_CASE("the members hear of posts and comments, an announcement at once", "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      const auto path = v.post();
      const auto topics = [&](PersonId person) {
        return bodyOf(v.site.signedIn(person).get("/fi/account/notices"));
      };
      CHECK_THAT(topics(v.plainMember), Contains("Pirkanmaan verkosto"));
      CHECK_THAT(topics(v.coordinator), Contains("Pirkanmaan verkosto"));
      CHECK_THAT(topics(v.contactPerson), !Contains("Pirkanmaan verkosto"));
      v.comment(v.reader(), path);
      CHECK_THAT(topics(v.contactPerson), Contains("Pirkanmaan verkosto"));

      auto reader = v.reader();
      CHECK(reader.post(v.page("/board/follow"), {{"pace", "daily"}}).status == 303);
      CHECK(reader.post(v.page("/board/follow"), {{"pace", "often"}}).status == 400);
      CHECK(v.host().read([&](ReadTx& tx) {
        return notices::paceOf(tx, v.plainMember, "contacts.network:" + v.network.text());
      }) == notices::Pace::daily);
    }
  }
}

TEST_CASE("the coordinator announces, which is audited and stands on the board",
          "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      auto moderator = v.moderator();
      CHECK(v.writer().get(v.page("/board/announce")).status == 403);
      CHECK(moderator
                .post(v.page("/board/announce"), {{"title", ""}, {"body", "B"}, {"language", "fi"}})
                .status == 422);
      const auto sent =
          moderator.post(v.page("/board/announce"),
                         {{"title", "Kokous siirtyy"}, {"body", "Uusi aika."}, {"language", "fi"}});
      CHECK(sent.status == 303);
      CHECK_THAT(bodyOf(v.reader().get(target(sent))),
                 Contains("Kokous siirtyy") && Contains("Tiedote"));
      CHECK_THAT(bodyOf(v.someone(Role::nationalAdmin, {}).get("/fi/admin/audit")),
                 Contains("Lähetti tiedotteen"));

      const auto national = v.addNetwork("Koko maan verkosto", std::nullopt);
      v.addMember(national, v.plainMember, MemberRole::member, {Date::today(), {}}, kUusimaa);
      v.addMember(national, v.contactPerson, MemberRole::member, {Date::today(), {}}, kPirkanmaa);
      const std::string path = "/fi/contacts/networks/" + national.text() + "/board/announce";
      CHECK_THAT(bodyOf(moderator.get(path)), Contains("Uusimaa"));
      CHECK(moderator
                .post(path, {{"title", "T"}, {"body", "B"}, {"language", "fi"}, {"regions", "99"}})
                .status == 422);
      const auto regional = moderator.post(
          path,
          {{"title", "Vain Uudellemaalle"}, {"body", "B"}, {"language", "fi"}, {"regions", "01"}});
      CHECK(regional.status == 303);
      CHECK_THAT(bodyOf(v.writer().get(target(regional))),
                 Contains("Tiedote maakunnille: Uusimaa"));
      const auto hears = [&](PersonId person) {
        return bodyOf(v.site.signedIn(person).get("/fi/account/notices"))
                   .find("Koko maan verkosto") != std::string::npos;
      };
      CHECK(hears(v.plainMember));
      CHECK_FALSE(hears(v.contactPerson));
    }
  }
}

TEST_CASE("the API does what the pages do, with the same rules", "[contacts][board][api]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      const std::string api = "/api/v1/contacts/networks/" + v.network.text() + "/posts";
      auto writer = v.writer();
      const auto send = [&](const std::string& path, const Json& body) {
        return testing::sendBody(writer, Method::post, path, body.dump());
      };
      const auto wrong =
          send(api, {{"kind", "tip"}, {"title", ""}, {"body", "B"}, {"language", "fi"}});
      CHECK(wrong.status == 422);
      CHECK(Json::parse(bodyOf(wrong)).at("errors")[0].at("field") == "title");

      const auto added = send(
          api,
          {{"kind", "question"}, {"title", "Kuka tietää?"}, {"body", "Kysyn"}, {"language", "sv"}});
      REQUIRE(added.status == 201);
      const Json post = Json::parse(bodyOf(added));
      CHECK(post.at("title") == "Kuka tietää?");
      CHECK(post.at("language") == "sv");
      CHECK(post.at("author").at("name") == "Yrjö Yhteyshenkilö");
      CHECK(post.at("files").empty());
      const std::string one = api + "/" + post.at("id").get<std::string>();
      CHECK(send(one + "/comments", {{"body", ""}}).status == 422);
      CHECK(send(one + "/comments", {{"body", "Minä"}}).status == 201);
      CHECK(Json::parse(bodyOf(writer.get(one))).at("comments") == 1);
      CHECK(Json::parse(bodyOf(writer.get(one + "/comments"))).at("items")[0].at("body") == "Minä");

      // A file goes along as a part of a form, by the rules of the pages.
      const auto fields = tip("Kortti mukana");
      const auto withFile = upload(writer, writer, api, fields, "kortti.txt", "kahvien keitto\n");
      REQUIRE(withFile.status == 201);
      const Json carrying = Json::parse(bodyOf(withFile));
      REQUIRE(carrying.at("files").size() == 1);
      const std::string file = v.page("/board/") + carrying.at("id").get<std::string>() + "/files/" +
                               carrying.at("files")[0].at("id").get<std::string>();
      CHECK(v.reader().get(file).status == 200);
      CHECK(v.stranger().get(file).status == 403);
      const auto forbidden = upload(writer, writer, api, fields, "kortti.txt", std::string("MZ\x90\0\3", 5) + std::string(200, '\0'));
      CHECK(forbidden.status == 422);
      CHECK(Json::parse(bodyOf(forbidden)).at("errors")[0].at("field") == "file");
      CHECK(v.posts().size() == 2);

      for (int i = 0; i < 3; ++i) v.post(tip("Vinkki " + std::to_string(i)));
      const Json first = Json::parse(bodyOf(writer.get(api + "?limit=3")));
      CHECK(first.at("items").size() == 3);
      CHECK(first.at("items")[0].at("title") == "Vinkki 2");
      const Json second = Json::parse(
          bodyOf(writer.get(api + "?limit=3&after=" + first.at("next").get<std::string>())));
      CHECK(second.at("items").size() == 2);
      CHECK(second.at("next").is_null());
      CHECK(writer.get(api + "/9999").status == 404);
    }
  }
}

TEST_CASE("what a person wrote can be taken out, and is emptied when they are erased",
          "[contacts][board][personal-data]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      auto writer = v.writer();
      const auto path =
          target(upload(writer, writer, v.page("/board/new"), tip(), "kortti.txt", "Tehtävä\n"));
      v.comment(writer, path);
      v.comment(v.reader(), path);
      const auto data = handlers::boardData();
      const auto takeOut = [&] {
        return Json::parse(
            v.host().read([&](ReadTx& tx) { return data.exporter(tx, v.contactPerson); }));
      };
      CHECK(takeOut().at("posts")[0].at("title") == "Näin löysimme nuoret");
      CHECK(takeOut().at("comments").size() == 1);
      CHECK(v.host().read([&](ReadTx& tx) { return data.files(tx, v.contactPerson); }).size() == 1);

      v.host().writeAs({}, [&](WriteTx& tx) { data.eraser(tx, v.contactPerson); });
      CHECK(takeOut().at("posts").empty());
      CHECK(takeOut().at("comments").empty());
      const auto page = bodyOf(v.reader().get(path));
      CHECK_THAT(page, Contains("poistunut käyttäjä") && !Contains("Yrjö") &&
                           !Contains("Näin löysimme") && !Contains("kortti.txt"));
      CHECK_THAT(page, Contains("Jaana Jäsen") && Contains("<em>hyvä</em>"));
    }
  }
}

TEST_CASE("who has left the network hears nothing more of it", "[contacts][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Village v(database);
      v.post();
      const std::string topic = "contacts.network:" + v.network.text();
      const auto followers = [&] {
        return v.host().read([&](ReadTx& tx) { return notices::followers(tx, topic); });
      };
      const auto sweep = [&] {
        return v.host().writeAs({}, [&](WriteTx& tx) {
          return operations::forgetLeavers(tx, store::findNetwork(tx, v.network).value());
        });
      };
      CHECK(followers() == std::vector{v.coordinator, v.plainMember});
      CHECK(sweep() == 0);
      v.change([&](WriteTx& tx) {
        Member member = store::membershipsOf(tx, v.network, v.plainMember).front();
        member.period.to = Village::yesterday();
        return store::updateMember(tx, v.network, member);
      });
      CHECK(sweep() == 1);
      CHECK(followers() == std::vector{v.coordinator});
      CHECK_THAT(bodyOf(v.site.signedIn(v.plainMember).get("/fi/account/notices")),
                 !Contains("Pirkanmaan verkosto"));
    }
  }
}
