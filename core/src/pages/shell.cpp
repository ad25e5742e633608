#include "pages/shell.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "pages/appearance.h"
#include "pages/navigation.h"
#include "pages/undo.h"

namespace toimela::pages {

namespace {

std::string languageName(Locale locale) {
  return locale == Locale::fi ? "Suomi" : locale == Locale::sv ? "Svenska" : "English";
}

/// Everything but letters, digits and -._~ as %XX (RFC 3986, section 2.3).
std::string percentEncoded(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const unsigned char c : text) {
    const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                         c == '-' || c == '.' || c == '_' || c == '~';
    if (isPlain) {
      encoded += static_cast<char>(c);
    } else {
      (encoded += '%') += kDigits[c >> 4];
      encoded += kDigits[c & 15];
    }
  }
  return encoded;
}

std::string languagePath(const Request& request, Locale locale) {
  return "/" + std::string(code(locale)) + request.path;
}

/// A link of a bar. Every name is set, for inside a list an unset one would be looked for outside.
View linkView(std::string href, std::string label, Nearness nearness) {
  View view;
  view.set("href", std::move(href)).set("label", std::move(label));
  view.flag("is_current", nearness != Nearness::elsewhere);
  view.set("current", nearness == Nearness::here ? "page" : "true");
  view.set("key", "");
  return view;
}

std::vector<View> linkViews(const Request& request, const Texts& texts,
                            const std::vector<NavigationLink>& links) {
  std::vector<View> views;
  views.reserve(links.size());
  for (const auto& link : links) {
    views.push_back(
        linkView(request.link(link.path), texts.get(request.locale, link.labelKey), link.nearness));
  }
  return views;
}

std::vector<View> languageViews(const Request& request, const std::string& origin) {
  std::vector<View> views;
  for (const Locale locale : kLocales) {
    View& view = views.emplace_back();
    view.set("code", std::string(code(locale))).set("name", languageName(locale));
    view.set("href", inLanguage(request, locale));
    view.set("url", origin + languagePath(request, locale));
    view.flag("is_current", locale == request.locale);
  }
  return views;
}

/// By name. The names of the regions sort well byte by byte: ä and ö come last as they should.
std::vector<View> regionViews(const Request& request, const CoreHost& host) {
  std::vector<const Region*> regions;
  for (const Region& region : host.regions()) regions.push_back(&region);
  std::ranges::sort(regions, {}, [&](const Region* region) {
    return std::string_view(region->name.in(request.locale));
  });
  std::vector<View> views;
  views.reserve(regions.size());
  for (const Region* region : regions) {
    const bool isHere = request.region == region->code;
    views.push_back(linkView(request.link("/regions/" + region->slug), region->name.pick(request.locale).text,
                             isHere ? Nearness::around : Nearness::elsewhere));
  }
  return views;
}

View placeView(const Request& request, const std::string& path, std::string label, std::vector<View> items) {
  View place = linkView(request.link(path), std::move(label),
                        request.path == path ? Nearness::here : Nearness::elsewhere);
  place.list("items", std::move(items));
  return place;
}

bool isIn(const Request& request, std::string_view folder) {
  return nearness(request.path, folder) != Nearness::elsewhere;
}

/// The letter after "g" that leads there: the first of the address, which is the same in every language;
/// nothing where another link of the bar has it already.
std::string keyFor(const std::string& path, std::string& taken) {
  const char letter = path.size() > 1 ? path[1] : 'h';
  if (taken.find(letter) != std::string::npos) return {};
  taken += letter;
  return std::string(1, letter);
}

void fillNavigation(View& shell, const Request& request, CoreHost& host) {
  const Texts& texts = host.texts();
  const Region* region = request.region ? host.region(*request.region) : nullptr;
  Navigation navigation;
  if (const auto state = host.state()) {
    navigation = navigationFor(host.contributions(), *state, request.actor, region, request.path);
  }
  std::vector<View> service;
  if (request.actor.signedIn()) {
    navigation.service.insert(navigation.service.begin(),
                              {"/dashboard", "site.dashboard", nearness(request.path, "/dashboard")});
  }
  if (!navigation.administration.empty())
    navigation.service.push_back({"/admin", "site.administration", nearness(request.path, "/admin")});
  std::string taken = "h";  // leads home
  for (const NavigationLink& link : navigation.service) {
    service.push_back(linkView(request.link(link.path), texts.get(request.locale, link.labelKey), link.nearness));
    service.back().set("key", keyFor(link.path, taken));
  }
  shell.list("navigation", std::move(service));

  std::erase_if(navigation.administration, [](const auto& link) { return link.path == "/admin"; });
  if (region) {
    shell.group("place", placeView(request, "/regions/" + region->slug, region->name.pick(request.locale).text,
                                   linkViews(request, texts, navigation.region)));
  } else if (isIn(request, "/account") && request.actor.signedIn()) {
    shell.group("place", placeView(request, "/account", texts.get(request.locale, "access.account.title"),
                                   linkViews(request, texts, navigation.account)));
  } else if (isIn(request, "/admin") && request.actor.signedIn()) {
    shell.group("place", placeView(request, "/admin", texts.get(request.locale, "site.administration"),
                                   linkViews(request, texts, navigation.administration)));
  }
}

/// Signing in leads back to the page, where the page can be come back to.
std::string signInLink(const Request& request) {
  const bool leadsBack = isSafe(request.method) && request.path != "/" && request.path != "/sign-in";
  return request.link("/sign-in") + (leadsBack ? "?next=" + percentEncoded(request.path) : "");
}

/// Likewise for choosing the colours.
std::string appearanceLink(const Request& request) {
  const bool leadsBack = isSafe(request.method) && request.path != "/appearance";
  return request.link("/appearance") +
         (leadsBack ? "?next=" + percentEncoded(request.link(request.path)) : "");
}

}  // namespace

