#include "toimela/zip_files.h"

#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

namespace toimela::files {

namespace {

using Kind = ZipProblem::Kind;

constexpr std::size_t kLongestName = 400, kPiece = 64 * 1024;

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
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0 || system != ZIP_OPSYS_UNIX)
    return false;
  const auto kind = (attributes >> 16) & S_IFMT;
  return kind != 0 && kind != S_IFREG && kind != S_IFDIR;
}

bool isFolder(std::string_view name) { return name.ends_with('/'); }

/// What macOS adds for itself.
bool isAddition(std::string_view name) {
  return name.starts_with("__MACOSX/") || name == ".DS_Store" || name.ends_with("/.DS_Store");
}

std::variant<ZipReader::File, ZipProblem> judged(zip_t* archive, zip_uint64_t index) {
  constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE;
  zip_stat_t about{};
  if (zip_stat_index(archive, index, 0, &about) != 0 || (about.valid & kNeeded) != kNeeded)
    return ZipProblem{Kind::damaged, {}};
  ZipReader::File file{.name = about.name, .size = about.size, .index = index};
  file.isEncrypted = (about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE;
  std::string_view place = file.name;
  if (isFolder(place)) place.remove_suffix(1);
  if (!leadsInside(place) || isSpecial(archive, index)) return ZipProblem{Kind::badPlace, std::string(place)};
  return file;
}

/// A name that is there twice, or is that of a folder too.
std::optional<std::string> ambiguous(const std::vector<ZipReader::File>& files) {
  std::set<std::string_view> names;
  for (const auto& file : files)
    if (!names.insert(file.name).second) return file.name;
  for (const std::string_view name : names)
    for (auto slash = name.find('/'); slash != name.npos; slash = name.find('/', slash + 1))
      if (names.contains(name.substr(0, slash))) return std::string(name.substr(0, slash));
  return std::nullopt;
}

}  // namespace

std::variant<ZipReader, ZipProblem> ZipReader::open(const std::string& path, std::int64_t mostEntries) {
  Archive archive(zip_open(path.c_str(), ZIP_RDONLY, nullptr), zip_discard);
  if (!archive) return ZipProblem{Kind::damaged, {}};
  const auto count = zip_get_num_entries(archive.get(), 0);
  if (count <= 0) return ZipProblem{Kind::damaged, {}};
  if (count > mostEntries) return ZipProblem{Kind::tooLarge, {}};
  std::vector<File> files;
  for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
    auto entry = judged(archive.get(), index);
    if (auto* problem = std::get_if<ZipProblem>(&entry)) return std::move(*problem);
    auto& file = std::get<File>(entry);
    if (!isFolder(file.name) && !isAddition(file.name)) files.push_back(std::move(file));
  }
  if (auto name = ambiguous(files)) return ZipProblem{Kind::badPlace, std::move(*name)};
  return ZipReader(std::move(archive), std::move(files));
}

std::optional<ZipProblem> ZipReader::read(const File& file, const ZipTaker& take) const {
  if (file.isEncrypted) return ZipProblem{Kind::encrypted, file.name};
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> in(zip_fopen_index(archive_.get(), file.index, 0), &zip_fclose);
  if (!in) return ZipProblem{Kind::damaged, file.name};
  std::array<char, kPiece> piece;
  std::uint64_t taken = 0;
  for (zip_int64_t got; (got = zip_fread(in.get(), piece.data(), piece.size())) != 0;) {
    // libzip compares with the directory at the end only.
    if (got < 0 || static_cast<std::uint64_t>(got) > file.size - taken) return ZipProblem{Kind::damaged, file.name};
    taken += static_cast<std::uint64_t>(got);
    if (!take({piece.data(), static_cast<std::size_t>(got)})) return ZipProblem{Kind::tooLarge, file.name};
  }
  return std::nullopt;
}

std::optional<ZipProblem> readZip(const std::string& path, const ZipLimits& limits,
                                  const std::function<ZipTaker(const std::string& name)>& open) {
  const auto opened = ZipReader::open(path, limits.entries);
  if (const auto* problem = std::get_if<ZipProblem>(&opened)) return *problem;
  const auto& reader = std::get<ZipReader>(opened);
  std::uint64_t left = limits.bytes;
  for (const ZipReader::File& file : reader.files()) {
    const ZipTaker take = open(file.name);
    if (!take) continue;
    if (file.size > left) return ZipProblem{Kind::tooLarge, {}};
    left -= file.size;
    if (auto problem = reader.read(file, take)) return problem;
  }
  return std::nullopt;
}

}  // namespace toimela::files
