#include "wire/head_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <cstring>

namespace toimela::wire {

namespace http = boost::beast::http;

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool equalsWithoutCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// What may stand in Host: a registered name, an address, a bracketed IPv6 address, a port.
bool isHost(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'z') ||
           (c != '\0' && std::string_view(".-_:[]%~!$&'()*+,;=").find(c) != std::string_view::npos);
  });
}

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

/// Beast walks the lines and checks their characters; what a message means (framing, method,
/// host) is decided here, more strictly than Beast would.
class Parser final : public http::basic_parser<true> {
 public:
  Parser(const HeadLimits& limits, Head& head) : limits_(limits), head_(head) {
    skip(true);  // the body is not this parser's work
  }

  /// 0 or the status of a refusal, once the whole head went through.
  int verdict() {
    if (contentLengths_ > 1 || transferEncodings_ > 1) return 400;
    if (contentLengths_ == 1 && transferEncodings_ == 1) return 400;
    if (transferEncodings_ == 1) {
      if (head_.http10) return 400;
      if (!equalsWithoutCase(transferEncoding_, "chunked")) return 501;
      head_.framing = BodyFraming::chunked;
    } else if (contentLengths_ == 1 && head_.length > 0) {
      head_.framing = BodyFraming::length;
    }
    if (hosts_ > 1 || (hosts_ == 0 && !head_.http10)) return 400;
    if (hosts_ == 1 && !isHost(head_.fields.all()[hostIndex_].second)) return 400;
    if (!authority_.empty()) {
      // RFC 9112, section 3.2.2: an absolute target overrules the Host field.
      if (!isHost(authority_)) return 400;
      if (hosts_ == 1) {
        head_.fields.replace(hostIndex_, authority_);
      } else {
        head_.fields.add("Host", authority_);
      }
    }
    if (unknownExpectation_) return 417;
    head_.keepAlive = !head_.http10 && keep_alive();
    return 0;
  }

  int refusal() const { return refusal_; }

 private:
  void refuse(int status, boost::beast::error_code& ec) {
    refusal_ = status;
    ec = http::error::bad_field;
  }

  void on_request_impl(http::verb method, boost::beast::string_view,
                       boost::beast::string_view target, int version,
                       boost::beast::error_code& ec) override {
    head_.http10 = version == 10;
    switch (method) {
      case http::verb::get:
        head_.method = Method::get;
        break;
      case http::verb::head:
        head_.method = Method::head;
        break;
      case http::verb::post:
        head_.method = Method::post;
        break;
      case http::verb::put:
        head_.method = Method::put;
        break;
      case http::verb::patch:
        head_.method = Method::patch;
        break;
      case http::verb::delete_:
        head_.method = Method::del;
        break;
      case http::verb::options:
        return refuse(405, ec);
      default:
        return refuse(501, ec);
    }
    if (target.size() > limits_.target) return refuse(414, ec);
    if (!splitTarget(view(target))) return refuse(400, ec);
  }

  bool splitTarget(std::string_view target) {
    for (const char c : target) {
      if (c == '#' || static_cast<unsigned char>(c) >= 0x80) return false;
    }
    if (target.front() != '/') {
      const std::size_t scheme = target.find("://");
      if (scheme == std::string_view::npos) return false;
      const std::string_view name = target.substr(0, scheme);
      if (!equalsWithoutCase(name, "http") && !equalsWithoutCase(name, "https")) return false;
      target.remove_prefix(scheme + 3);
      authority_ = target.substr(0, target.find_first_of("/?"));
      if (authority_.empty()) return false;
      target.remove_prefix(authority_.size());
    }
    const std::size_t question = target.find('?');
    head_.path = target.substr(0, question);
    head_.query =
        question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
    if (head_.path.empty()) head_.path = "/";
    return true;
  }

