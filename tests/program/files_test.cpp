// Files over HTTP: sent in pieces that break off, served by parts, and nothing half-stored after a
// kill.
#include <catch2/catch.hpp>

#include <random>

#include "demo_site.h"

namespace toimela::program_tests {
namespace {

const std::string kPlugins = std::string(TOIMELA_BUILD_FOLDER) + "/tests/program_plugins";
const std::string kUploads = "/api/v1/archive/uploads";
const std::string kFiles = "/api/v1/archive/files";

/// Bytes of a sound WAV file: a header that says its length, and noise.
std::string sound(std::size_t size) {
  const auto little = [](std::uint32_t value) {
    std::string bytes;
    for (int i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i));
    return bytes;
  };
  std::string wave = "RIFF" + little(static_cast<std::uint32_t>(size - 8)) + "WAVEfmt " + little(16) +
                     std::string("\1\0\1\0", 4) + little(8000) + little(8000) + std::string("\1\0\x08\0", 4) + "data" +
                     little(static_cast<std::uint32_t>(size - 44));
  std::mt19937 random(7);
  while (wave.size() < size) wave += static_cast<char>(random());
  return wave;
}

class Sender {
 public:
  explicit Sender(Browser browser) : browser_(std::move(browser)) { browser_.csrf(); }

