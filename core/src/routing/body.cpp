#include "routing/body.h"

#include <Poco/Exception.h>
#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/MultipartReader.h>
#include <Poco/StreamCopier.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "toimela/host.h"

namespace toimela::routing {

namespace {

[[noreturn]] void malformed(const char* why) { throw RequestError(400, "error.400.text", why); }

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string unescape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') out += ' ';
    else if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else out += text[i];
  }
  return out;
}

std::shared_ptr<const SpooledFile> spool(std::istream& in, const std::string& folder) {
  std::string path = folder + "/upload-XXXXXX";
  int fd = ::mkstemp(path.data());
  if (fd < 0) throw DatabaseFull("no room for an uploaded file");
  ::close(fd);
  std::ofstream out(path, std::ios::binary);
  std::streamsize size = Poco::StreamCopier::copyStream(in, out);
  auto file = std::make_shared<const SpooledFile>(path, static_cast<std::uint64_t>(size));
  if (!out.flush()) throw DatabaseFull("no room for an uploaded file");
  return file;
}

/// UTF-8 without NUL: neither database takes anything else as text.
bool isStorable(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return false;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 character;
    U8_NEXT(bytes, at, size, character);
    if (character < 0) return false;
  }
  return true;
}

FormBody parseMultipart(std::istream& in, const std::string& boundary, const std::string& folder) {
  FormBody form;
  Poco::Net::MultipartReader reader(in, boundary);
  while (reader.hasNextPart()) {
    Poco::Net::MessageHeader header;
    reader.nextPart(header);
    std::string disposition;
    Poco::Net::NameValueCollection parameters;
    Poco::Net::MessageHeader::splitParameters(header.get("Content-Disposition", ""), disposition, parameters);
    if (disposition != "form-data" || !parameters.has("name")) malformed("a form part without a name");
    if (form.fields.all().size() + form.files.size() > 2000) malformed("too many form parts");
    if (parameters.has("filename")) {
      auto file = spool(reader.stream(), folder);
      // An empty file input sends a part without name and content.
      if (!parameters.get("filename").empty() || file->size() > 0)
        form.files.push_back({parameters.get("name"), parameters.get("filename"), std::move(file)});
    } else {
      std::string value;
      Poco::StreamCopier::copyToString(reader.stream(), value);
      form.fields.add(parameters.get("name"), std::move(value));
    }
  }
  return form;
}

constexpr int kDeepest = 4;

/// "businessId" of JSON is the field business_id of the form that pages show.
std::string fieldName(std::string_view key) {
  std::string name;
  for (const char c : key) {
    if (c >= 'A' && c <= 'Z') {
      if (!name.empty()) name += '_';
      name += static_cast<char>(c - 'A' + 'a');
    } else {
      name += c;
    }
  }
  return name;
}

void flatten(const nlohmann::json& value, const std::string& name, Fields& fields, int depth = 0) {
  if (depth > kDeepest) malformed("a JSON body of too many levels");
  if (value.is_object()) {
    for (const auto& [key, inner] : value.items())
      flatten(inner, name.empty() ? fieldName(key) : name + "_" + fieldName(key), fields, depth + 1);
  } else if (value.is_array()) {
    // Texts are a field that came many times; things are numbered: people_0_name, people_1_name.
    for (std::size_t i = 0; i < value.size(); ++i)
      if (value[i].is_primitive()) flatten(value[i], name, fields, depth + 1);
      else if (value[i].is_object())
        flatten(value[i], name + "_" + std::to_string(i), fields, depth + 1);
  } else if (!name.empty()) {
    if (fields.all().size() >= 2000) malformed("too many fields");
    fields.add(name, value.is_string()    ? value.get<std::string>()
                     : value.is_boolean() ? (value.get<bool>() ? "1" : "")
                     : value.is_null()    ? ""
                                          : value.dump());
  }
}

/// A JSON document as the fields of a form; see Host::problem.
Fields parseJson(const RequestBody& body) {
  const auto* text = std::get_if<std::string>(&body);
  Fields fields;
  if (!text) return fields;  // a large document is for the handler to read
  if (text->empty()) return fields;  // clients name the type on requests without a body, too
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (json.is_discarded()) malformed("a body that is not JSON");
  flatten(json, "", fields);
  return fields;
}

}  // namespace

Fields parseUrlEncoded(std::string_view text, std::size_t most) {
  Fields fields;
  std::size_t count = 0;
  while (!text.empty()) {
    std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    if (++count > most) malformed("too many fields");
    auto equals = pair.find('=');
    fields.add(unescape(pair.substr(0, equals)),
               equals == std::string_view::npos ? std::string() : unescape(pair.substr(equals + 1)));
  }
  return fields;
}

Fields parseQuery(std::string_view text) {
  Fields fields = parseUrlEncoded(text);
  for (const auto& [name, value] : fields.all())
    if (!isStorable(name) || !isStorable(value)) malformed("a query that is not text");
  return fields;
}

FormBody parseForm(const Headers& headers, const RequestBody& body, const std::string& folder) {
  auto type = headers.find("Content-Type");
  if (!type) return {};
  std::string media;
  Poco::Net::NameValueCollection parameters;
  Poco::Net::MessageHeader::splitParameters(std::string(*type), media, parameters);
  const auto* spooled = std::get_if<std::shared_ptr<const SpooledFile>>(&body);
  if (media == "application/x-www-form-urlencoded") {
    if (!spooled) return {parseUrlEncoded(std::get<std::string>(body)), {}};
    std::ifstream in((*spooled)->path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return {parseUrlEncoded(text.str()), {}};
  }
  if (media == "application/json") return {parseJson(body), {}};
  if (media != "multipart/form-data") return {};
  std::string boundary = parameters.get("boundary", "");
  if (boundary.empty() || boundary.size() > 70) malformed("multipart without a boundary");
  try {
    if (spooled) {
      std::ifstream in((*spooled)->path(), std::ios::binary);
      return parseMultipart(in, boundary, folder);
    }
    std::istringstream in(std::get<std::string>(body));
    return parseMultipart(in, boundary, folder);
  } catch (const Poco::Exception&) {
    malformed("multipart that can not be read");
  }
}

std::optional<std::string_view> cookieIn(std::string_view rest, std::string_view name) {
  while (!rest.empty()) {
    std::string_view pair = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return pair.substr(name.size() + 1);
  }
  return std::nullopt;
}

}  // namespace toimela::routing
