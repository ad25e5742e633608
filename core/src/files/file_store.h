// The rows of files: the only place with SQL on core_file.
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
/// Stored names that begin with the two letters.
std::set<std::string> storedNames(ReadTx& tx, const std::string& firstTwo);
/// The files that the person sent, the oldest first.
std::vector<FileRow> filesOf(ReadTx& tx, PersonId owner);
void nameAnew(WriteTx& tx, FileId id, std::string_view name);
void forgetOwner(WriteTx& tx, PersonId owner);

}  // namespace toimela::files
