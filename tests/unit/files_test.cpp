#include <catch2/catch.hpp>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "files/content_store.h"
#include "files/contribution.h"
#include "files/file_store.h"
#include "files/kinds.h"
#include "files/names.h"
#include "scratch_folder.h"
#include "toimela/files.h"
#include "toimela/testing.h"

using namespace toimela;
namespace fs = std::filesystem;

namespace {

const std::string kPng(
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9c"
    "c\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xae" "B`\x82", 70);
const std::string kPdf = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";

using Entries = std::vector<std::pair<std::string, std::string>>;

std::string zipOf(const Entries& entries) {
  std::string pattern = (fs::temp_directory_path() / "toimela-zip-XXXXXX").string();
  ::close(::mkstemp(pattern.data()));
  zip_t* archive = zip_open(pattern.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  for (const auto& [name, content] : entries)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
  zip_close(archive);
  std::ifstream in(pattern, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  fs::remove(pattern);
  return bytes;
}

Entries wordEntries(const std::string& flavour = "officedocument.wordprocessingml.document") {
  return {{"[Content_Types].xml", "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-" +
                                      flavour + ".main+xml\"/></Types>"},
          {"word/document.xml", "<w:document/>"}};
}

std::string openDocument(const std::string& type) {
  return zipOf({{"mimetype", type}, {"content.xml", "<office:document-content/>"}});
}

/// A file on disk as the dispatcher hands it over.
UploadedFile sent(const std::string& name, const std::string& content) {
  std::string pattern = (fs::temp_directory_path() / "toimela-sent-XXXXXX").string();
  ::close(::mkstemp(pattern.data()));
  std::ofstream(pattern, std::ios::binary) << content;
  return {"file", name, std::make_shared<const SpooledFile>(pattern, content.size())};
}

std::string kind(const std::string& content, std::string_view ending = "") {
  const auto file = sent("x", content);
  return files::kindOf(file.content->path(), ending);
}

files::Incoming received(Host& host, const std::string& name, const std::string& content) {
  auto outcome = files::receive(host, sent(name, content), files::documentsAndPictures());
  REQUIRE(std::holds_alternative<files::Incoming>(outcome));
  return std::get<files::Incoming>(outcome);
}

std::optional<files::Refusal> refusal(Host& host, const std::string& name, const std::string& content,
                                      const files::Rules& rules = files::documentsAndPictures()) {
  auto outcome = files::receive(host, sent(name, content), rules);
  return std::holds_alternative<files::Refusal>(outcome) ? std::optional(std::get<files::Refusal>(outcome)) : std::nullopt;
}

int contentsIn(const fs::path& folder) {
  int count = 0;
  if (!fs::exists(folder)) return 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) count += entry.is_regular_file();
  return count;
}

FileId kept(Host& host, const files::Incoming& incoming, std::optional<PersonId> owner = {}) {
  return host.writeAs(owner, [&](WriteTx& tx) {
    tx.unaudited("a test keeps a file");
    return files::keep(tx, incoming, owner);
  });
}

void age(const fs::path& folder, std::chrono::hours hours) {
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) fs::last_write_time(entry.path(), fs::file_time_type::clock::now() - hours);
}

}  // namespace

TEST_CASE("a file keeps its name, but no name leads anywhere or reads backwards", "[files]") {
  using files::cleanName;
  CHECK(cleanName("Pöytäkirja 3.docx") == "Pöytäkirja 3.docx");
  CHECK(cleanName("../../etc/passwd") == "passwd");
  CHECK(cleanName("C:\\Users\\Maija\\kuva.png") == "kuva.png");
  CHECK(cleanName("..") == "file");
  CHECK(cleanName("...hidden. ") == "hidden");
  CHECK(cleanName("") == "file");
  CHECK(cleanName("a\r\nSet-Cookie: b=c.pdf") == "aSet-Cookie: b=c.pdf");
  CHECK(cleanName(std::string("a\0b.pdf", 7)) == "ab.pdf");
  CHECK(cleanName("photo\xE2\x80\xAEgnp.exe") == "photognp.exe");
  CHECK(cleanName("a\xCC\x88iti.txt") == "äiti.txt");
  CHECK(cleanName("bad\xFF\xFE.txt") == "bad.txt");
  CHECK(cleanName("\xE2\x80\x8B.\xE2\x80\xA8") == "file");
}

TEST_CASE("a name that is too long is cut between letters and keeps its ending", "[files]") {
  std::string longName;
  for (int i = 0; i < 200; ++i) longName += "ä";
  const std::string name = files::cleanName(longName + ".docx");
  CHECK(name.size() <= 150);
  CHECK(name.ends_with("ä.docx"));
  CHECK(files::endingOf("A.PDF") == "pdf");
  CHECK(files::endingOf(".htaccess").empty());
  CHECK(files::endingOf("no dot").empty());
  CHECK(files::endingOf("v1.this is no ending").empty());
  CHECK(files::withEnding("kuva.png", "jpg") == "kuva.jpg");
  CHECK(files::withEnding("kuva", "jpg") == "kuva.jpg");
}

