#include "mail/outbox_store.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "directory/search_pattern.h"

namespace toimela::mail {

namespace {

constexpr Sql kAdd{
    "core.outbox.add",
    "INSERT INTO core_outbox (message_id, recipient, recipient_name, language, subject, body_text, "
    "body_html, unsubscribe, created_at, next_attempt_at, attempts, last_error, calendar, "
    "confidential, person_id) "
    "VALUES (:message_id, :recipient, :recipient_name, :language, :subject, :body_text, "
    ":body_html, :unsubscribe, :created_at, :next_attempt_at, 0, '', :calendar, :confidential, "
    "(SELECT id FROM core_person WHERE email_key = :email_key))"};

constexpr Sql kDue{
    "core.outbox.due",
    "SELECT id, message_id, recipient, recipient_name, language, subject, body_text, body_html, "
    "unsubscribe, created_at, next_attempt_at, attempts, sent_at, failed_at, last_error, confidential, calendar "
    "FROM core_outbox "
    "WHERE sent_at IS NULL AND failed_at IS NULL AND next_attempt_at <= :now "
    "ORDER BY next_attempt_at, id LIMIT :limit"};

constexpr Sql kFind{
    "core.outbox.find",
    "SELECT id, message_id, recipient, recipient_name, language, subject, body_text, body_html, "
    "unsubscribe, created_at, next_attempt_at, attempts, sent_at, failed_at, last_error, confidential, calendar "
    "FROM core_outbox "
    "WHERE id = :id"};

constexpr Sql kLease{"core.outbox.lease",
                     "UPDATE core_outbox SET next_attempt_at = :until, attempts = attempts + 1 "
                     "WHERE id = :id AND next_attempt_at = :seen AND attempts = :attempts "
                     "AND sent_at IS NULL AND failed_at IS NULL"};

// What will not be sent any more is not kept when it is a key to somebody's account.
#define TOIMELA_EMPTY_CONFIDENTIAL                                           \
  "body_text = CASE WHEN confidential = 1 THEN '' ELSE body_text END, "      \
  "body_html = CASE WHEN confidential = 1 THEN '' ELSE body_html END, "    \
  "calendar = CASE WHEN confidential = 1 THEN '' ELSE calendar END "
constexpr Sql kSent{"core.outbox.sent",
                    "UPDATE core_outbox SET sent_at = :at, last_error = '', "
                    TOIMELA_EMPTY_CONFIDENTIAL "WHERE id = :id"};
constexpr Sql kFailed{"core.outbox.failed",
                      "UPDATE core_outbox SET failed_at = :at, last_error = :error, "
                      TOIMELA_EMPTY_CONFIDENTIAL "WHERE id = :id AND sent_at IS NULL"};
#undef TOIMELA_EMPTY_CONFIDENTIAL
constexpr Sql kPostpone{"core.outbox.postpone",
                        "UPDATE core_outbox SET next_attempt_at = :next, last_error = :error "
                        "WHERE id = :id AND sent_at IS NULL"};

constexpr Sql kAddLetters{
    "core.letter.add",
    "INSERT INTO core_letter (kind, about, created_at) "
    "SELECT value ->> 0, CAST(value ->> 1 AS BIGINT), CAST(:at AS BIGINT) FROM json_each(:rows)",
    "INSERT INTO core_letter (kind, about, created_at) "
    "SELECT value ->> 0, CAST(value ->> 1 AS BIGINT), CAST(:at AS BIGINT) "
    "FROM jsonb_array_elements(CAST(:rows AS JSONB))"};
constexpr Sql kNextLetters{"core.letter.next",
                           "SELECT id, kind, about FROM core_letter ORDER BY id LIMIT :limit"};
constexpr Sql kLastLetter{"core.letter.last", "SELECT COALESCE(MAX(id), 0) FROM core_letter"};
constexpr Sql kTakeLetter{"core.letter.take", "DELETE FROM core_letter WHERE id = :id"};

// Mail to the person, or to their address while it was nobody's.
#define TOIMELA_OWN_MAIL                                                               \
  "(person_id = :person OR (person_id IS NULL AND LOWER(recipient) = "                 \
  "(SELECT email_key FROM core_person WHERE id = :person)))"
constexpr Sql kOwn{"core.outbox.own",
                   "SELECT id, message_id, recipient, recipient_name, language, subject, "
                   "body_text, body_html, unsubscribe, created_at, next_attempt_at, attempts, "
                   "sent_at, failed_at, last_error, confidential, calendar FROM core_outbox "
                   "WHERE " TOIMELA_OWN_MAIL " ORDER BY id"};
constexpr Sql kDropUnsent{"core.outbox.drop_unsent",
                          "DELETE FROM core_outbox WHERE sent_at IS NULL AND " TOIMELA_OWN_MAIL};
constexpr Sql kEmptySent{"core.outbox.empty_sent",
                         "UPDATE core_outbox SET recipient = '', recipient_name = '', "
                         "subject = '', body_text = '', body_html = '', unsubscribe = '', calendar = '', "
                         "last_error = '' WHERE " TOIMELA_OWN_MAIL};
#undef TOIMELA_OWN_MAIL

constexpr Sql kList{"core.outbox.list",
                    "SELECT id, recipient, subject, created_at, sent_at, failed_at, attempts "
                    "FROM core_outbox WHERE id < :before "
                    "AND (LOWER(recipient) LIKE LOWER(:pattern) ESCAPE '!' "
                    "OR LOWER(subject) LIKE LOWER(:pattern) ESCAPE '!') "
                    "AND (CAST(:state AS TEXT) = '' "
                    "OR (CAST(:state AS TEXT) = 'sent' AND sent_at IS NOT NULL) "
                    "OR (CAST(:state AS TEXT) = 'failed' AND failed_at IS NOT NULL) "
                    "OR (CAST(:state AS TEXT) = 'waiting' AND sent_at IS NULL AND failed_at IS NULL)) "
                    "ORDER BY id DESC LIMIT :limit"};

StoredMail mailOf(std::int64_t id, std::string messageId, std::string recipient,
                  std::string recipientName, Locale language, std::string subject,
                  std::string text, std::string html, std::string unsubscribe, Instant createdAt,
                  Instant nextAttemptAt,
                  std::int64_t attempts, std::optional<Instant> sentAt,
                  std::optional<Instant> failedAt, std::string lastError, bool confidential,
                  std::string calendar) {
  return {id,
          std::move(messageId),
          std::move(recipient),
          std::move(recipientName),
          language,
          std::move(subject),
          std::move(text),
          std::move(html),
          std::move(unsubscribe),
          createdAt,
          nextAttemptAt,
          attempts,
          sentAt,
          failedAt,
          std::move(lastError),
          confidential,
          std::move(calendar)};
}

}  // namespace

std::string_view code(MailState state) {
  return state == MailState::sent ? "sent" : state == MailState::failed ? "failed" : "waiting";
}

std::optional<MailState> parseMailState(std::string_view text) {
  for (const MailState state : kMailStates)
    if (code(state) == text) return state;
  return std::nullopt;
}

MailState stateOf(const MailSummary& mail) {
  return mail.sentAt ? MailState::sent : mail.failedAt ? MailState::failed : MailState::waiting;
}

void addMail(WriteTx& tx, const StoredMail& mail) {
  tx.run(kAdd, mail.messageId, mail.recipient, mail.recipientName, mail.language, mail.subject,
         mail.text, mail.html, mail.unsubscribe, mail.createdAt, mail.nextAttemptAt,
         mail.calendar, mail.confidential, EmailAddress::parse(mail.recipient).value().key());
}

void addLetters(WriteTx& tx, std::span<const data::QueuedLetter> letters) {
  auto rows = nlohmann::json::array();
  for (const auto& letter : letters) rows.push_back({letter.kind, letter.about});
  tx.run(kAddLetters, tx.time(), rows.dump());
}

std::vector<StoredLetter> nextLetters(ReadTx& tx, int limit) {
  return tx.all(
      kNextLetters,
      [](std::int64_t id, std::string kind, std::int64_t about) {
        return StoredLetter{id, std::move(kind), about};
      },
      limit);
}

std::int64_t lastLetter(ReadTx& tx) { return tx.value<std::int64_t>(kLastLetter); }

bool takeLetter(WriteTx& tx, std::int64_t id) { return tx.run(kTakeLetter, id) == 1; }

std::vector<StoredMail> dueMails(ReadTx& tx, Instant now, int limit) {
  return tx.all(kDue, &mailOf, now, limit);
}

bool leaseMail(WriteTx& tx, const StoredMail& mail, Instant until) {
  return tx.run(kLease, until, mail.id, mail.nextAttemptAt, mail.attempts) == 1;
}

void markSent(WriteTx& tx, std::int64_t id, Instant at) { tx.run(kSent, at, id); }

void markFailed(WriteTx& tx, std::int64_t id, Instant at, std::string_view error) {
  tx.run(kFailed, at, error, id);
}

void postpone(WriteTx& tx, std::int64_t id, Instant nextAttempt, std::string_view error) {
  tx.run(kPostpone, nextAttempt, error, id);
}

std::vector<MailSummary> listMails(ReadTx& tx, const MailFilter& filter, std::int64_t before, int limit) {
  constexpr std::int64_t kNewest = std::numeric_limits<std::int64_t>::max();
  return tx.all(
      kList,
      [](std::int64_t id, std::string recipient, std::string subject, Instant createdAt,
         std::optional<Instant> sentAt, std::optional<Instant> failedAt, std::int64_t attempts) {
        return MailSummary{id,     std::move(recipient), std::move(subject), createdAt,
                           sentAt, failedAt,             attempts};
      },
      before > 0 ? before : kNewest, directory::containing(filter.words), filter.state ? code(*filter.state) : "", limit);
}

std::optional<StoredMail> findMail(ReadTx& tx, std::int64_t id) {
  return tx.first(kFind, &mailOf, id);
}

std::vector<StoredMail> mailsTo(ReadTx& tx, PersonId person) {
  return tx.all(kOwn, &mailOf, person);
}

void forgetMailsTo(WriteTx& tx, PersonId person) {
  tx.run(kDropUnsent, person);
  tx.run(kEmptySent, person);
}

}  // namespace toimela::mail
