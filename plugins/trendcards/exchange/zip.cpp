#include "exchange/zip.h"

#include <zip.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "domain/png.h"
#include "toimela/zip_files.h"

namespace toimela::trendcards::exchange {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kMostFiles = 1000;
constexpr std::uint64_t kLargestJson = 2 * 1024 * 1024, kLargestWhole = 80 * 1024 * 1024;
/// 2020-01-01 00:00 as MS-DOS counts days and times, so that the same deck is the same file.
constexpr zip_uint16_t kDosTime = 0, kDosDate = 40 << 9 | 1 << 5 | 1;
constexpr zip_uint32_t kMode = 0100644;

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;

bool isWanted(const std::string& name) { return name.ends_with(".json") || name.ends_with(".png"); }

Problem::Kind kindOf(files::ZipProblem::Kind kind) {
  switch (kind) {
    case files::ZipProblem::Kind::damaged: return Problem::Kind::notZip;
    case files::ZipProblem::Kind::encrypted: return Problem::Kind::encrypted;
    case files::ZipProblem::Kind::tooLarge: return Problem::Kind::tooLarge;
    case files::ZipProblem::Kind::badPlace: return Problem::Kind::badPlace;
  }
  return Problem::Kind::notZip;
}

/// Without the one folder that everything lies in.
Files withoutFolder(Files files) {
  if (files.contains("deck.json")) return files;
  for (const auto& [name, content] : files) {
    const auto slash = name.find('/');
    if (slash == std::string::npos || name.substr(slash + 1) != "deck.json") continue;
    const std::string folder = name.substr(0, slash + 1);
    Files inside;
    for (auto& [inner, text] : files)
      if (inner.starts_with(folder)) inside.emplace(inner.substr(folder.size()), std::move(text));
    return inside;
  }
  return files;
}

}  // namespace

std::variant<Files, Problem> unzip(const std::string& path) {
  Files found;
  const auto open = [&](const std::string& name) -> files::ZipTaker {
    if (!isWanted(name)) return nullptr;
    const std::uint64_t most = name.ends_with(".json") ? kLargestJson : kHeaviestPicture;
    return [&content = found[name], most](std::string_view piece) {
      content += piece;
      return content.size() <= most;
    };
  };
  if (auto problem = files::readZip(path, {.entries = kMostFiles, .bytes = kLargestWhole}, open))
    return Problem{kindOf(problem->kind), std::move(problem->file)};
  return withoutFolder(std::move(found));
}

namespace {

void add(zip_t* archive, const std::string& name, zip_source_t* source) {
  const zip_int64_t index = source ? zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
  if (index < 0) throw std::runtime_error("a ZIP file could not be written");
  zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), kDosTime, kDosDate, 0);
  // Else a file would bring its own.
  zip_file_set_external_attributes(archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX, kMode << 16);
}

void finish(Archive archive) {
  if (zip_close(archive.get()) != 0) throw std::runtime_error("a ZIP file could not be written");
  archive.release();
}

}  // namespace

std::string zip(const Files& files) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (!target) throw std::runtime_error("a ZIP file could not be begun");
  zip_source_keep(target);
  const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> kept(target, zip_source_free);
  Archive archive(zip_open_from_source(target, ZIP_TRUNCATE, &error));
  if (!archive) throw std::runtime_error("a ZIP file could not be begun");
  for (const auto& [name, content] : files)
    add(archive.get(), name, zip_source_buffer(archive.get(), content.data(), content.size(), 0));
  finish(std::move(archive));
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  const bool isRead = zip_source_read(target, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size());
  zip_source_close(target);
  if (!isRead) throw std::runtime_error("a ZIP file could not be read back");
  return bytes;
}

void zip(const std::string& path, const Files& files, const Files& lying) {
  Archive archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr));
  if (!archive) throw std::runtime_error("a ZIP file could not be begun");
  Files names = files;
  names.insert(lying.begin(), lying.end());
  for (const auto& [name, content] : names) {
    const auto found = lying.find(name);
    add(archive.get(), name,
        found != lying.end() ? zip_source_file(archive.get(), found->second.c_str(), 0, -1)
                             : zip_source_buffer(archive.get(), content.data(), content.size(), 0));
  }
  finish(std::move(archive));
}

Files readFolder(const std::string& folder) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = fs::relative(entry.path(), folder).generic_string();
    if (!entry.is_regular_file() || !isWanted(name)) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.emplace(name, std::string(std::istreambuf_iterator<char>(in), {}));
  }
  return files;
}

}  // namespace toimela::trendcards::exchange
