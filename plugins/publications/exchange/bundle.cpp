#include "exchange/bundle.h"

#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <vector>

#include "toimela/made_files.h"

namespace toimela::publications::exchange {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostUnpacked = 512ULL * 1024 * 1024;
constexpr zip_int64_t kMostEntries = 10'000;
constexpr std::size_t kLongestName = 400, kPiece = 64 * 1024;
constexpr std::string_view kMain = "publications";
constexpr std::array<std::string_view, 2> kEndings{".csv", ".xlsx"};

class Folder : public Bundle {
 public:
  Folder(Host& host, const fs::path& folder) : host_(host), folder_(fs::canonical(folder)) {}

  std::optional<fs::path> table(const std::string& name) override {
    for (const std::string_view ending : kEndings)
      if (const fs::path path = folder_ / (name + std::string(ending)); fs::is_regular_file(path)) return path;
    return std::nullopt;
  }
  bool has(const std::string& path) const override { return inside(path).has_value(); }
  std::shared_ptr<const SpooledFile> take(const std::string& path) const override {
    const auto found = inside(path);
    if (!found) throw Damaged(path);
    return files::spool(host_, fs::file_size(*found), [&](const std::string& to) {
      fs::copy_file(*found, to, fs::copy_options::overwrite_existing);
    });
  }

 private:
  std::optional<fs::path> inside(const std::string& name) const {
    if (name.empty()) return std::nullopt;
    const fs::path path = fs::weakly_canonical(folder_ / name);
    const auto relative = path.lexically_relative(folder_);
    if (relative.empty() || *relative.begin() == ".." || !fs::is_regular_file(path)) return std::nullopt;
    return path;
  }

  Host& host_;
  fs::path folder_;
};

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
struct Close {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

Archive openArchive(const std::string& path) { return Archive(zip_open(path.c_str(), ZIP_RDONLY, nullptr)); }

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

class Packed : public Bundle {
 public:
  Packed(Host& host, Archive archive) : host_(host), archive_(std::move(archive)) {}

  std::optional<ZipTrouble> look() {
    const auto count = zip_get_num_entries(archive_.get(), 0);
    if (count <= 0) return ZipTrouble::damaged;
    if (count > kMostEntries) return ZipTrouble::tooLarge;
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index)
      if (const auto trouble = note(index)) return trouble;
    if (isFileAFolder()) return ZipTrouble::badPlace;
    const auto root = rootOf();
    if (!root) return ZipTrouble::noTable;
    root_ = *root;
    return std::nullopt;
  }

  std::optional<fs::path> table(const std::string& name) override {
    for (const std::string_view ending : kEndings) {
      const auto found = entries_.find(root_ + name + std::string(ending));
      if (found == entries_.end()) continue;
      auto& unpacked = tables_[name];
      if (!unpacked) unpacked = unpack(found->second, name);
      return unpacked->path();
    }
    return std::nullopt;
  }
  bool has(const std::string& path) const override { return entryOf(path) != nullptr; }
  std::shared_ptr<const SpooledFile> take(const std::string& path) const override {
    const Entry* entry = entryOf(path);
    if (!entry) throw Damaged(path);
    return unpack(*entry, path);
  }

 private:
  struct Entry {
    zip_uint64_t index = 0;
    std::uint64_t size = 0;  ///< unpacked, in bytes, as the directory says
  };

  std::optional<ZipTrouble> note(zip_uint64_t index) {
    zip_stat_t about{};
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE;
    if (zip_stat_index(archive_.get(), index, 0, &about) != 0 || (about.valid & kNeeded) != kNeeded) return ZipTrouble::damaged;
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE) return ZipTrouble::damaged;
    std::string name = about.name;
    const bool isFolder = name.ends_with('/');
    if (isFolder) name.pop_back();
    if (!leadsInside(name) || isSpecial(archive_.get(), index)) return ZipTrouble::badPlace;
    if (isFolder || isAddition(name)) return std::nullopt;
    if (about.size > kMostUnpacked - whole_) return ZipTrouble::tooLarge;
    whole_ += about.size;
    return entries_.emplace(std::move(name), Entry{index, about.size}).second ? std::nullopt
                                                                             : std::optional(ZipTrouble::badPlace);
  }

