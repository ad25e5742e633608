// Files that are answers to questions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/registration.h"
#include "toimela/data.h"
#include "toimela/files.h"

namespace toimela::events::store {

struct AnswerFile {
  FileId file;
  RegistrationId registration;
  std::optional<ParticipantId> participant;  ///< unset: answered once for the registration
  std::string key;                           ///< of the question
  std::string name;                          ///< as it was sent
};
/// Of a registration and of all its participants.
std::vector<AnswerFile> answerFilesOf(ReadTx& tx, RegistrationId registration);
std::vector<AnswerFile> answerFilesOf(ReadTx& tx, ParticipantId participant);
void addAnswerFile(WriteTx& tx, const AnswerFile& file);
/// Forgets the file too.
void removeAnswerFile(WriteTx& tx, FileId file);

}  // namespace toimela::events::store
