// The rows of the outbox: the only place with SQL on core_outbox.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/database.h"

namespace toimela::mail {

struct StoredMail {
  std::int64_t id = 0;
  std::string messageId;  ///< with its angle brackets
  std::string recipient, recipientName;
  Locale language = Locale::fi;
  std::string subject, text, html;
  std::string unsubscribe;  ///< address of one-click unsubscribing; may be empty
  Instant createdAt{}, nextAttemptAt{};
  std::int64_t attempts = 0;
  std::optional<Instant> sentAt, failedAt;
  std::string lastError;
  bool confidential = false;  ///< see MailMessage::confidential
  std::string calendar;
};

/// A message without its body, for lists.
struct MailSummary {
  std::int64_t id = 0;
  std::string recipient, subject;
  Instant createdAt{};
  std::optional<Instant> sentAt, failedAt;
  std::int64_t attempts = 0;
};

void addMail(WriteTx& tx, const StoredMail& mail);

/// Messages to be sent by now, those that have waited longest first.
std::vector<StoredMail> dueMails(ReadTx& tx, Instant now, int limit);
/// Takes a message for this process until then; false when another has taken it meanwhile.
bool leaseMail(WriteTx& tx, const StoredMail& mail, Instant until);
void markSent(WriteTx& tx, std::int64_t id, Instant at);
void markFailed(WriteTx& tx, std::int64_t id, Instant at, std::string_view error);
void postpone(WriteTx& tx, std::int64_t id, Instant nextAttempt, std::string_view error);

/// Letters that wait to be written, the oldest first.
struct StoredLetter {
  std::int64_t id;
  std::string kind;
  std::int64_t about;
};
void addLetters(WriteTx& tx, std::span<const data::QueuedLetter> letters);
std::vector<StoredLetter> nextLetters(ReadTx& tx, int limit);
/// Takes a letter out of the queue; false when another process has done it.
/// Grows with every letter that is queued while others wait.
std::int64_t lastLetter(ReadTx& tx);
bool takeLetter(WriteTx& tx, std::int64_t id);

enum class MailState { waiting, sent, failed };
inline constexpr std::array kMailStates{MailState::waiting, MailState::sent, MailState::failed};
std::string_view code(MailState state);  ///< "waiting"
std::optional<MailState> parseMailState(std::string_view code);
MailState stateOf(const MailSummary& mail);
struct MailFilter {
  std::string words;  ///< somewhere in the recipient or the subject; empty for all
  std::optional<MailState> state;
};
/// Newest first, before the id `before` (0: from the newest).
std::vector<MailSummary> listMails(ReadTx& tx, const MailFilter& filter, std::int64_t before, int limit);
std::optional<StoredMail> findMail(ReadTx& tx, std::int64_t id);

/// Every mail to the person that is kept, also to an address they had before; the oldest first.
std::vector<StoredMail> mailsTo(ReadTx& tx, PersonId person);
/// What waits is deleted; of what was sent stays that something was, when.
void forgetMailsTo(WriteTx& tx, PersonId person);

}  // namespace toimela::mail
