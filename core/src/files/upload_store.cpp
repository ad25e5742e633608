#include "files/upload_store.h"

namespace toimela::files {

namespace {

constexpr Sql kAdd{"core.upload.add",
                   "INSERT INTO core_upload (token, owner_id, place, name, length, received, digest, created_at, "
                   "expires_at) VALUES (:token, :owner, :place, :name, :length, 0, :digest, :now, :expires_at)"};
constexpr Sql kFind{"core.upload.find",
                    "SELECT token, owner_id, place, name, length, received, digest, type, sha256, created_at, "
                    "expires_at FROM core_upload WHERE token = :token AND expires_at > :now"};
constexpr Sql kOf{"core.upload.of",
                  "SELECT token, owner_id, place, name, length, received, digest, type, sha256, created_at, "
                  "expires_at FROM core_upload WHERE owner_id = :owner ORDER BY created_at, token"};
constexpr Sql kAdvance{"core.upload.advance",
                       "UPDATE core_upload SET received = :received, digest = :digest, expires_at = :expires_at "
                       "WHERE token = :token AND received = :before AND sha256 IS NULL"};
constexpr Sql kComplete{"core.upload.complete",
                        "UPDATE core_upload SET name = :name, type = :type, sha256 = :sha256 WHERE token = :token"};
constexpr Sql kDelete{"core.upload.delete", "DELETE FROM core_upload WHERE token = :token"};
constexpr Sql kLoad{"core.upload.load",
                    "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(length), 0) AS BIGINT) FROM core_upload "
                    "WHERE owner_id = :owner AND expires_at > :now"};
constexpr Sql kPromised{"core.upload.promised",
                        "SELECT CAST(COALESCE(SUM(length - received), 0) AS BIGINT) FROM core_upload "
                        "WHERE sha256 IS NULL AND expires_at > :now"};
// On SQLite a transaction that writes is alone already.
constexpr Sql kAlone{"core.upload.alone", "SELECT 1", "SELECT 1 FROM pg_advisory_xact_lock(841732)"};
constexpr Sql kExpired{"core.upload.expired", "DELETE FROM core_upload WHERE expires_at <= :now"};
constexpr Sql kIs{"core.upload.is", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_upload WHERE token = :token"};

Upload toUpload(std::string token, PersonId owner, std::string place, std::string name, std::int64_t length,
                std::int64_t received, std::string digest, std::optional<std::string> type,
                std::optional<std::string> sha256, Instant createdAt, Instant expiresAt) {
  return {std::move(token),
          owner,
          std::move(place),
          std::move(name),
          static_cast<std::uint64_t>(length),
          static_cast<std::uint64_t>(received),
          std::move(digest),
          std::move(type).value_or(""),
          std::move(sha256).value_or(""),
          createdAt,
          expiresAt};
}

}  // namespace

void insertUpload(WriteTx& tx, const Upload& upload) {
  tx.run(kAdd, upload.token, upload.owner, upload.place, upload.name, upload.length, upload.digest, tx.time(),
         upload.expiresAt);
}

std::optional<Upload> findUpload(ReadTx& tx, const std::string& token, Instant now) {
  return tx.first(kFind, toUpload, token, now);
}

bool advanceUpload(WriteTx& tx, const Upload& before, std::uint64_t received, const std::string& digest,
                   Instant expiresAt) {
  return tx.run(kAdvance, received, digest, expiresAt, before.token, before.received) == 1;
}

void completeUpload(WriteTx& tx, const std::string& token, const std::string& name, const std::string& type,
                    const std::string& sha256) {
  tx.run(kComplete, name, type, sha256, token);
}

void deleteUpload(WriteTx& tx, const std::string& token) { tx.run(kDelete, token); }

Load uploadsUnderWay(WriteTx& tx, PersonId owner, Instant now) {
  tx.value<std::int64_t>(kAlone);
  const auto promised = static_cast<std::uint64_t>(tx.value<std::int64_t>(kPromised, now));
  return tx
      .first(kLoad,
             [&](std::int64_t count, std::int64_t bytes) {
               return Load{count, static_cast<std::uint64_t>(bytes), promised};
             },
             owner, now)
      .value_or(Load{});
}

std::vector<Upload> uploadsOf(ReadTx& tx, PersonId owner) { return tx.all(kOf, toUpload, owner); }

std::int64_t deleteExpiredUploads(WriteTx& tx) { return tx.run(kExpired, tx.time()); }

bool isUpload(ReadTx& tx, const std::string& token) { return tx.value<std::int64_t>(kIs, token) > 0; }

}  // namespace toimela::files