TEST_CASE("the kind of a file is what its content says", "[files]") {
  CHECK(kind(kPng) == "image/png");
  CHECK(kind(kPdf) == "application/pdf");
  CHECK(kind("Kokous on tiistaina.\n") == "text/plain");
  CHECK(kind("nimi;kunta\nSilta ry;Tampere\n", "csv") == "text/csv");
  CHECK(kind("Pidet\xE4\xE4n Jyv\xE4skyl\xE4ss\xE4\n") == "text/plain");
  CHECK(kind(zipOf(wordEntries())) == "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  CHECK(kind(openDocument("application/vnd.oasis.opendocument.text")) == "application/vnd.oasis.opendocument.text");
}

TEST_CASE("what runs, hides macros or is two things at once has no kind", "[files]") {
  const std::string unknown = "application/octet-stream";
  CHECK(kind("<svg xmlns=\"http://www.w3.org/2000/svg\"/>") == "image/svg+xml");  // which nobody accepts
  CHECK(kind("<!DOCTYPE html><html></html>") == unknown);
  CHECK(kind("  \n<HTML><body>") == unknown);
  CHECK(kind("Hei\n<script>alert(1)</script>") == unknown);
  CHECK(kind("#!/bin/sh\nrm -r x\n") == unknown);
  CHECK(kind("{\\rtf1 hei}") == unknown);
  CHECK(kind(std::string("text with\0a NUL", 15)) == unknown);
  CHECK(kind("MZ\x90") == unknown);

  Entries withMacros = wordEntries();
  withMacros.push_back({"word/vbaProject.bin", "\xd0\xcf"});
  CHECK(kind(zipOf(withMacros)) == unknown);
  CHECK(kind(zipOf(wordEntries("ms-word.document.macroEnabled"))) == unknown);
  Entries withActiveX = wordEntries();
  withActiveX.push_back({"word/activeX/activeX1.bin", "x"});
  CHECK(kind(zipOf(withActiveX)) == unknown);
  Entries twoDocuments = wordEntries();
  twoDocuments[0].second += "spreadsheetml.sheet.main+xml";
  twoDocuments.push_back({"xl/workbook.xml", "<workbook/>"});
  CHECK(kind(zipOf(twoDocuments)) == unknown);
  CHECK(kind(zipOf({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", ""}, {"Basic/Standard/M.xml", ""}})) == unknown);
  CHECK(kind(zipOf({{"mimetype", "text/html"}, {"content.xml", ""}})) == unknown);
  CHECK(kind(zipOf({{"a.exe", "MZ"}})) == "application/zip");
  CHECK(kind(zipOf({{"[Content_Types].xml", "<Types/>"}})) == unknown);

  CHECK(kind(kPng + zipOf({{"a.class", "x"}})) == unknown);
  CHECK(kind(kPdf + zipOf({{"a.class", "x"}})) == unknown);
  CHECK(kind("PK\x03\x04 but then nothing") == unknown);
}

TEST_CASE("a document that would unpack to more than is sane has no kind", "[files]") {
  Entries bomb = wordEntries();
  bomb.push_back({"word/media/a.bin", std::string(600 * 1024 * 1024, 'a')});
  CHECK(kind(zipOf(bomb)) == "application/octet-stream");
}

TEST_CASE("a document is received, kept and served as a download", "[files]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    Host& host = site.host("core");
    const auto owner = site.person("Maija", "Meikäläinen");
    const auto incoming = received(host, "../Kokous \"1\".pdf", kPdf);
    CHECK(incoming.name == "Kokous \"1\".pdf");
    CHECK(incoming.type == "application/pdf");
    CHECK(incoming.size == kPdf.size());
    CHECK(incoming.sha256.size() == 64);
    CHECK(files::receivedPath(host, incoming.storedName).has_value());

    const FileId id = kept(host, incoming, owner);
    const auto found = host.read([&](ReadTx& tx) { return files::find(tx, id); });
    REQUIRE(found);
    CHECK(found->name == incoming.name);
    CHECK(found->size == kPdf.size());

    const Response response = files::serve(host, id);
    CHECK(response.headers.find("Content-Type") == "application/pdf");
    CHECK(response.headers.find("Content-Disposition") ==
          "attachment; filename=\"Kokous _1_.pdf\"; filename*=UTF-8''Kokous%20%221%22.pdf");
    CHECK(response.headers.find("Content-Security-Policy")->find("sandbox") != std::string_view::npos);
    const auto& body = std::get<FileBody>(response.body);
    std::ifstream in(body.path, std::ios::binary);
    CHECK(std::string{std::istreambuf_iterator<char>(in), {}} == kPdf);
    CHECK((fs::status(body.path).permissions() & fs::perms::all) == (fs::perms::owner_read | fs::perms::owner_write));
  }
}

TEST_CASE("a name says what the content is, or the file stays outside", "[files]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  CHECK(received(host, "kuva.jpg", kPng).name == "kuva.png");
  CHECK(received(host, "muistio", "Hei\n").name == "muistio.txt");
  CHECK(received(host, "muistio.md", "# Hei\n").name == "muistio.md");
  CHECK(refusal(host, "kuva.exe", kPng) == files::Refusal::forbiddenKind);
  CHECK(refusal(host, "sivu.html", "Hei vaan\n") == files::Refusal::forbiddenKind);
  CHECK(refusal(host, "ohjelma.pdf", "MZ\x90\x01") == files::Refusal::forbiddenKind);
  CHECK(refusal(host, "kirje.docm", zipOf(wordEntries())) == files::Refusal::forbiddenKind);
  CHECK(refusal(host, "paketti.zip", zipOf({{"a.txt", "a"}})) == files::Refusal::forbiddenKind);
  CHECK(refusal(host, "tyhja.pdf", "") == files::Refusal::empty);
  CHECK(refusal(host, "iso.txt", std::string(2'000, 'a'), {.mostBytes = 1'999, .types = {"text/plain"}}) ==
        files::Refusal::tooLarge);
  CHECK(refusal(host, "kuva.png", kPng, {.types = {"text/csv"}}) == files::Refusal::forbiddenKind);
}

TEST_CASE("nothing is stored of a file that is refused", "[files]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  CHECK(refusal(host, "a.html", "<html>") == files::Refusal::forbiddenKind);
  CHECK(contentsIn(core(host).dataFolder() / "files") == 0);
}

TEST_CASE("a stored name can not lead out of the store", "[files]") {
  const files::FolderStore store("/data/files");
  CHECK_FALSE(store.place("../../../../../../../etc/passwd0"));
  CHECK_FALSE(store.place("ABCDEF0123456789abcdef0123456789"));
  CHECK_FALSE(store.place(""));
  CHECK(store.place("abcdef0123456789abcdef0123456789") == "/data/files/ab/abcdef0123456789abcdef0123456789");
}

TEST_CASE("the sweep takes what nobody kept or what was removed, and only when it is old", "[files]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    Host& host = site.host("core");
    const fs::path folder = core(host).dataFolder() / "files";
    const FileId stays = kept(host, received(host, "a.txt", "stays"));
    const FileId goes = kept(host, received(host, "b.txt", "goes"));
    const auto dropped = received(host, "c.txt", "never kept");
    host.writeAs({}, [&](WriteTx& tx) {
      files::remove(tx, goes);
      tx.unaudited("a test removes a file");
    });
    CHECK(files::sweep(core(host)) == 0);
    CHECK(contentsIn(folder) == 3);
    age(folder, std::chrono::hours(25));
    age(core(host).dataFolder() / "uploads", std::chrono::hours(25));
    CHECK_FALSE(files::receivedPath(host, dropped.storedName));
    CHECK(files::sweep(core(host)) == 2);
    CHECK(files::contentOf(host, stays).has_value());
    CHECK_FALSE(files::contentOf(host, goes));
    CHECK_THROWS_AS(files::serve(host, goes), NotFound);
  }
}

TEST_CASE("a content that is gone or cut is an error of ours, never half a file", "[files]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  const FileId id = kept(host, received(host, "a.txt", "some words"));
  fs::resize_file(*files::contentOf(host, id), 3);
  CHECK_THROWS_WITH(files::serve(host, id), Catch::Contains("not in the store"));
}

TEST_CASE("the one who sent a file takes it out, and leaves neither name nor file name when erased", "[files]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    Host& host = site.host("core");
    const auto person = site.person("Maija", "Meikäläinen");
    const FileId id = kept(host, received(host, "Maija Meikäläinen CV.pdf", kPdf), person);
    const PersonalData* data = nullptr;
    for (const auto& part : core(host).contributions().personalData)
      if (part.what.section == "files") data = &part.what;
    REQUIRE(data);
    const auto document = nlohmann::json::parse(host.read([&](ReadTx& tx) { return data->exporter(tx, person); }));
    CHECK(document["files"][0]["name"] == "Maija Meikäläinen CV.pdf");
    CHECK(host.read([&](ReadTx& tx) { return data->files(tx, person); }) == std::vector{id});
    host.writeAs({}, [&](WriteTx& tx) {
      data->eraser(tx, person);
      tx.unaudited("a test erases");
    });
    CHECK(host.read([&](ReadTx& tx) { return files::filesOf(tx, person); }).empty());
    CHECK(host.read([&](ReadTx& tx) { return files::find(tx, id); })->name == "file-" + id.text() + ".pdf");
  }
}
