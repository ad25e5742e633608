// ZIP files that a plugin takes apart: what comes out of them, and what is refused.
#include <catch2/catch.hpp>
#include <sys/stat.h>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "toimela/zip_files.h"

using namespace toimela;
namespace fs = std::filesystem;
using Kind = files::ZipProblem::Kind;

namespace {

struct InZip {
  std::string name, content;
  bool isLink = false;
};

class ZipFile {
 public:
  explicit ZipFile(const std::vector<InZip>& entries, const char* password = nullptr) {
    path_ = (fs::temp_directory_path() / "toimela-zip-XXXXXX").string();
    ::close(::mkstemp(path_.data()));
    zip_t* archive = zip_open(path_.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const InZip& entry : entries) {
      if (entry.name.ends_with('/')) {
        zip_dir_add(archive, entry.name.c_str(), ZIP_FL_ENC_UTF_8);
        continue;
      }
      const auto added = zip_file_add(archive, entry.name.c_str(),
                                      zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0),
                                      ZIP_FL_ENC_UTF_8);
      const auto index = static_cast<zip_uint64_t>(added);
      if (entry.isLink) zip_file_set_external_attributes(archive, index, 0, ZIP_OPSYS_UNIX, (S_IFLNK | 0777u) << 16);
      if (password) zip_file_set_encryption(archive, index, ZIP_EM_AES_256, password);
    }
    REQUIRE(zip_close(archive) == 0);
  }
  explicit ZipFile(const std::string& bytes) {
    path_ = (fs::temp_directory_path() / "toimela-zip-XXXXXX").string();
    ::close(::mkstemp(path_.data()));
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~ZipFile() { fs::remove(path_); }
  ZipFile(const ZipFile&) = delete;
  ZipFile& operator=(const ZipFile&) = delete;

  const std::string& path() const { return path_; }
  std::string bytes() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::string path_;
};

struct Read {
  std::map<std::string, std::string> files;
  std::optional<files::ZipProblem> problem;
};
Read read(const ZipFile& file, files::ZipLimits limits = {.entries = 10, .bytes = 1000}, std::size_t most = 1000) {
  Read found;
  found.problem = files::readZip(file.path(), limits, [&](const std::string& name) -> files::ZipTaker {
    if (name.ends_with(".txt")) return nullptr;
    return [&content = found.files[name], most](std::string_view piece) {
      content += piece;
      return content.size() <= most;
    };
  });
  return found;
}

std::optional<Kind> kindOf(const Read& read) {
  return read.problem ? std::optional(read.problem->kind) : std::nullopt;
}

}  // namespace

TEST_CASE("the files of a ZIP come out whole, without what was not asked for", "[files][zip]") {
  const auto found = read(ZipFile({{"kansio/", ""}, {"kansio/ä.json", "yksi"}, {"b.png", std::string(900, 'x')}, {"lue.txt", "ei"},
                                   {"__MACOSX/", ""}, {"__MACOSX/b.png", "ei"}, {"kansio/.DS_Store", "ei"}, {".DS_Store", "ei"},
                                   {"tyhjä.json", ""}}));
  CHECK_FALSE(found.problem);
  CHECK(found.files == std::map<std::string, std::string>{
                           {"kansio/ä.json", "yksi"}, {"b.png", std::string(900, 'x')}, {"tyhjä.json", ""}});
}

TEST_CASE("names that lead out of a ZIP, links and doubles are refused", "[files][zip]") {
  for (const char* name : {"../a.json", "a/../b.json", "/a.json", "a//b.json", "./a.json", "a\\b.json", "C:a.json", "a\nb.json", ".."}) {
    CAPTURE(name);
    const auto found = read(ZipFile({InZip{name, "x"}}));
    CHECK(kindOf(found) == Kind::badPlace);
    CHECK(found.files.empty());
  }
  CHECK(kindOf(read(ZipFile({InZip{std::string(401, 'a'), "x"}}))) == Kind::badPlace);
  CHECK(kindOf(read(ZipFile({InZip{"a.json", "/etc/passwd", true}}))) == Kind::badPlace);
  // No library writes one name twice.
  std::string twice = ZipFile({{"aaaa.json", "1"}, {"aaab.json", "2"}}).bytes();
  for (std::size_t at; (at = twice.find("aaab.json")) != std::string::npos;) twice.replace(at, 4, "aaaa");
  const auto found = read(ZipFile(twice));
  CHECK(kindOf(found) == Kind::badPlace);
  CHECK(found.problem->file == "aaaa.json");
  // Nor can a file be the folder of another.
  const auto folder = read(ZipFile({{"a.json", "1"}, {"a.json/alla/b.json", "2"}}));
  CHECK(kindOf(folder) == Kind::badPlace);
  CHECK(folder.files.empty());
}

