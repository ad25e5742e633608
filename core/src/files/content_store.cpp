#include "files/content_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <vector>

#include "files/digest.h"
#include "toimela/data.h"
#include "toimela/secrets.h"

namespace toimela::files {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kOldNameLength = 32;

bool isHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

bool isName(std::string_view name) {
  return (name.size() == kOldNameLength || name.size() == 64) && std::ranges::all_of(name, isHex);
}

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
    if (fd_ < 0) throw DatabaseFull("a file can not be opened in the store");
  }
  ~Descriptor() { ::close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return fd_; }
  std::size_t read(std::span<char> buffer) const {
    ssize_t got;
    while ((got = ::read(fd_, buffer.data(), buffer.size())) < 0 && errno == EINTR) {}
    if (got < 0) throw std::runtime_error("a file can not be read");
    return static_cast<std::size_t>(got);
  }
  void write(std::span<const char> bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) throw DatabaseFull("no room for a file in the store");
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }
  void sync() const {
    if (::fsync(fd_) != 0) throw DatabaseFull("a file can not be made safe on disk");
  }

 private:
  int fd_;
};

/// Held while a content is put or swept: between looking whether it is wanted and deleting it
/// nobody may put it.
class FolderLock {
 public:
  FolderLock(const fs::path& folder, int mode) : folder_(folder, O_RDONLY | O_DIRECTORY) {
    while (::flock(folder_.number(), mode) != 0)
      if (errno != EINTR) throw std::runtime_error("a folder of the store can not be locked");
  }
  // Not left to the closing: a process that is being started may have a copy of the folder.
  ~FolderLock() { ::flock(folder_.number(), LOCK_UN); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  /// A new name in a folder is only safe once the folder is.
  void sync() const { folder_.sync(); }

 private:
  Descriptor folder_;
};

void makeFolder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0) {
    Descriptor(folder.parent_path(), O_RDONLY | O_DIRECTORY).sync();
    return;
  }
  if (errno != EEXIST) throw DatabaseFull("a folder can not be made in the store");
}

void copyBytes(const fs::path& source, const fs::path& target) {
  const Descriptor in(source, O_RDONLY), out(target, O_WRONLY | O_CREAT | O_EXCL);
  std::array<char, 64 * 1024> buffer;
  for (std::size_t got; (got = in.read(buffer)) > 0;) out.write({buffer.data(), got});
  out.sync();
}

/// A second name costs nothing; over the border of a file system only a copy can be had.
void give(const fs::path& source, const fs::path& target) {
  if (::link(source.c_str(), target.c_str()) != 0) {
    copyBytes(source, target);
    return;
  }
  if (::chmod(target.c_str(), 0600) != 0 || ::utimensat(AT_FDCWD, target.c_str(), nullptr, 0) != 0)
    throw DatabaseFull("a file in the store can not be marked");
  Descriptor(target, O_RDONLY).sync();
}

}  // namespace

Measured measure(const fs::path& file, const std::function<void(std::uint64_t)>& pace) {
  Measured measured;
  RunningDigest digest;
  const Descriptor in(file, O_RDONLY);
  std::array<char, 64 * 1024> buffer;
  for (std::size_t got; (got = in.read(buffer)) > 0;) {
    digest.add({buffer.data(), got});
    measured.size += got;
    pace(measured.size);
  }
  measured.sha256 = digest.hex();
  return measured;
}

std::optional<fs::path> FolderStore::place(std::string_view name) const {
  if (!isName(name)) return std::nullopt;
  return folder_ / name.substr(0, 2) / name;
}

void FolderStore::put(const fs::path& source, const std::string& sha256) {
  if (!isDigest(sha256)) throw std::invalid_argument("a content needs its digest");
  const fs::path target = *place(sha256);
  makeFolder(folder_);
  makeFolder(target.parent_path());
  const fs::path passing = target.parent_path() / (".new-" + secrets::random());
  const FolderLock lock(target.parent_path(), LOCK_SH);
  try {
    give(source, passing);
    if (::rename(passing.c_str(), target.c_str()) != 0) throw DatabaseFull("a file can not be put into the store");
    lock.sync();
  } catch (...) {
    ::unlink(passing.c_str());
    throw;
  }
}

std::optional<std::uint64_t> FolderStore::sizeOf(std::string_view sha256) const {
  const auto path = place(sha256);
  std::error_code failed;
  const auto size = path ? fs::file_size(*path, failed) : 0;
  return path && !failed ? std::optional<std::uint64_t>(size) : std::nullopt;
}

ResponseBody FolderStore::body(std::string_view sha256, std::uint64_t size) const {
  return FileBody{place(sha256)->string(), 0, size};
}

std::optional<fs::path> FolderStore::file(std::string_view sha256) const {
  auto path = place(sha256);
  std::error_code failed;
  return path && fs::is_regular_file(*path, failed) ? path : std::nullopt;
}

int FolderStore::sweep(std::chrono::hours age, const NamesInUse& inUse) {
  int swept = 0;
  std::error_code failed;
  const auto old = fs::file_time_type::clock::now() - age;
  for (const auto& part : fs::directory_iterator(folder_, failed)) {
    if (!part.is_directory(failed)) continue;
    const auto oldOnes = [&] {
      std::vector<fs::path> found;
      for (const auto& file : fs::directory_iterator(part.path(), failed)) {
        const auto written = file.last_write_time(failed);
        if (!failed && written < old) found.push_back(file.path());
      }
      return found;
    };
    if (oldOnes().empty()) continue;
    const FolderLock lock(part.path(), LOCK_EX);
    const auto names = inUse(part.path().filename().string());
    for (const fs::path& path : oldOnes())
      if (!names.contains(path.filename().string()) && fs::remove(path, failed)) ++swept;
  }
  return swept;
}

void FolderStore::eachOld(const std::function<void(const std::string&, const fs::path&)>& found) const {
  std::error_code failed;
  for (const auto& part : fs::directory_iterator(folder_, failed))
    for (const auto& file : fs::directory_iterator(part.path(), failed))
      if (const std::string name = file.path().filename().string(); name.size() == kOldNameLength && isName(name))
        found(name, file.path());
}

}  // namespace toimela::files
