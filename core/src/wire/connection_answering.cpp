// Having a request answered: by the page cache, by a worker, or by a refusal.
#include <algorithm>
#include <array>
#include <chrono>

#include "wire/connection.h"
#include "wire/connection_limits.h"
#include "wire/loop.h"

namespace toimela::wire {

namespace {

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
  if (std::holds_alternative<EventStreamBody>(answer.body) && !loop_.hasRoomForStream(answer.reader)) {
    refuse(503, nullptr, After::keep);
    return;
  }
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
    subscribe(answer);
  }
  state_ = State::sending;
  stallArmed_ = false;
  since_ = loop_.now();
  sentBytes_ = 0;
}

void Connection::subscribe(Answer& answer) {
  auto& body = std::get<EventStreamBody>(answer.body);
  output_.add(std::move(body.first));
  topic_ = std::move(body.topic);
  reader_ = std::move(answer.reader);
  if (answer.until) {
    const auto left = *answer.until - std::chrono::duration_cast<std::chrono::milliseconds>(
                                          std::chrono::system_clock::now().time_since_epoch())
                                          .count();
    streamEnd_ = loop_.now() + static_cast<Millis>(std::max<std::int64_t>(left, 0));
  }
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

}  // namespace toimela::wire
