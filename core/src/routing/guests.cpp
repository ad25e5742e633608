#include "toimela/guests.h"

#include <algorithm>
#include <charconv>

#include "access/passwords.h"
#include "host/core_host.h"
#include "routing/body.h"

namespace toimela::guests {

namespace {

constexpr std::string_view kHeader = "Toimela-Guest";
// As long as anything that guests come into may last.
constexpr std::chrono::days kAge{30};
constexpr std::size_t kShortest = 22, kLongest = 64;

bool isHttps(const Host& host) { return host.baseUrl().starts_with("https://"); }
std::string cookieName(const Host& host) { return isHttps(host) ? "__Host-toimela-guest" : "toimela-guest"; }

/// Days since 1970, in UTC.
std::chrono::sys_days today() { return std::chrono::floor<std::chrono::days>(now()); }

std::string signatureOf(Host& host, std::string_view mark, std::string_view day) {
  return access::hmac(core(host).secret(), "guest:" + std::string(day) + ":" + std::string(mark));
}

bool isStillGood(std::string_view day) {
  int number = 0;
  const auto [end, error] = std::from_chars(day.data(), day.data() + day.size(), number);
  if (error != std::errc() || end != day.data() + day.size()) return false;
  const std::chrono::days age = today().time_since_epoch() - std::chrono::days(number);
  // Another process's clock may be a little ahead at midnight.
  return age >= std::chrono::days(-1) && age <= kAge;
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
  const auto first = shown->find('.'), second = shown->find('.', first == std::string_view::npos ? first : first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::string_view mark = shown->substr(0, first), day = shown->substr(first + 1, second - first - 1);
  if (!isMark(mark) || !access::same(shown->substr(second + 1), signatureOf(host, mark, day)) || !isStillGood(day))
    return std::nullopt;
  return std::string(mark);
}

void remember(Response& response, Host& host, std::string_view mark) {
  response.headers.add("Set-Cookie", cookieName(host) + "=" + tokenOf(host, mark) +
                                         "; Path=/; Max-Age=" + std::to_string(std::chrono::seconds(kAge).count()) + "; HttpOnly; SameSite=Lax" +
                                         (isHttps(host) ? "; Secure" : ""));
}

std::string tokenOf(Host& host, std::string_view mark) {
  const std::string day = std::to_string(today().time_since_epoch().count());
  return std::string(mark) + "." + day + "." + signatureOf(host, mark, day);
}

std::string key(Host& host, std::string_view purpose, std::string_view mark) {
  return access::hmac(core(host).secret(), "guest-key:" + std::string(purpose) + ":" + std::string(mark));
}

Route manyFromOneAddress(Route route) {
  route.handler = Hall{std::move(route.handler)};
  return route;
}

}  // namespace toimela::guests
