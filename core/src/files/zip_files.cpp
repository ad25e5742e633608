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

bool isAddition(std::string_view name) {
  return name.starts_with("__MACOSX/") || name == ".DS_Store" || name.ends_with("/.DS_Store");
}

class Reading {
 public:
  Reading(zip_t* archive, const ZipLimits& limits, const std::function<ZipTaker(const std::string&)>& open)
      : archive_(archive), limits_(limits), open_(open) {}

  std::optional<ZipProblem> run() {
    const auto count = zip_get_num_entries(archive_, 0);
    if (count <= 0) return ZipProblem{Kind::damaged, {}};
    if (count > limits_.entries) return ZipProblem{Kind::tooLarge, {}};
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index)
      if (auto problem = entry(index)) return problem;
    return std::nullopt;
  }

 private:
  std::optional<ZipProblem> entry(zip_uint64_t index) {
    zip_stat_t about{};
    if (zip_stat_index(archive_, index, 0, &about) != 0 || !(about.valid & ZIP_STAT_NAME))
      return ZipProblem{Kind::damaged, {}};
    std::string name = about.name;
    const bool isFolder = name.ends_with('/');
    if (isFolder) name.pop_back();
    if (!leadsInside(name) || isSpecial(archive_, index)) return ZipProblem{Kind::badPlace, name};
    if (isFolder || isAddition(name)) return std::nullopt;
    if (!names_.insert(name).second) return ZipProblem{Kind::badPlace, name};
    const ZipTaker take = open_(name);
    if (!take) return std::nullopt;
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE)
      return ZipProblem{Kind::encrypted, name};
    return content(index, name, take);
  }

  std::optional<ZipProblem> content(zip_uint64_t index, const std::string& name, const ZipTaker& take) {
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> in(zip_fopen_index(archive_, index, 0), &zip_fclose);
    if (!in) return ZipProblem{Kind::damaged, name};
    std::array<char, kPiece> piece;
    for (zip_int64_t got; (got = zip_fread(in.get(), piece.data(), piece.size())) != 0;) {
      if (got < 0) return ZipProblem{Kind::damaged, name};
      taken_ += static_cast<std::uint64_t>(got);
      if (taken_ > limits_.bytes) return ZipProblem{Kind::tooLarge, {}};
      if (!take({piece.data(), static_cast<std::size_t>(got)})) return ZipProblem{Kind::tooLarge, name};
    }
    return std::nullopt;
  }

  zip_t* archive_;
  const ZipLimits& limits_;
  const std::function<ZipTaker(const std::string&)>& open_;
  std::set<std::string> names_;
  std::uint64_t taken_ = 0;
};

}  // namespace

std::optional<ZipProblem> readZip(const std::string& path, const ZipLimits& limits,
                                  const std::function<ZipTaker(const std::string& name)>& open) {
  const std::unique_ptr<zip_t, decltype(&zip_discard)> archive(zip_open(path.c_str(), ZIP_RDONLY, nullptr), &zip_discard);
  if (!archive) return ZipProblem{Kind::damaged, {}};
  return Reading(archive.get(), limits, open).run();
}

}  // namespace toimela::files
