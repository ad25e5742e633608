#include "files/file_store.h"

namespace toimela::files {

namespace {

constexpr Sql kAdd{"core.file.add",
                   "INSERT INTO core_file (stored_name, name, type, size, sha256, owner_id, created_at) "
                   "VALUES (:stored_name, :name, :type, :size, :sha256, :owner, :created_at) RETURNING id"};
constexpr Sql kFind{"core.file.find",
                    "SELECT id, name, type, size, stored_name, created_at FROM core_file WHERE id = :id"};
constexpr Sql kOf{"core.file.of",
                  "SELECT id, name, type, size, stored_name, created_at FROM core_file "
                  "WHERE owner_id = :owner ORDER BY id"};
constexpr Sql kDelete{"core.file.delete", "DELETE FROM core_file WHERE id = :id"};
constexpr Sql kNames{"core.file.names",
                     "SELECT stored_name FROM core_file WHERE stored_name >= :from AND stored_name < :to"};
constexpr Sql kNameAnew{"core.file.name", "UPDATE core_file SET name = :name WHERE id = :id"};
constexpr Sql kForgetOwner{"core.file.forget_owner", "UPDATE core_file SET owner_id = NULL WHERE owner_id = :owner"};

FileRow toRow(FileId id, std::string name, std::string type, std::int64_t size, std::string storedName,
              Instant createdAt) {
  return {{id, std::move(name), std::move(type), static_cast<std::uint64_t>(size)}, std::move(storedName), createdAt};
}

}  // namespace

FileId insertFile(WriteTx& tx, const Incoming& incoming, std::optional<PersonId> owner) {
  return tx.insert<FileId>(kAdd, incoming.storedName, incoming.name, incoming.type, incoming.size, incoming.sha256,
                           owner, tx.time());
}

std::optional<FileRow> findFile(ReadTx& tx, FileId id) { return tx.first(kFind, toRow, id); }

void deleteFile(WriteTx& tx, FileId id) { tx.run(kDelete, id); }

std::set<std::string> storedNames(ReadTx& tx, const std::string& firstTwo) {
  std::set<std::string> names;
  // Names are hexadecimal: 'g' sorts after every one of them in any collation.
  tx.each(kNames, [&](std::string name) { names.insert(std::move(name)); }, firstTwo, firstTwo + "g");
  return names;
}

std::vector<FileRow> filesOf(ReadTx& tx, PersonId owner) { return tx.all(kOf, toRow, owner); }

void nameAnew(WriteTx& tx, FileId id, std::string_view name) { tx.run(kNameAnew, name, id); }

void forgetOwner(WriteTx& tx, PersonId owner) { tx.run(kForgetOwner, owner); }

}  // namespace toimela::files
