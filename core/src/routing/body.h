// Bodies and query strings taken apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "toimela/http.h"
#include "toimela/request.h"

namespace toimela::routing {

/// What an address asks for after '?'. Throws RequestError(400) for text that no database takes.
Fields parseQuery(std::string_view text);
/// application/x-www-form-urlencoded. Values are as they came: a Form says at the field what is
/// wrong with them. More than `most` fields throw RequestError(400).
Fields parseUrlEncoded(std::string_view text, std::size_t most = 2000);

struct FormBody {
  Fields fields;
  std::vector<UploadedFile> files;
};
/// Reads a form body by its Content-Type; a body of another type gives nothing.
/// Throws RequestError(400) when it is malformed. Files are spooled to `folder`.
FormBody parseForm(const Headers& headers, const RequestBody& body, const std::string& folder);

/// The value of a cookie in one Cookie field.
std::optional<std::string_view> cookieIn(std::string_view field, std::string_view name);
/// The value of a cookie, if it came. `headers` is a Headers or the wire's HeadFields.
template <class H>
std::optional<std::string_view> cookie(const H& headers, std::string_view name) {
  auto field = headers.find("Cookie");
  return field ? cookieIn(*field, name) : std::nullopt;
}

}  // namespace toimela::routing
