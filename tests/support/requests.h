// What browsers and programs send beside plain forms, and what tests look for in the answers.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "toimela/testing.h"

namespace toimela::testing {

/// A file in a form.
struct SentFile {
  std::string field, name, content;
};

/// A form with files, as a browser sends it.
inline Response upload(Visitor& visitor, std::string path, const std::vector<std::pair<std::string, std::string>>& fields,
                       const std::vector<SentFile>& files) {
  const std::string boundary = "----toimelatest";
  std::string body;
  const auto part = [&](const std::string& head, const std::string& content) {
    body.append("--" + boundary + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n");
  };
  part("name=\"csrf\"", visitor.csrf());
  for (const auto& [name, value] : fields) part("name=\"" + name + "\"", value);
  for (const SentFile& file : files) part("name=\"" + file.field + "\"; filename=\"" + file.name + "\"", file.content);
  body.append("--" + boundary + "--\r\n");
  Headers headers;
  headers.set("Origin", "http://toimela.test");
  headers.set("Content-Type", "multipart/form-data; boundary=" + boundary);
  return visitor.send(Method::post, std::move(path), std::move(headers), std::move(body));
}

/// What a script of our pages sends with the session of its visitor: JSON, unless a header says otherwise.
inline Response sendBody(Visitor& visitor, Method method, std::string path, std::string body, Headers headers = {}) {
  headers.set("Origin", "http://toimela.test");
  headers.set("X-CSRF-Token", visitor.csrf());
  if (!body.empty() && !headers.has("Content-Type")) headers.set("Content-Type", "application/json");
  return visitor.send(method, std::move(path), std::move(headers), std::move(body));
}

inline std::string locationOf(const Response& response) {
  return std::string(response.headers.find("Location").value_or(""));
}

/// The value of a hidden field in a page; empty without one.
inline std::string hidden(const std::string& page, const std::string& name) {
  const std::string mark = "name=\"" + name + "\" value=\"";
  const auto at = page.find(mark);
  if (at == std::string::npos) return {};
  const auto from = at + mark.size();
  return page.substr(from, page.find('"', from) - from);
}

}  // namespace toimela::testing
