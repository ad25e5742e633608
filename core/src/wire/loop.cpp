#include "wire/loop.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <exception>
#include <stdexcept>

namespace toimela::wire {

namespace {

constexpr std::uint64_t kListenerTag = ~std::uint64_t{0};
constexpr std::uint64_t kMailTag = kListenerTag - 1;
constexpr int kEventsAtOnce = 512;
constexpr std::size_t kAcceptsAtOnce = 64;
constexpr std::size_t kScratch = 64 * 1024;
constexpr std::size_t kKeptHeads = 1024;
constexpr std::size_t kEvictionSample = 256;
constexpr Millis kListenerPause = 100;  // after running out of file descriptors

Millis steadyNow() {
  return static_cast<Millis>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                 std::chrono::steady_clock::now().time_since_epoch())
                                 .count());
}

std::string peerName(const sockaddr_storage& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.ss_family == AF_INET) {
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text,
                sizeof text);
  } else if (address.ss_family == AF_INET6) {
    const in6_addr& six = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    if (IN6_IS_ADDR_V4MAPPED(&six)) {
      ::inet_ntop(AF_INET, six.s6_addr + 12, text, sizeof text);
    } else {
      ::inet_ntop(AF_INET6, &six, text, sizeof text);
    }
  }
  return text;
}

/// "Sun, 06 Nov 1994 08:49:37 GMT", whatever the process's locale is.
std::string imfDate(std::time_t time) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  ::gmtime_r(&time, &utc);
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[utc.tm_wday],
                utc.tm_mday, kMonths[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
                utc.tm_sec);
  return text;
}

/// sendfile() and OpenSSL write without MSG_NOSIGNAL.
void blockSigpipe() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

Loop::Loop(const Options& options, std::size_t maxConnections, Application& application,
           Workers& workers, const TlsContext* tls, int listener)
    : options_(options),
      maxConnections_(maxConnections),
      application_(application),
      workers_(workers),
      tls_(tls),
      listener_(listener),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      mailbox_(std::make_shared<Mailbox>()),
      now_(steadyNow()),
      deadlines_(now_),
      scratch_(kScratch) {
  if (!epoll_) throw std::runtime_error("Cannot make an epoll instance");
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kMailTag;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, mailbox_->wakeFd(), &event);
}

Loop::~Loop() = default;

void Loop::run() {
  blockSigpipe();
  updateClock();
  armListener();
  std::array<epoll_event, kEventsAtOnce> events;
  while (!draining_ || counters_.connections.get() > 0) {
    int timeout = turns_.empty() && waiting_.empty() ? deadlines_.wait(now_) : 0;
    if (draining_) {
      if (now_ >= drainEnd_) break;
      const int left = static_cast<int>(drainEnd_ - now_);
      if (timeout < 0 || timeout > left) timeout = left;
    }
    const int count = ::epoll_wait(epoll_.get(), events.data(), kEventsAtOnce, timeout);
    updateClock();
    bool mail = false;
    bool callers = false;
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      if (event.data.u64 == kListenerTag) {
        callers = true;
      } else if (event.data.u64 == kMailTag) {
        mail = true;
      } else if (Connection* connection = find(event.data.u64)) {
        guarded(*connection, [&] { connection->onReady(event.events); });
      }
    }
    if (callers && listening_) acceptAll(kAcceptsAtOnce);
    if (mail) readMail();
    giveTurns();
    deadlines_.expire(now_, [this](Deadlines::Entry& entry) {
      if (&entry == &listenerPause_) {
        armListener();
      } else {
        auto& connection = static_cast<Connection&>(entry);
        guarded(connection, [&] { connection.onDeadline(); });
      }
    });
    if (!waiting_.empty()) askForFreshness();
    graveyard_.clear();
  }
  disarmListener();
  for (Slot& slot : slots_) {
    if (slot.connection) slot.connection->close();
  }
  graveyard_.clear();
  mailbox_->shut();
}

void Loop::updateClock() {
  now_ = steadyNow();
  const std::time_t second = std::time(nullptr);
  if (second == second_) return;
  second_ = second;
  date_ = "Date: " + imfDate(second) + "\r\n";
  okPrefix_ = "HTTP/1.1 200 OK\r\n" + date_;
  okClosePrefix_ = okPrefix_ + "Connection: close\r\n";
}

std::string_view Loop::prefix(int status, bool closing) {
  if (status == 200) return closing ? okClosePrefix_ : okPrefix_;
  otherPrefix_.clear();
  appendStatusLine(otherPrefix_, status);
  otherPrefix_ += date_;
  if (closing) otherPrefix_ += "Connection: close\r\n";
  return otherPrefix_;
}

