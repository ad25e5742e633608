// Contents are stored once, heal when they are sent again, and are verified and swept.
#include <catch2/catch.hpp>
#include <zip.h>

#include <filesystem>
#include <fstream>

#include "files/content_store.h"
#include "files/contribution.h"
#include "files/digest.h"
#include "files/file_store.h"
#include "files/reading_job.h"
#include "files/receiving.h"
#include "host/core_host.h"
#include "pdf_corpus.h"
#include "toimela/testing.h"

using namespace toimela;
namespace fs = std::filesystem;

namespace {

UploadedFile sent(const std::string& name, const std::string& content) {
  std::string pattern = (fs::temp_directory_path() / "toimela-sent-XXXXXX").string();
  ::close(::mkstemp(pattern.data()));
  std::ofstream(pattern, std::ios::binary) << content;
  return {"file", name, std::make_shared<const SpooledFile>(pattern, content.size())};
}

files::Incoming received(Host& host, const std::string& name, const std::string& content) {
  auto outcome = files::receive(host, sent(name, content), files::worksToKeep());
  REQUIRE(std::holds_alternative<files::Incoming>(outcome));
  return std::get<files::Incoming>(outcome);
}

std::optional<files::Refusal> refusal(Host& host, const std::string& name, const std::string& content) {
  auto outcome = files::receive(host, sent(name, content), files::worksToKeep());
  const auto* refused = std::get_if<files::Refusal>(&outcome);
  return refused ? std::optional(*refused) : std::nullopt;
}

FileId kept(Host& host, const files::Incoming& incoming) {
  return host.writeAs({}, [&](WriteTx& tx) {
    tx.unaudited("a test keeps a file");
    return files::keep(tx, incoming, std::nullopt);
  });
}

fs::path folderOf(Host& host) { return core(host).dataFolder() / "files"; }

int contentsIn(const fs::path& folder) {
  int count = 0;
  if (fs::exists(folder))
    for (const auto& entry : fs::recursive_directory_iterator(folder)) count += entry.is_regular_file();
  return count;
}

void age(const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) fs::last_write_time(entry.path(), fs::file_time_type::clock::now() - std::chrono::hours(25));
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string zipOf(const std::vector<std::pair<std::string, std::string>>& entries, bool isEncrypted = false) {
  std::string pattern = (fs::temp_directory_path() / "toimela-zip-XXXXXX").string();
  ::close(::mkstemp(pattern.data()));
  zip_t* archive = zip_open(pattern.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  for (const auto& [name, content] : entries) {
    const auto index = zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
    if (isEncrypted) zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, "salainen");
  }
  zip_close(archive);
  std::string bytes = read(pattern);
  fs::remove(pattern);
  return bytes;
}

std::string book(const std::string& words) {
  return zipOf({{"mimetype", "application/epub+zip"},
                {"META-INF/container.xml", "<container/>"},
                {"OEBPS/luku1.xhtml", "<html><head><title>t</title></head><body><p>" + words + "</p></body></html>"}});
}

std::string wave() {
  return std::string("RIFF\x2C\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0" "data\x08\0\0\0", 44) +
         std::string(8, '\x80');
}

}  // namespace

TEST_CASE("a digest goes on where it was, also in another process", "[files]") {
  files::RunningDigest whole, first;
  whole.add(std::string(100, 'a'));
  first.add(std::string(77, 'a'));
  auto second = files::RunningDigest::from(first.state());
  REQUIRE(second);
  second->add(std::string(23, 'a'));
  CHECK(second->hex() == whole.hex());
  CHECK(files::RunningDigest().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK_FALSE(files::RunningDigest::from(""));
  CHECK_FALSE(files::RunningDigest::from(std::string(first.state().size(), 'z')));
  CHECK_FALSE(files::RunningDigest::from(std::string(first.state().size(), 'f')));
}

TEST_CASE("what is sent twice is stored once, and stays while one of the two is needed", "[files]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    Host& host = site.host("core");
    const auto first = received(host, "a.txt", "the same words"), second = received(host, "b.txt", "the same words");
    CHECK(first.sha256 == second.sha256);
    CHECK(first.storedName != second.storedName);
    const FileId one = kept(host, first), other = kept(host, second);
    CHECK(contentsIn(folderOf(host)) == 1);
    const auto forget = [&](FileId id) {
      host.writeAs({}, [&](WriteTx& tx) {
        files::remove(tx, id);
        tx.unaudited("a test removes a file");
      });
      age(folderOf(host));
      return files::sweep(core(host));
    };
    CHECK(forget(one) == 0);
    CHECK(read(*files::contentOf(host, other)) == "the same words");
    CHECK(forget(other) == 1);
    CHECK(contentsIn(folderOf(host)) == 0);
    CHECK(host.read([](ReadTx& tx) { return files::verified(tx); }).contents == 0);
  }
}

