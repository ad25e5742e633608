#include "toimela/guests.h"

#include <algorithm>

#include "access/passwords.h"
#include "host/core_host.h"
#include "routing/body.h"

namespace toimela::guests {

namespace {

constexpr std::string_view kHeader = "Toimela-Guest";
constexpr std::string_view kAge = "2592000";  // 30 days
constexpr std::size_t kShortest = 22, kLongest = 64;

bool isHttps(const Host& host) { return host.baseUrl().starts_with("https://"); }
std::string cookieName(const Host& host) { return isHttps(host) ? "__Host-toimela-guest" : "toimela-guest"; }

std::string signatureOf(Host& host, std::string_view mark) {
  return access::hmac(core(host).secret(), "guest:" + std::string(mark));
}

}  // namespace

bool isMark(std::string_view text) {
  return text.size() >= kShortest && text.size() <= kLongest && std::ranges::all_of(text, [](char sign) {
           return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9') ||
                  sign == '-' || sign == '_';
         });
}

std::optional<std::string> markOf(const Request& request, Host& host) {
  auto shown = request.headers.find(kHeader);
  // No form token guards programs, so no cookie opens anything to them.
  if (!shown && !request.json) shown = routing::cookie(request.headers, cookieName(host));
  if (!shown) return std::nullopt;
  const auto dot = shown->find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view mark = shown->substr(0, dot);
  if (!isMark(mark) || !access::same(shown->substr(dot + 1), signatureOf(host, mark))) return std::nullopt;
  return std::string(mark);
}

void remember(Response& response, Host& host, std::string_view mark) {
  response.headers.add("Set-Cookie", cookieName(host) + "=" + tokenOf(host, mark) +
                                         "; Path=/; Max-Age=" + std::string(kAge) + "; HttpOnly; SameSite=Lax" +
                                         (isHttps(host) ? "; Secure" : ""));
}

std::string tokenOf(Host& host, std::string_view mark) {
  return std::string(mark) + "." + signatureOf(host, mark);
}

std::string key(Host& host, std::string_view purpose, std::string_view mark) {
  return access::hmac(core(host).secret(), "guest-key:" + std::string(purpose) + ":" + std::string(mark));
}

}  // namespace toimela::guests
