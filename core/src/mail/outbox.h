// The outbox: mail is a row of the change's own transaction and is sent afterwards.
#pragma once

#include <chrono>
#include <string>

#include "data/database.h"

namespace toimela::mail {

/// Puts a message into the outbox; its Message-ID is made here and never changes.
void enqueue(WriteTx& tx, const MailMessage& message, std::string_view senderDomain);

struct SmtpOptions {
  std::string host;      ///< empty: nothing is sent, messages wait to be read by the administrator
  int port = 25;
  enum class Security { none, startTls, tls } security = Security::none;
  std::string user, password;
  std::string from = "toimela@localhost";
};

/// Sends what is due, one lease at a time so that several processes never send one message twice;
/// retries after 1, 5, 15, 60 … minutes and gives up after two days. Returns how many were sent.
int sendDue(data::Database& database, const SmtpOptions& options);

}  // namespace toimela::mail
