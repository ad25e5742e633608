#include "pages/undo.h"

#include "access/passwords.h"
#include "routing/body.h"
#include "toimela/secrets.h"
#include "toimela/undo.h"

namespace toimela {

namespace {

// "key|path|mark": none of the three has a bar, and a cookie's value may have one (RFC 6265, 4.1.1).
constexpr char kBar = '|';

std::string flashCookie(std::string_view baseUrl) {
  return std::string(baseUrl.starts_with("https://") ? "__Host-" : "") + "toimela-flash";
}

/// A cookie that somebody else has planted offers nothing: the mark is of this session.
std::string markOf(CoreHost& host, const Request& request, std::string_view path) {
  return access::hmac(host.secret(), "undo:" + request.session + ":" + std::string(path)).substr(0, 32);
}

}  // namespace

Response redirectWithUndo(const Request& request, Host& host, std::string_view path, std::string_view flashKey,
                          std::string_view undoPath) {
  if (request.session.empty()) return host.redirect(request, path, flashKey);
  return host.redirect(request, path,
                       std::string(flashKey) + kBar + std::string(undoPath) + kBar +
                           markOf(core(host), request, undoPath));
}

void undoIsTooLate() { throw RequestError(409, "site.undo_late", "it has changed since"); }

void requireUndo(const Request& request, Host& host, std::string_view field) {
  std::string path = request.path;
  if (!field.empty()) path.append("?").append(field).append("=").append(request.form.text(field));
  if (request.session.empty() || !secrets::equal(request.form.text("undo"), markOf(core(host), request, path))) undoIsTooLate();
}

namespace pages {

std::string_view flashKey(std::string_view cookie) { return cookie.substr(0, cookie.find(kBar)); }

std::optional<Undo> undoOf(const Request& request, CoreHost& host) {
  if (request.flash.empty() || request.session.empty()) return std::nullopt;
  const auto cookie = routing::cookie(request.headers, flashCookie(host.baseUrl()));
  const auto first = cookie ? cookie->find(kBar) : std::string_view::npos;
  const auto last = cookie ? cookie->rfind(kBar) : std::string_view::npos;
  if (first == last) return std::nullopt;
  const std::string_view path = cookie->substr(first + 1, last - first - 1);
  const std::string_view mark = cookie->substr(last + 1);
  if (!secrets::equal(mark, markOf(host, request, path))) return std::nullopt;
  const auto query = path.find('?');
  Undo undo{request.link(path.substr(0, query)), {}, {}, std::string(mark)};
  if (query != std::string_view::npos) {
    const std::string_view field = path.substr(query + 1);
    undo.field = field.substr(0, field.find('='));
    undo.value = field.substr(std::min(field.size(), undo.field.size() + 1));
  }
  return undo;
}

}  // namespace pages

}  // namespace toimela
