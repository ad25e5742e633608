// Reading a request: its head, then its body.
#include <algorithm>

#include "wire/connection.h"
#include "wire/connection_limits.h"
#include "wire/loop.h"

namespace toimela::wire {

namespace {

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

bool Connection::readHead() {
  const HeadLimits limits{loop_.options().maxHeaderBytes, loop_.options().maxHeaderFields,
                          loop_.options().maxTargetBytes};
  for (;;) {
    if (!buffer_.empty()) {
      // RFC 9112, section 2.2: one empty line before a request is read over.
      if (!skippedLine_ && buffer_.content().substr(0, 2) == "\r\n") {
        consume(2);
        skippedLine_ = true;
        continue;
      }
      const HeadEnd end = findHeadEnd(buffer_.content(), scanned_, limits);
      if (end.refusal != 0) {
        refuse(end.refusal, nullptr);
        return true;
      }
      if (end.length != 0) return headComplete(end.length);
    }
    if (!readable_) break;
    const std::size_t space = buffer_.space(loop_.blocks());
    const IoResult io = channel_.read(buffer_.spaceAt(), space);
    if (io.status == Channel::Status::blocked) {
      readable_ = false;
      break;
    }
    if (io.status != Channel::Status::ok) {
      close();
      return false;
    }
    buffer_.filled(io.bytes);
    if (io.bytes < space && channel_.shortReadMeansEmpty() && !peerEnded_) readable_ = false;
  }
  if (buffer_.empty()) {
    buffer_.release(loop_.blocks());
    if (loop_.draining()) {
      close();
      return false;
    }
    if (headBegun_) {
      headBegun_ = false;
      loop_.deadlines().set(*this, loop_.now() + millis(loop_.options().keepAlive));
    }
  } else if (!headBegun_) {
    headBegun_ = true;
    loop_.deadlines().set(*this, loop_.now() + millis(loop_.options().headerDeadline));
  }
  return false;
}

void Connection::consume(std::size_t count) {
  buffer_.consume(count);
  freshBytes_ -= std::min(freshBytes_, count);
  scanned_ = 0;
}

void Connection::releaseHead() {
  if (!head_) return;
  loop_.giveHead(std::move(head_));
  consume(headLength_);
  headLength_ = 0;
}

RequestHead Connection::requestHead() const {
  return {head_->method, head_->path, head_->query, &head_->fields, peer_, channel_.secure()};
}

std::unique_ptr<WireRequest> Connection::makeRequest() const {
  auto request = std::make_unique<WireRequest>();
  request->method = head_->method;
  request->path = head_->path;
  request->query = head_->query;
  request->headers = head_->fields.toHeaders();
  request->peer = peer_;
  request->secure = channel_.secure();
  return request;
}

bool Connection::headComplete(std::size_t length) {
  headBegun_ = false;
  skippedLine_ = false;
  head_ = loop_.takeHead();
  headLength_ = length;
  const HeadLimits limits{loop_.options().maxHeaderBytes, loop_.options().maxHeaderFields,
                          loop_.options().maxTargetBytes};
  if (const int refusal = parseHead(buffer_.content().substr(0, length), limits, *head_);
      refusal != 0) {
    refuse(refusal, nullptr);
    return true;
  }
  form_ = {head_->method == Method::head, head_->http10};
  keepAlive_ = head_->keepAlive;
  if (head_->framing != BodyFraming::none) return beginBody();
  loop_.count().requests.add();
  if (loop_.application().cacheable(requestHead())) {
    if (freshBytes_ >= length) {
      if (answerFromCache()) return state_ != State::closed;
    } else {
      state_ = State::fresh;
      loop_.wantFresh(*this);
      return false;
    }
  }
  auto request = makeRequest();
  releaseHead();
  submit(std::move(request));
  return true;
}

bool Connection::beginBody() {
  const RequestHead head = requestHead();
  const BodyRule rule = loop_.application().bodyRule(head);
  const bool chunked = head_->framing == BodyFraming::chunked;
  if (!chunked && head_->length > rule.largest) {
    refuse(413, &head);
    return true;
  }
  request_ = makeRequest();
  keepsPart_ = rule.keepsPart && !chunked;
  body_ = std::make_unique<BodyReader>(chunked, head_->length, rule.largest, loop_.options());
  const bool expectContinue = head_->expectContinue;
  releaseHead();
  if (expectContinue && buffer_.empty()) {
    output_.add(std::string(kContinue));
    std::uint64_t sent = 0;
    if (output_.flush(channel_, kSendBudget, sent, loop_.recordScratch()) ==
        Output::Result::failed) {
      close();
      return false;
    }
  }
  state_ = State::body;
  since_ = loop_.now();
  loop_.deadlines().set(*this, loop_.now() + millis(loop_.options().bodyStall));
  return true;
}

/// The body has broken off: true when what has come of it is handled all the same. The answer finds
/// nobody, or somebody who has stopped sending.
bool Connection::submitPart() {
  if (!keepsPart_ || !body_ || body_->received() == 0) return false;
  keepsPart_ = false;
  keepAlive_ = false;
  request_->body = body_->take();
  body_.reset();
  loop_.count().requests.add();
  submit(std::move(request_));
  return true;
}

bool Connection::readBody() {
  BodyReader::Result result = BodyReader::Result::more;
  if (!buffer_.empty()) {
    std::string_view input = buffer_.content();
    const std::size_t before = input.size();
    result = body_->read(input);
    consume(before - input.size());
  } else if (!readable_) {
    return false;
  } else {
    // A body with a length is read without a buffer of its own and never past its end; a chunked
    // one may bring the next request with it.
    char* to;
    std::size_t space;
    if (body_->chunked()) {
      space = buffer_.space(loop_.blocks());
      to = buffer_.spaceAt();
    } else {
      space =
          static_cast<std::size_t>(std::min<std::uint64_t>(body_->left(), loop_.scratch().size()));
      to = loop_.scratch().data();
    }
    const IoResult io = channel_.read(to, space);
    if (io.status == Channel::Status::blocked) {
      readable_ = false;
      buffer_.release(loop_.blocks());
      return false;
    }
    if (io.status != Channel::Status::ok) {
      if (!submitPart()) close();
      return false;
    }
    if (io.bytes < space && channel_.shortReadMeansEmpty() && !peerEnded_) readable_ = false;
    if (body_->chunked()) {
      buffer_.filled(io.bytes);
    } else {
      std::string_view input(to, io.bytes);
      result = body_->read(input);
    }
    loop_.deadlines().set(*this, loop_.now() + millis(loop_.options().bodyStall));
  }
  switch (result) {
    case BodyReader::Result::more: {
      const Millis elapsed = loop_.now() - since_;
      if (elapsed > millis(loop_.options().rateGrace) &&
          slowerThan(loop_.options().bodyMinRate, body_->received(), elapsed)) {
        refuseRead(408);
      }
      return true;
    }
    case BodyReader::Result::complete:
      request_->body = body_->take();
      body_.reset();
      loop_.count().requests.add();
      submit(std::move(request_));
      return true;
    case BodyReader::Result::bad:
      refuseRead(400);
      return true;
    case BodyReader::Result::tooLarge:
      refuseRead(413);
      return true;
    case BodyReader::Result::noSpace:
      refuseRead(503);
      return true;
  }
  return false;
}

}  // namespace toimela::wire
