#include "exchange/bundle.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include "toimela/made_files.h"
#include "toimela/zip_files.h"

namespace toimela::publications::exchange {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostUnpacked = 512ULL * 1024 * 1024;
constexpr std::int64_t kMostEntries = 10'000;
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

ZipTrouble troubleOf(files::ZipProblem::Kind kind) {
  switch (kind) {
    case files::ZipProblem::Kind::damaged:
    case files::ZipProblem::Kind::encrypted: return ZipTrouble::damaged;
    case files::ZipProblem::Kind::tooLarge: return ZipTrouble::tooLarge;
    case files::ZipProblem::Kind::badPlace: return ZipTrouble::badPlace;
  }
  return ZipTrouble::damaged;
}

class Packed : public Bundle {
 public:
  Packed(Host& host, files::ZipReader reader) : host_(host), reader_(std::move(reader)) {}

  std::optional<ZipTrouble> look() {
    std::uint64_t left = kMostUnpacked;
    for (const Entry& file : reader_.files()) {
      if (file.isEncrypted) return ZipTrouble::damaged;
      if (file.size > left) return ZipTrouble::tooLarge;
      left -= file.size;
      entries_.emplace(file.name, &file);
    }
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
      if (!unpacked) unpacked = unpack(*found->second, name);
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
  using Entry = files::ZipReader::File;

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
    return isInside ? found->second : nullptr;
  }

  std::shared_ptr<const SpooledFile> unpack(const Entry& entry, std::string_view name) const {
    return files::spool(host_, entry.size, [&](const std::string& path) {
      std::ofstream out(path, std::ios::binary);
      const auto problem = reader_.read(entry, [&](std::string_view piece) {
        out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
        return true;
      });
      if (problem) throw Damaged(std::string(name));
      if (!out.flush()) throw DatabaseFull("no room to unpack a ZIP file");
    });
  }

  Host& host_;
  files::ZipReader reader_;
  std::map<std::string, const Entry*> entries_;
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
  auto opened = files::ZipReader::open(file, kMostEntries);
  if (const auto* problem = std::get_if<files::ZipProblem>(&opened)) return troubleOf(problem->kind);
  auto packed = std::make_unique<Packed>(host, std::get<files::ZipReader>(std::move(opened)));
  if (const auto trouble = packed->look()) return *trouble;
  return packed;
}

bool isPackedFolder(const std::string& file) {
  const auto opened = files::ZipReader::open(file, kMostEntries);
  if (const auto* problem = std::get_if<files::ZipProblem>(&opened)) return problem->kind != files::ZipProblem::Kind::damaged;
  return std::ranges::none_of(std::get<files::ZipReader>(opened).files(),
                              [](const auto& each) { return each.name == "[Content_Types].xml"; });
}

}  // namespace toimela::publications::exchange
