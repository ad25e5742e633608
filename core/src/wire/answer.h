// From a Response to what the socket needs: the header text and an opened body.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "wire/fd.h"
#include "wire/server.h"

namespace toimela::wire {

struct OpenFile {
  Fd file;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// What of a request decides the form of its answer.
struct AnswerForm {
  bool headOnly = false;  ///< the request was HEAD
  bool http10 = false;
};

/// Everything but the lines that the loop writes when it sends: status line, Date, Connection.
struct Answer {
  using Body = std::variant<std::string, std::shared_ptr<const std::string>, OpenFile,
                            std::shared_ptr<StreamBody>, EventStreamBody>;
  int status = 200;
  std::string head;      ///< header fields and the blank line
  Body body;             ///< an empty string when nothing follows the head
  bool chunked = false;  ///< a stream's pieces are sent as chunks
  bool closes = false;   ///< only the end of the connection ends the body
  std::string reader;    ///< of an event stream; empty for nobody who is known
  std::optional<std::int64_t> until;  ///< of an event stream: milliseconds since 1970
};

/// Never fails: what can't be sent (a control character in a field, a file that is not there)
/// becomes the application's answer for 500. Opens files, so it belongs on a worker thread when
/// the response comes from a handler.
Answer makeAnswer(Response response, const AnswerForm& form,
                  const Application& application) noexcept;

/// "HTTP/1.1 404 Not Found\r\n"
void appendStatusLine(std::string& out, int status);

}  // namespace toimela::wire
