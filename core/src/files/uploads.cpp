#include "files/uploads.h"

#include <Poco/Base64Decoder.h>
#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <sstream>

#include "files/digest.h"
#include "files/file_lock.h"
#include "files/kinds.h"
#include "files/names.h"
#include "files/receiving.h"
#include "files/upload_id.h"
#include "files/upload_store.h"
#include "toimela/bookkeeping.h"
#include "toimela/uploads.h"

namespace toimela::files {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kVersion = "1.0.0";
constexpr std::chrono::hours kRests{24};
constexpr std::int64_t kMostAtOnce = 8;
constexpr std::uint64_t kMostBytesAtOnce = 8ULL * 1024 * 1024 * 1024;

struct UploadPlace {
  std::string pattern;
  Rules rules;
};

// ---- what the protocol says ----

std::string httpDate(Instant time) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(std::chrono::system_clock::to_time_t(time)),
                                         Poco::DateTimeFormat::HTTP_FORMAT);
}

Response answered(int status) {
  Response response;
  response.status = status;
  response.headers.set("Tus-Resumable", std::string(kVersion));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/// A problem document (RFC 9457) whose detail is in the reader's language.
Response problem(const Request& request, Host& host, int status, std::string_view key) {
  Response response = Response::json(
      status, nlohmann::json{{"type", "about:blank"},
                             {"title", host.texts().get(request.locale, "files.upload.title")},
                             {"status", status},
                             {"detail", host.texts().get(request.locale, std::string(key))},
                             {"reference", request.reference}}
                  .dump());
  response.headers.set("Content-Type", "application/problem+json");
  response.headers.set("Tus-Resumable", std::string(kVersion));
  response.headers.set("Tus-Version", std::string(kVersion));
  response.headers.set("Tus-Extension", "creation,expiration,termination");
  response.headers.set("Cache-Control", "no-store");
  return response;
}

std::optional<std::uint64_t> number(const Request& request, std::string_view header) {
  const auto text = request.headers.find(header);
  std::uint64_t value = 0;
  if (!text || text->empty() || text->size() > 15) return std::nullopt;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), value);
  if (read.ec != std::errc() || read.ptr != text->data() + text->size()) return std::nullopt;
  return value;
}

bool speaksOurVersion(const Request& request) { return request.headers.find("Tus-Resumable") == kVersion; }

/// Upload-Metadata: "key base64,key base64".
std::string nameIn(const Request& request) {
  std::string_view rest = request.headers.find("Upload-Metadata").value_or("");
  while (!rest.empty()) {
    std::string_view pair = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    const auto gap = pair.find(' ');
    if (gap == std::string_view::npos || (pair.substr(0, gap) != "filename" && pair.substr(0, gap) != "name")) continue;
    std::istringstream encoded{std::string(pair.substr(gap + 1))};
    Poco::Base64Decoder decoder(encoded);
    return cleanName(std::string{std::istreambuf_iterator<char>(decoder), {}});
  }
  return "file";
}

bool mayFit(std::string_view name, const Rules& rules) {
  const std::string ending = endingOf(name);
  return ending.empty() || std::ranges::any_of(rules.types, [&](std::string_view type) {
           const auto endings = endingsOf(type);
           return std::ranges::find(endings, ending) != endings.end();
         });
}

// ---- the bytes ----

/// The part of an upload, held by one request at a time: another gets nothing.
class Part {
 public:
  static std::optional<Part> open(const fs::path& path) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) throw DatabaseFull("no room for an upload");
    Part part(fd);
    struct stat held{}, named{};
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0 || ::fstat(fd, &held) != 0 || ::stat(path.c_str(), &named) != 0 ||
        held.st_ino != named.st_ino)
      return std::nullopt;
    return part;
  }
  Part(Part&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Part& operator=(Part&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Part() {
    if (fd_ >= 0) unlockAndClose(fd_);
  }

  /// False when less is there than was noted.
  bool cutTo(std::uint64_t received) const {
    struct stat about{};
    if (::fstat(fd_, &about) != 0 || static_cast<std::uint64_t>(about.st_size) < received) return false;
    return ::ftruncate(fd_, static_cast<off_t>(received)) == 0 && ::lseek(fd_, 0, SEEK_END) >= 0;
  }
  void append(std::span<const char> bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) throw DatabaseFull("no room for an upload");
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }
  void sync() const {
    if (::fdatasync(fd_) != 0) throw DatabaseFull("an upload can not be made safe on disk");
  }

 private:
  explicit Part(int fd) : fd_(fd) {}
  int fd_;
};

