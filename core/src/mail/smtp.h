// One connection to the mail server.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "mail/outbox.h"

namespace toimela::mail {

/// The server can not be reached, does not let us in, or has gone. Says nothing about a message.
class SmtpUnavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Every step has a deadline of half a minute, so a silent server ends in SmtpUnavailable.
class SmtpConnection {
 public:
  /// Connects, secures and signs in as the options say. A demanded TLS is never done without, and
  /// a password goes in the clear only to this machine itself. Throws SmtpUnavailable.
  explicit SmtpConnection(const SmtpOptions& options);
  ~SmtpConnection();

  struct Outcome {
    enum class Kind { sent, laterAgain, refused } kind;
    std::string answer;  ///< what the server said, one line
  };
  /// Throws SmtpUnavailable when the connection can not be used any more.
  Outcome send(const std::string& recipient, const std::string& message);

 private:
  class Session;
  std::string from_;
  std::unique_ptr<Session> session_;
};

}  // namespace toimela::mail