TEST_CASE("what was sent a moment ago is not swept, whatever lay there before", "[files]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  received(host, "a.txt", "forgotten once");
  age(folderOf(host));
  const auto again = received(host, "a.txt", "forgotten once");
  CHECK(files::sweep(core(host)) == 0);
  const FileId id = kept(host, again);
  CHECK(files::contentOf(host, id));
}

TEST_CASE("a file from before keeps working, and gets the name of its digest", "[files]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    Host& host = site.host("core");
    const auto incoming = received(host, "a.txt", "from before");
    const FileId id = kept(host, incoming);
    const files::FolderStore store(folderOf(host));
    const fs::path old = *store.place(incoming.storedName);
    fs::create_directories(old.parent_path());
    fs::rename(*store.place(incoming.sha256), old);
    CHECK(files::contentOf(host, id) == old.string());
    CHECK(std::get<FileBody>(files::serve(host, id).body).path == old.string());
    CHECK(files::moveOldContents(core(host)) == 1);
    CHECK(files::contentOf(host, id) == store.place(incoming.sha256)->string());
    CHECK_FALSE(fs::exists(old));
    CHECK(files::moveOldContents(core(host)) == 0);
  }
}

TEST_CASE("a content that rots is found, told of, and heals when it is sent again", "[files]") {
  using namespace std::chrono_literals;
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    Host& host = site.host("core");
    const auto verify = [&] { return files::verifyContents(core(host), 1'000'000'000, 10s); };
    const auto monthLater = [&] {
      host.writeAs({}, [](WriteTx& tx) {
        constexpr Sql kAge{"test.content.age", "UPDATE core_content SET verified_at = 0"};
        tx.run(kAge);
        tx.unaudited("time passes");
      });
    };
    const auto incoming = received(host, "a.txt", "sound words");
    const FileId id = kept(host, incoming);
    CHECK(verify() == 0);
    const std::string path = *files::contentOf(host, id);
    std::fstream(path, std::ios::in | std::ios::out | std::ios::binary) << "S";
    CHECK(verify() == 0);  // not due for a month
    monthLater();
    std::stop_source ending;
    ending.request_stop();
    CHECK(files::verifyContents(core(host), 1, 1h, ending.get_token()) == 0);  // is left for the next run, at once
    CHECK(verify() == 1);
    auto damaged = host.read([](ReadTx& tx) { return files::damages(tx); });
    REQUIRE(damaged.size() == 1);
    CHECK(damaged[0].what == "digest");
    CHECK(damaged[0].files == 1);
    received(host, "b.txt", "sound words");
    monthLater();
    CHECK(verify() == 0);
    CHECK(host.read([](ReadTx& tx) { return files::damages(tx); }).empty());
    fs::remove(path);
    monthLater();
    CHECK(verify() == 1);
    CHECK(host.read([](ReadTx& tx) { return files::damages(tx); })[0].what == "missing");
  }
}

TEST_CASE("the words of what is kept are read once for each content, and told of", "[files]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    Host& host = site.host("core");
    const FileId pdf = kept(host, received(host, "a.pdf", testing::soundPdf("Kasikirja")));
    const FileId same = kept(host, received(host, "b.pdf", testing::soundPdf("Kasikirja")));
    const FileId epub = kept(host, received(host, "kirja.epub", book("Työllisyyden &amp; hoito")));
    const FileId text = kept(host, received(host, "c.txt", "Pelkkää\ntekstiä"));
    const FileId sound = kept(host, received(host, "d.wav", wave()));
    const FileId broken = kept(host, received(host, "e.pdf", testing::hostilePdfs().at("no objects at all")));
    const auto textOf = [&](FileId id) { return host.read([&](ReadTx& tx) { return files::textOf(tx, id); }); };
    using State = files::Text::State;
    CHECK(textOf(pdf).state == State::waiting);
    CHECK(textOf(sound).state == State::none);
    CHECK(files::readWaiting(core(host)) == 4);
    CHECK(files::readWaiting(core(host)) == 0);
    CHECK(textOf(pdf).text == "Kasikirja");
    CHECK(textOf(same).text == "Kasikirja");
    CHECK(textOf(epub).text == "t Työllisyyden & hoito");
    CHECK(textOf(text).text == "Pelkkää tekstiä");
    CHECK(textOf(broken).state == State::unreadable);
    CHECK(textOf(broken).text.empty());
    CHECK(host.read([&](ReadTx& tx) { return files::hasThumbnail(tx, pdf); }));
    CHECK_FALSE(host.read([&](ReadTx& tx) { return files::hasThumbnail(tx, broken); }));
    const Response picture = files::thumbnail(host, same);
    CHECK(picture.headers.find("Content-Type") == "image/png");
    CHECK(read(std::get<FileBody>(picture.body).path).starts_with("\x89PNG"));
    age(folderOf(host));
    CHECK(files::sweep(core(host)) == 0);  // the picture is needed, too
    CHECK_THROWS_AS(files::thumbnail(host, text), NotFound);
  }
}

