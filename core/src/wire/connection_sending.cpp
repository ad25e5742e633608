// Sending what was answered, and the events of an open stream.
#include <algorithm>

#include "wire/connection.h"
#include "wire/connection_limits.h"
#include "wire/loop.h"

namespace toimela::wire {

bool Connection::flush() {
  std::uint64_t sent = 0;
  const Output::Result result = output_.flush(channel_, kSendBudget, sent, loop_.recordScratch());
  sentBytes_ += sent;
  switch (result) {
    case Output::Result::failed:
      close();
      return false;
    case Output::Result::drained:
      if (stream_) return pullStream();
      if (topicPlace != kNoTopic) {
        if (topicIsOver_) return endStream();
        output_.clear();
        state_ = State::events;
        loop_.deadlines().set(*this, loop_.now() + millis(loop_.options().eventPing));
        return true;
      }
      return responseDone();
    case Output::Result::more:
      stallArmed_ = false;
      loop_.giveTurn(*this);
      return false;
    case Output::Result::blocked:
      if (sent > 0 || !stallArmed_) armSendStall();
      if (sendTooSlow()) close();
      return false;
  }
  return false;
}

void Connection::armSendStall() {
  stallArmed_ = true;
  untaken_ = channel_.untaken();
  loop_.deadlines().set(*this, loop_.now() + millis(loop_.options().sendStall));
}

bool Connection::sendTooSlow() {
  const Millis elapsed = loop_.now() - since_;
  if (elapsed <= millis(loop_.options().rateGrace)) return false;
  return slowerThan(loop_.options().sendMinRate, sentBytes_ - std::min(sentBytes_, untaken_),
                    elapsed);
}

void Connection::serveEvents() {
  discardInput();
  if (state_ != State::events || output_.empty()) return;
  std::uint64_t sent = 0;
  switch (output_.flush(channel_, kSendBudget, sent, loop_.recordScratch())) {
    case Output::Result::failed:
      close();
      return;
    case Output::Result::drained:
      if (topicIsOver_) {
        endStream();
        return;
      }
      output_.clear();
      loop_.deadlines().set(*this, loop_.now() + millis(loop_.options().eventPing));
      return;
    case Output::Result::more:
      loop_.giveTurn(*this);
      return;
    case Output::Result::blocked:
      if (sent > 0 || !stallArmed_) armSendStall();
      return;
  }
}

void Connection::onPublished(const std::shared_ptr<const std::string>& frame) {
  if (state_ == State::closed) return;
  const bool waited = !output_.empty();
  output_.add(frame, 0, frame->size());
  if (output_.bytes() > loop_.options().eventBacklog) {
    close();
    return;
  }
  if (waited) return;
  stallArmed_ = false;
  if (state_ == State::events) serveEvents();
}

void Connection::onTopicOver() {
  if (state_ == State::closed) return;
  topicIsOver_ = true;
  if (state_ == State::events && output_.empty()) endStream();
}

/// The end of the connection is the end of the body.
bool Connection::endStream() {
  loop_.unsubscribe(*this);
  return beginLinger();
}

}  // namespace toimela::wire
