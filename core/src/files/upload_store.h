// The rows of uploads in pieces: the only place with SQL that writes core_upload.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "toimela/data.h"

namespace toimela::files {

struct Upload {
  std::string token;  ///< 32 hexadecimal digits
  PersonId owner;
  std::string place;  ///< the pattern of its route
  std::string name;
  std::uint64_t length = 0, received = 0;  ///< bytes
  std::string digest;                      ///< RunningDigest::state() after what was received
  std::string type, sha256;                ///< once it is complete and in the store
  Instant createdAt{}, expiresAt{};
};

void insertUpload(WriteTx& tx, const Upload& upload);
/// Nothing when it has run out.
std::optional<Upload> findUpload(ReadTx& tx, const std::string& token, Instant now);
/// False when another request has got on with it since.
bool advanceUpload(WriteTx& tx, const Upload& before, std::uint64_t received, const std::string& digest, Instant expiresAt);
void completeUpload(WriteTx& tx, const std::string& token, const std::string& name, const std::string& type,
                    const std::string& sha256);
void deleteUpload(WriteTx& tx, const std::string& token);

struct Load {
  std::int64_t count = 0;      ///< of the person
  std::uint64_t bytes = 0;     ///< of the person
  std::uint64_t promised = 0;  ///< bytes that the uploads of everybody have still to bring
};
/// What is under way. Until the transaction ends nobody else counts, in no process, so that many at once do not pass
/// a limit together.
Load uploadsUnderWay(WriteTx& tx, PersonId owner, Instant now);
std::vector<Upload> uploadsOf(ReadTx& tx, PersonId owner);
/// Forgets what has run out.
std::int64_t deleteExpiredUploads(WriteTx& tx);
bool isUpload(ReadTx& tx, const std::string& token);

}  // namespace toimela::files
