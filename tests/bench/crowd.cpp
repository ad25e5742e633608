// The crowd of scripts/bench rush: so many clients, each with a connection of its own, who ask for a
// place at the same moment, or one after another within so many seconds, whether others have their answer
// or not. Prints one line of JSON: how long the answers took and what they said.
//
//   toimela_bench_crowd CLIENTS SECONDS PATH TOKEN PORT…
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Client {
  int socket = -1;
  std::string request;
  std::size_t sent = 0;
  std::string answer;
  Clock::time_point begins{}, done{};
  bool isDone = false;
};

int connectTo(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("a client can not connect: " + std::string(std::strerror(errno)));
  const int yes = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return socket;
}

std::string requestOf(int number, const std::string& path, const std::string& token, int port) {
  const std::string mark = std::to_string(number);
  const std::string body = R"({"participants": [{"name": "Osallistuja )" + mark + R"(", "email": "osallistuja)" +
                           mark + R"(@example.org"}]})";
  return "POST " + path + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port) +
         "\r\nAuthorization: Bearer " + token + "\r\nIdempotency-Key: rush-" + mark +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

/// The answer is there as soon as its body is: the connection stays open.
bool isWhole(const std::string& answer) {
  const auto head = answer.find("\r\n\r\n");
  if (head == std::string::npos) return false;
  std::string lower = answer.substr(0, head);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  const auto length = lower.find("content-length:");
  return length != std::string::npos &&
         answer.size() >= head + 4 + std::strtoul(lower.c_str() + length + 15, nullptr, 10);
}

std::string outcomeOf(const std::string& answer) {
  if (answer.size() < 12) return "none";
  for (const char* state : {"confirmed", "waiting", "offered", "pending"})
    if (answer.find(std::string("\"state\":\"") + state) != std::string::npos) return state;
  return answer.substr(9, 3);
}

/// Takes what there is; false when the client is done.
void attend(Client& client, std::uint32_t events, int poll) {
  if (events & EPOLLOUT) {
    const auto sent = ::send(client.socket, client.request.data() + client.sent,
                             client.request.size() - client.sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) client.sent += static_cast<std::size_t>(sent);
    if (client.sent == client.request.size()) {
      epoll_event wanted{.events = EPOLLIN, .data = {.ptr = &client}};
      epoll_ctl(poll, EPOLL_CTL_MOD, client.socket, &wanted);
    }
  }
  if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
    std::array<char, 16384> buffer;
    const auto got = ::recv(client.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got > 0) client.answer.append(buffer.data(), static_cast<std::size_t>(got));
    const bool isBroken = got == 0 || (got < 0 && errno != EAGAIN);
    if (isBroken || isWhole(client.answer)) {
      client.done = Clock::now();
      client.isDone = true;
      epoll_ctl(poll, EPOLL_CTL_DEL, client.socket, nullptr);
    }
  }
}

}  // namespace

int main(int count, char** arguments) try {
  if (count < 6) throw std::runtime_error("usage: toimela_bench_crowd CLIENTS SECONDS PATH TOKEN PORT…");
  const int size = std::atoi(arguments[1]);
  const std::chrono::duration<double> within(std::atof(arguments[2]));
  const rlimit files{static_cast<rlim_t>(size) + 100, static_cast<rlim_t>(size) + 100};
  setrlimit(RLIMIT_NOFILE, &files);
  std::vector<Client> crowd(static_cast<std::size_t>(size));
  const int poll = epoll_create1(EPOLL_CLOEXEC);
  for (int i = 0; i < size; ++i) {
    Client& client = crowd[static_cast<std::size_t>(i)];
    const int port = std::atoi(arguments[5 + i % (count - 5)]);
    client.socket = connectTo(port);
    client.request = requestOf(i, arguments[3], arguments[4], port);
  }
  const auto begun = Clock::now();
  for (std::size_t i = 0; i < crowd.size(); ++i)
    crowd[i].begins = begun + std::chrono::duration_cast<Clock::duration>(within * static_cast<double>(i) / crowd.size());
  std::array<epoll_event, 512> events;
  std::size_t come = 0;
  for (std::size_t left = crowd.size(); left > 0;) {
    for (; come < crowd.size() && crowd[come].begins <= Clock::now(); ++come) {
      epoll_event wanted{.events = EPOLLOUT, .data = {.ptr = &crowd[come]}};
      epoll_ctl(poll, EPOLL_CTL_ADD, crowd[come].socket, &wanted);
    }
    const int patience = come < crowd.size() ? 1 : 30'000;
    const int ready = epoll_wait(poll, events.data(), static_cast<int>(events.size()), patience);
    if (ready < 0 || (ready == 0 && come == crowd.size())) break;
    for (int i = 0; i < ready; ++i) {
      Client& client = *static_cast<Client*>(events[static_cast<std::size_t>(i)].data.ptr);
      attend(client, events[static_cast<std::size_t>(i)].events, poll);
      left -= client.isDone;
    }
  }
  std::vector<double> took;
  std::map<std::string, int> outcomes;
  for (const Client& client : crowd) {
    if (client.isDone) took.push_back(std::chrono::duration<double, std::milli>(client.done - client.begins).count());
    ++outcomes[outcomeOf(client.answer)];
    ::close(client.socket);
  }
  std::sort(took.begin(), took.end());
  const auto at = [&](double share) {
    return took.empty() ? 0 : took[std::min(took.size() - 1, static_cast<std::size_t>(share * static_cast<double>(took.size())))];
  };
  std::printf("{\"p50\": %.1f, \"p99\": %.1f, \"last\": %.1f, \"outcomes\": {", at(0.5), at(0.99), at(1));
  const char* comma = "";
  for (const auto& [outcome, times] : outcomes) {
    std::printf("%s\"%s\": %d", comma, outcome.c_str(), times);
    comma = ", ";
  }
  std::printf("}}\n");
  return 0;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 2;
}