TEST_CASE("sound and books are taken; what is cut off, locked or a bomb is refused with its reason", "[files]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  using files::Refusal;
  CHECK(received(host, "puhe.wav", wave()).type == "audio/wav");
  CHECK(received(host, "kirja.epub", book("x")).type == "application/epub+zip");
  CHECK(received(host, "laulu.mp3", "ID3\x04" + std::string(6, '\0') + "\xFF\xFB\x90\x64" + std::string(413, '\0')).type ==
        "audio/mpeg");
  CHECK(received(host, "luento.flac", "fLaC" + std::string("\0\0\0\x22", 4) + std::string(100, '\0')).type == "audio/flac");
  CHECK(received(host, "luento.ogg", std::string("OggS\0\2", 6) + std::string(20, '\0') + "\1\x1e\1vorbis" +
                                        std::string(60, '\0')).type == "audio/ogg");
  const std::string movie = std::string("\0\0\0\x14" "ftypM4A \0\0\0\0M4A ", 20) + std::string("\0\0\0\x08moov", 8);
  CHECK(received(host, "luento.m4a", movie).type == "audio/mp4");
  CHECK(refusal(host, "luento.m4a", movie.substr(0, 20)) == Refusal::damaged);
  CHECK(refusal(host, "puhe.wav", wave().substr(0, 48)) == Refusal::damaged);
  CHECK(refusal(host, "a.pdf", testing::soundPdf("x").substr(0, 300)) == Refusal::damaged);
  CHECK(refusal(host, "kirja.epub", book("x").substr(0, 200)) == Refusal::damaged);
  CHECK(refusal(host, "kirja.epub", zipOf({{"mimetype", "application/epub+zip"}})) == Refusal::damaged);
  CHECK(refusal(host, "a.docx", zipOf({{"[Content_Types].xml", "x"}}, true)) == Refusal::encrypted);
  CHECK(refusal(host, "a.odt", zipOf({{"mimetype", "application/vnd.oasis.opendocument.text"},
                                      {"content.xml", "x"},
                                      {"META-INF/manifest.xml", "<manifest:encryption-data/>"}})) == Refusal::encrypted);
  CHECK(refusal(host, "a.docx", zipOf({{"[Content_Types].xml", std::string(600'000'000, 'a')}})) == Refusal::bomb);
  std::string large(33, '\0');
  large.replace(0, 24, std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0", 24));
  CHECK(refusal(host, "a.png", large + "IEND") == Refusal::bomb);
  CHECK(refusal(host, "a.png", large) == Refusal::damaged);
  CHECK(files::messageKey(Refusal::encrypted) == "files.refusal.encrypted");
}

TEST_CASE("a PDF under a password is refused, one that only forbids printing is taken", "[files]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  // The standard handler, revision 2 (ISO 32000-1, section 7.6.3): no password fits this /U.
  const std::string locked = testing::soundPdf(
      "x", "", "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard "
      "/V 1 /R 2 /O <" + testing::repeated("ab", 32) + "> /U <" + testing::repeated("cd", 32) + "> /P -4 >>");
  CHECK(refusal(host, "a.pdf", locked) == files::Refusal::encrypted);
  // The word alone locks nothing.
  CHECK_FALSE(refusal(host, "a.pdf", testing::soundPdf("/Encrypt")));
}

TEST_CASE("a file is shown only where its kind is safe for that, and everybody may keep what is public", "[files]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  const auto incoming = received(host, "a.pdf", testing::soundPdf("x"));
  const FileId pdf = kept(host, incoming), text = kept(host, received(host, "a.txt", "words"));
  const Response shown = files::serve(host, pdf, {.isInline = true, .isPublic = true});
  CHECK(shown.headers.find("Content-Disposition") == "inline; filename=\"a.pdf\"");
  CHECK(shown.headers.find("ETag") == "\"" + incoming.sha256 + "\"");
  CHECK(shown.headers.find("Cache-Control") == "public, no-cache");
  CHECK(shown.headers.find("Content-Security-Policy")->starts_with("default-src 'none'"));
  CHECK(files::serve(host, text, {.isInline = true}).headers.find("Content-Disposition")->starts_with("attachment"));
  CHECK(files::serve(host, pdf).headers.find("Cache-Control") == "private, no-cache");
  CHECK(files::serve(host, pdf).headers.find("Last-Modified")->ends_with(" GMT"));
}
