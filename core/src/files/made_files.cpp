#include "toimela/made_files.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "files/receiving.h"
#include "host/core_host.h"

namespace toimela::files {

namespace {

constexpr std::size_t kPiece = 64 * 1024;

std::shared_ptr<const SpooledFile> spoolIn(const std::filesystem::path& folder,
                                           const std::function<void(const std::string& path)>& write) {
  std::string path = (folder / "toimela-made-XXXXXX").string();
  const int fd = ::mkstemp(path.data());  // for the service alone
  if (fd < 0) throw DatabaseFull("no room for a file that is made");
  ::close(fd);
  std::error_code failed;
  try {
    write(path);
  } catch (...) {
    std::filesystem::remove(path, failed);
    throw;
  }
  const auto size = std::filesystem::file_size(path, failed);
  if (failed) throw DatabaseFull("a file that was made is gone");
  return std::make_shared<const SpooledFile>(std::move(path), size);
}

}  // namespace

std::shared_ptr<const SpooledFile> spool(const std::function<void(const std::string& path)>& write) {
  return spoolIn(std::filesystem::temp_directory_path(), write);
}

std::shared_ptr<const SpooledFile> spool(Host& host, std::uint64_t bytes,
                                         const std::function<void(const std::string& path)>& write) {
  requireRoom(host, bytes);
  // What a process leaves there that is killed goes with the uploads that nobody finished.
  const auto folder = core(host).dataFolder() / "uploads";
  std::filesystem::create_directories(folder);
  return spoolIn(folder, write);
}

std::shared_ptr<const SpooledFile> spool(std::string_view content) {
  return spool([&](const std::string& path) {
    std::ofstream out(path, std::ios::binary);
    if (!out.write(content.data(), static_cast<std::streamsize>(content.size())) || !out.flush())
      throw DatabaseFull("no room for a file that is made");
  });
}

std::variant<Incoming, Refusal> receive(Host& host, std::string name, std::string_view content, const Rules& rules) {
  return receive(host, UploadedFile{"file", std::move(name), spool(content)}, rules);
}

StreamBody streamOf(std::shared_ptr<const SpooledFile> file) {
  auto in = std::make_shared<std::ifstream>(file->path(), std::ios::binary);
  return {[file = std::move(file), in](std::string& piece) {
    piece.resize(kPiece);
    in->read(piece.data(), static_cast<std::streamsize>(piece.size()));
    piece.resize(static_cast<std::size_t>(in->gcount()));
    return !piece.empty();
  }};
}

}  // namespace toimela::files
