#include "files/container.h"

#include <zip.h>

#include <algorithm>

namespace toimela::files {

namespace {

constexpr zip_int64_t kMostEntries = 10'000;

zip_t* zipOf(void* archive) { return static_cast<zip_t*>(archive); }

std::optional<Container::Entry> entryAt(zip_t* archive, zip_uint64_t index, bool& isEncrypted) {
  zip_stat_t stat;
  constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
  if (zip_stat_index(archive, index, 0, &stat) != 0 || (stat.valid & kNeeded) != kNeeded) return std::nullopt;
  isEncrypted = stat.encryption_method != ZIP_EM_NONE;
  if (isEncrypted) return std::nullopt;
  return Container::Entry{stat.name, stat.size};
}

}  // namespace

void Container::Close::operator()(void* archive) const { zip_discard(zipOf(archive)); }

std::optional<Container> Container::open(const std::filesystem::path& path, Fault* fault) {
  return of(zip_open(path.c_str(), ZIP_RDONLY, nullptr), fault);
}

std::optional<Container> Container::inMemory(std::string_view bytes) {
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  if (!source) return std::nullopt;
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (!archive) zip_source_free(source);
  return of(archive, nullptr);
}

std::optional<Container> Container::of(void* opened, Fault* fault) {
  const auto refuse = [&](Fault why) {
    if (fault) *fault = why;
    return std::nullopt;
  };
  if (!opened) return refuse(Fault::damaged);
  Container container;
  container.archive_.reset(opened);
  zip_t* archive = zipOf(opened);
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  if (count <= 0) return refuse(Fault::damaged);
  if (count > kMostEntries) return refuse(Fault::tooMany);
  for (zip_int64_t i = 0; i < count; ++i) {
    bool isEncrypted = false;
    auto entry = entryAt(archive, static_cast<zip_uint64_t>(i), isEncrypted);
    if (!entry) return refuse(isEncrypted ? Fault::encrypted : Fault::damaged);
    container.entries_.push_back(std::move(*entry));
  }
  return container;
}

bool Container::has(std::string_view name) const {
  return std::ranges::any_of(entries_, [&](const Entry& entry) { return entry.name == name; });
}

std::uint64_t Container::unpackedSize() const {
  std::uint64_t total = 0;
  for (const Entry& entry : entries_)
    total = entry.size > UINT64_MAX - total ? UINT64_MAX : total + entry.size;
  return total;
}

std::optional<std::string> Container::read(std::string_view name, std::uint64_t atMost) const {
  zip_file_t* file = zip_fopen(zipOf(archive_.get()), std::string(name).c_str(), 0);
  if (!file) return std::nullopt;
  std::string content;
  char buffer[16 * 1024];
  zip_int64_t got = 0;
  while (content.size() <= atMost && (got = zip_fread(file, buffer, sizeof buffer)) > 0)
    content.append(buffer, static_cast<std::size_t>(got));
  zip_fclose(file);
  if (got < 0 || content.size() > atMost) return std::nullopt;
  return content;
}

}  // namespace toimela::files
