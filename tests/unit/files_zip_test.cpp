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
                                   {"__MACOSX/b.png", "ei"}, {"kansio/.DS_Store", "ei"}, {"tyhjä.json", ""}}));
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
