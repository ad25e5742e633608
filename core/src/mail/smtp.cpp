#include "mail/smtp.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/DialogSocket.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <sstream>

namespace toimela::mail {

namespace {

using namespace Poco::Net;

const Poco::Timespan kPatience(30, 0);
constexpr std::size_t kLongestAnswer = 300;

std::string oneLine(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  if (text.size() > kLongestAnswer) text.resize(kLongestAnswer);
  return text;
}

std::string domainOf(const std::string& address) {
  auto at = address.rfind('@');
  return at == std::string::npos ? "localhost" : address.substr(at + 1);
}

Context::Ptr tlsContext() {
  Context::Ptr context =
      new Context(Context::TLS_CLIENT_USE, "", "", "", Context::VERIFY_STRICT, 9, true);
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  return context;
}

StreamSocket connectTo(const SmtpOptions& options) {
  const SocketAddress address(options.host, static_cast<Poco::UInt16>(options.port));
  if (!options.user.empty() && options.security == SmtpOptions::Security::none &&
      !address.host().isLoopback())
    throw SmtpUnavailable("a password is not sent without TLS");
  StreamSocket socket;
  socket.connect(address, kPatience);
  socket.setReceiveTimeout(kPatience);
  socket.setSendTimeout(kPatience);
  if (options.security != SmtpOptions::Security::tls) return socket;
  SecureStreamSocket secured = SecureStreamSocket::attach(socket, options.host, tlsContext());
  secured.completeHandshake();
  return secured;
}

/// Turns whatever the library throws into SmtpUnavailable.
template <class Work>
auto reaching(const std::string& what, Work&& work) {
  try {
    return work();
  } catch (const Poco::Exception& e) {
    throw SmtpUnavailable(oneLine(what + ": " + e.displayText()));
  }
}

}  // namespace

class SmtpConnection::Session : public SMTPClientSession {
 public:
  explicit Session(const StreamSocket& socket) : SMTPClientSession(socket) {}

  void secure(const std::string& host) {
    std::string answer;
    if (!isPositiveCompletion(sendCommand("STARTTLS", answer)))
      throw SmtpUnavailable(oneLine("the server does not do TLS: " + answer));
    SecureStreamSocket secured = SecureStreamSocket::attach(socket(), host, tlsContext());
    secured.completeHandshake();
    socket() = secured;
  }

  /// The outcome of one command, when it is not that the next may follow.
  std::optional<Outcome> failure(const std::string& command, bool refusalIsForGood) {
    std::string answer;
    const int status = sendCommand(command, answer);
    if (isPositiveCompletion(status)) return std::nullopt;
    return outcomeOf(status, answer, refusalIsForGood);
  }

  Outcome outcomeOf(int status, const std::string& answer, bool refusalIsForGood) {
    if (status == 421) throw SmtpUnavailable(oneLine(answer));
    const bool forGood = refusalIsForGood && isPermanentNegative(status);
    return {forGood ? Outcome::Kind::refused : Outcome::Kind::laterAgain, oneLine(answer)};
  }

  /// After a refused message, so that the next can follow on the same connection.
  void forget() {
    std::string answer;
    if (!isPositiveCompletion(sendCommand("RSET", answer)))
      throw SmtpUnavailable(oneLine("the server does not forget: " + answer));
  }
};

SmtpConnection::SmtpConnection(const SmtpOptions& options) : from_(options.from) {
  reaching("can not connect", [&] {
    session_ = std::make_unique<Session>(connectTo(options));
    session_->setTimeout(kPatience);
    const std::string name = domainOf(options.from);
    session_->login(name);
    if (options.security == SmtpOptions::Security::startTls) {
      session_->secure(options.host);
      session_->login(name);
    }
    if (!options.user.empty())
      session_->login(name, SMTPClientSession::AUTH_PLAIN, options.user, options.password);
  });
}

SmtpConnection::~SmtpConnection() {
  try {
    session_->close();
  } catch (...) {
    // The messages have been answered for; a good-bye that fails changes nothing.
  }
}

SmtpConnection::Outcome SmtpConnection::send(const std::string& recipient,
                                             const std::string& message) {
  return reaching("the connection broke", [&]() -> Outcome {
    // A refused sender is our own mistake: the message waits until it is mended.
    auto failure = session_->failure("MAIL FROM:<" + from_ + ">", false);
    if (!failure) failure = session_->failure("RCPT TO:<" + recipient + ">", true);
    if (!failure) {
      try {
        session_->sendData();
        std::istringstream in(message);
        session_->sendMessage(in);
        return {Outcome::Kind::sent, ""};
      } catch (const SMTPException& e) {
        failure = session_->outcomeOf(e.code(), e.message(), true);
      }
    }
    session_->forget();
    return *failure;
  });
}

}  // namespace toimela::mail
