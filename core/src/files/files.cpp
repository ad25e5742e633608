#include "toimela/files.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>
#include <openssl/rand.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "files/content_store.h"
#include "files/file_store.h"
#include "files/kinds.h"
#include "files/names.h"
#include "files/receiving.h"
#include "files/upload_store.h"
#include "host/core_host.h"
#include "toimela/pictures.h"

namespace toimela::files {

namespace {

// Less than the day after which the sweep comes, so that nothing is read while it goes.
constexpr std::chrono::hours kReceivedLasts{20};
// Of the disk, for the database and the log.
constexpr std::uint64_t kLeftFree = 256ULL * 1024 * 1024;

std::filesystem::path uploadsOf(Host& host) { return core(host).dataFolder() / "uploads"; }

/// Beside the content, what was received has a name of its own until it is kept or forgotten.
std::optional<std::filesystem::path> ticketOf(Host& host, std::string_view storedName) {
  if (storedName.size() != 32 || storedName.find_first_not_of("0123456789abcdef") != std::string_view::npos)
    return std::nullopt;
  return uploadsOf(host) / (std::string(storedName) + ".received");
}

bool contains(std::span<const std::string_view> all, std::string_view one) {
  return std::ranges::find(all, one) != all.end();
}

/// The name with an ending that says what the file is. A picture under another picture's ending
/// happens to honest people and is put right; an ending that no accepted kind has is not.
std::optional<std::string> fittingName(std::string name, std::string_view type, const Rules& rules) {
  const std::string ending = endingOf(name);
  const auto fitting = endingsOf(type);
  if (fitting.empty() || contains(fitting, ending)) return name;
  const bool isKnown = ending.empty() || std::ranges::any_of(rules.types, [&](std::string_view other) {
    return contains(endingsOf(other), ending);
  });
  return isKnown ? std::optional(withEnding(name, fitting.front())) : std::nullopt;
}

}  // namespace

const Rules& documentsAndPictures() {
  static const Rules rules{.types = {
      "application/pdf",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
      "application/vnd.oasis.opendocument.text",
      "application/vnd.oasis.opendocument.spreadsheet",
      "application/vnd.oasis.opendocument.presentation",
      "text/plain", "text/csv", "image/png", "image/jpeg", "image/webp"}};
  return rules;
}

const Rules& worksToKeep() {
  static const Rules rules = [] {
    Rules wide = documentsAndPictures();
    wide.mostBytes = 2ULL * 1024 * 1024 * 1024;
    for (const std::string_view type : {"application/epub+zip", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/flac"})
      wide.types.push_back(type);
    return wide;
  }();
  return rules;
}

std::string_view messageKey(Refusal refusal) {
  switch (refusal) {
    case Refusal::empty: return "files.refusal.empty";
    case Refusal::tooLarge: return "files.refusal.too_large";
    case Refusal::forbiddenKind: return "files.refusal.forbidden_kind";
    case Refusal::encrypted: return "files.refusal.encrypted";
    case Refusal::damaged: return "files.refusal.damaged";
    case Refusal::bomb: return "files.refusal.bomb";
  }
  return "files.refusal.forbidden_kind";
}

FolderStore storeOf(Host& host) { return FolderStore(core(host).dataFolder() / "files"); }

std::variant<Incoming, Refusal> checked(const std::filesystem::path& content, std::string_view sentName, const Rules& rules) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(content, failed);
  if (failed || size == 0) return Refusal::empty;
  if (size > rules.mostBytes) return Refusal::tooLarge;
  std::string name = cleanName(sentName);
  auto verdict = examine(content, endingOf(name));
  if (const auto* refusal = std::get_if<Refusal>(&verdict)) return *refusal;
  std::string type = std::move(std::get<std::string>(verdict));
  if (!contains(rules.types, type)) return Refusal::forbiddenKind;
  auto fitting = fittingName(std::move(name), type, rules);
  if (!fitting) return Refusal::forbiddenKind;
  Incoming incoming;
  incoming.name = std::move(*fitting);
  incoming.type = std::move(type);
  incoming.size = size;
  return incoming;
}

std::string newStoredName() {
  std::array<unsigned char, 16> bytes;
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) throw std::runtime_error("no random numbers");
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string name;
  for (const unsigned char byte : bytes) (name += kDigits[byte >> 4]) += kDigits[byte & 15];
  return name;
}

void requireRoom(Host& host, std::uint64_t bytes) {
  struct statvfs state{};
  if (::statvfs(core(host).dataFolder().c_str(), &state) != 0) return;
  if (std::uint64_t{state.f_bavail} * state.f_frsize <= bytes + kLeftFree) throw DatabaseFull("no room for a file");
}

std::variant<Incoming, Refusal> receive(Host& host, const UploadedFile& file, const Rules& rules) {
  if (!file.content) return Refusal::empty;
  requireRoom(host, file.content->size());
  auto outcome = checked(file.content->path(), file.fileName, rules);
  if (auto* incoming = std::get_if<Incoming>(&outcome)) {
    incoming->sha256 = measure(file.content->path()).sha256;
    storeOf(host).put(file.content->path(), incoming->sha256);
    incoming->storedName = newStoredName();
    std::ofstream ticket(*ticketOf(host, incoming->storedName), std::ios::binary);
    if (!(ticket << incoming->sha256 << std::flush)) throw DatabaseFull("no room for a file in the store");
  }
  return outcome;
}

std::optional<std::string> receivedPath(Host& host, std::string_view storedName) {
  const auto ticket = ticketOf(host, storedName);
  if (!ticket) return std::nullopt;
  std::error_code failed;
  const auto written = std::filesystem::last_write_time(*ticket, failed);
  if (failed || written + kReceivedLasts < std::filesystem::file_time_type::clock::now()) return std::nullopt;
  std::string sha256;
  std::ifstream(*ticket) >> sha256;
  const auto path = storeOf(host).file(sha256);
  return path ? std::optional(path->string()) : std::nullopt;
}

void discard(Host& host, std::string_view storedName) {
  std::error_code failed;
  if (const auto ticket = ticketOf(host, storedName)) std::filesystem::remove(*ticket, failed);
}

FileId keep(WriteTx& tx, const Incoming& incoming, std::optional<PersonId> owner) {
  const FileId id = insertFile(tx, incoming, owner);
  insertContent(tx, incoming);
  deleteUpload(tx, incoming.storedName);
  return id;
}

std::optional<StoredFile> find(ReadTx& tx, FileId id) {
  const auto row = findFile(tx, id);
  return row ? std::optional(row->file) : std::nullopt;
}

void remove(WriteTx& tx, FileId id) { deleteFile(tx, id); }

std::optional<std::filesystem::path> contentOf(const FolderStore& store, const FileRow& row) {
  // A content of before is given its digest for a name while others read it.
  if (auto path = store.file(row.file.sha256)) return path;
  if (auto path = store.file(row.storedName)) return path;
  return store.file(row.file.sha256);
}

std::optional<std::string> contentOf(Host& host, FileId id) {
  const auto row = host.read([&](ReadTx& tx) { return findFile(tx, id); });
  const auto path = row ? contentOf(storeOf(host), *row) : std::nullopt;
  return path ? std::optional(path->string()) : std::nullopt;
}

namespace {

bool isShown(std::string_view type) {
  return type == "application/pdf" || type == "image/png" || type == "image/jpeg" || type == "image/webp" ||
         type.starts_with("audio/");
}

/// A browser's own viewer of PDF does not work in a sandbox; nothing else of the file is let run.
std::string_view policyFor(std::string_view type) {
  return type == "application/pdf"
             ? "default-src 'none'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
             : "default-src 'none'; sandbox; frame-ancestors 'none'";
}

void mark(Response& response, std::string_view sha256, bool isPublic) {
  response.headers.set("ETag", "\"" + std::string(sha256) + "\"");
  response.headers.set("Cache-Control", isPublic ? "public, no-cache" : "private, no-cache");
}

}  // namespace

Response serve(Host& host, FileId id, Serving serving) {
  const auto row = host.read([&](ReadTx& tx) { return findFile(tx, id); });
  if (!row) throw NotFound();
  const auto path = contentOf(storeOf(host), *row);
  std::error_code failed;
  if (!path || std::filesystem::file_size(*path, failed) != row->file.size)
    throw std::runtime_error("the content of file " + id.text() + " is not in the store");
  const bool isInline = serving.isInline && isShown(row->file.type);
  Response response = Response::attachment(row->file.name, row->file.type, "");
  if (isInline) {
    std::string disposition(*response.headers.find("Content-Disposition"));
    response.headers.set("Content-Disposition", disposition.replace(0, disposition.find(';'), "inline"));
  }
  response.headers.set("Content-Security-Policy",
                       std::string(isInline ? policyFor(row->file.type) : "default-src 'none'; sandbox; frame-ancestors 'none'"));
  mark(response, row->file.sha256, serving.isPublic);
  response.headers.set("Last-Modified", Poco::DateTimeFormatter::format(
                                            Poco::Timestamp::fromEpochTime(std::chrono::system_clock::to_time_t(row->createdAt)),
                                            Poco::DateTimeFormat::HTTP_FORMAT));
  response.body = FileBody{path->string(), 0, row->file.size};
  return response;
}

const Rules& pictures() {
  static const Rules rules{.mostBytes = 5 * 1024 * 1024, .types = {"image/png", "image/jpeg", "image/webp"}};
  return rules;
}

Response showPicture(Host& host, FileId id, bool isPublic) {
  const auto file = host.read([&](ReadTx& tx) { return find(tx, id); });
  if (!file || !contains(pictures().types, file->type)) throw NotFound();
  return serve(host, id, {true, isPublic});
}

Text textOf(ReadTx& tx, FileId id) { return findText(tx, id); }

bool hasThumbnail(ReadTx& tx, FileId id) {
  const auto row = findFile(tx, id);
  return row && (row->file.type.starts_with("image/") || findThumbnail(tx, id));
}

Response thumbnail(Host& host, FileId id, bool isPublic) {
  const auto [row, sha256] = host.read([&](ReadTx& tx) { return std::pair(findFile(tx, id), findThumbnail(tx, id)); });
  if (row && !sha256 && row->file.type.starts_with("image/")) return serve(host, id, {true, isPublic});
  const FolderStore store = storeOf(host);
  const auto size = sha256 ? store.sizeOf(*sha256) : std::nullopt;
  if (!row || !size) throw NotFound();
  Response response;
  response.headers.set("Content-Type", "image/png");
  response.headers.set("Content-Disposition", "inline");
  response.headers.set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
  mark(response, *sha256, isPublic);
  response.body = store.body(*sha256, *size);
  return response;
}

}  // namespace toimela::files
