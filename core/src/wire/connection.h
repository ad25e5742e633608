// One client: reads requests, has them answered one after the other, sends the answers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "wire/answer.h"
#include "wire/body_reader.h"
#include "wire/buffer.h"
#include "wire/channel.h"
#include "wire/deadlines.h"
#include "wire/head_parser.h"
#include "wire/mailbox.h"
#include "wire/output.h"

namespace toimela::wire {

class Loop;

/// A state machine that its loop drives by what happens; it belongs to that loop's thread.
///
/// Invariants:
/// - One request at a time: while it is handled nothing is read, and pipelined bytes wait in the
///   buffer or in the kernel.
/// - After a response the connection is at a message boundary, or it ends.
/// - In every state in which the client is waited for there is a deadline.
/// - `head_` is held only from the end of a head until the request is answered from the cache,
///   copied for a worker, or refused; the buffer is not touched in that time.
class Connection : public Deadlines::Entry {
 public:
  enum class State {
    handshake,
    head,       ///< reads a head; with an empty buffer the connection is idle
    fresh,      ///< waits for the page cache to be fresh
    body,       ///< reads a body
    handling,   ///< a worker has the request
    pulling,    ///< a worker makes the next piece of a stream
    sending,    ///< output goes out; then a stream is pulled or the response is done
    events,     ///< an open event stream
    lingering,  ///< the last response is sent; waits for the client to take it
    closed
  };

  Connection(Loop& loop, ConnectionId id, Channel channel, std::string peer);
  ~Connection();

  ConnectionId id() const { return id_; }
  int fd() const { return channel_.fd(); }
  bool idle() const { return state_ == State::head && buffer_.empty(); }

  void onReady(std::uint32_t events);
  /// Goes on after it gave way to others.
  void onTurn();
  void onDeadline();
  void onFresh(bool cacheUsable);
  void onHandled(Answer answer);
  void onPiece(Piece piece);
  void onPublished(const std::shared_ptr<const std::string>& frame);
  /// Nothing more comes on the stream: it ends when what waits has been sent.
  void onTopicOver();
  /// The server stops: an idle connection or event stream ends, a request is still finished.
  void onDrain();
  void close();
  /// For the loop, when it lets the connection go.
  void closeSocket() { channel_.closeSocket(); }

  /// Place in the loop's list of subscribers of topic().
  const std::string& topic() const { return topic_; }
  /// Who reads the stream; empty for nobody who is known.
  const std::string& reader() const { return reader_; }
  static constexpr std::size_t kNoTopic = ~std::size_t{0};
  std::size_t topicPlace = kNoTopic;
  bool waitsForTurn = false;

 private:
  // Each of these returns true when the next state can be looked at right away.
  bool shakeHands();
  bool readHead();
  bool headComplete(std::size_t length);
  bool readBody();
  bool flush();
  void advance();
  void serveEvents();
  void discardInput();

  RequestHead requestHead() const;
  std::unique_ptr<WireRequest> makeRequest() const;
  void consume(std::size_t count);
  void releaseHead();
  bool beginBody();
  bool submitPart();
  void submit(std::unique_ptr<WireRequest> request);
  bool answerFromCache();
  void sendCached(std::shared_ptr<const CachedResponse> kept);
  void respond(Answer answer);
  bool responseDone();
  bool pullStream();
  enum class After { close, keep };
  void refuse(int status, const RequestHead* head, After after = After::close);
  void refuseRead(int status, After after = After::close);
  bool sendTooSlow();
  void armSendStall();
  bool beginLinger();
  void subscribe(Answer& answer);
  bool endStream();

  Loop& loop_;
  const ConnectionId id_;
  Channel channel_;
  const std::string peer_;
  State state_;
  bool readable_ = true;    ///< the socket may have bytes that were not read
  bool peerEnded_ = false;  ///< the client has ended its direction
  bool keepAlive_ = false;  ///< by what the request asks
  bool closing_ = false;    ///< the response under way is the last one
  bool headBegun_ = false;  ///< the header deadline runs
  bool skippedLine_ = false;
  bool stallArmed_ = false;
  bool chunkedStream_ = false;
  bool keepsPart_ = false;  ///< of the body under way

  Buffer buffer_;
  std::size_t scanned_ = 0;     ///< of the buffer, for findHeadEnd()
  std::size_t freshBytes_ = 0;  ///< of the buffer, that were there at the last freshen()
  std::size_t headLength_ = 0;
  std::unique_ptr<Head> head_;
  AnswerForm form_;
  std::unique_ptr<WireRequest> request_;
  std::unique_ptr<BodyReader> body_;

  Output output_;
  std::shared_ptr<StreamBody> stream_;
  std::string topic_, reader_;
  Millis streamEnd_ = kNever;
  bool topicIsOver_ = false;
  Millis since_ = 0;             ///< begin of the body or of the response
  std::uint64_t sentBytes_ = 0;  ///< since then
  std::uint64_t untaken_ = 0;    ///< of them still in the kernel when last looked at
  std::uint64_t discarded_ = 0;
};

}  // namespace toimela::wire
