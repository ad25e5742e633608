#include "files/file_store.h"

namespace toimela::files {

namespace {

constexpr Sql kAdd{"core.file.add",
                   "INSERT INTO core_file (stored_name, name, type, size, sha256, owner_id, created_at) "
                   "VALUES (:stored_name, :name, :type, :size, :sha256, :owner, :created_at) RETURNING id"};
constexpr Sql kFind{"core.file.find",
                    "SELECT id, name, type, size, sha256, stored_name, created_at FROM core_file WHERE id = :id"};
constexpr Sql kOf{"core.file.of",
                  "SELECT id, name, type, size, sha256, stored_name, created_at FROM core_file "
                  "WHERE owner_id = :owner ORDER BY id"};
constexpr Sql kDelete{"core.file.delete", "DELETE FROM core_file WHERE id = :id"};
constexpr Sql kNames{"core.file.names",
                     "SELECT sha256 FROM core_file WHERE sha256 >= :from AND sha256 < :to UNION "
                     "SELECT stored_name FROM core_file WHERE stored_name >= :from AND stored_name < :to UNION "
                     "SELECT thumbnail FROM core_content WHERE thumbnail >= :from AND thumbnail < :to UNION "
                     "SELECT sha256 FROM core_upload WHERE sha256 >= :from AND sha256 < :to"};
constexpr Sql kDigestOf{"core.file.digest_of", "SELECT sha256 FROM core_file WHERE stored_name = :stored_name"};
constexpr Sql kNameAnew{"core.file.name", "UPDATE core_file SET name = :name WHERE id = :id"};
constexpr Sql kForgetOwner{"core.file.forget_owner", "UPDATE core_file SET owner_id = NULL WHERE owner_id = :owner"};

constexpr Sql kAddContent{"core.content.add",
                          "INSERT INTO core_content (sha256, type, size, text_state, attempts, next_at, verified_at) "
                          "VALUES (:sha256, :type, :size, :state, 0, :now, :now) ON CONFLICT (sha256) DO NOTHING"};
constexpr Sql kText{"core.content.text",
                    "SELECT c.text_state, t.text FROM core_file f JOIN core_content c ON c.sha256 = f.sha256 "
                    "LEFT JOIN core_content_text t ON t.sha256 = c.sha256 WHERE f.id = :id"};
constexpr Sql kThumbnail{"core.content.thumbnail",
                         "SELECT c.thumbnail FROM core_file f JOIN core_content c ON c.sha256 = f.sha256 "
                         "WHERE f.id = :id AND c.thumbnail IS NOT NULL"};
constexpr Sql kFilesWith{"core.content.files", "SELECT id FROM core_file WHERE sha256 = :sha256 ORDER BY id"};
constexpr Sql kToRead{"core.content.to_read",
                      "SELECT sha256, type, size, attempts FROM core_content "
                      "WHERE text_state = 'waiting' AND next_at <= :now ORDER BY next_at LIMIT :most"};
constexpr Sql kClaim{"core.content.claim",
                     "UPDATE core_content SET attempts = attempts + 1, next_at = :again "
                     "WHERE sha256 = :sha256 AND attempts = :attempts AND text_state = 'waiting'"};
constexpr Sql kRelease{"core.content.release",
                       "UPDATE core_content SET attempts = :attempts, next_at = :again WHERE sha256 = :sha256"};
constexpr Sql kRead{"core.content.read",
                    "UPDATE core_content SET text_state = :state, thumbnail = :thumbnail WHERE sha256 = :sha256"};
constexpr Sql kForgetText{"core.content.forget_text", "DELETE FROM core_content_text WHERE sha256 = :sha256"};
constexpr Sql kStoreText{"core.content.store_text",
                         "INSERT INTO core_content_text (sha256, text) VALUES (:sha256, :text)"};
constexpr Sql kToVerify{"core.content.to_verify",
                        "SELECT sha256, type, size, attempts FROM core_content "
                        "WHERE verified_at < :before ORDER BY verified_at LIMIT :most"};
constexpr Sql kVerified{"core.content.verified",
                        "UPDATE core_content SET verified_at = :now, damage = :damage WHERE sha256 = :sha256"};
constexpr Sql kDamages{"core.content.damages",
                       "SELECT c.sha256, c.damage, CAST(COUNT(f.id) AS BIGINT) FROM core_content c "
                       "JOIN core_file f ON f.sha256 = c.sha256 WHERE c.damage IS NOT NULL "
                       "GROUP BY c.sha256, c.damage ORDER BY c.sha256"};
constexpr Sql kDamagedNames{"core.content.damaged_names",
                            "SELECT f.name FROM core_file f JOIN core_content c ON c.sha256 = f.sha256 "
                            "WHERE c.damage IS NOT NULL ORDER BY f.id LIMIT :most"};
constexpr Sql kCounts{"core.content.counts",
                      "SELECT CAST(COUNT(*) AS BIGINT), CAST(COUNT(damage) AS BIGINT), "
                      "CAST(COUNT(CASE WHEN text_state = 'unreadable' THEN 1 END) AS BIGINT), MIN(verified_at) "
                      "FROM core_content"};
constexpr Sql kDeleteTexts{"core.content.delete_texts",
                           "DELETE FROM core_content_text WHERE sha256 IN (SELECT c.sha256 FROM core_content c "
                           "WHERE NOT EXISTS (SELECT 1 FROM core_file f WHERE f.sha256 = c.sha256))"};
constexpr Sql kDeleteContents{"core.content.delete_unused",
                              "DELETE FROM core_content WHERE NOT EXISTS "
                              "(SELECT 1 FROM core_file f WHERE f.sha256 = core_content.sha256)"};

// Where a file was kept at the very moment in which the last one with that content was forgotten.
constexpr Sql kAddMissing{"core.content.add_missing",
                          "INSERT INTO core_content (sha256, type, size, text_state, attempts, next_at, verified_at) "
                          "SELECT f.sha256, MIN(f.type), MIN(f.size), 'waiting', 0, 0, MIN(f.created_at) "
                          "FROM core_file f WHERE NOT EXISTS "
                          "(SELECT 1 FROM core_content c WHERE c.sha256 = f.sha256) GROUP BY f.sha256"};

FileRow toRow(FileId id, std::string name, std::string type, std::int64_t size, std::string sha256,
              std::string storedName, Instant createdAt) {
  return {{id, std::move(name), std::move(type), static_cast<std::uint64_t>(size), std::move(sha256)},
          std::move(storedName), createdAt};
}

ContentRow toContent(std::string sha256, std::string type, std::int64_t size, int attempts) {
  return {std::move(sha256), std::move(type), static_cast<std::uint64_t>(size), attempts};
}

std::string_view wordOf(Text::State state) {
  switch (state) {
    case Text::State::waiting: return "waiting";
    case Text::State::read: return "read";
    case Text::State::unreadable: return "unreadable";
    case Text::State::none: return "none";
  }
  return "none";
}

Text::State stateOf(std::string_view word) {
  for (const auto state : {Text::State::waiting, Text::State::read, Text::State::unreadable})
    if (wordOf(state) == word) return state;
  return Text::State::none;
}

bool hasWords(std::string_view type) { return !type.starts_with("image/") && !type.starts_with("audio/"); }

}  // namespace

FileId insertFile(WriteTx& tx, const Incoming& incoming, std::optional<PersonId> owner) {
  return tx.insert<FileId>(kAdd, incoming.storedName, incoming.name, incoming.type, incoming.size, incoming.sha256,
                           owner, tx.time());
}

std::optional<FileRow> findFile(ReadTx& tx, FileId id) { return tx.first(kFind, toRow, id); }

void deleteFile(WriteTx& tx, FileId id) { tx.run(kDelete, id); }

std::set<std::string> namesInUse(ReadTx& tx, const std::string& firstTwo) {
  std::set<std::string> names;
  // Names are hexadecimal: 'g' sorts after every one of them in any collation.
  tx.each(kNames, [&](std::string name) { names.insert(std::move(name)); }, firstTwo, firstTwo + "g");
  return names;
}

std::optional<std::string> digestOf(ReadTx& tx, const std::string& storedName) {
  return tx.first(kDigestOf, [](std::string sha256) { return sha256; }, storedName);
}

std::vector<FileRow> filesOf(ReadTx& tx, PersonId owner) { return tx.all(kOf, toRow, owner); }

void nameAnew(WriteTx& tx, FileId id, std::string_view name) { tx.run(kNameAnew, name, id); }

void forgetOwner(WriteTx& tx, PersonId owner) { tx.run(kForgetOwner, owner); }

void insertContent(WriteTx& tx, const Incoming& incoming) {
  tx.run(kAddContent, incoming.sha256, incoming.type, incoming.size,
         wordOf(hasWords(incoming.type) ? Text::State::waiting : Text::State::none), tx.time());
}

Text findText(ReadTx& tx, FileId id) {
  return tx
      .first(kText,
             [](std::string state, std::optional<std::string> text) {
               return Text{stateOf(state), std::move(text).value_or("")};
             },
             id)
      .value_or(Text{});
}

std::optional<std::string> findThumbnail(ReadTx& tx, FileId id) {
  return tx.first(kThumbnail, [](std::string sha256) { return sha256; }, id);
}

std::vector<FileId> filesWith(ReadTx& tx, const std::string& sha256) {
  return tx.all(kFilesWith, [](FileId id) { return id; }, sha256);
}

std::vector<ContentRow> toRead(ReadTx& tx, Instant now, int most) { return tx.all(kToRead, toContent, now, most); }

bool claimReading(WriteTx& tx, const ContentRow& row, Instant again) {
  return tx.run(kClaim, again, row.sha256, row.attempts) == 1;
}

void releaseReading(WriteTx& tx, const ContentRow& row, Instant again) {
  tx.run(kRelease, row.attempts, again, row.sha256);
}

void storeRead(WriteTx& tx, const std::string& sha256, Text::State state, const std::string& text,
               const std::optional<std::string>& thumbnail) {
  tx.run(kForgetText, sha256);
  if (tx.run(kRead, wordOf(state), thumbnail, sha256) == 1 && state == Text::State::read)
    tx.run(kStoreText, sha256, text);
}

std::vector<ContentRow> toVerify(ReadTx& tx, Instant before, int most) {
  return tx.all(kToVerify, toContent, before, most);
}

void storeVerified(WriteTx& tx, const std::string& sha256, std::string_view damage) {
  tx.run(kVerified, tx.time(), damage.empty() ? std::nullopt : std::optional(std::string(damage)), sha256);
}

std::vector<Damage> damages(ReadTx& tx) {
  return tx.all(kDamages, [](std::string sha256, std::string what, std::int64_t files) {
    return Damage{std::move(sha256), std::move(what), files};
  });
}

std::vector<std::string> namesOfDamaged(ReadTx& tx, int most) {
  return tx.all(kDamagedNames, [](std::string name) { return name; }, most);
}

Verified verified(ReadTx& tx) {
  return tx
      .first(kCounts,
             [](std::int64_t contents, std::int64_t damaged, std::int64_t unreadable, std::optional<Instant> oldest) {
               return Verified{contents, damaged, unreadable, oldest};
             })
      .value_or(Verified{});
}

std::int64_t deleteUnusedContents(WriteTx& tx) {
  tx.run(kDeleteTexts);
  const std::int64_t went = tx.run(kDeleteContents);
  tx.run(kAddMissing);
  return went;
}

}  // namespace toimela::files
