#include "handlers/packed.h"

#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <set>
#include <stdexcept>

namespace toimela::publications::handlers {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostUnpacked = 512ULL * 1024 * 1024;
constexpr zip_int64_t kMostEntries = 10'000;
constexpr std::size_t kLongestName = 400, kPiece = 64 * 1024;

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;
using Entry = std::unique_ptr<zip_file_t, decltype(&zip_fclose)>;

Archive openArchive(const std::string& path) { return {zip_open(path.c_str(), ZIP_RDONLY, nullptr), &zip_discard}; }

/// Names in a ZIP file are paths with '/'; nothing else is one here.
bool leadsInside(std::string_view name) {
  if (name.empty() || name.size() > kLongestName || name.find_first_of("\\:") != name.npos) return false;
  if (std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; })) return false;
  for (std::string_view rest = name;;) {
    const auto slash = rest.find('/');
    const auto part = rest.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (slash == rest.npos) return true;
    rest.remove_prefix(slash + 1);
  }
}

/// Of the permissions that Unix programs store with an entry: neither file nor folder.
bool isSpecial(zip_t* archive, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0 || system != ZIP_OPSYS_UNIX) return false;
  const auto kind = (attributes >> 16) & S_IFMT;
  return kind != 0 && kind != S_IFREG && kind != S_IFDIR;
}

/// What macOS adds for itself.
bool isAddition(std::string_view name) { return name.starts_with("__MACOSX/") || name.ends_with("/.DS_Store"); }

bool isTable(const fs::path& path) { return path.filename() == "publications.csv" || path.filename() == "publications.xlsx"; }

class Unpacking {
 public:
  explicit Unpacking(const fs::path& folder) : folder_(folder) {}

  std::optional<ZipTrouble> run(zip_t* archive) {
    const auto count = zip_get_num_entries(archive, 0);
    if (count <= 0) return ZipTrouble::damaged;
    if (count > kMostEntries) return ZipTrouble::tooLarge;
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index)
      if (const auto trouble = take(archive, index)) return trouble;
    return std::nullopt;
  }

 private:
  std::optional<ZipTrouble> take(zip_t* archive, zip_uint64_t index) {
    zip_stat_t about{};
    if (zip_stat_index(archive, index, 0, &about) != 0 || !(about.valid & ZIP_STAT_NAME)) return ZipTrouble::damaged;
    std::string name = about.name;
    const bool isFolder = name.ends_with('/');
    if (isFolder) name.pop_back();
    if (!leadsInside(name) || isSpecial(archive, index)) return ZipTrouble::badPlace;
    if (isFolder || isAddition(name)) return std::nullopt;
    if (!taken_.insert(name).second) return ZipTrouble::badPlace;
    const Entry in(zip_fopen_index(archive, index, 0), &zip_fclose);
    if (!in) return ZipTrouble::damaged;
    return write(in.get(), folder_ / name);
  }

  std::optional<ZipTrouble> write(zip_file_t* in, const fs::path& path) {
    std::error_code failed;
    fs::create_directories(path.parent_path(), failed);
    // A folder where a file of that name lies already, or the other way round.
    if (failed || fs::exists(path)) return ZipTrouble::badPlace;
    std::ofstream out(path, std::ios::binary);
    std::array<char, kPiece> piece;
    for (zip_int64_t got; (got = zip_fread(in, piece.data(), piece.size())) != 0;) {
      if (got < 0) return ZipTrouble::damaged;
      written_ += static_cast<std::uint64_t>(got);
      if (written_ > kMostUnpacked) return ZipTrouble::tooLarge;
      out.write(piece.data(), got);
    }
    if (!out.flush()) throw std::runtime_error("no room to unpack a ZIP file");
    return std::nullopt;
  }

  fs::path folder_;
  std::set<std::string> taken_;
  std::uint64_t written_ = 0;
};

/// The folder of the table that lies highest: people pack a folder as well as what is in it.
std::optional<fs::path> rootIn(const fs::path& folder) {
  std::optional<fs::path> best;
  const auto depth = [](const fs::path& path) { return std::distance(path.begin(), path.end()); };
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (isTable(entry.path()) && (!best || depth(entry.path()) < depth(*best / "x"))) best = entry.path().parent_path();
  return best;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "toimela-import-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder can be made");
  path_ = pattern;
}
TemporaryFolder::~TemporaryFolder() {
  std::error_code none;
  fs::remove_all(path_, none);
}

std::string_view messageKey(ZipTrouble trouble) {
  switch (trouble) {
    case ZipTrouble::damaged: return "publications.import.zip_damaged";
    case ZipTrouble::tooLarge: return "publications.import.zip_large";
    case ZipTrouble::badPlace: return "publications.import.zip_place";
    case ZipTrouble::noTable: return "publications.import.zip_table";
  }
  return "publications.import.zip_damaged";
}

std::variant<Unpacked, ZipTrouble> unpack(const std::string& zip) {
  const Archive archive = openArchive(zip);
  if (!archive) return ZipTrouble::damaged;
  auto folder = std::make_shared<TemporaryFolder>();
  if (const auto trouble = Unpacking(folder->path()).run(archive.get())) return *trouble;
  auto root = rootIn(folder->path());
  if (!root) return ZipTrouble::noTable;
  return Unpacked{std::move(folder), std::move(*root)};
}

bool isPackedFolder(const std::string& file) {
  const Archive archive = openArchive(file);
  return archive && zip_name_locate(archive.get(), "[Content_Types].xml", 0) < 0;
}

std::shared_ptr<const SpooledFile> pack(const fs::path& folder) {
  const fs::path path = fs::temp_directory_path() / (folder.filename().string() + ".zip");
  auto packed = std::make_shared<SpooledFile>(path.string(), 0);
  std::set<fs::path> files;  // in order: the same folder makes the same file
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.insert(entry.path());
  Archive archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr), &zip_discard);
  if (!archive) throw std::runtime_error("no ZIP file can be made");
  for (const fs::path& file : files) {
    zip_source_t* source = zip_source_file(archive.get(), file.c_str(), 0, -1);
    const auto index = zip_file_add(archive.get(), file.lexically_relative(folder).c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      throw std::runtime_error("a file can not be packed");
    }
    if (file.extension() != ".csv") zip_set_file_compression(archive.get(), static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  }
  if (zip_close(archive.get()) != 0) throw std::runtime_error("no room for a ZIP file");
  static_cast<void>(archive.release());
  return packed;
}

}  // namespace toimela::publications::handlers