std::uint64_t sizeOf(const RequestBody& body) {
  if (const auto* text = std::get_if<std::string>(&body)) return text->size();
  return std::get<std::shared_ptr<const SpooledFile>>(body)->size();
}

void appendBody(const RequestBody& body, const Part& part, RunningDigest& digest) {
  const auto add = [&](std::span<const char> bytes) {
    digest.add(bytes);
    part.append(bytes);
  };
  if (const auto* text = std::get_if<std::string>(&body)) return add(*text);
  const int in = ::open(std::get<std::shared_ptr<const SpooledFile>>(body)->path().c_str(), O_RDONLY | O_CLOEXEC);
  if (in < 0) throw std::runtime_error("the body of a request can not be read");
  const std::shared_ptr<void> closes(nullptr, [in](void*) { ::close(in); });
  std::array<char, 64 * 1024> buffer;
  for (ssize_t got; (got = ::read(in, buffer.data(), buffer.size())) > 0;)
    add({buffer.data(), static_cast<std::size_t>(got)});
}

void forget(Host& host, const Upload& upload, PersonId person) {
  host.writeAs(person, [&](WriteTx& tx) {
    deleteUpload(tx, upload.token);
    bookkeeping(tx, "an upload that became no file is forgotten");
  });
  std::error_code none;
  fs::remove(partOf(host, upload.token), none);
}

/// All bytes are there: into the store, or refused and forgotten. The part must be held.
std::optional<Refusal> complete(Host& host, const Upload& upload, const Rules& rules) {
  const fs::path path = partOf(host, upload.token);
  auto outcome = checked(path, upload.name, rules);
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
    forget(host, upload, upload.owner);
    return *refusal;
  }
  const auto& incoming = std::get<Incoming>(outcome);
  const auto digest = RunningDigest::from(upload.digest);
  const std::string sha256 = digest ? digest->hex() : measure(path).sha256;
  storeOf(host).put(path, sha256);
  host.writeAs(upload.owner, [&](WriteTx& tx) {
    completeUpload(tx, upload.token, incoming.name, incoming.type, sha256);
    bookkeeping(tx, "an upload is nothing before it is kept");
  });
  std::error_code none;
  fs::remove(path, none);
  return std::nullopt;
}

// ---- the requests ----

std::optional<Upload> find(Host& host, const std::string& token, PersonId person) {
  auto upload = host.read([&](ReadTx& tx) { return findUpload(tx, token, now()); });
  return upload && upload->owner == person ? upload : std::nullopt;
}

Upload requireUpload(const Request& request, Host& host, const UploadPlace& place) {
  const auto token = uploadToken(core(host).secret(), request.parameters.text("upload"));
  auto upload = token ? find(host, *token, *request.actor.person) : std::nullopt;
  if (!upload || upload->place != place.pattern) throw NotFound();
  return *upload;
}

Response create(const Request& request, Host& host, const UploadPlace& place) {
  if (!speaksOurVersion(request)) return problem(request, host, 412, "files.upload.version");
  const auto length = number(request, "Upload-Length");
  if (!length) return problem(request, host, 400, "files.upload.no_length");
  if (*length == 0) return problem(request, host, 422, messageKey(Refusal::empty));
  if (*length > place.rules.mostBytes) return problem(request, host, 413, messageKey(Refusal::tooLarge));
  Upload upload;
  upload.name = nameIn(request);
  if (!mayFit(upload.name, place.rules)) return problem(request, host, 422, messageKey(Refusal::forbiddenKind));
  upload.token = newStoredName();
  upload.owner = *request.actor.person;
  upload.place = place.pattern;
  upload.length = *length;
  upload.digest = RunningDigest().state();
  upload.expiresAt = now() + kRests;
  const bool isTaken = host.write(request, [&](WriteTx& tx) {
    bookkeeping(tx, "an upload is nothing before it is kept");
    const Load load = uploadsUnderWay(tx, upload.owner, tx.time());
    if (load.count >= kMostAtOnce || load.bytes + upload.length > kMostBytesAtOnce) return false;
    // What comes whole takes what is free at that moment; a promise must hold for a day.
    requireRoom(host, load.promised + upload.length);
    insertUpload(tx, upload);
    return true;
  });
  if (!isTaken) return problem(request, host, 429, "files.upload.too_many");
  Response response = answered(201);
  response.headers.set("Location", place.pattern + "/" + uploadId(core(host).secret(), upload.token));
  response.headers.set("Upload-Offset", "0");
  response.headers.set("Upload-Expires", httpDate(upload.expiresAt));
  return response;
}

