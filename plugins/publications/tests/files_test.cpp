// Files of a publication: how they come in, what is refused and why, what is read of them.
#include <catch2/catch.hpp>
#include <zip.h>

#include <fstream>

#include "archive.h"
#include "files/reading_job.h"
#include "temporary_folder.h"
#include "host/core_host.h"
#include "view/example.h"

using namespace toimela;
using namespace toimela::publications;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

/// What an editor has sent by a client of tus in one piece; its id for the form, or the status that refused it.
struct InPieces {
  std::string id;
  int status = 0;
  std::string said;
};
InPieces sendInPieces(testing::Visitor& visitor, const std::string& nameInBase64, const std::string& content,
                      const std::string& language = "fi") {
  const std::string place = "/api/v1/publications/uploads";
  Headers head;
  head.set("Origin", "http://toimela.test");
  head.set("X-CSRF-Token", visitor.csrf());
  head.set("Tus-Resumable", "1.0.0");
  head.set("Accept-Language", language);
  Headers begin = head;
  begin.set("Upload-Length", std::to_string(content.size()));
  begin.set("Upload-Metadata", "filename " + nameInBase64);
  const auto begun = visitor.send(Method::post, place, begin, "");
  if (begun.status != 201) return {"", begun.status, bodyOf(begun)};
  const std::string where(begun.headers.find("Location").value());
  Headers piece = head;
  piece.set("Upload-Offset", "0");
  piece.set("Content-Type", "application/offset+octet-stream");
  const auto sent = visitor.send(Method::patch, where, piece, content);
  return {where.substr(place.size() + 1), sent.status, bodyOf(sent)};
}

/// A document that opens with a password only.
std::string withPassword() {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "a.docx").string();
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
  const auto index = zip_file_add(archive, "[Content_Types].xml", zip_source_buffer(archive, "x", 1, 0), 0);
  zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, "salainen");
  REQUIRE(zip_close(archive) == 0);
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string example(const char* title) { return view::examplePdf(title, "Suntio", "Työllisyydenhoidon verkostot"); }

}  // namespace

TEST_CASE("what was sent in pieces becomes a file of the publication with the form", "[publications][files]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      const auto id = a.add(publications::example());
      const std::string form = a.page(id, "/files/new");
      CHECK_THAT(bodyOf(a.editor.get(form)), Contains("/assets/upload.") && Contains("data-address=\"/api/v1/publications/uploads\""));
      const auto sent = sendInPieces(a.editor, "b3Bhcy5wZGY=", example("Opas"));  // opas.pdf
      REQUIRE(sent.status == 204);
      // The form comes back with a question, and the file need not be sent again.
      const auto back = a.editor.post(form, {{"file_upload", sent.id}, {"role", ""}});
      CHECK(back.status == 422);
      CHECK_THAT(bodyOf(back), Contains("opas.pdf"));
      CHECK(a.parts(id).empty());
      CHECK(a.reviewer.post(form, {{"file_upload", sent.id}, {"role", "main"}}).status == 422);  // not theirs
      CHECK(a.editor.post(form, {{"file_upload", sent.id}, {"role", "main"}}).status == 303);
      REQUIRE(a.parts(id).size() == 1);
      CHECK(a.parts(id)[0].newest().name == "opas.pdf");
      CHECK(a.editor.post(form, {{"file_upload", sent.id}, {"role", "main"}}).status == 422);  // used already
    }
  }
}

TEST_CASE("a file that is refused says why at its field, in the reader's language", "[publications][files]") {
  Archive a(testing::databases().front());
  const auto id = a.add(publications::example());
  const auto answer = [&](const std::string& language, const std::string& name, const std::string& content) {
    const std::string path = "/" + language + "/publications/" + id.text() + "/files/new";
    const auto response = a.upload(a.editor, path, {{"role", "main"}}, name, content);
    CHECK(response.status == 422);
    return bodyOf(response);
  };
  const std::string encrypted = withPassword();
  CHECK_THAT(answer("fi", "opas.docx", encrypted), Contains("suojattu salasanalla"));
  CHECK_THAT(answer("sv", "guide.docx", encrypted), Contains("lösenord"));
  CHECK_THAT(answer("en", "guide.docx", encrypted), Contains("password"));
  CHECK_THAT(answer("fi", "kirje.docx", "PK\x03\x04katkennut"), Contains("vioittunut"));
  CHECK_THAT(answer("fi", "ohjelma.exe", "MZ\x90"), Contains("Tällaista tiedostoa"));
  CHECK_THAT(answer("fi", "tyhja.pdf", ""), Contains("f-file-error"));
  CHECK(a.parts(id).empty());
  CHECK(sendInPieces(a.editor, "b2hqZWxtYS5leGU=", "MZ").status == 422);  // ohjelma.exe, before a byte is sent
  CHECK(sendInPieces(a.editor, "b3Bhcy5kb2N4", encrypted).status == 422);
}

