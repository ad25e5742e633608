#include "files/contribution.h"

#include <nlohmann/json.hpp>

#include "files/content_store.h"
#include "files/file_store.h"
#include "files/names.h"

namespace toimela::files {

namespace {

constexpr std::chrono::hours kUnnamedLast{24};

std::string takeOut(ReadTx& tx, PersonId person) {
  auto document = nlohmann::ordered_json::object();
  document["files"] = nlohmann::ordered_json::array();
  for (const FileRow& row : filesOf(tx, person))
    document["files"].push_back({{"name", row.file.name},
                                 {"type", row.file.type},
                                 {"bytes", row.file.size},
                                 {"sentAt", isoText(row.createdAt)}});
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
}

std::vector<FileId> filesToTakeOut(ReadTx& tx, PersonId person) {
  std::vector<FileId> ids;
  for (const FileRow& row : filesOf(tx, person)) ids.push_back(row.file.id);
  return ids;
}

}  // namespace

int sweep(CoreHost& host) {
  return sweepContents(host.dataFolder() / "files", kUnnamedLast, [&](const std::string& firstTwo) {
    return host.read([&](ReadTx& tx) { return storedNames(tx, firstTwo); });
  });
}

void contribute(Registry& registry) {
  registry.personalData({"files", takeOut, erase, {"core_file.owner_id", "core_file.name", "core_file.created_at"},
                         filesToTakeOut});
  registry.job({"files", std::chrono::hours(6),
                [](Host& host, const std::vector<RegionCode>&) { sweep(core(host)); }});
}

}  // namespace toimela::files
