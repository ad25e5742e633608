#include "pages/appearance.h"

#include <utility>
#include <vector>

#include "access/sign_in.h"
#include "host/core_host.h"
#include "routing/body.h"

namespace toimela::pages {

namespace {

constexpr std::string_view kHalfYear = "15552000";  // seconds

View choice(const Request& request, const Host& host, std::string value, bool isChosen) {
  const Texts& texts = host.texts();
  const std::string key = "appearance." + (value.empty() ? "device" : value);
  View view;
  view.set("id", "theme-" + (value.empty() ? "device" : value));
  view.set("label", texts.get(request.locale, key)).set("hint", texts.get(request.locale, key + ".hint"));
  view.set("value", std::move(value)).flag("is_chosen", isChosen);
  return view;
}

}  // namespace

std::string_view code(Theme theme) { return theme == Theme::dark ? "dark" : "light"; }

std::optional<Theme> parseTheme(std::string_view text) {
  for (const Theme theme : {Theme::light, Theme::dark})
    if (code(theme) == text) return theme;
  return std::nullopt;
}

std::string themeCookie(std::string_view baseUrl) {
  return std::string(baseUrl.starts_with("https://") ? "__Host-" : "") + "toimela-theme";
}

std::optional<Theme> themeOf(const Request& request, std::string_view baseUrl) {
  return parseTheme(routing::cookie(request.headers, themeCookie(baseUrl)).value_or(""));
}

Response showAppearance(const Request& request, Host& host) {
  const auto chosen = themeOf(request, core(host).baseUrl());
  std::vector<View> choices;
  choices.push_back(choice(request, host, "", !chosen));
  choices.push_back(choice(request, host, "light", chosen == Theme::light));
  choices.push_back(choice(request, host, "dark", chosen == Theme::dark));
  View view;
  view.list("choices", std::move(choices));
  view.set("next", std::string(request.query.text("next")));
  return host.page(request, "appearance", std::move(view));
}

Response changeAppearance(const Request& request, Host& host) {
  const std::string& baseUrl = core(host).baseUrl();
  const auto theme = parseTheme(request.form.text("theme"));
  const std::string_view next = request.form.text("next");
  Response response =
      host.redirect(request, next.empty() ? "/appearance" : access::safePath(next), "appearance.changed");
  response.headers.add("Set-Cookie", themeCookie(baseUrl) + "=" + std::string(theme ? code(*theme) : "") +
                                         "; Path=/; Max-Age=" + std::string(theme ? kHalfYear : "0") +
                                         "; HttpOnly; SameSite=Lax" +
                                         (baseUrl.starts_with("https://") ? "; Secure" : ""));
  return response;
}

}  // namespace toimela::pages