TEST_CASE("words of files are found and their first page is shown, but not before their day", "[publications][files][search]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      auto closed = publications::example("Suljettu opas");
      closed.abstract = {};
      closed.embargo = Date::today().plusDays(3);
      closed.keywords.clear();
      const auto later = a.publish(closed);
      auto open = publications::example("Avoin opas");
      open.abstract = {};
      open.keywords.clear();
      const auto now = a.publish(open);
      for (const auto id : {later, now})
        CHECK(a.upload(a.reviewer, a.page(id, "/files/new"), {{"role", "main"}}, "opas.pdf", example("Kuntouttava kudonta")).status == 303);
      auto visitor = a.site.visitor();
      const std::string search = "/fi/search?q=kudonnassa";
      CHECK_THAT(bodyOf(visitor.get(search)), !Contains("Avoin opas"));
      CHECK_THAT(bodyOf(a.reviewer.get(a.page(now, "/files"))), Contains("tekstiä luetaan"));
      while (files::readWaiting(core(a.host())) > 0) {}
      const auto found = bodyOf(visitor.get(search));
      CHECK_THAT(found, Contains("Avoin opas") && Contains("<mark>") && !Contains("Suljettu"));
      const auto picture = a.page(now, "/files/" + a.parts(now)[0].id.text() + "/thumbnail");
      CHECK_THAT(bodyOf(visitor.get(a.page(now))), Contains(picture));
      CHECK_THAT(bodyOf(visitor.get("/fi/publications")), Contains(picture));
      CHECK(visitor.get(picture).headers.find("Content-Type") == "image/png");
      const auto hidden = a.page(later, "/files/" + a.parts(later)[0].id.text() + "/thumbnail");
      CHECK(visitor.get(hidden).status == 403);
      CHECK_THAT(bodyOf(visitor.get("/fi/publications")), !Contains(hidden));
      // The name of a subject finds in the reader's language, though nothing but its code is stored.
      CHECK_THAT(bodyOf(visitor.get("/sv/search?q=sysselsättning")), Contains("Nätverk"));
      CHECK_THAT(bodyOf(visitor.get("/fi/search?q=ty%C3%B6llisyys&subject=fi%3Aty%C3%B6llisyys")), Contains("Avoin"));
    }
  }
}

TEST_CASE("a publication of which the year or the month is known is found under that, not under a day of it", "[publications][search]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      auto monthly = publications::example("Kudonnan lehti"), daily = publications::example("Kudonnan tiedote");
      monthly.issued = Issued::parse("2021-06");
      daily.issued = Issued::parse("2020-01-01");
      a.publish(publications::example("Kudonnan opas"));
      a.publish(monthly);
      a.publish(daily);
      auto visitor = a.site.visitor();
      const auto finnish = bodyOf(visitor.get("/fi/search?q=kudonta"));
      CHECK_THAT(finnish, Contains("<time datetime=\"2019\">2019</time>") && !Contains("1.1.2019"));
      CHECK_THAT(finnish, Contains("<time datetime=\"2021-06\">kesäkuu 2021</time>") && !Contains("1.6.2021"));
      CHECK_THAT(finnish, Contains("<time datetime=\"2020-01-01\">1.1.2020</time>"));
      CHECK_THAT(bodyOf(visitor.get("/sv/search?q=kudonta")), Contains("juni 2021"));
      CHECK_THAT(bodyOf(visitor.get("/en/search?q=kudonta")), Contains("June 2021") && Contains("1 January 2020"));
      CHECK_THAT(bodyOf(visitor.get("/api/v1/search?q=opas")), Contains("\"date\":\"2019\""));
      // The free keyword of a Finnish work is no subject for readers of Swedish, its name of the vocabulary is.
      const auto swedish = bodyOf(visitor.get("/sv/search?q=kudonta"));
      CHECK_THAT(swedish, Contains(">sysselsättning<") && !Contains(">työllisyydenhoito<"));
      CHECK_THAT(finnish, Contains(">työllisyydenhoito<") && !Contains(">sysselsättning<"));
    }
  }
}

TEST_CASE("editors are told of a file whose words can not be read; readers get it all the same", "[publications][files]") {
  Archive a(testing::databases().front());
  const auto id = a.publish(publications::example());
  CHECK(a.upload(a.reviewer, a.page(id, "/files/new"), {{"role", "main"}}, "rikki.pdf", pdf()).status == 303);
  while (files::readWaiting(core(a.host())) > 0) {}
  CHECK_THAT(bodyOf(a.reviewer.get(a.page(id, "/files"))), Contains("tekstiä ei saatu"));
  auto visitor = a.site.visitor();
  CHECK_THAT(bodyOf(visitor.get(a.page(id))), !Contains("/thumbnail") && !Contains("tekstiä ei saatu"));
  CHECK(visitor.get(a.page(id, "/files/" + a.parts(id)[0].id.text())).status == 200);
}

TEST_CASE("a document opens in the browser or is downloaded, and nothing in it runs", "[publications][files]") {
  Archive a(testing::databases().front());
  const auto id = a.publish(publications::example());
  CHECK(a.upload(a.reviewer, a.page(id, "/files/new"), {{"role", "main"}}, "opas.pdf", example("Opas")).status == 303);
  const auto file = a.page(id, "/files/" + a.parts(id)[0].id.text());
  auto visitor = a.site.visitor();
  const auto shown = visitor.get(file + "?inline=1"), taken = visitor.get(file);
  CHECK_THAT(std::string(shown.headers.find("Content-Disposition").value()), Contains("inline"));
  CHECK_THAT(std::string(taken.headers.find("Content-Disposition").value()), Contains("attachment"));
  for (const auto& answer : {shown, taken}) {
    CHECK_THAT(std::string(answer.headers.find("Content-Security-Policy").value()), Contains("default-src 'none'"));
    // A second click within half a minute is the browser's own affair, whichever process would have answered.
    CHECK(answer.headers.find("Cache-Control") == "private, max-age=30");
  }
  CHECK(a.reviewer.get(file).headers.find("Cache-Control") == "private, no-cache");
}
