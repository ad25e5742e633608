// The rows of files and of their contents: the only place with SQL on core_file, core_content and
// core_content_text.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "toimela/files.h"

namespace toimela::files {

struct FileRow {
  StoredFile file;
  std::string storedName;
  Instant createdAt{};
};

FileId insertFile(WriteTx& tx, const Incoming& incoming, std::optional<PersonId> owner);
std::optional<FileRow> findFile(ReadTx& tx, FileId id);
void deleteFile(WriteTx& tx, FileId id);
/// Names in the store that begin with the two digits and are needed: contents of files, of finished
/// uploads, pictures of first pages, and names of before.
std::set<std::string> namesInUse(ReadTx& tx, const std::string& firstTwo);
/// The digest of what lies under a name of before.
std::optional<std::string> digestOf(ReadTx& tx, const std::string& storedName);
/// The files that the person sent, the oldest first.
std::vector<FileRow> filesOf(ReadTx& tx, PersonId owner);
void nameAnew(WriteTx& tx, FileId id, std::string_view name);
void forgetOwner(WriteTx& tx, PersonId owner);

// ---- contents ----

struct ContentRow {
  std::string sha256, type;
  std::uint64_t size = 0;  ///< bytes
  int attempts = 0;        ///< to read it
};

void insertContent(WriteTx& tx, const Incoming& incoming);
Text findText(ReadTx& tx, FileId id);
/// The digest of the picture of its first page.
std::optional<std::string> findThumbnail(ReadTx& tx, FileId id);
std::vector<FileId> filesWith(ReadTx& tx, const std::string& sha256);

/// Contents whose words are to be read now, the longest waiting first.
std::vector<ContentRow> toRead(ReadTx& tx, Instant now, int most);
/// Notes that reading begins, and when it may be tried again if nothing more is heard of it. False
/// when another process has taken it.
bool claimReading(WriteTx& tx, const ContentRow& row, Instant again);
/// Takes it back: nothing could be tried, and that is not the content's fault.
void releaseReading(WriteTx& tx, const ContentRow& row, Instant again);
void storeRead(WriteTx& tx, const std::string& sha256, Text::State state, const std::string& text,
               const std::optional<std::string>& thumbnail);

struct Damage {
  std::string sha256;
  std::string what;
  std::int64_t files = 0;
};
/// Contents that were verified longest ago, before `before`.
std::vector<ContentRow> toVerify(ReadTx& tx, Instant before, int most);
/// `damage` is empty when the content is sound.
void storeVerified(WriteTx& tx, const std::string& sha256, std::string_view damage);
std::vector<Damage> damages(ReadTx& tx);
struct Verified {
  std::int64_t contents = 0, damaged = 0, unreadable = 0;
  std::optional<Instant> oldest;  ///< verification
};
Verified verified(ReadTx& tx);
/// Names of files whose content is damaged, at most `most`.
std::vector<std::string> namesOfDamaged(ReadTx& tx, int most);

/// Forgets what no file has any more; the number that went.
std::int64_t deleteUnusedContents(WriteTx& tx);

}  // namespace toimela::files
