#include "toimela/files.h"
#include "toimela/pictures.h"

#include <algorithm>

#include "files/content_store.h"
#include "files/file_store.h"
#include "files/kinds.h"
#include "files/names.h"
#include "host/core_host.h"

namespace toimela::files {

namespace {

// Less than the day after which the sweep comes, so that nothing is read while it goes.
constexpr std::chrono::hours kReceivedLasts{20};

std::filesystem::path folderOf(Host& host) { return core(host).dataFolder() / "files"; }

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

FileRow requireFile(Host& host, FileId id) {
  auto row = host.read([&](ReadTx& tx) { return findFile(tx, id); });
  if (!row) throw NotFound();
  return std::move(*row);
}

/// The bytes of the file, under a policy by which nothing in them runs.
void setContent(Response& response, Host& host, const FileRow& row) {
  const auto path = contentPath(folderOf(host), row.storedName);
  std::error_code failed;
  if (!path || std::filesystem::file_size(*path, failed) != row.file.size)
    throw std::runtime_error("the content of file " + row.file.id.text() + " is not in the store");
  response.headers.set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
  response.body = FileBody{path->string(), 0, row.file.size};
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

std::variant<Incoming, Refusal> receive(Host& host, const UploadedFile& file, const Rules& rules) {
  if (!file.content || file.content->size() == 0) return Refusal::empty;
  if (file.content->size() > rules.mostBytes) return Refusal::tooLarge;
  std::string name = cleanName(file.fileName);
  std::string type = kindOf(file.content->path(), endingOf(name));
  if (!contains(rules.types, type)) return Refusal::forbiddenKind;
  auto fitting = fittingName(std::move(name), type, rules);
  if (!fitting) return Refusal::forbiddenKind;
  Put put = putContent(folderOf(host), file.content->path());
  return Incoming{std::move(put.storedName), std::move(*fitting), std::move(type), put.size, std::move(put.sha256)};
}

std::optional<std::string> receivedPath(Host& host, std::string_view storedName) {
  const auto path = contentPath(folderOf(host), storedName);
  if (!path) return std::nullopt;
  std::error_code failed;
  const auto written = std::filesystem::last_write_time(*path, failed);
  if (failed || written + kReceivedLasts < std::filesystem::file_time_type::clock::now()) return std::nullopt;
  return path->string();
}

void discard(Host& host, std::string_view storedName) {
  std::error_code failed;
  if (const auto path = contentPath(folderOf(host), storedName)) std::filesystem::remove(*path, failed);
}

FileId keep(WriteTx& tx, const Incoming& incoming, std::optional<PersonId> owner) {
  return insertFile(tx, incoming, owner);
}

std::optional<StoredFile> find(ReadTx& tx, FileId id) {
  const auto row = findFile(tx, id);
  return row ? std::optional(row->file) : std::nullopt;
}

void remove(WriteTx& tx, FileId id) { deleteFile(tx, id); }

std::optional<std::string> contentOf(Host& host, FileId id) {
  const auto row = host.read([&](ReadTx& tx) { return findFile(tx, id); });
  const auto path = row ? contentPath(folderOf(host), row->storedName) : std::nullopt;
  std::error_code failed;
  return path && std::filesystem::is_regular_file(*path, failed) ? std::optional(path->string()) : std::nullopt;
}

const Rules& pictures() {
  static const Rules rules{.mostBytes = 5 * 1024 * 1024, .types = {"image/png", "image/jpeg", "image/webp"}};
  return rules;
}

Response serve(Host& host, FileId id) {
  const FileRow row = requireFile(host, id);
  Response response = Response::attachment(row.file.name, row.file.type, "");
  setContent(response, host, row);
  return response;
}

Response showPicture(Host& host, FileId id, bool isPublic) {
  const FileRow row = requireFile(host, id);
  if (!contains(pictures().types, row.file.type)) throw NotFound();
  Response response;
  response.headers.set("Content-Type", row.file.type);
  response.headers.set("Content-Disposition", "inline");
  response.headers.set("Cache-Control", isPublic ? "public, max-age=3600" : "no-store");
  setContent(response, host, row);
  return response;
}

}  // namespace toimela::files
