#include "store/answer_files.h"

namespace toimela::events::store {

namespace {

#define COLUMNS "SELECT file_id, registration_id, participant_id, key, name FROM events_answer_file "
constexpr Sql kOfRegistration{"events.answer_file.of_registration",
                              COLUMNS "WHERE registration_id = :registration ORDER BY file_id"};
constexpr Sql kOfParticipant{"events.answer_file.of_participant",
                             COLUMNS "WHERE participant_id = :participant ORDER BY file_id"};
#undef COLUMNS
constexpr Sql kAdd{"events.answer_file.add",
                   "INSERT INTO events_answer_file (file_id, registration_id, participant_id, key, name) "
                   "VALUES (:file, :registration, :participant, :key, :name)"};
constexpr Sql kRemove{"events.answer_file.remove", "DELETE FROM events_answer_file WHERE file_id = :file"};

AnswerFile toFile(FileId file, RegistrationId registration, std::optional<ParticipantId> participant,
                  std::string key, std::string name) {
  return {file, registration, participant, std::move(key), std::move(name)};
}

}  // namespace

std::vector<AnswerFile> answerFilesOf(ReadTx& tx, RegistrationId registration) {
  return tx.all(kOfRegistration, &toFile, registration);
}

std::vector<AnswerFile> answerFilesOf(ReadTx& tx, ParticipantId participant) {
  return tx.all(kOfParticipant, &toFile, participant);
}

void addAnswerFile(WriteTx& tx, const AnswerFile& file) {
  tx.run(kAdd, file.file, file.registration, file.participant, file.key, file.name);
}

void removeAnswerFile(WriteTx& tx, FileId file) {
  tx.run(kRemove, file);
  files::remove(tx, file);
}

}  // namespace toimela::events::store
