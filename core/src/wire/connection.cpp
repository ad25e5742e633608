#include "wire/connection.h"

#include <sys/epoll.h>

#include "wire/connection_limits.h"
#include "wire/loop.h"

namespace toimela::wire {

namespace {

constexpr std::string_view kPing = ": \n\n";

}  // namespace

Connection::Connection(Loop& loop, ConnectionId id, Channel channel, std::string peer)
    : loop_(loop),
      id_(id),
      channel_(std::move(channel)),
      peer_(std::move(peer)),
      state_(channel_.secure() ? State::handshake : State::head) {
  const auto& options = loop.options();
  loop.deadlines().set(
      *this, loop.now() + millis(channel_.secure() ? options.headerDeadline : options.keepAlive));
}

Connection::~Connection() = default;

void Connection::onReady(std::uint32_t events) {
  if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
    if (state_ == State::body && submitPart()) return;
    close();
    return;
  }
  if ((events & EPOLLRDHUP) != 0) peerEnded_ = true;
  if ((events & (EPOLLIN | EPOLLRDHUP)) != 0) readable_ = true;
  advance();
}

void Connection::onTurn() { advance(); }

void Connection::advance() {
  for (int turn = 0; turn < kTurns; ++turn) {
    bool further = false;
    switch (state_) {
      case State::handshake:
        further = shakeHands();
        break;
      case State::head:
        further = readHead();
        break;
      case State::body:
        further = readBody();
        break;
      case State::sending:
        further = flush();
        break;
      case State::events:
        serveEvents();
        break;
      case State::lingering:
        discardInput();
        break;
      case State::fresh:
      case State::handling:
      case State::pulling:
      case State::closed:
        break;
    }
    if (!further) return;
  }
  loop_.giveTurn(*this);
}

bool Connection::shakeHands() {
  switch (channel_.handshake().status) {
    case Channel::Status::ok:
      state_ = State::head;
      return true;
    case Channel::Status::blocked:
      return false;
    default:
      close();
      return false;
  }
}

void Connection::onDeadline() {
  switch (state_) {
    case State::handshake:
    case State::lingering:
      close();
      return;
    case State::head:
      if (buffer_.empty()) {
        close();
        return;
      }
      refuse(408, nullptr);
      break;
    case State::body:
      if (submitPart()) return;
      refuseRead(408);
      break;
    case State::events:
      if (output_.empty() && loop_.now() >= streamEnd_) {
        endStream();
        return;
      }
      if (output_.empty()) {
        output_.add(std::string(kPing));
        stallArmed_ = false;
        serveEvents();
        return;
      }
      [[fallthrough]];
    case State::sending: {
      const std::uint64_t before = untaken_;
      armSendStall();
      // What the kernel holds may shrink long before it has room for more.
      if (untaken_ >= before || (state_ == State::sending && sendTooSlow())) close();
      return;
    }
    case State::fresh:
    case State::handling:
    case State::pulling:
    case State::closed:
      return;
  }
  advance();
}

void Connection::onDrain() {
  if (state_ == State::head && buffer_.empty()) {
    readable_ = true;  // a last look: a request may have come that was not told of yet
    advance();
  } else if (topicPlace != kNoTopic || state_ == State::handshake) {
    close();
  }
}

void Connection::close() {
  if (state_ == State::closed) return;
  state_ = State::closed;
  if (head_) loop_.giveHead(std::move(head_));
  buffer_.release(loop_.blocks());
  loop_.release(*this);
}

}  // namespace toimela::wire
