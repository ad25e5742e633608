#include "wire/answer.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <stdexcept>

#include "toimela/streams.h"

namespace toimela::wire {

namespace {

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 417:
      return "Expectation Failed";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 451:
      return "Unavailable For Legal Reasons";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    case 507:
      return "Insufficient Storage";
    default:
      return "";
  }
}

bool equalsWithoutCase(std::string_view a, std::string_view lowered) {
  return a.size() == lowered.size() &&
         std::equal(a.begin(), a.end(), lowered.begin(), [](char x, char y) {
           return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + ('a' - 'A')) : x) == y;
         });
}

/// Fields that say how a message is framed: only the wire may set them.
bool belongsToWire(std::string_view name) {
  for (const char* own :
       {"content-length", "transfer-encoding", "connection", "keep-alive", "date"}) {
    if (equalsWithoutCase(name, own)) return true;
  }
  return false;
}

void appendField(std::string& head, std::string_view name, std::string_view value) {
  const auto breaksLines = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
  if (name.empty() || std::any_of(name.begin(), name.end(), breaksLines) ||
      std::any_of(value.begin(), value.end(), breaksLines)) {
    throw std::invalid_argument("a header field would break its line");
  }
  head.append(name).append(": ").append(value).append("\r\n");
}

/// A length of 0 means: to the end of the file.
OpenFile open(const FileBody& body) {
  OpenFile file{Fd(::open(body.path.c_str(), O_RDONLY | O_CLOEXEC)), body.offset, body.length};
  struct stat facts {};
  if (!file.file || ::fstat(file.file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
    throw std::runtime_error("the file to be sent can not be opened");
  }
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  if (body.offset > size || body.length > size - body.offset) {
    throw std::runtime_error("the file to be sent is shorter than promised");
  }
  if (body.length == 0) file.length = size - body.offset;
  return file;
}

Answer make(Response response, const AnswerForm& form) {
  if (response.status < 200 || response.status > 599)
    throw std::invalid_argument("no final status");
  Answer answer;
  answer.status = response.status;
  auto* events = std::get_if<EventStreamBody>(&response.body);
  std::string_view ownLength;
  answer.head.reserve(512);
  for (const auto& [name, value] : response.headers.all()) {
    if (belongsToWire(name)) {
      if (equalsWithoutCase(name, "content-length")) ownLength = value;
      continue;
    }
    if (name == streams::kReaderField) {
      answer.reader = value;
      continue;
    }
    if (name == streams::kUntilField) {
      answer.until = std::stoll(std::string(value));
      continue;
    }
    if (events != nullptr &&
        (equalsWithoutCase(name, "content-type") || equalsWithoutCase(name, "cache-control"))) {
      continue;
    }
    appendField(answer.head, name, value);
  }
  const bool bodiless = response.status == 204 || response.status == 304;
  const auto withLength = [&](std::uint64_t length) {
    if (!bodiless) appendField(answer.head, "Content-Length", std::to_string(length));
  };
  if (auto* text = std::get_if<std::string>(&response.body)) {
    if (form.headOnly && text->empty() && !ownLength.empty()) {
      appendField(answer.head, "Content-Length", ownLength);
    } else {
      withLength(text->size());
    }
    answer.body = std::move(*text);
  } else if (auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body)) {
    if (*shared == nullptr) *shared = std::make_shared<const std::string>();
    withLength((*shared)->size());
    answer.body = std::move(*shared);
  } else if (auto* path = std::get_if<FileBody>(&response.body)) {
    OpenFile file = open(*path);
    withLength(file.length);
    answer.body = std::move(file);
  } else if (auto* stream = std::get_if<StreamBody>(&response.body)) {
    if (!stream->next) throw std::invalid_argument("a stream without a source");
    answer.chunked = !form.http10;
    answer.closes = form.http10;
    if (answer.chunked && !bodiless) appendField(answer.head, "Transfer-Encoding", "chunked");
    answer.body = std::make_shared<StreamBody>(std::move(*stream));
  } else {
    appendField(answer.head, "Content-Type", "text/event-stream");
    appendField(answer.head, "Cache-Control", "no-store");
    answer.closes = true;
    answer.body = std::move(*events);
  }
  answer.head += "\r\n";
  if (form.headOnly || bodiless) {
    answer.body = std::string();
    answer.chunked = answer.closes = false;
  }
  return answer;
}

}  // namespace

Answer makeAnswer(Response response, const AnswerForm& form,
                  const Application& application) noexcept {
  try {
    return make(std::move(response), form);
  } catch (const std::exception&) {
    try {
      return make(application.refusal(500, nullptr), form);
    } catch (const std::exception&) {
      Answer plain;
      plain.status = 500;
      plain.head = "Content-Length: 0\r\n\r\n";
      return plain;
    }
  }
}

void appendStatusLine(std::string& out, int status) {
  out.append("HTTP/1.1 ")
      .append(std::to_string(status))
      .append(" ")
      .append(reason(status))
      .append("\r\n");
}

}  // namespace toimela::wire