Response ask(const Request& request, Host& host, const UploadPlace& place) {
  const Upload upload = requireUpload(request, host, place);
  Response response = Response::json(200, nlohmann::json{{"name", upload.name},
                                                         {"length", upload.length},
                                                         {"offset", upload.received},
                                                         {"complete", !upload.sha256.empty()}}
                                              .dump());
  response.headers.set("Tus-Resumable", std::string(kVersion));
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Upload-Offset", std::to_string(upload.received));
  response.headers.set("Upload-Length", std::to_string(upload.length));
  response.headers.set("Upload-Expires", httpDate(upload.expiresAt));
  return response;
}

Response append(const Request& request, Host& host, const UploadPlace& place) {
  if (!speaksOurVersion(request)) return problem(request, host, 412, "files.upload.version");
  if (request.headers.find("Content-Type") != kPieceType) return problem(request, host, 415, "files.upload.piece_type");
  const auto offset = number(request, "Upload-Offset");
  if (!offset) return problem(request, host, 400, "files.upload.no_offset");
  Upload upload = requireUpload(request, host, place);
  const fs::path path = partOf(host, upload.token);
  std::optional<Part> part;
  if (upload.sha256.empty()) {
    part = Part::open(path);
    if (!part) return problem(request, host, 423, "files.upload.locked");
    upload = requireUpload(request, host, place);  // as it is now that nobody else changes it
  }
  if (*offset != upload.received) return problem(request, host, 409, "files.upload.offset");
  if (sizeOf(request.body) > upload.length - upload.received)
    return problem(request, host, 413, "files.upload.too_long");
  if (upload.sha256.empty() && !part->cutTo(upload.received)) {
    part.reset();
    forget(host, upload, upload.owner);
    return problem(request, host, 410, "files.upload.gone");
  }
  if (const std::uint64_t size = sizeOf(request.body); size > 0) {
    auto digest = RunningDigest::from(upload.digest);
    if (!digest) throw std::runtime_error("an upload's digest can not be gone on with");
    appendBody(request.body, *part, *digest);
    part->sync();
    const std::string state = digest->state();
    const Instant expires = now() + kRests;
    const bool isNoted = host.write(request, [&](WriteTx& tx) {
      bookkeeping(tx, "an upload is nothing before it is kept");
      return advanceUpload(tx, upload, upload.received + size, state, expires);
    });
    if (!isNoted) return problem(request, host, 409, "files.upload.offset");
    upload.received += size;
    upload.digest = state;
    upload.expiresAt = expires;
  }
  if (upload.sha256.empty() && upload.received == upload.length)
    if (const auto refusal = complete(host, upload, place.rules)) return problem(request, host, 422, messageKey(*refusal));
  Response response = answered(204);
  response.headers.set("Upload-Offset", std::to_string(upload.received));
  response.headers.set("Upload-Expires", httpDate(upload.expiresAt));
  return response;
}

Response giveUp(const Request& request, Host& host, const UploadPlace& place) {
  forget(host, requireUpload(request, host, place), *request.actor.person);
  return answered(204);
}

