#include "files/contribution.h"

#include <nlohmann/json.hpp>

#include "files/content_store.h"
#include "files/file_store.h"
#include "files/names.h"
#include "files/reading_job.h"
#include "files/receiving.h"
#include "files/upload_store.h"
#include "files/uploads.h"
#include "kit/json_schema.h"
#include "toimela/bookkeeping.h"

namespace toimela::files {

namespace {

constexpr std::chrono::hours kUnnamedLast{24};
constexpr std::uint64_t kVerifyRate = 20'000'000;  // bytes a second: what serving hardly notices
constexpr std::chrono::minutes kVerifyTime{20};    // of each hour

std::string takeOut(ReadTx& tx, PersonId person) {
  auto document = nlohmann::ordered_json::object();
  document["files"] = nlohmann::ordered_json::array();
  for (const FileRow& row : filesOf(tx, person))
    document["files"].push_back({{"name", row.file.name},
                                 {"type", row.file.type},
                                 {"bytes", row.file.size},
                                 {"sentAt", isoText(row.createdAt)}});
  document["uploadsUnderWay"] = nlohmann::ordered_json::array();
  for (const Upload& upload : uploadsOf(tx, person))
    document["uploadsUnderWay"].push_back(
        {{"name", upload.name}, {"bytes", upload.length}, {"begunAt", isoText(upload.createdAt)}});
  return document.dump();
}

// What the file belongs to decides whether it stays; here it only loses its sender, and its name,
// which may be theirs ("Maija Meikäläinen CV.pdf").
void erase(WriteTx& tx, PersonId person) {
  for (const FileRow& row : filesOf(tx, person)) {
    const std::string ending = endingOf(row.file.name), neutral = "file-" + row.file.id.text();
    nameAnew(tx, row.file.id, ending.empty() ? neutral : withEnding(neutral, ending));
  }
  forgetOwner(tx, person);
  for (const Upload& upload : uploadsOf(tx, person)) deleteUpload(tx, upload.token);
}

std::vector<FileId> filesToTakeOut(ReadTx& tx, PersonId person) {
  std::vector<FileId> ids;
  for (const FileRow& row : filesOf(tx, person)) ids.push_back(row.file.id);
  return ids;
}

/// Those who run the service see it where they begin their day, not in the log alone.
bool fillDamagedTile(const Request& request, Host& host, View& view) {
  constexpr int kNamed = 5;
  if (!host.allowed(request.actor, Permission{"core.plugin.switch"}, {})) return false;
  const auto [damaged, names] =
      host.read([](ReadTx& tx) { return std::pair(std::ssize(damages(tx)), namesOfDamaged(tx, kNamed)); });
  if (damaged == 0) return false;
  std::vector<View> named;
  for (const std::string& name : names) named.emplace_back().set("name", name);
  view.set("text", host.texts().format(request.locale, "files.damaged.text", {{"count", std::int64_t{damaged}}}))
      .list("names", std::move(named));
  return true;
}

std::string uploadSchema() {
  using namespace schema;
  return described(answer({{"name", text()},
                           {"length", described(number(), "In bytes.")},
                           {"offset", described(number(), "How much has come, in bytes.")},
                           {"complete", described(flag(), "True: all came and may be used.")}}),
                   "A file on its way in pieces.")
      .dump();
}

}  // namespace

int moveOldContents(CoreHost& host) {
  int moved = 0;
  FolderStore store = storeOf(host);
  store.eachOld([&](const std::string& name, const std::filesystem::path& path) {
    const auto sha256 = host.read([&](ReadTx& tx) { return digestOf(tx, name); });
    // One that is not what it was stays where it is, for the verification to find.
    if (!sha256 || measure(path).sha256 != *sha256) return;
    store.put(path, *sha256);
    std::error_code none;
    std::filesystem::remove(path, none);
    ++moved;
  });
  return moved;
}

int sweep(CoreHost& host) {
  sweepUploads(host);
  host.writeAs({}, [](WriteTx& tx) {
    deleteUnusedContents(tx);
    bookkeeping(tx, "what no file has any more is forgotten");
  });
  return storeOf(host).sweep(kUnnamedLast, [&](const std::string& firstTwo) {
    return host.read([&](ReadTx& tx) { return namesInUse(tx, firstTwo); });
  });
}

void contribute(Registry& registry) {
  registry.schema("Upload", uploadSchema());
  registry.personalData({"files",
                         takeOut,
                         erase,
                         {"core_file.owner_id", "core_file.name", "core_file.created_at", "core_upload.owner_id",
                          "core_upload.name", "core_upload.created_at"},
                         filesToTakeOut});
  registry.tile({Tile::Place::dashboard, "tile_damaged", fillDamagedTile, 5});
  registry.job({"files", std::chrono::hours(6), [](Host& host, const JobTurn&) {
                  moveOldContents(core(host));
                  sweep(core(host));
                }});
  registry.job({"reading", std::chrono::seconds(15),
                [](Host& host, const JobTurn& turn) { readWaiting(core(host), turn.stop); }});
  registry.job({"verification", std::chrono::hours(1), [](Host& host, const JobTurn& turn) {
                  verifyContents(core(host), kVerifyRate, kVerifyTime, turn.stop);
                }});
}

}  // namespace toimela::files