/// What a connection's code throws (memory has run out, the application broke its promise) costs
/// that connection, not the loop.
template <typename Call>
void Loop::guarded(Connection& connection, Call&& call) {
  try {
    call();
  } catch (...) {
    connection.close();
  }
}

// ---- connections

Connection* Loop::find(ConnectionId id) {
  const auto index = static_cast<std::uint32_t>(id);
  if (index >= slots_.size()) return nullptr;
  Slot& slot = slots_[index];
  return slot.generation == static_cast<std::uint32_t>(id >> 32) ? slot.connection.get() : nullptr;
}

void Loop::armListener() {
  if (listening_ || draining_) return;
  epoll_event event{};
  event.events = EPOLLIN | EPOLLEXCLUSIVE;
  event.data.u64 = kListenerTag;
  listening_ = ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, listener_, &event) == 0;
}

void Loop::disarmListener() {
  if (!listening_) return;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, listener_, nullptr);
  listening_ = false;
}

void Loop::acceptAll(std::size_t most) {
  for (std::size_t i = 0; i < most; ++i) {
    Connection* evicted = nullptr;
    if (counters_.connections.get() >= maxConnections_ && (evicted = longestIdle()) == nullptr) {
      disarmListener();  // until a connection is released
      return;
    }
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    Fd socket(::accept4(listener_, reinterpret_cast<sockaddr*>(&address), &length,
                        SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket) {
      if (evicted != nullptr) evicted->close();
      admit(std::move(socket), peerName(address));
      continue;
    }
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      // The caller stays in the backlog; asking again at once would only spin.
      if (Connection* idle = longestIdle()) idle->close();
      disarmListener();
      deadlines_.set(listenerPause_, now_ + kListenerPause);
      return;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) return;
  }
}

void Loop::admit(Fd socket, std::string peer) {
  try {
    const int fd = socket.get();
    std::unique_ptr<TlsSession> session = tls_ != nullptr ? tls_->accept(fd) : nullptr;
    if (freeSlots_.empty()) {
      freeSlots_.push_back(static_cast<std::uint32_t>(slots_.size()));
      slots_.emplace_back();
    }
    const std::uint32_t index = freeSlots_.back();
    Slot& slot = slots_[index];
    const ConnectionId id = (static_cast<std::uint64_t>(slot.generation) << 32) | index;
    auto connection = std::make_unique<Connection>(
        *this, id, Channel(std::move(socket), std::move(session)), std::move(peer));
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.u64 = id;
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) return;
    freeSlots_.pop_back();
    slot.connection = std::move(connection);
    counters_.connections.add();
    counters_.accepted.add();
    // The first request has mostly come by now.
    guarded(*slot.connection, [&] { slot.connection->onReady(0); });
  } catch (const std::exception&) {
    // No memory for one more: the socket is closed by its owner.
  }
}

/// The connection that has been idle longest among some, to make room: a client that waits to be
/// let in is worth more than one that may never speak again.
Connection* Loop::longestIdle() {
  Connection* oldest = nullptr;
  const std::size_t sample = std::min(slots_.size(), kEvictionSample);
  for (std::size_t i = 0; i < sample; ++i) {
    evictionHand_ = (evictionHand_ + 1) % slots_.size();
    Connection* connection = slots_[evictionHand_].connection.get();
    if (connection == nullptr || !connection->idle()) continue;
    if (oldest == nullptr || connection->due() < oldest->due()) oldest = connection;
  }
  return oldest;
}

void Loop::release(Connection& connection) {
  unsubscribe(connection);
  deadlines_.set(connection, kNever);
  const auto index = static_cast<std::uint32_t>(connection.id());
  Slot& slot = slots_[index];
  connection.closeSocket();  // now; its object goes at the end of the round
  graveyard_.push_back(std::move(slot.connection));
  ++slot.generation;
  if (slot.generation == 0xffffffff) slot.generation = 0;  // the tags of listener and mailbox
  freeSlots_.push_back(index);
  counters_.connections.subtract();
  if (!listening_) resumeListening();
}

void Loop::resumeListening() {
  if (listenerPause_.due() == kNever) armListener();
}

void Loop::giveTurn(Connection& connection) {
  if (connection.waitsForTurn) return;
  connection.waitsForTurn = true;
  turns_.push_back(connection.id());
}

void Loop::giveTurns() {
  if (turns_.empty()) return;
  currentTurns_.swap(turns_);
  for (const ConnectionId id : currentTurns_) {
    Connection* connection = find(id);
    if (connection == nullptr) continue;
    connection->waitsForTurn = false;
    guarded(*connection, [&] { connection->onTurn(); });
  }
  currentTurns_.clear();
}

