// HTTP as a client sees it, byte by byte, and a browser on top: cookies, form tokens, Origin.
#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstring>
#include <functional>

#include "process.h"
#include "toimela/http.h"

namespace toimela::program_tests {

struct Answer {
  int status = 0;  ///< 0: the connection ended without one
  Headers headers;
  std::string body;

  std::string header(std::string_view name) const {
    return std::string(headers.find(name).value_or(""));
  }
  bool has(std::string_view text) const { return body.find(text) != std::string::npos; }
  std::vector<std::string> every(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [field, value] : headers.all())
      if (field.size() == name.size() && strcasecmp(field.c_str(), std::string(name).c_str()) == 0)
        values.push_back(value);
    return values;
  }
};

/// One connection, written to and read from as it stands.
class Wire {
 public:
  explicit Wire(const Endpoint& endpoint) {
    const bool isUnix = !endpoint.socket.empty();
    fd_ = ::socket(isUnix ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int result = 0;
    if (isUnix) {
      sockaddr_un address{};
      address.sun_family = AF_UNIX;
      std::strncpy(address.sun_path, endpoint.socket.c_str(), sizeof address.sun_path - 1);
      result = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    } else {
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_port = htons(static_cast<std::uint16_t>(endpoint.port));
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      result = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address);
      const int yes = 1;
      setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }
    isOpen_ = result == 0;
  }
  ~Wire() { ::close(fd_); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  bool isOpen() const { return isOpen_; }

  /// False when the other end has gone.
  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void endWriting() { ::shutdown(fd_, SHUT_WR); }

  /// The next answer on this connection; status 0 when the connection ends first.
  Answer read(bool toHead = false) {
    Answer answer;
    std::size_t end = std::string::npos;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
      if (!fill()) return answer;
    parseHead(buffer_.substr(0, end), answer);
    buffer_.erase(0, end + 4);
    if (toHead || answer.status == 204 || answer.status == 304) return answer;
    if (answer.header("Transfer-Encoding") == "chunked")
      readChunks(answer);
    else
      readLength(answer);
    return answer;
  }

  /// True when the other end closes without sending more.
  bool ended() {
    while (fill()) {
    }
    return isEnded_ && buffer_.empty();
  }
  std::string& buffer() { return buffer_; }
  /// Reads on until `text` has come; false when the other end is silent or has gone.
  bool await(std::string_view text) {
    while (buffer_.find(text) == std::string::npos)
      if (!fill()) return false;
    return true;
  }

 private:
  /// Waits for more bytes; false at the end of the stream or of patience.
  bool fill() {
    pollfd ready{fd_, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count())) <= 0)
      return false;
    char bytes[16384];
    const ssize_t got = ::recv(fd_, bytes, sizeof bytes, 0);
    if (got <= 0) {
      isEnded_ = true;
      return false;
    }
    buffer_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }

  static void parseHead(const std::string& head, Answer& answer) {
    std::istringstream lines(head);
    std::string line;
    std::getline(lines, line);
    if (line.rfind("HTTP/1.1 ", 0) != 0) throw std::runtime_error("not an answer: " + line);
    answer.status = std::stoi(line.substr(9, 3));
    while (std::getline(lines, line)) {
      if (line.ends_with('\r')) line.pop_back();
      const auto colon = line.find(':');
      if (colon == std::string::npos) throw std::runtime_error("not a header field: " + line);
      auto value = line.substr(colon + 1);
      value.erase(0, value.find_first_not_of(' ') == std::string::npos
                         ? value.size()
                         : value.find_first_not_of(' '));
      answer.headers.add(line.substr(0, colon), value);
    }
  }

  void readLength(Answer& answer) {
    const std::string length = answer.header("Content-Length");
    if (length.empty()) {
      while (fill()) {
      }
      answer.body = std::exchange(buffer_, {});
      return;
    }
    const std::size_t wanted = std::stoul(length);
    while (buffer_.size() < wanted && fill()) {
    }
    if (buffer_.size() < wanted) {
      answer.status = 0;  // cut off: no answer that a client could use
      return;
    }
    answer.body = buffer_.substr(0, wanted);
    buffer_.erase(0, wanted);
  }

  void readChunks(Answer& answer) {
    for (;;) {
      std::size_t end = std::string::npos;
      while ((end = buffer_.find("\r\n")) == std::string::npos)
        if (!fill()) return void(answer.status = 0);
      const std::size_t size = std::stoul(buffer_.substr(0, end), nullptr, 16);
      while (buffer_.size() < end + 2 + size + 2)
        if (!fill()) return void(answer.status = 0);
      answer.body += buffer_.substr(end + 2, size);
      buffer_.erase(0, end + 2 + size + 2);
      if (size == 0) return;
    }
  }

  int fd_ = -1;
  bool isOpen_ = false, isEnded_ = false;
  std::string buffer_;
};

inline std::string percentEncoded(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : text) {
    if (std::isalnum(c) || c == '-' || c == '_' || c == '.')
      out += static_cast<char>(c);
    else
      (((out += '%') += kHex[c >> 4]) += kHex[c & 15]);
  }
  return out;
}

