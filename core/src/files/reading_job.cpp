#include "files/reading_job.h"

#include <fstream>
#include <thread>

#include "files/content_store.h"
#include "files/file_store.h"
#include "files/receiving.h"
#include "reading/reading.h"
#include "toimela/bookkeeping.h"

namespace toimela::files {

namespace fs = std::filesystem;

namespace {

constexpr int kMostAttempts = 3;
constexpr std::chrono::minutes kAgain{10};

std::optional<std::string> storePicture(CoreHost& host, const std::string& png) {
  const fs::path path = host.dataFolder() / "uploads" / (newStoredName() + ".picture");
  const std::shared_ptr<void> goes(nullptr, [&](void*) { std::error_code none; fs::remove(path, none); });
  if (!(std::ofstream(path, std::ios::binary) << png << std::flush)) return std::nullopt;
  const std::string sha256 = measure(path).sha256;
  storeOf(host).put(path, sha256);
  return sha256;
}

void note(CoreHost& host, const std::string& sha256, Text::State state, const std::string& text,
          const std::optional<std::string>& picture) {
  host.writeAs({}, [&](WriteTx& tx) {
    storeRead(tx, sha256, state, text, picture);
    tx.unaudited("what a file says was read from it");
    tx.publish(ContentRead{filesWith(tx, sha256)});
  });
}

std::optional<fs::path> placeOf(CoreHost& host, const std::string& sha256) {
  const FolderStore store = storeOf(host);
  if (auto path = store.file(sha256)) return path;
  for (const FileId id : host.read([&](ReadTx& tx) { return filesWith(tx, sha256); }))
    if (const auto row = host.read([&](ReadTx& tx) { return findFile(tx, id); }))
      if (auto path = contentOf(store, *row)) return path;
  return std::nullopt;
}

/// False when nothing can be read on this machine now.
bool readOne(CoreHost& host, const ContentRow& row) {
  const bool isOurs = host.writeAs({}, [&](WriteTx& tx) {
    bookkeeping(tx, "what a file says is read from it");
    return claimReading(tx, row, tx.time() + kAgain);
  });
  if (!isOurs) return true;
  const auto path = placeOf(host, row.sha256);
  // It was begun so often and never came to an end: it brings down whoever reads it.
  if (!path || row.attempts >= kMostAttempts) {
    note(host, row.sha256, Text::State::unreadable, {}, {});
    host.log("text not extracted", {{"content", row.sha256}, {"reason", path ? "too many attempts" : "no content"}});
    return true;
  }
  const auto words = reading::wordsOf(*path, row.type);
  if (words.outcome == reading::Words::Outcome::notConfined) {
    host.writeAs({}, [&](WriteTx& tx) {
      releaseReading(tx, row, tx.time() + kAgain);
      bookkeeping(tx, "what a file says can not be read now");
    });
    return false;
  }
  std::optional<std::string> picture;
  if (row.type == "application/pdf")
    if (const auto png = reading::firstPage(*path)) picture = storePicture(host, *png);
  const bool isRead = words.outcome == reading::Words::Outcome::read;
  note(host, row.sha256, isRead ? Text::State::read : Text::State::unreadable, words.text, picture);
  if (!isRead) host.log("text not extracted", {{"content", row.sha256}, {"reason", "unreadable"}});
  return true;
}

/// Empty when the bytes are those that came.
std::string damageOf(const std::optional<fs::path>& path, const ContentRow& row,
                     const std::function<void(std::uint64_t)>& pace) {
  if (!path) return "missing";
  try {
    const Measured found = measure(*path, pace);
    if (found.size != row.size) return "size";
    return found.sha256 == row.sha256 ? "" : "digest";
  } catch (const std::exception&) {
    return "unreadable";
  }
}

}  // namespace

int readWaiting(CoreHost& host, const std::stop_token& stop, int most) {
  int done = 0;
  for (const ContentRow& row : host.read([&](ReadTx& tx) { return toRead(tx, now(), most); })) {
    if (stop.stop_requested() || !readOne(host, row)) break;
    ++done;
  }
  return done;
}

int verifyContents(CoreHost& host, std::uint64_t bytesPerSecond, std::chrono::seconds time, const std::stop_token& stop,
                   std::chrono::hours every) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  std::uint64_t before = 0;
  int damaged = 0;
  const Instant due = now() - every;  // once for the run: nothing is verified twice in it
  const auto isOver = [&] { return stop.stop_requested() || Clock::now() - start >= time; };
  const auto pace = [&](std::uint64_t ofThis) {
    if (stop.stop_requested()) return;
    const auto allowed = start + std::chrono::microseconds((before + ofThis) * 1'000'000 / bytesPerSecond);
    if (allowed - Clock::now() > std::chrono::milliseconds(10)) std::this_thread::sleep_until(allowed);
  };
  while (!isOver()) {
    const auto rows = host.read([&](ReadTx& tx) { return toVerify(tx, due, 20); });
    if (rows.empty()) break;
    for (const ContentRow& row : rows) {
      if (isOver()) break;
      const auto path = placeOf(host, row.sha256);
      const std::string damage = damageOf(path, row, pace);
      before += row.size;
      host.writeAs({}, [&](WriteTx& tx) {
        storeVerified(tx, row.sha256, damage);
        bookkeeping(tx, "a content was verified");
      });
      if (damage.empty()) continue;
      ++damaged;
      host.log("a stored file is damaged", {{"content", row.sha256}, {"what", damage}});
    }
  }
  return damaged;
}

}  // namespace toimela::files
