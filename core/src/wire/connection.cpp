#include "wire/connection.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>

#include "wire/loop.h"

namespace toimela::wire {

namespace {

constexpr int kTurns = 16;                          // steps before others get their turn
constexpr std::uint64_t kSendBudget = 1024 * 1024;  // bytes, likewise
constexpr std::uint64_t kMostDiscarded = 16 * 1024 * 1024;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view kPing = ": \n\n";

Millis millis(std::chrono::milliseconds time) { return static_cast<Millis>(time.count()); }

bool slowerThan(std::uint64_t rate, std::uint64_t bytes, Millis elapsed) {
  return bytes * 1000 < rate * elapsed;
}

std::string chunk(const std::string& bytes, bool last) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  if (!bytes.empty()) {
    char size[16];
    std::size_t digits = 0;
    for (std::size_t n = bytes.size(); n > 0; n >>= 4) size[digits++] = kDigits[n & 15];
    out.reserve(bytes.size() + digits + 9);
    while (digits > 0) out += size[--digits];
    out.append("\r\n").append(bytes).append("\r\n");
  }
  if (last) out += "0\r\n\r\n";
  return out;
}

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

// ---- reading a head

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

// ---- reading a body

bool Connection::beginBody() {
  const RequestHead head = requestHead();
  const BodyRule rule = loop_.application().bodyRule(head);
  const bool chunked = head_->framing == BodyFraming::chunked;
  if (!chunked && head_->length > rule.largest) {
    refuse(413, &head);
    return true;
  }
  request_ = makeRequest();
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
      close();
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

// ---- answering

void Connection::submit(std::unique_ptr<WireRequest> request) {
  freshBytes_ = 0;  // what a pipelined request is to see may be changed by this one
  if (buffer_.empty()) buffer_.release(loop_.blocks());
  Job job;
  job.connection = id_;
  job.form = form_;
  job.request = std::move(request);
  state_ = State::handling;
  if (loop_.submit(job)) return;
  request_ = std::move(job.request);
  refuseRead(503, After::keep);  // the request was read as a whole: this is a message boundary
}

void Connection::onFresh(bool cacheUsable) {
  if (state_ != State::fresh) return;
  state_ = State::head;
  if (cacheUsable) freshBytes_ = buffer_.size();
  if (!cacheUsable || !answerFromCache()) {
    auto request = makeRequest();
    releaseHead();
    submit(std::move(request));
  }
  advance();
}

bool Connection::answerFromCache() {
  auto kept = loop_.application().cached(requestHead());
  if (!kept) return false;
  loop_.count().cacheHits.add();
  releaseHead();
  sendCached(std::move(kept));
  return true;
}

void Connection::sendCached(std::shared_ptr<const CachedResponse> kept) {
  closing_ = !keepAlive_ || loop_.draining();
  const std::string_view prefix = loop_.prefix(kept->status, closing_);
  const std::size_t length = form_.headOnly ? kept->headLength : kept->rest.size();
  std::size_t sent = 0;
  if (output_.empty()) {
    const std::array<iovec, 2> pieces{{{const_cast<char*>(prefix.data()), prefix.size()},
                                       {const_cast<char*>(kept->rest.data()), length}}};
    const IoResult io = channel_.write(pieces.data(), 2, false, loop_.recordScratch());
    if (io.status == Channel::Status::failed || io.status == Channel::Status::end) {
      close();
      return;
    }
    sent = io.bytes;
    if (sent == prefix.size() + length) {
      responseDone();
      return;
    }
  }
  if (sent < prefix.size()) output_.add(std::string(prefix.substr(sent)));
  const std::size_t begin = sent > prefix.size() ? sent - prefix.size() : 0;
  const std::string& rest = kept->rest;
  output_.add(std::shared_ptr<const std::string>(std::move(kept), &rest), begin, length);
  state_ = State::sending;
  stallArmed_ = false;
  since_ = loop_.now();
  sentBytes_ = sent;
}

void Connection::respond(Answer answer) {
  closing_ = !keepAlive_ || answer.closes || loop_.draining();
  const std::string_view prefix = loop_.prefix(answer.status, closing_);
  std::string head;
  head.reserve(prefix.size() + answer.head.size());
  head.append(prefix).append(answer.head);
  output_.add(std::move(head));
  if (auto* text = std::get_if<std::string>(&answer.body)) {
    output_.add(std::move(*text));
  } else if (auto* shared = std::get_if<std::shared_ptr<const std::string>>(&answer.body)) {
    const std::size_t size = (*shared)->size();
    output_.add(std::move(*shared), 0, size);
  } else if (auto* file = std::get_if<OpenFile>(&answer.body)) {
    output_.add(std::move(*file));
  } else if (auto* stream = std::get_if<std::shared_ptr<StreamBody>>(&answer.body)) {
    stream_ = std::move(*stream);
    chunkedStream_ = answer.chunked;
  } else {
    subscribe(std::move(std::get<EventStreamBody>(answer.body)));
  }
  state_ = State::sending;
  stallArmed_ = false;
  since_ = loop_.now();
  sentBytes_ = 0;
}

void Connection::subscribe(EventStreamBody body) {
  output_.add(std::move(body.first));
  topic_ = std::move(body.topic);
  loop_.subscribe(*this);
  buffer_.release(loop_.blocks());
}

void Connection::onHandled(Answer answer) {
  if (state_ != State::handling) return;
  respond(std::move(answer));
  if (loop_.draining() && topicPlace != kNoTopic) {
    close();
    return;
  }
  advance();
}

void Connection::onPiece(Piece piece) {
  if (state_ != State::pulling) return;
  if (piece.failed) {
    // Without a last chunk the client knows that this was not all; without chunks only a reset
    // can tell it.
    if (!chunkedStream_) channel_.resetOnClose();
    close();
    return;
  }
  if (chunkedStream_) {
    output_.add(chunk(piece.bytes, !piece.more));
  } else {
    output_.add(std::move(piece.bytes));
  }
  if (!piece.more) stream_.reset();
  state_ = State::sending;
  stallArmed_ = false;
  since_ = loop_.now();
  sentBytes_ = 0;
  advance();
}

bool Connection::pullStream() {
  Job job;
  job.connection = id_;
  job.stream = stream_;
  state_ = State::pulling;
  loop_.submit(job);
  return false;
}

bool Connection::responseDone() {
  if (closing_ || loop_.draining()) return beginLinger();
  state_ = State::head;
  if (buffer_.empty()) buffer_.release(loop_.blocks());
  loop_.deadlines().set(*this, loop_.now() + millis(loop_.options().keepAlive));
  loop_.noteIdle();
  return true;
}

/// Refuses a request whose head was copied already.
void Connection::refuseRead(int status, After after) {
  body_.reset();
  const auto request = std::move(request_);
  HeadFields fields;
  for (const auto& [name, value] : request->headers.all()) fields.add(name, value);
  const RequestHead head{request->method, request->path, request->query,
                         &fields,         peer_,         request->secure};
  refuse(status, &head, after);
}

void Connection::refuse(int status, const RequestHead* head, After after) {
  loop_.count().refused.add();
  if (after == After::close) keepAlive_ = false;
  Response response = loop_.application().refusal(status, head);
  if (status == 405 && !response.headers.has("Allow")) {
    response.headers.set("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
  }
  if (status == 503 && !response.headers.has("Retry-After"))
    response.headers.set("Retry-After", "5");
  if (head == nullptr) form_ = {};
  if (head_) releaseHead();
  respond(makeAnswer(std::move(response), form_, loop_.application()));
}

// ---- sending

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

// ---- ending

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
      refuseRead(408);
      break;
    case State::events:
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

void Connection::close() {
  if (state_ == State::closed) return;
  state_ = State::closed;
  if (head_) loop_.giveHead(std::move(head_));
  buffer_.release(loop_.blocks());
  loop_.release(*this);
}

}  // namespace toimela::wire