/// A person's own upload whose bytes are all there.
std::variant<std::monostate, Incoming, Refusal> finished(Host& host, const Request& request, std::string_view id,
                                                         const Rules& rules) {
  const auto token = uploadToken(core(host).secret(), id);
  if (!token || !request.actor.person) return {};
  auto upload = find(host, *token, *request.actor.person);
  if (upload && upload->sha256.empty() && upload->received == upload->length) {
    // The process ended between the last byte and the store.
    const auto part = Part::open(partOf(host, *token));
    if (part && part->cutTo(upload->received))
      if (const auto refusal = complete(host, *upload, rules)) return *refusal;
    upload = find(host, *token, *request.actor.person);
  }
  if (!upload || upload->sha256.empty()) return {};
  if (upload->length > rules.mostBytes) return Refusal::tooLarge;
  if (std::ranges::find(rules.types, upload->type) == rules.types.end()) return Refusal::forbiddenKind;
  return Incoming{upload->token, upload->name, upload->type, upload->length, upload->sha256};
}

std::string_view uploadIn(const Request& request, std::string_view field) {
  return request.form.text(std::string(field) + "_upload");
}

}  // namespace

fs::path partOf(Host& host, const std::string& token) {
  return core(host).dataFolder() / "uploads" / (token + ".part");
}

std::vector<Route> uploadRoutes(std::string pattern, Permission permission, const Rules& rules) {
  const auto place = std::make_shared<const UploadPlace>(UploadPlace{pattern, rules});
  const auto with = [place](auto handle) {
    return [place, handle](const Request& request, Host& host) { return handle(request, host, *place); };
  };
  const std::string one = pattern + "/{upload}";
  std::vector<Route> routes;
  routes.push_back(post(pattern, with(create)).needs(permission).anywhere().rate(RateClass::write)
                       .described("Begins a resumable upload (tus 1.0.0); Location is its address"));
  routes.push_back(get(one, with(ask)).needs(permission).anywhere().answers("Upload")
                       .described("How far an upload has come, in Upload-Offset"));
  routes.push_back(patch(one, with(append)).needs(permission).anywhere().rate(RateClass::write).accepts(kMostPiece)
                       .described("Appends a piece of at most 64 MiB at Upload-Offset"));
  routes.push_back(del(one, with(giveUp)).needs(permission).anywhere().rate(RateClass::write)
                       .described("Gives an upload up"));
  return routes;
}

void offerUploads(View& view, Host& host, const Request& request, const UploadOffer& offer) {
  View upload;
  std::string fields;
  std::vector<View> sent;
  for (const std::string& field : offer.fields) {
    fields += (fields.empty() ? "" : " ") + field;
    const std::string_view id = uploadIn(request, field);
    const auto done = id.empty() ? std::variant<std::monostate, Incoming, Refusal>{}
                                 : finished(host, request, id, offer.rules);
    if (const auto* incoming = std::get_if<Incoming>(&done)) {
      View one;
      one.set("field", field).set("id", std::string(id)).set("name", incoming->name);
      sent.push_back(std::move(one));
    }
  }
  upload.set("address", offer.address)
      .set("fields", std::move(fields))
      .set("most", std::to_string(offer.rules.mostBytes))
      .list("sent", std::move(sent));
  std::vector<View> only;
  only.push_back(std::move(upload));
  view.list("upload", std::move(only));
}

std::optional<std::variant<Incoming, Refusal>> sentFile(Host& host, const Request& request, std::string_view field,
                                                        const Rules& rules) {
  if (const std::string_view id = uploadIn(request, field); !id.empty()) {
    auto done = finished(host, request, id, rules);
    if (auto* incoming = std::get_if<Incoming>(&done)) return std::move(*incoming);
    if (const auto* refusal = std::get_if<Refusal>(&done)) return *refusal;
  }
  for (const UploadedFile& file : request.files)
    if (file.field == field) return receive(host, file, rules);
  return std::nullopt;
}

void sweepUploads(CoreHost& host) {
  host.writeAs({}, [](WriteTx& tx) {
    deleteExpiredUploads(tx);
    bookkeeping(tx, "uploads that have run out are forgotten");
  });
  std::error_code none;
  const auto old = fs::file_time_type::clock::now() - kRests;
  for (const auto& entry : fs::directory_iterator(host.dataFolder() / "uploads", none)) {
    const auto written = entry.last_write_time(none);
    if (none || written >= old) continue;
    const fs::path path = entry.path();
    const bool isPart = path.extension() == ".part";
    if (isPart && host.read([&](ReadTx& tx) { return isUpload(tx, path.stem().string()); })) continue;
    fs::remove(path, none);
  }
}

}  // namespace toimela::files