TEST_CASE("an opened ZIP gives one file at a time, in any order and again, and each by itself", "[files][zip]") {
  const ZipFile file({{"a.json", "yksi"}, {"kansio/", ""}, {"kansio/b.png", std::string(70'000, 'x')}, {".DS_Store", "ei"}});
  auto opened = files::ZipReader::open(file.path(), 4);
  const auto reader = std::get<files::ZipReader>(std::move(opened));
  REQUIRE(reader.files().size() == 2);
  const auto& first = reader.files()[0];
  const auto& second = reader.files()[1];
  CHECK(first.name == "a.json");
  CHECK(first.size == 4);
  CHECK(second.name == "kansio/b.png");
  CHECK(second.size == 70'000);
  const auto content = [&](const files::ZipReader::File& entry) {
    std::string all;
    CHECK_FALSE(reader.read(entry, [&](std::string_view piece) {
      all += piece;
      return true;
    }));
    return all;
  };
  CHECK(content(second) == std::string(70'000, 'x'));
  CHECK(content(first) == "yksi");
  CHECK(content(first) == "yksi");
  CHECK(reader.read(second, [](std::string_view) { return false; }).value().kind == Kind::tooLarge);
  CHECK(std::get<files::ZipProblem>(files::ZipReader::open(file.path(), 3)).kind == Kind::tooLarge);
}

TEST_CASE("a file in a ZIP never gives more than the directory says, and none that is locked", "[files][zip]") {
  std::string lying = ZipFile({InZip{"a.json", std::string(100'000, 'x')}}).bytes();
  const auto directory = lying.rfind("PK\x01\x02");
  REQUIRE(directory != std::string::npos);
  for (const std::size_t byte : {24u, 25u, 26u, 27u}) lying[directory + byte] = byte == 24 ? 10 : 0;
  const ZipFile file(lying);
  std::size_t given = 0;
  const auto opened = files::ZipReader::open(file.path(), 1);
  const auto& reader = std::get<files::ZipReader>(opened);
  CHECK(reader.files().at(0).size == 10);
  const auto problem = reader.read(reader.files()[0], [&](std::string_view piece) {
    given += piece.size();
    return true;
  });
  CHECK(problem.value().kind == Kind::damaged);
  CHECK(given <= 10);

  const ZipFile locked({InZip{"a.json", "x"}}, "salainen");
  const auto closed = files::ZipReader::open(locked.path(), 1);
  const auto& entries = std::get<files::ZipReader>(closed).files();
  CHECK(entries.at(0).isEncrypted);
  CHECK(std::get<files::ZipReader>(closed).read(entries[0], [](std::string_view) { return true; }).value().kind == Kind::encrypted);
}

TEST_CASE("what unpacks to more than may be is refused, whatever it says of itself", "[files][zip]") {
  const ZipFile bomb({InZip{"a.json", std::string(5'000'000, '\0')}});
  CHECK(fs::file_size(bomb.path()) < 100'000);
  CHECK(kindOf(read(bomb)) == Kind::tooLarge);
  CHECK(read(bomb).problem->file.empty());
  const auto one = read(bomb, {.entries = 10, .bytes = 10'000'000});
  CHECK(kindOf(one) == Kind::tooLarge);
  CHECK(one.problem->file == "a.json");
  CHECK_FALSE(read(bomb, {.entries = 1, .bytes = 5'000'000}, 5'000'000).problem);
  CHECK(kindOf(read(ZipFile({{"a", "1"}, {"b", "2"}}), {.entries = 1, .bytes = 10})) == Kind::tooLarge);
}

TEST_CASE("what is no ZIP, is cut off or needs a password is refused", "[files][zip]") {
  CHECK(kindOf(read(ZipFile(std::string("not a ZIP")))) == Kind::damaged);
  const std::string whole = ZipFile({{"a.json", std::string(500, 'a')}, {"b.json", "b"}}).bytes();
  CHECK(kindOf(read(ZipFile(whole.substr(0, whole.size() / 2)))) == Kind::damaged);
  CHECK(kindOf(read(ZipFile({InZip{"a.json", "x"}}, "salainen"))) == Kind::encrypted);
  CHECK_FALSE(read(ZipFile({InZip{"a.txt", "x"}}, "salainen")).problem);
  CHECK_THROWS_AS(files::readZip(ZipFile({InZip{"a", "x"}}).path(), {.entries = 10, .bytes = 10},
                                 [](const std::string&) -> files::ZipTaker { throw std::runtime_error("no room"); }),
                  std::runtime_error);
}