  FormFields headers(FormFields more = {}) {
    FormFields fields{{"Origin", browser_.origin()}, {"X-CSRF-Token", browser_.csrf()}, {"Tus-Resumable", "1.0.0"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
  }
  std::string begin(std::size_t length) {
    const Answer answer = browser_.send(
        "POST", kUploads, headers({{"Upload-Length", std::to_string(length)}, {"Upload-Metadata", "filename cHVoZS53YXY="}}), "");
    REQUIRE(answer.status == 201);
    return answer.header("Location");
  }
  FormFields piece(std::size_t offset) {
    return headers({{"Upload-Offset", std::to_string(offset)}, {"Content-Type", "application/offset+octet-stream"}});
  }
  Answer append(const std::string& where, std::size_t offset, const std::string& bytes) {
    return browser_.send("PATCH", where, piece(offset), bytes);
  }
  /// Sends the head and a part of the body, then cuts the connection.
  void breakOff(const std::string& where, std::size_t offset, const std::string& bytes, std::size_t part) {
    const std::string request = browser_.request("PATCH", where, piece(offset), bytes);
    Wire wire(browser_.endpoint());
    REQUIRE(wire.write(std::string_view(request).substr(0, request.size() - bytes.size() + part)));
  }
  std::size_t offset(const std::string& where) {
    const Answer answer = browser_.send("HEAD", where, {{"Tus-Resumable", "1.0.0"}}, "");
    return answer.status == 200 ? std::stoul(answer.header("Upload-Offset")) : 0;
  }
  /// Its id as a kept file.
  Answer keep(const std::string& where) {
    return browser_.post(kFiles, {{"file_upload", where.substr(kUploads.size() + 1)}});
  }
  /// Asks for the same, and is gone before the answer.
  void keepAndLeave(const std::string& where) {
    const FormFields head{{"Origin", browser_.origin()}, {"Content-Type", "application/x-www-form-urlencoded"}};
    const std::string body = formEncoded({{"csrf", browser_.csrf()}, {"file_upload", where.substr(kUploads.size() + 1)}});
    Wire wire(browser_.endpoint());
    REQUIRE(wire.write(browser_.request("POST", kFiles, head, body)));
  }
  Browser& browser() { return browser_; }

 private:
  Browser browser_;
};

int filesBelow(const fs::path& folder) {
  int count = 0;
  std::error_code none;
  for (const auto& entry : fs::recursive_directory_iterator(folder, none)) count += entry.is_regular_file();
  return count;
}

}  // namespace

TEST_CASE("an upload goes on after the connection was cut, and parts of the file are served byte by byte") {
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    Server server(site.settings({{"plugins", kPlugins}}));
    Backstage backstage(site);
    Sender sender(backstage.signedIn(server, site.account("national_admin")));
    const std::string content = sound(3'000'000);
    const std::string where = sender.begin(content.size());
    sender.breakOff(where, 0, content, 1'000'000);
    REQUIRE(eventually([&] { return sender.offset(where) > 0; }));
    std::size_t offset = sender.offset(where);
    CHECK(offset <= 1'000'000);
    CHECK(sender.append(where, 0, content).status == 409);
    CHECK(sender.append(where, offset, content.substr(offset, 500'000)).status == 204);
    offset += 500'000;
    const Answer last = sender.append(where, offset, content.substr(offset));
    CHECK(last.status == 204);
    CHECK(last.header("Upload-Offset") == std::to_string(content.size()));
    const Answer kept = sender.keep(where);
    REQUIRE(kept.status == 201);
    const std::string file = kFiles + "/" + kept.body;

    Browser reader(server);
    const Answer whole = reader.get(file);
    CHECK(whole.status == 200);
    CHECK(whole.body == content);
    CHECK(whole.header("X-Content-Type-Options") == "nosniff");
    CHECK(whole.header("Accept-Ranges") == "bytes");
    CHECK(whole.header("Content-Disposition") == "attachment; filename=\"puhe.wav\"");
    const std::string etag = whole.header("ETag");
    const std::size_t size = content.size();
    const std::vector<std::pair<std::size_t, std::size_t>> parts{
        {0, 0}, {0, 99}, {65'535, 65'536}, {1'000'000, 2'999'999}, {size - 1, size - 1}};
    for (const auto& [first, end] : parts) {
      const Answer part =
          reader.get(file, {{{"Range", "bytes=" + std::to_string(first) + "-" + std::to_string(end)}}});
      CHECK(part.status == 206);
      CHECK(part.body == content.substr(first, end - first + 1));
      CHECK(part.header("Content-Range") ==
            "bytes " + std::to_string(first) + "-" + std::to_string(end) + "/" + std::to_string(size));
    }
    CHECK(reader.get(file, {{{"Range", "bytes=-5"}}}).body == content.substr(size - 5));
    CHECK(reader.get(file, {{{"Range", "bytes=" + std::to_string(size) + "-"}}}).status == 416);
    CHECK(reader.get(file, {{{"Range", "bytes=0-1"}, {"If-Range", "\"other\""}}}).body.size() == size);
    const Answer known = reader.get(file, {{{"If-None-Match", etag}}});
    CHECK(known.status == 304);
    CHECK(known.body.empty());
    const Answer head = reader.send("HEAD", file, {}, "");
    CHECK(head.status == 200);
    CHECK(head.header("Content-Length") == std::to_string(size));
    CHECK(head.header("ETag") == etag);
    const Answer shown = reader.get(file + "?inline=1");
    CHECK(shown.header("Content-Disposition").starts_with("inline"));
    CHECK(shown.header("Content-Type") == "audio/wav");
  }
}

TEST_CASE("a stranger begins no upload and fills no disk with the address of one") {
  const DemoSite site = demoSite();
  Server server(site.settings({{"plugins", kPlugins}}));
  Backstage backstage(site);
  Browser stranger(server);
  CHECK(stranger.send("POST", kUploads, {{"Tus-Resumable", "1.0.0"}, {"Upload-Length", "5"}}, "").status == 401);
  Sender member(backstage.signedIn(server, backstage.person("jasen")));
  CHECK(member.browser().send("POST", kUploads, member.headers({{"Upload-Length", "5"}}), "").status == 403);
  Sender sender(backstage.signedIn(server, site.account("national_admin")));
  const std::string where = sender.begin(1'000'000);
  // A cookie and an address that look right, but were not made here: refused before the body is read.
  Browser pretender(server);
  pretender.setCookie("toimela", "made-up");
  const FormFields head{{"Content-Type", "application/offset+octet-stream"}, {"Upload-Offset", "0"}};
  CHECK(pretender.send("PATCH", kUploads + "/" + std::string(54, 'a'), head, std::string(200'000, 'x')).status == 413);
  // With a true address it is read, and then refused.
  CHECK(pretender.send("PATCH", where, head, std::string(200'000, 'x')).status == 401);
  // Without the form's token nothing is appended, whoever asks.
  CHECK(sender.browser().send("PATCH", where, head, "x").status == 403);
  CHECK(sender.offset(where) == 0);
}

TEST_CASE("after a kill in the middle of uploads there is no file without a record and no record without its file") {
  // Each upload has three pieces. A process dies while a piece comes in, or while a file is kept.
  struct Death {
    int wholePieces;
    bool isWhileKeeping;
  };
  for (const DemoSite& site : demoSites()) {
    INFO(site.kind());
    const fs::path folder = site.folder() / "files";
    std::vector<std::string> kept;
    const std::string content = sound(2'000'000);
    constexpr std::size_t kPiece = 700'000;
    for (const Death death : {Death{0, false}, Death{2, false}, Death{3, true}, Death{4, false}, Death{6, true}}) {
      Server server(site.settings({{"plugins", kPlugins}}));
      Backstage backstage(site);
      Sender sender(backstage.signedIn(server, site.account("national_admin")));
      int pieces = 0;
      for (bool isAlive = true; isAlive;) {
        std::string other = content;
        other[100] = static_cast<char>(death.wholePieces);
        other[101] = static_cast<char>(pieces);
        const std::string where = sender.begin(other.size());
        for (std::size_t at = 0; at < other.size() && isAlive; at += kPiece) {
          if (pieces == death.wholePieces) {
            sender.breakOff(where, at, other.substr(at, kPiece), kPiece / 2);
            isAlive = false;
          } else {
            REQUIRE(sender.append(where, at, other.substr(at, kPiece)).status == 204);
            ++pieces;
          }
        }
        if (!isAlive) break;
        if (death.isWhileKeeping && pieces == death.wholePieces) {
          sender.keepAndLeave(where);
          isAlive = false;
        } else {
          const Answer answer = sender.keep(where);
          REQUIRE(answer.status == 201);
          kept.push_back(answer.body);
        }
      }
      server.send(SIGKILL);
      server.wait();
    }
    Backstage backstage(site);
    for (const std::string& digest : backstage.texts("SELECT sha256 FROM core_file WHERE name = 'puhe.wav'"))
      CHECK(fs::file_size(folder / digest.substr(0, 2) / digest) == content.size());
    CHECK(backstage.number("SELECT CAST(COUNT(*) AS BIGINT) FROM core_file WHERE name = 'puhe.wav'") >=
          static_cast<std::int64_t>(kept.size()));
    // A day later all that belongs to nothing goes.
    backstage.run("UPDATE core_upload SET expires_at = 1");
    backstage.run("UPDATE core_job SET leased_until = 0");  // of processes that died while they ran it
    for (const char* part : {"files", "uploads"})
      for (const auto& entry : fs::recursive_directory_iterator(site.folder() / part))
        if (entry.is_regular_file()) fs::last_write_time(entry.path(), fs::file_time_type::clock::now() - 25h);
    CHECK(runToEnd({"jobs", "run", "core.files"}, site.settings({{"plugins", kPlugins}})).code == 0);
    std::set<std::string> named;
    for (const std::string& digest : backstage.texts(
             "SELECT sha256 FROM core_file UNION SELECT thumbnail FROM core_content WHERE thumbnail IS NOT NULL"))
      named.insert(digest);
    CHECK(filesBelow(folder) == static_cast<int>(named.size()));
    CHECK(filesBelow(site.folder() / "uploads") == 0);
  }
}

}  // namespace toimela::program_tests