  bool isFileAFolder() const {
    return std::ranges::any_of(entries_, [&](const auto& each) {
      for (auto slash = each.first.find('/'); slash != std::string::npos; slash = each.first.find('/', slash + 1))
        if (entries_.contains(each.first.substr(0, slash))) return true;
      return false;
    });
  }

  /// The folder of the table that lies highest, with its '/': people pack a folder as well as what is in it.
  std::optional<std::string> rootOf() const {
    std::optional<std::string> best;
    for (const auto& [name, entry] : entries_) {
      const auto slash = name.rfind('/');
      const std::string folder = slash == std::string::npos ? std::string() : name.substr(0, slash + 1);
      const std::string_view file = std::string_view(name).substr(folder.size());
      const bool isTable = std::ranges::any_of(kEndings, [&](std::string_view ending) {
        return file.size() == kMain.size() + ending.size() && file.starts_with(kMain) && file.ends_with(ending);
      });
      if (isTable && (!best || std::ranges::count(folder, '/') < std::ranges::count(*best, '/'))) best = folder;
    }
    return best;
  }

  const Entry* entryOf(const std::string& path) const {
    if (path.empty()) return nullptr;
    const auto found = entries_.find(fs::path(root_ + path).lexically_normal().generic_string());
    const bool isInside = found != entries_.end() && found->first.starts_with(root_);
    return isInside ? &found->second : nullptr;
  }

  std::shared_ptr<const SpooledFile> unpack(const Entry& entry, std::string_view name) const {
    const std::unique_ptr<zip_file_t, Close> in(zip_fopen_index(archive_.get(), entry.index, 0));
    if (!in) throw Damaged(std::string(name));
    return files::spool(host_, entry.size, [&](const std::string& path) {
      std::ofstream out(path, std::ios::binary);
      std::vector<char> piece(kPiece);
      std::uint64_t written = 0;
      for (zip_int64_t got; (got = zip_fread(in.get(), piece.data(), piece.size())) != 0;) {
        if (got < 0) throw Damaged(std::string(name));
        written += static_cast<std::uint64_t>(got);
        if (written > entry.size) throw Damaged(std::string(name));
        out.write(piece.data(), got);
      }
      if (!out.flush()) throw DatabaseFull("no room to unpack a ZIP file");
    });
  }

  Host& host_;
  Archive archive_;
  std::map<std::string, Entry> entries_;
  std::uint64_t whole_ = 0;
  std::string root_;
  std::map<std::string, std::shared_ptr<const SpooledFile>> tables_;
};

}  // namespace

std::unique_ptr<Bundle> openFolder(Host& host, const fs::path& folder) { return std::make_unique<Folder>(host, folder); }

std::string_view messageKey(ZipTrouble trouble) {
  switch (trouble) {
    case ZipTrouble::damaged: return "publications.import.zip_damaged";
    case ZipTrouble::tooLarge: return "publications.import.zip_large";
    case ZipTrouble::badPlace: return "publications.import.zip_place";
    case ZipTrouble::noTable: return "publications.import.zip_table";
  }
  return "publications.import.zip_damaged";
}

std::variant<std::unique_ptr<Bundle>, ZipTrouble> openZip(Host& host, const std::string& file) {
  Archive archive = openArchive(file);
  if (!archive) return ZipTrouble::damaged;
  auto packed = std::make_unique<Packed>(host, std::move(archive));
  if (const auto trouble = packed->look()) return *trouble;
  return packed;
}

bool isPackedFolder(const std::string& file) {
  const Archive archive = openArchive(file);
  return archive && zip_name_locate(archive.get(), "[Content_Types].xml", 0) < 0;
}

}  // namespace toimela::publications::exchange
