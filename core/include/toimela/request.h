// A request as a handler meets it: read, authenticated, authorised.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "toimela/access.h"
#include "toimela/http.h"
#include "toimela/types.h"

namespace toimela {

/// A file that came in a multipart form.
struct UploadedFile {
  std::string field;
  std::string fileName;     ///< as the client named it: show it, never use it as a path
  std::shared_ptr<const SpooledFile> content;
};

/// Everything a handler may know about a request. The rule of its route held before it was called.
struct TOIMELA_API Request {
  Method method = Method::get;
  std::string path;             ///< without the language prefix
  PathParameters parameters;
  Fields query;
  Fields form;                  ///< of an urlencoded or multipart body
  std::vector<UploadedFile> files;
  Headers headers;
  RequestBody body;
  std::string address;          ///< of the client, behind trusted proxies too; never log it

  Actor actor;
  Locale locale = Locale::fi;
  std::optional<RegionCode> region;  ///< from the path
  Scope scope;                       ///< what the route's rule found
  bool json = false;                 ///< the answer is to be JSON, errors problem documents
  std::string reference;             ///< id of this request, stands in the log and on error pages
  std::string session;               ///< the session's public id; empty if not signed in by cookie
  std::string token;                 ///< public id of the access token that came; empty for browsers
  std::string csrf;                  ///< token for this page's forms
  std::string flash;                 ///< key of the message left by the request before

  /// The body as text; empty when it was spooled to a file.
  std::string_view bodyText() const;
  /// A path of this service in the reader's language: link("/networks") is "/sv/networks".
  std::string link(std::string_view path) const {
    return std::string(1, '/').append(code(locale)).append(path);
  }
};

}  // namespace toimela
