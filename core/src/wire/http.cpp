#include "toimela/http.h"

#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace toimela {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool equalsWithoutCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

bool isTokenCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

bool isControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && byte != '\t') || byte == 0x7f;
}

void requireSafe(std::string_view name, std::string_view value) {
  if (name.empty() || !std::all_of(name.begin(), name.end(), isTokenCharacter)) {
    throw std::invalid_argument("a header name must be a token");
  }
  if (std::any_of(value.begin(), value.end(), isControl)) {
    throw std::invalid_argument("a header value must not have control characters");
  }
}

void appendPercentEncoded(std::string& out, char c) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kDigits[byte >> 4];
  out += kDigits[byte & 15];
}

/// What RFC 8187 lets stand unencoded in an extended parameter value.
bool isAttributeCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c != '\0' && std::string_view("!#$&+-.^_`|~").find(c) != std::string_view::npos);
}

/// For the few readers that ignore filename*: the letters of our languages lose their dots, every
/// other character outside ASCII becomes an underscore.
std::string asciiFilename(std::string_view filename) {
  static constexpr std::pair<std::string_view, char> kLetters[] = {
      {"\u00e5", 'a'}, {"\u00e4", 'a'}, {"\u00f6", 'o'}, {"\u00c5", 'A'},
      {"\u00c4", 'A'}, {"\u00d6", 'O'}, {"\u00e9", 'e'}, {"\u00fc", 'u'}};
  std::string out;
  for (std::size_t i = 0; i < filename.size();) {
    const auto byte = static_cast<unsigned char>(filename[i]);
    if (byte < 0x80) {
      const char c = filename[i++];
      out += c == '"' || c == '\\' || c == '%' ? '_' : c;
      continue;
    }
    const auto letter = std::find_if(
        std::begin(kLetters), std::end(kLetters),
        [&](const auto& entry) { return filename.substr(i, entry.first.size()) == entry.first; });
    out += letter == std::end(kLetters) ? '_' : letter->second;
    for (++i; i < filename.size() && (static_cast<unsigned char>(filename[i]) & 0xc0) == 0x80;) ++i;
  }
  return out;
}

Response make(int status, const char* contentType, std::string body) {
  Response response;
  response.status = status;
  response.headers.set("Content-Type", contentType);
  response.body = std::move(body);
  return response;
}

}  // namespace

std::string_view name(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
  }
  return "";
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const Field& field : fields_) {
    if (equalsWithoutCase(field.first, name)) return field.second;
  }
  return std::nullopt;
}

void Headers::set(std::string_view name, std::string value) {
  requireSafe(name, value);
  const auto same = [&](const Field& field) { return equalsWithoutCase(field.first, name); };
  const auto first = std::find_if(fields_.begin(), fields_.end(), same);
  if (first == fields_.end()) {
    fields_.emplace_back(std::string(name), std::move(value));
    return;
  }
  first->second = std::move(value);
  fields_.erase(std::remove_if(first + 1, fields_.end(), same), fields_.end());
}

void Headers::add(std::string_view name, std::string value) {
  requireSafe(name, value);
  fields_.emplace_back(std::string(name), std::move(value));
}

void Headers::remove(std::string_view name) {
  fields_.erase(
      std::remove_if(fields_.begin(), fields_.end(),
                     [&](const Field& field) { return equalsWithoutCase(field.first, name); }),
      fields_.end());
}

std::optional<std::string_view> Fields::find(std::string_view name) const {
  for (const Field& field : fields_) {
    if (field.first == name) return field.second;
  }
  return std::nullopt;
}

std::vector<std::string_view> Fields::every(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Field& field : fields_) {
    if (field.first == name) values.push_back(field.second);
  }
  return values;
}

void Fields::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

SpooledFile::SpooledFile(std::string path, std::uint64_t size)
    : path_(std::move(path)), size_(size) {}

SpooledFile::~SpooledFile() { ::unlink(path_.c_str()); }

Response Response::text(int status, std::string body) {
  return make(status, "text/plain; charset=utf-8", std::move(body));
}

Response Response::html(int status, std::string body) {
  return make(status, "text/html; charset=utf-8", std::move(body));
}

Response Response::json(int status, std::string json) {
  return make(status, "application/json", std::move(json));
}

Response Response::redirect(std::string location) {
  // "//host" and "/\host" are read by browsers as another site: a redirect made from what a user
  // typed must not lead there.
  if (location.empty() || location[0] != '/' ||
      (location.size() > 1 && (location[1] == '/' || location[1] == '\\'))) {
    throw std::invalid_argument("a redirect must lead to a path of this service");
  }
  std::string encoded;
  encoded.reserve(location.size());
  for (const char c : location) {
    if (isControl(c) || c == '\t') {
      throw std::invalid_argument("a redirect must not have control characters");
    }
    if (c == ' ' || static_cast<unsigned char>(c) >= 0x80) {
      appendPercentEncoded(encoded, c);
    } else {
      encoded += c;
    }
  }
  Response response;
  response.status = 303;
  response.headers.set("Location", std::move(encoded));
  return response;
}

Response Response::noContent() {
  Response response;
  response.status = 204;
  return response;
}

Response Response::attachment(std::string filename, std::string contentType, std::string body) {
  for (char& c : filename) {
    if (isControl(c) || c == '\t' || c == '/' || c == '\\') c = '_';
  }
  if (filename.empty()) filename = "download";
  std::string disposition = "attachment; filename=\"" + asciiFilename(filename) + '"';
  std::string extended;
  for (const char c : filename) {
    if (isAttributeCharacter(c)) {
      extended += c;
    } else {
      appendPercentEncoded(extended, c);
    }
  }
  if (extended != filename || filename.find_first_of("\"%") != std::string::npos) {
    disposition += "; filename*=UTF-8''" + extended;
  }
  Response response;
  response.headers.set("Content-Type", std::move(contentType));
  response.headers.set("Content-Disposition", std::move(disposition));
  response.body = std::move(body);
  return response;
}

}  // namespace toimela
