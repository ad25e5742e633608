// The outbox: mail is a row of the change's own transaction and is sent afterwards.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "data/database.h"

namespace toimela::mail {

/// Puts a message into the outbox; its Message-ID is made here and never changes. Throws
/// std::invalid_argument for a subject or a name with line breaks or other control characters.
void enqueue(WriteTx& tx, const MailMessage& message, std::string_view senderDomain);

/// Notes letters that are to be written when they go out.
void queue(WriteTx& tx, std::span<const data::QueuedLetter> letters);

/// Makes the message of a letter that was queued; nothing when there is none to send.
using Scribe = std::function<std::optional<MailMessage>(ReadTx&, std::string_view kind, std::int64_t about)>;
/// Writes what is queued into the outbox, each letter once also among several processes. A letter
/// that can not be written is dropped and named to `failed`: it must not hold up the others. Where they
/// come faster than they are written, or when it is asked to stop, the rest is left for the next time.
void writeLetters(data::Database& database, const Scribe& scribe,
                  const std::function<void(std::string_view kind, const char* why)>& failed,
                  const std::stop_token& stop = {});

struct SmtpOptions {
  std::string host;      ///< empty: nothing is sent, messages wait to be read by the administrator
  int port = 25;
  enum class Security { none, startTls, tls } security = Security::none;
  std::string user, password;
  std::string from = "toimela@localhost";
};

/// Sends what is due, one lease at a time so that several processes never send one message twice;
/// retries after 1, 5, 15, 60 … minutes and gives up after two days, or at once when the server
/// refuses for good. Asked to stop, it does so after the message in hand. Returns how many were sent. After a crash between the server's answer and our
/// note of it the message goes out once more, with the same Message-ID.
int sendDue(data::Database& database, const SmtpOptions& options, const std::stop_token& stop = {});

}  // namespace toimela::mail