std::unique_ptr<Head> Loop::takeHead() {
  if (heads_.empty()) return std::make_unique<Head>();
  auto head = std::move(heads_.back());
  heads_.pop_back();
  return head;
}

void Loop::giveHead(std::unique_ptr<Head> head) {
  if (heads_.size() < kKeptHeads) heads_.push_back(std::move(head));
}

bool Loop::submit(Job& job) {
  job.mailbox = mailbox_.get();
  return workers_.submit(job);
}

// ---- the page cache

void Loop::askForFreshness() {
  auto batch = std::make_shared<FreshBatch>(mailbox_, std::move(waiting_));
  waiting_ = std::move(spareWaiting_);
  waiting_.clear();
  bool failed = false;
  batch->open();
  try {
    application_.freshen([batch] { batch->ready(); });
  } catch (const std::exception&) {
    failed = true;
  }
  const bool readyInside = batch->close();
  if (readyInside) {
    answerFresh(*batch, true);
  } else if (failed && batch->claim()) {
    answerFresh(*batch, false);
  }
}

void Loop::answerFresh(FreshBatch& batch, bool cacheUsable) {
  for (const ConnectionId id : batch.connections()) {
    if (Connection* connection = find(id)) {
      guarded(*connection, [&] { connection->onFresh(cacheUsable); });
    }
  }
  spareWaiting_ = std::move(batch.connections());
}

// ---- messages

void Loop::readMail() {
  mailbox_->take(mail_);
  for (Message& message : mail_) onMessage(message);
  mail_.clear();
}

void Loop::onMessage(Message& message) {
  if (auto* handled = std::get_if<Handled>(&message)) {
    if (Connection* connection = find(handled->connection)) {
      guarded(*connection, [&] { connection->onHandled(std::move(handled->answer)); });
    }
  } else if (auto* piece = std::get_if<Piece>(&message)) {
    if (Connection* connection = find(piece->connection)) {
      guarded(*connection, [&] { connection->onPiece(std::move(*piece)); });
    }
  } else if (auto* fresh = std::get_if<Fresh>(&message)) {
    answerFresh(*fresh->batch, true);
  } else if (auto* published = std::get_if<Published>(&message)) {
    const auto topic = topics_.find(published->topic);
    if (topic == topics_.end()) return;
    // A copy, for a subscriber that is closed on the way changes the list.
    const std::vector<Connection*> subscribers = topic->second;
    const bool isOver = published->frame->empty();
    for (Connection* connection : subscribers) {
      guarded(*connection, [&] {
        if (isOver) connection->onTopicOver();
        else connection->onPublished(published->frame);
      });
    }
  } else {
    beginDrain();
    std::get<StopAsked>(message).left->count_down();
  }
}

bool Loop::hasRoomForStream(const std::string& reader) {
  // Streams are never idle, so nobody waits behind one for room: the other half is for pages.
  if (const auto own = readers_.find(reader);
      own != readers_.end() && own->second.size() >= options_.streamsOfOneReader)
    own->second.front()->close();
  return counters_.eventStreams.get() < std::max<std::size_t>(maxConnections_ / 2, 1);
}

void Loop::subscribe(Connection& connection) {
  if (!connection.reader().empty()) readers_[connection.reader()].push_back(&connection);
  auto& subscribers = topics_[connection.topic()];
  subscribers.push_back(&connection);
  connection.topicPlace = subscribers.size() - 1;
  counters_.eventStreams.add();
}

void Loop::unsubscribe(Connection& connection) {
  if (connection.topicPlace == Connection::kNoTopic) return;
  const auto topic = topics_.find(connection.topic());
  auto& subscribers = topic->second;
  subscribers[connection.topicPlace] = subscribers.back();
  subscribers[connection.topicPlace]->topicPlace = connection.topicPlace;
  subscribers.pop_back();
  connection.topicPlace = Connection::kNoTopic;
  if (const auto own = readers_.find(connection.reader()); own != readers_.end()) {
    std::erase(own->second, &connection);
    if (own->second.empty()) readers_.erase(own);
  }
  if (subscribers.empty()) topics_.erase(topic);
  counters_.eventStreams.subtract();
}

void Loop::beginDrain() {
  if (draining_) return;
  // Those who are in the backlog have connected to us, not to our successor.
  acceptAll(maxConnections_);
  disarmListener();
  draining_ = true;
  drainEnd_ = now_ + static_cast<Millis>(options_.drain.count());
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (Connection* connection = slots_[i].connection.get()) {
      guarded(*connection, [&] { connection->onDrain(); });
    }
  }
}

}  // namespace toimela::wire
