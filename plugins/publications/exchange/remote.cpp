#include "exchange/remote.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/URI.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <thread>

namespace toimela::publications::exchange {

namespace Net = Poco::Net;

namespace {

/// The first `bits` of an address.
template <std::size_t N>
struct Network {
  std::array<std::uint8_t, N> first;
  int bits;

  bool contains(std::span<const std::uint8_t> address) const {
    for (int bit = 0; bit < bits; ++bit) {
      const std::uint8_t mask = static_cast<std::uint8_t>(0x80 >> (bit % 8));
      if ((first[bit / 8] ^ address[bit / 8]) & mask) return false;
    }
    return true;
  }
};

constexpr std::array<Network<4>, 15> kInner4{{
    {{0, 0, 0, 0}, 8},       {{10, 0, 0, 0}, 8},     {{100, 64, 0, 0}, 10},  {{127, 0, 0, 0}, 8},
    {{169, 254, 0, 0}, 16},  {{172, 16, 0, 0}, 12},  {{192, 0, 0, 0}, 24},   {{192, 0, 2, 0}, 24},
    {{192, 88, 99, 0}, 24},  {{192, 168, 0, 0}, 16}, {{198, 18, 0, 0}, 15},  {{198, 51, 100, 0}, 24},
    {{203, 0, 113, 0}, 24},  {{224, 0, 0, 0}, 4},    {{240, 0, 0, 0}, 4}}};
/// Of IPv6 only 2000::/3 is given out, and of that not everything to somebody.
constexpr Network<16> kPublic6{{0x20}, 3};
constexpr std::array<Network<16>, 4> kInner6{{
    {{0x20, 0x01, 0x00}, 23},              // special purposes, Teredo
    {{0x20, 0x01, 0x0d, 0xb8}, 32},        // documentation
    {{0x20, 0x02}, 16},                    // 6to4
    {{0x3f, 0xff, 0x00}, 20}}};            // documentation

std::vector<Net::IPAddress> byDns(const std::string& name) {
  const auto found = Net::DNS::hostByName(name).addresses();
  return {found.begin(), found.end()};
}

Net::IPAddress addressOf(const std::string& name, const Outside& outside) {
  const auto found = outside.resolve ? outside.resolve(name) : byDns(name);
  if (found.empty()) throw std::runtime_error(name + " has no address");
  if (!outside.isLocalAllowed && std::ranges::any_of(found, isInner))
    throw std::runtime_error(name + " has an address of an inner network; --local allows it");
  return found.front();
}

/// Ends what is under way on a socket when its time is over: timeouts of reads alone would let somebody send a byte
/// a minute for ever. Lives shorter than the socket.
class Watch {
 public:
  Watch(const Net::StreamSocket& socket, Outside::Clock::time_point end)
      : thread_([this, handle = socket.impl()->sockfd(), end](const std::stop_token& stop) {
          std::unique_lock lock(mutex_);
          wake_.wait_until(lock, stop, end, [] { return false; });
          if (stop.stop_requested()) return;
          isOver_ = true;
          ::shutdown(handle, SHUT_RDWR);
        }) {}
  bool isOver() const { return isOver_; }

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::atomic<bool> isOver_ = false;
  std::jthread thread_;  // ends first
};

std::unique_ptr<Net::HTTPClientSession> sessionOn(const Net::StreamSocket& socket, const Poco::URI& uri,
                                                  const Outside& outside) {
  if (uri.getScheme() != "https") return std::make_unique<Net::HTTPClientSession>(socket);
  // Strict: otherwise the library asks DNS once more whether the name is this machine, which need not prove itself.
  Net::Context::Ptr context(
      new Net::Context(Net::Context::TLS_CLIENT_USE, outside.authorities, Net::Context::VERIFY_STRICT, 9, true));
  context->requireMinimumProtocol(Net::Context::PROTO_TLSV1_2);
  // By name: for the certificate, and so that a server of several sends the right one.
  return std::make_unique<Net::HTTPClientSession>(Net::SecureStreamSocket::attach(socket, uri.getHost(), context));
}

std::string answerOf(Net::HTTPClientSession& session, const Poco::URI& uri, const Outside& outside) {
  Net::HTTPRequest request(Net::HTTPRequest::HTTP_GET, uri.getPathAndQuery(), Net::HTTPMessage::HTTP_1_1);
  request.setHost(uri.getHost(), uri.getPort());
  request.set("User-Agent", "Toimela harvester");
  session.sendRequest(request);
  Net::HTTPResponse response;
  std::istream& in = session.receiveResponse(response);
  if (response.getStatus() != Net::HTTPResponse::HTTP_OK)
    throw std::runtime_error("the archive answered " + std::to_string(static_cast<int>(response.getStatus())));
  std::string content;
  std::vector<char> piece(64 * 1024);
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    content.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (content.size() > outside.mostBytes)
      throw std::runtime_error("the archive answers with more than " + std::to_string(outside.mostBytes) + " bytes at once");
  }
  return content;
}

}  // namespace

bool isInner(const Net::IPAddress& address) {
  const std::span<const std::uint8_t> bytes(static_cast<const std::uint8_t*>(address.addr()), address.length());
  const auto isIn = [&](const auto& network) { return network.contains(bytes); };
  if (bytes.size() == 4) return std::ranges::any_of(kInner4, isIn);
  return !kPublic6.contains(bytes) || std::ranges::any_of(kInner6, isIn);
}

std::string fetch(const std::string& from, const Outside& outside) {
  const Poco::URI uri(from);
  if (uri.getScheme() != "https" && uri.getScheme() != "http")
    throw std::runtime_error("the address must begin with http:// or https://");
  const auto end = Outside::Clock::now() + outside.forAnswer;
  const auto late = [] { return std::runtime_error("the archive did not answer in time"); };
  const Poco::Timespan timeout(std::chrono::duration_cast<std::chrono::microseconds>(outside.forAnswer).count());
  Net::StreamSocket socket;
  const Net::SocketAddress address(addressOf(uri.getHost(), outside), uri.getPort());
  try {
    socket.connect(address, timeout);
  } catch (const Poco::TimeoutException&) {
    throw late();
  }
  socket.setReceiveTimeout(timeout);
  socket.setSendTimeout(timeout);
  std::unique_ptr<Net::HTTPClientSession> session;  // closes the socket, after the watch
  const Watch watch(socket, end);
  try {
    session = sessionOn(socket, uri, outside);
    session->setTimeout(timeout);
    std::string content = answerOf(*session, uri, outside);
    // An answer that was ended looks like one that has no more.
    if (watch.isOver()) throw late();
    return content;
  } catch (const Poco::TimeoutException&) {
    throw late();
  } catch (const Poco::Exception&) {
    if (watch.isOver()) throw late();
    throw;
  }
}

}  // namespace toimela::publications::exchange
