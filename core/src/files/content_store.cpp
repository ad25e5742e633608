#include "files/content_store.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>

#include "toimela/data.h"

namespace toimela::files {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kNameLength = 32;

bool isHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

std::string hex(const unsigned char* bytes, std::size_t count) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) (text += kDigits[bytes[i] >> 4]) += kDigits[bytes[i] & 15];
  return text;
}

std::string randomName() {
  std::array<unsigned char, kNameLength / 2> bytes;
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) throw std::runtime_error("no random numbers");
  return hex(bytes.data(), bytes.size());
}

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
    if (fd_ < 0) throw DatabaseFull("a file can not be opened in the store");
  }
  ~Descriptor() { ::close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  std::size_t read(std::span<char> buffer) const {
    ssize_t got;
    while ((got = ::read(fd_, buffer.data(), buffer.size())) < 0 && errno == EINTR) {}
    if (got < 0) throw DatabaseFull("an uploaded file can not be read");
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

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }
  void add(std::span<const char> bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
  std::string text() {
    std::array<unsigned char, 32> digest;
    EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
    return hex(digest.data(), digest.size());
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

/// A new name in a folder is only safe once the folder is.
void syncFolder(const fs::path& folder) { Descriptor(folder, O_RDONLY | O_DIRECTORY).sync(); }

void makeFolder(const fs::path& folder) {
  std::error_code failed;
  if (fs::is_directory(folder, failed)) return;
  fs::create_directories(folder, failed);
  if (failed) throw DatabaseFull("a folder of the store can not be made");
  syncFolder(folder.parent_path());
}

void copy(const fs::path& source, const fs::path& target, Put& put) {
  const Descriptor in(source, O_RDONLY), out(target, O_WRONLY | O_CREAT | O_EXCL);
  Sha256 digest;
  std::array<char, 64 * 1024> buffer;
  for (std::size_t got; (got = in.read(buffer)) > 0;) {
    const std::span<const char> bytes(buffer.data(), got);
    digest.add(bytes);
    out.write(bytes);
    put.size += got;
  }
  out.sync();
  put.sha256 = digest.text();
}

}  // namespace

Put putContent(const fs::path& folder, const fs::path& source) {
  Put put{randomName()};
  const fs::path target = *contentPath(folder, put.storedName);
  makeFolder(folder);
  makeFolder(target.parent_path());
  try {
    copy(source, target, put);
    syncFolder(target.parent_path());
  } catch (...) {
    ::unlink(target.c_str());
    throw;
  }
  return put;
}

std::optional<fs::path> contentPath(const fs::path& folder, std::string_view storedName) {
  if (storedName.size() != kNameLength || !std::ranges::all_of(storedName, isHex)) return std::nullopt;
  return folder / storedName.substr(0, 2) / storedName;
}

int sweepContents(const fs::path& folder, std::chrono::hours age,
                  const std::function<std::set<std::string>(const std::string&)>& named) {
  int swept = 0;
  std::error_code failed;
  const auto old = fs::file_time_type::clock::now() - age;
  for (const auto& part : fs::directory_iterator(folder, failed)) {
    std::vector<fs::path> candidates;
    for (const auto& file : fs::directory_iterator(part.path(), failed)) {
      const auto written = file.last_write_time(failed);
      if (!failed && written < old) candidates.push_back(file.path());
    }
    if (candidates.empty()) continue;
    const auto names = named(part.path().filename().string());
    for (const fs::path& path : candidates)
      if (!names.contains(path.filename().string()) && fs::remove(path, failed)) ++swept;
  }
  return swept;
}

}  // namespace toimela::files
