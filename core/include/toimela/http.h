// Request and Response as values: everything a handler is given and everything it gives back.
// No sockets here, so a handler is tested by calling it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "toimela/export.h"

namespace toimela {

enum class Method { get, head, post, put, patch, del };

/// "GET", "POST", …
TOIMELA_API std::string_view name(Method method);
/// True for methods that must not change anything (RFC 9110, section 9.2.1).
constexpr bool isSafe(Method method) { return method == Method::get || method == Method::head; }

/// Header fields in the order they came; names compare without case (RFC 9110, section 5.1).
class TOIMELA_API Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  /// The first field of that name, if any.
  std::optional<std::string_view> find(std::string_view name) const;
  bool has(std::string_view name) const { return find(name).has_value(); }
  /// Replaces every field of that name. Throws std::invalid_argument when the name is not a token
  /// or the value has a control character: a header can not be split by what a user typed.
  void set(std::string_view name, std::string value);
  /// Like set(), beside what is there already (Set-Cookie, Link, Vary).
  void add(std::string_view name, std::string value);
  void remove(std::string_view name);
  const std::vector<Field>& all() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

/// Names and values as they came in a query string or a form; a name may occur many times.
class TOIMELA_API Fields {
 public:
  using Field = std::pair<std::string, std::string>;

  std::optional<std::string_view> find(std::string_view name) const;
  /// The value, or an empty text when the field did not come.
  std::string_view text(std::string_view name) const { return find(name).value_or(""); }
  std::vector<std::string_view> every(std::string_view name) const;
  bool has(std::string_view name) const { return find(name).has_value(); }
  void add(std::string name, std::string value);
  const std::vector<Field>& all() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

/// A body that was too large for memory and lies in a file, which is deleted with this object.
class TOIMELA_API SpooledFile {
 public:
  /// Takes the file over: it is removed when the last owner of this object lets go.
  SpooledFile(std::string path, std::uint64_t size);
  ~SpooledFile();
  SpooledFile(const SpooledFile&) = delete;
  SpooledFile& operator=(const SpooledFile&) = delete;

  const std::string& path() const { return path_; }
  std::uint64_t size() const { return size_; }  ///< in bytes

 private:
  std::string path_;
  std::uint64_t size_;
};

/// What came with a request: in memory up to the spooling threshold, in a file above it.
using RequestBody = std::variant<std::string, std::shared_ptr<const SpooledFile>>;

/// One request as the wire read it: framing checked, target split, nothing interpreted yet.
struct TOIMELA_API WireRequest {
  Method method = Method::get;
  std::string path;          ///< as sent: begins with '/', percent-encoding kept
  std::string query;         ///< what follows '?', undecoded; empty if none
  Headers headers;
  RequestBody body;
  std::string peer;          ///< numeric address of the other end, empty on a Unix socket
  bool secure = false;       ///< came over our own TLS
};

/// A body sent from a file on disk.
struct FileBody {
  std::string path;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// A body made piece by piece while it is sent; never held in memory as a whole.
struct StreamBody {
  /// Appends the next piece to the buffer (which comes empty) and returns true; false at the end.
  /// Called on a worker thread, only when the reader is ready for more; never twice at once.
  std::function<bool(std::string& piece)> next;
};

/// A connection that stays open for server-sent events on one topic; it holds no worker thread.
struct EventStreamBody {
  std::string topic;
  std::string first;  ///< sent at once, in text/event-stream framing; may be empty
};

using ResponseBody =
    std::variant<std::string, std::shared_ptr<const std::string>, FileBody, StreamBody, EventStreamBody>;

/// What a handler answers. Content-Length, Date, ETag, compression and the security headers are
/// added behind it.
struct TOIMELA_API Response {
  int status = 200;
  Headers headers;
  ResponseBody body;

  static Response text(int status, std::string body);
  /// HTML made by the page room; a handler normally calls Host::page instead.
  static Response html(int status, std::string body);
  /// `json` is a serialised document.
  static Response json(int status, std::string json);
  /// 303 to a path of this service.
  static Response redirect(std::string location);
  static Response noContent();
  /// A download named `filename` (sent as attachment, RFC 6266).
  static Response attachment(std::string filename, std::string contentType, std::string body);
};

}  // namespace toimela