/// What a browser makes of HTML text: the five named references and the numeric ones.
inline std::string htmlDecoded(std::string_view html) {
  static const std::map<std::string, std::string, std::less<>> kNamed{
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
  std::string out;
  while (!html.empty()) {
    const auto semicolon = html.substr(0, 10).find(';');
    if (html[0] == '&' && semicolon != std::string_view::npos) {
      const std::string_view name = html.substr(1, semicolon - 1);
      const auto found = kNamed.find(name);
      if (found != kNamed.end())
        out += found->second;
      else if (name.starts_with("#x"))
        out += static_cast<char>(std::stoi(std::string(name.substr(2)), nullptr, 16));
      else if (name.starts_with("#"))
        out += static_cast<char>(std::stoi(std::string(name.substr(1))));
      else
        out.append(html.substr(0, semicolon + 1));
      html.remove_prefix(semicolon + 1);
    } else {
      out += html[0];
      html.remove_prefix(1);
    }
  }
  return out;
}

/// The value of the first attribute `name` after `mark` in a page; empty if there is none.
inline std::string valueAfter(const std::string& page, const std::string& mark,
                              const std::string& attribute = "value") {
  auto at = page.find(mark);
  if (at == std::string::npos) return {};
  at = page.find(attribute + "=\"", at);
  if (at == std::string::npos) return {};
  at += attribute.size() + 2;
  return htmlDecoded(page.substr(at, page.find('"', at) - at));
}

using FormFields = std::vector<std::pair<std::string, std::string>>;

inline std::string formEncoded(const FormFields& fields) {
  std::string body;
  for (const auto& [name, value] : fields)
    body += (body.empty() ? "" : "&") + percentEncoded(name) + "=" + percentEncoded(value);
  return body;
}

/// What a request may have of its own.
struct Extra {
  FormFields headers = {};
};

/// Somebody with a browser. Every request goes over a connection of its own, so that with several
/// processes on one port any of them may answer.
class Browser {
 public:
  explicit Browser(const Server& server) : Browser(server.endpoint()) {}
  explicit Browser(Endpoint endpoint)
      : endpoint_(std::move(endpoint)), origin_("http://" + endpoint_.authority()) {}

  /// Where the service believes that it is, when it has been told with base_url.
  Browser& from(std::string origin) {
    origin_ = std::move(origin);
    return *this;
  }
  /// The same person at another process.
  Browser at(const Server& server) const {
    Browser other(server.endpoint());
    other.cookies_ = cookies_;
    return other;
  }

  Answer get(const std::string& target, const Extra& extra = {}) {
    return send("GET", target, extra.headers, "");
  }

  /// As a form on one of the service's pages is sent.
  Answer post(const std::string& target, FormFields fields = {}, const Extra& extra = {}) {
    return postAs("POST", target, std::move(fields), extra);
  }
  /// The same with another method that changes things.
  Answer postAs(const std::string& method, const std::string& target, FormFields fields = {},
                const Extra& extra = {}) {
    fields.insert(fields.begin(), {"csrf", csrf()});
    FormFields headers{{"Origin", origin_}, {"Content-Type", "application/x-www-form-urlencoded"}};
    headers.insert(headers.end(), extra.headers.begin(), extra.headers.end());
    return send(method, target, headers, formEncoded(fields));
  }

  Answer send(const std::string& method, const std::string& target, const FormFields& headers,
              const std::string& body) {
    Wire wire(endpoint_);
    if (!wire.isOpen() || !wire.write(request(method, target, headers, body))) return {};
    Answer answer = wire.read(method == "HEAD");
    for (const std::string& cookie : answer.every("Set-Cookie")) keep(cookie);
    return answer;
  }

  std::string request(const std::string& method, const std::string& target,
                      const FormFields& headers, const std::string& body) const {
    std::string bytes = method + " " + target + " HTTP/1.1\r\nHost: " + hostOf(origin_) +
                        "\r\nConnection: close\r\n";
    std::string cookies;
    for (const auto& [name, value] : cookies_)
      cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    if (!cookies.empty()) bytes += "Cookie: " + cookies + "\r\n";
    for (const auto& [name, value] : headers) bytes += name + ": " + value + "\r\n";
    if (!body.empty() || (method != "GET" && method != "HEAD"))
      bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return bytes + "\r\n" + body;
  }

  /// The token of a form that this visitor is shown, read once for a session.
  std::string csrf() {
    if (csrf_.empty())
      csrf_ = valueAfter(get(isSignedIn() ? "/fi/account" : "/fi/sign-in").body, "name=\"csrf\"");
    return csrf_;
  }

  /// Through the form, as a person does.
  Answer signIn(const std::string& email, const std::string& password) {
    return post("/fi/sign-in", {{"email", email}, {"password", password}});
  }
  bool isSignedIn() const {
    return cookies_.contains("toimela") || cookies_.contains("__Host-toimela");
  }

  const std::string& origin() const { return origin_; }
  const Endpoint& endpoint() const { return endpoint_; }
  const std::map<std::string, std::string>& cookies() const { return cookies_; }
  void setCookie(const std::string& name, const std::string& value) {
    cookies_[name] = value;
    csrf_.clear();
  }

 private:
  static std::string hostOf(const std::string& origin) {
    return origin.substr(origin.find("://") + 3);
  }

  void keep(const std::string& cookie) {
    const auto equals = cookie.find('='), end = cookie.find(';');
    const std::string name = cookie.substr(0, equals),
                      value = cookie.substr(equals + 1, end - equals - 1);
    if (name.ends_with("toimela")) csrf_.clear();
    if (value.empty())
      cookies_.erase(name);
    else
      cookies_[name] = value;
  }

  Endpoint endpoint_;
  std::string origin_;
  std::map<std::string, std::string> cookies_;
  std::string csrf_;
};

}  // namespace toimela::program_tests
