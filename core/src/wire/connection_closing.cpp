// The lingering close: a client that still sends when its last answer goes out would meet a reset,
// and lose the answer, if the socket were closed at once (RFC 9112, section 9.6).
#include "wire/connection.h"
#include "wire/connection_limits.h"
#include "wire/loop.h"

namespace toimela::wire {

namespace {

constexpr std::uint64_t kMostDiscarded = 16 * 1024 * 1024;

}  // namespace

bool Connection::beginLinger() {
  channel_.shutDownWriting();
  buffer_.release(loop_.blocks());
  output_.clear();
  state_ = State::lingering;
  discarded_ = 0;
  loop_.deadlines().set(*this, loop_.now() + millis(loop_.options().linger));
  return true;
}

/// Reads what nobody wants any more, to learn when the client has gone.
void Connection::discardInput() {
  for (int turn = 0; readable_ && turn < kTurns; ++turn) {
    const IoResult io = channel_.read(loop_.scratch().data(), loop_.scratch().size());
    if (io.status == Channel::Status::blocked) {
      readable_ = false;
      return;
    }
    discarded_ += io.bytes;
    if (io.status != Channel::Status::ok || discarded_ > kMostDiscarded) {
      close();
      return;
    }
  }
  if (readable_) loop_.giveTurn(*this);
}

}  // namespace toimela::wire