std::string inLanguage(const Request& request, Locale locale) {
  std::string link = languagePath(request, locale);
  if (!isSafe(request.method)) return link;
  char separator = '?';
  for (const auto& [name, value] : request.query.all()) {
    (link += std::exchange(separator, '&')) += percentEncoded(name) + "=" + percentEncoded(value);
  }
  return link;
}

void fillCommon(View& view, const Request& request) {
  const std::string language(code(request.locale));
  view.set("base", "/" + language).set("lang", language);
  view.flag("is_signed_in", request.actor.signedIn()).set("user_name", request.actor.name);
  view.set("reference", request.reference).set("csrf", request.csrf);
}

void fillShell(View& view, const Request& request, CoreHost& host, const PageOptions& options) {
  fillCommon(view, request);
  View shell;
  shell.set("title", options.title.empty() ? "Toimela" : options.title + " – Toimela");
  shell.set("description", options.description);
  shell.flag("is_indexed", options.status == 200 && isSafe(request.method) && !request.actor.signedIn());
  shell.set("canonical", host.baseUrl() + languagePath(request, request.locale));
  shell.set("sign_in", signInLink(request)).set("appearance", appearanceLink(request));
  const auto theme = themeOf(request, host.baseUrl());
  shell.set("theme", theme ? std::string(code(*theme)) : std::string());
  shell.set("flash", request.flash.empty() ? std::string() : host.texts().get(request.locale, request.flash));
  if (const auto undo = undoOf(request, host)) {
    View form;
    form.set("action", undo->action).set("field", undo->field).set("value", undo->value).set("mark", undo->mark);
    shell.group("undo", std::move(form));
  }
  shell.list("languages", languageViews(request, host.baseUrl()));
  shell.list("regions", regionViews(request, host));
  fillNavigation(shell, request, host);
  view.group("shell", std::move(shell));
}

std::optional<SafeHtml> renderTile(const Templates& templates, CoreHost& host, const Request& request,
                                   const plugins::From<Tile>& tile) {
  const auto region = tile.what.place == Tile::Place::region ? request.region : std::nullopt;
  if (!host.active(tile.plugin, region)) return std::nullopt;
  View view;
  fillCommon(view, request);
  if (!tile.what.fill(request, host, view)) return std::nullopt;
  const std::string prefix = tile.plugin == "core" ? "" : tile.plugin + "/";
  return templates.renderPart(prefix + tile.what.templateName, request.locale, view);
}

}  // namespace toimela::pages
