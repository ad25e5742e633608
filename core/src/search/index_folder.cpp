#include "search/index_folder.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>

#include "access/passwords.h"

namespace toimela::search {

namespace fs = std::filesystem;

namespace {

constexpr const char* kCurrent = "current";
constexpr std::string_view kPrefix = "index-";
constexpr int kNameBytes = 8;

}  // namespace

IndexFolder::IndexFolder(fs::path root) : root_(std::move(root)) { fs::create_directories(root_); }

std::optional<fs::path> IndexFolder::current() const {
  std::ifstream file(root_ / kCurrent);
  std::string name;
  if (!std::getline(file, name) || !name.starts_with(kPrefix) || name.find('/') != std::string::npos)
    return std::nullopt;
  const fs::path index = root_ / name;
  if (!fs::exists(index)) return std::nullopt;
  return index;
}

fs::path IndexFolder::fresh() const { return root_ / (std::string(kPrefix) + access::randomToken(kNameBytes)); }

void IndexFolder::publish(const fs::path& index) const {
  const fs::path next = root_ / "current.new";
  {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(next.c_str(), "w"), std::fclose);
    const std::string name = index.filename().string() + "\n";
    if (!file || std::fwrite(name.data(), 1, name.size(), file.get()) != name.size() ||
        std::fflush(file.get()) != 0 || ::fsync(::fileno(file.get())) != 0)
      throw std::system_error(errno, std::generic_category(), "the new search index can not be made current");
  }
  fs::rename(next, root_ / kCurrent);
}

void IndexFolder::sweep() const {
  const auto kept = current();
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(root_, none))
    if (entry.is_directory() && entry.path().filename().string().starts_with(kPrefix) && entry.path() != kept)
      fs::remove_all(entry.path(), none);
}

}  // namespace toimela::search