  void on_field_impl(http::field field, boost::beast::string_view rawName,
                     boost::beast::string_view rawValue, boost::beast::error_code& ec) override {
    const std::string_view value = view(rawValue);
    if (head_.fields.all().size() >= limits_.fields) return refuse(431, ec);
    switch (field) {
      case http::field::host:
        ++hosts_;
        hostIndex_ = head_.fields.all().size();
        break;
      case http::field::content_length:
        // Beast would take a list of equal numbers; one number is all that is sent in good faith.
        if (!std::all_of(value.begin(), value.end(), isDigit)) return refuse(400, ec);
        ++contentLengths_;
        head_.length = contentLengthOf(value);
        break;
      case http::field::transfer_encoding:
        ++transferEncodings_;
        transferEncoding_ = value;
        break;
      case http::field::expect:
        if (equalsWithoutCase(value, "100-continue")) {
          head_.expectContinue = !head_.http10;
        } else {
          unknownExpectation_ = true;
        }
        break;
      default:
        break;
    }
    head_.fields.add(view(rawName), value);
  }

  /// Beast has refused what does not fit in 64 bits.
  static std::uint64_t contentLengthOf(std::string_view digits) {
    std::uint64_t length = 0;
    for (const char c : digits) length = length * 10 + static_cast<std::uint64_t>(c - '0');
    return length;
  }

  void on_response_impl(int, boost::beast::string_view, int, boost::beast::error_code&) override {}
  void on_header_impl(boost::beast::error_code&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const&,
                         boost::beast::error_code&) override {}
  std::size_t on_body_impl(boost::beast::string_view body, boost::beast::error_code&) override {
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t, boost::beast::string_view,
                            boost::beast::error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view body,
                                 boost::beast::error_code&) override {
    return body.size();
  }
  void on_finish_impl(boost::beast::error_code&) override {}

  const HeadLimits& limits_;
  Head& head_;
  std::string_view authority_;
  std::string_view transferEncoding_;
  std::size_t hostIndex_ = 0;
  int hosts_ = 0;
  int contentLengths_ = 0;
  int transferEncodings_ = 0;
  int refusal_ = 0;
  bool unknownExpectation_ = false;
};

/// True for a request line that is well formed but for a version that is not ours.
bool asksForOtherVersion(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find('\r'));
  const std::string_view version = line.substr(line.rfind(' ') + 1);
  return version.size() == 8 && version.substr(0, 5) == "HTTP/" && isDigit(version[5]) &&
         version[6] == '.' && isDigit(version[7]) && version != "HTTP/1.0" && version != "HTTP/1.1";
}

}  // namespace

std::optional<std::string_view> HeadFields::find(std::string_view name) const {
  for (const Field& field : fields_) {
    if (equalsWithoutCase(field.first, name)) return field.second;
  }
  return std::nullopt;
}

Headers HeadFields::toHeaders() const {
  Headers headers;
  for (const Field& field : fields_) headers.add(field.first, std::string(field.second));
  return headers;
}

HeadEnd findHeadEnd(std::string_view bytes, std::size_t& scanned, const HeadLimits& limits) {
  while (scanned < bytes.size()) {
    const bool lineBegins = scanned > 0 && bytes[scanned - 1] == '\n';
    if (lineBegins && (bytes[scanned] == ' ' || bytes[scanned] == '\t')) return {0, 400};
    const void* found = std::memchr(bytes.data() + scanned, '\n', bytes.size() - scanned);
    if (found == nullptr) {
      scanned = bytes.size();
      break;
    }
    const auto lf = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
    if (lf == 0 || bytes[lf - 1] != '\r') return {0, 400};
    scanned = lf + 1;
    if (lf >= 2 && bytes[lf - 2] == '\n') {
      if (scanned > limits.bytes) return {0, 431};
      return {scanned, 0};
    }
  }
  if (bytes.size() >= limits.bytes) {
    const bool inFirstLine = bytes.find('\n') == std::string_view::npos;
    return {0, inFirstLine ? 414 : 431};
  }
  return {};
}

int parseHead(std::string_view bytes, const HeadLimits& limits, Head& head) {
  head.fields.clear();
  head.framing = BodyFraming::none;
  head.length = 0;
  head.expectContinue = false;
  head.keepAlive = false;
  Parser parser(limits, head);
  parser.header_limit(static_cast<std::uint32_t>(bytes.size() + 1));
  boost::beast::error_code ec;
  const std::size_t used = parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
  if (parser.refusal() != 0) return parser.refusal();
  if (ec == http::error::bad_version && asksForOtherVersion(bytes)) return 505;
  if (ec || !parser.is_done() || used != bytes.size()) return 400;
  return parser.verdict();
}

}  // namespace toimela::wire
