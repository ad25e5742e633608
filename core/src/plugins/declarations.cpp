#include "plugins/declarations.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <stdexcept>

#include "plugins/schemas.h"

namespace toimela::plugins {

namespace {

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789_";
constexpr std::string_view kLiteralCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";

[[noreturn]] void refuse(std::string sentence) { throw std::invalid_argument(std::move(sentence)); }

std::string inQuotes(std::string_view text) { return std::string("'").append(text).append("'"); }

std::vector<std::string_view> segmentsOf(std::string_view pattern) {
  std::vector<std::string_view> segments;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    auto end = pattern.find('/');
    segments.push_back(pattern.substr(0, end));
    pattern = end == std::string_view::npos ? std::string_view{} : pattern.substr(end);
  }
  return segments;
}

bool isParameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// "contacts.member.edit": the plugin's name and at least one more word.
bool isQualified(std::string_view name, std::string_view plugin) {
  if (name.size() <= plugin.size() + 1 || !name.starts_with(plugin) || name[plugin.size()] != '.')
    return false;
  if (name.back() == '.' || name.find("..") != std::string_view::npos) return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") ==
         std::string_view::npos;
}

/// What begins the names of services whose interfaces the kit has: "toimela.groups".
constexpr std::string_view kKit = "toimela";

void checkQualified(std::string_view what, std::string_view name, std::string_view plugin) {
  if (!isQualified(name, plugin))
    refuse("The " + std::string(what) + " " + inQuotes(name) + " must be named '" +
           std::string(plugin) + ".' and lower-case words joined by dots.");
}

/// Where a plugin may have addresses; the next character must be the end, '/' or '.'.
constexpr std::array<std::string_view, 8> kPlaces{
    "/",
    "/regions/{region}/",
    "/organisations/{organisation}/",
    "/account/",
    "/admin/",
    "/admin/regions/{region}/",
    "/api/v1/",
    "/api/v1/regions/{region}/"};

/// A name as it may be written in addresses: "case_studies" is at /case-studies too.
std::string dashed(std::string_view plugin) {
  std::string name(plugin);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

bool standsInItsPlace(std::string_view pattern, std::string_view plugin) {
  const std::string withDashes = dashed(plugin);
  for (std::string_view place : kPlaces) {
    for (std::string_view name : {plugin, std::string_view{withDashes}}) {
      if (!pattern.starts_with(place)) continue;
      std::string_view rest = pattern.substr(place.size());
      if (!rest.starts_with(name)) continue;
      rest.remove_prefix(name.size());
      if (rest.empty() || rest.front() == '/' || rest.front() == '.') return true;
    }
  }
  return false;
}

void checkPattern(std::string_view pattern, std::string_view plugin) {
  const std::string it = "The pattern " + inQuotes(pattern);
  if (pattern.empty() || pattern.front() != '/') refuse(it + " must begin with '/'.");
  if (pattern != "/" && pattern.back() == '/') refuse(it + " must not end with '/'.");
  std::set<std::string_view> parameters;
  for (std::string_view segment : segmentsOf(pattern)) {
    if (pattern == "/") break;
    if (segment.empty()) refuse(it + " has an empty part.");
    if (isParameter(segment)) {
      std::string_view name = segment.substr(1, segment.size() - 2);
      // "{path*}" takes all that follows, so nothing may follow it.
      if (name.ends_with('*') && pattern.ends_with(segment)) name.remove_suffix(1);
      if (!isPluginName(name)) refuse(it + " has a parameter that is no lower-case word.");
      if (!parameters.insert(name).second) refuse(it + " has the same parameter twice.");
    } else if (segment.find_first_not_of(kLiteralCharacters) != std::string_view::npos) {
      refuse(it + " may have letters, digits, '-', '.', '_' and whole {parameters} between its "
                  "slashes.");
    }
  }
  for (Locale locale : kLocales) {
    if (segmentsOf(pattern).front() == code(locale))
      refuse(it + " must not name a language: the host serves every page under each of them.");
  }
  if (plugin != kCore && !standsInItsPlace(pattern, plugin))
    refuse(it + " must carry the plugin's name, as in '/" + std::string(plugin) +
           "', '/regions/{region}/" + std::string(plugin) + "', '/admin/" + std::string(plugin) +
           "' or '/api/v1/" + std::string(plugin) + "'.");
}

bool declares(const Contributions& contributions, std::string_view permission) {
  return std::any_of(contributions.permissions.begin(), contributions.permissions.end(),
                     [&](const auto& p) { return p.what.permission.name == permission; });
}

void checkPermissionIsKnown(const Contributions& present, const Contributions& added,
                            std::string_view permission, std::string_view plugin,
                            const std::string& where) {
  // The core's rooms use each other's permissions and contribute one after another.
  if (plugin == kCore && permission.starts_with("core.")) return;
  if (!declares(present, permission) && !declares(added, permission))
    refuse(where + " needs the permission " + inQuotes(permission) + ", which nobody declares.");
}

void checkRoute(const Route& route, const Contributions& present, const Contributions& added,
                std::string_view plugin) {
  const std::string it = std::string(name(route.method)) + " " + route.pattern;
  checkPattern(route.pattern, plugin);
  if (!route.handler) refuse(it + " has no handler.");

  const Rule& rule = route.rule;
  if (rule.kind == Rule::Kind::undeclared)
    refuse(it +
           " does not say who may use it: end the route with anyone(), signedIn() or needs(…).");
  if (rule.kind == Rule::Kind::permission)
    checkPermissionIsKnown(present, added, rule.permission.name, plugin, it);
  if (rule.orOwner && rule.kind != Rule::Kind::permission)
    refuse(it + " says orOwner() but asks for no permission that the owner could do without.");
  if (rule.orOwner && !rule.scope)
    refuse(it + " says orOwner() but not at(…), so nobody could be the owner.");

  if (route.isStandalone && rule.kind != Rule::Kind::anyone)
    refuse(it + " is standalone(), so nobody is known to be asked for; it must be for anyone().");
  if (route.isCached && (!isSafe(route.method) || rule.kind != Rule::Kind::anyone))
    refuse(it + " is cached(), which only a GET for anyone() may be.");
  if (!route.csrfChecked && !isSafe(route.method)) {
    // Requests without a form token show a credential of their own: a program's access token, or a
    // secret in the address (a mail program that unsubscribes its reader, RFC 8058).
    const bool isProgram = rule.kind != Rule::Kind::anyone && route.pattern.starts_with("/api/");
    if (!isProgram && !route.pattern.ends_with("/{token}"))
      refuse(it + " is withoutCsrf(), which only a route of the API with signedIn() or needs(…), or "
                  "one that ends with '/{token}', may be.");
  }
}

void checkSetting(const RegionSetting& setting) {
  const Field& field = setting.field;
  const std::string it = "The setting " + inQuotes(field.name);
  if (!isPluginName(field.name)) refuse(it + " must be named with one lower-case word.");
  if (field.labelKey.empty()) refuse(it + " has no label.");
  switch (field.kind) {
    case Field::Kind::password:
    case Field::Kind::hidden:
      refuse(it + " is of a kind that a region's settings do not have.");
    case Field::Kind::choice:
      if (std::none_of(field.choices.begin(), field.choices.end(),
                       [&](const Choice& c) { return c.value == setting.defaultValue; }))
        refuse(it + " has a default that is not one of its choices.");
      break;
    case Field::Kind::number: {
      if (setting.defaultValue.empty()) break;
      std::int64_t value = 0;
      const char* end = setting.defaultValue.data() + setting.defaultValue.size();
      auto [stopped, error] = std::from_chars(setting.defaultValue.data(), end, value);
      if (error != std::errc{} || stopped != end || value < field.least || value > field.most)
        refuse(it + " has a default that is not a number it allows.");
      break;
    }
    case Field::Kind::flag:
      if (!setting.defaultValue.empty() && setting.defaultValue != "0" &&
          setting.defaultValue != "1")
        refuse(it + " is a flag: its default is '1', '0' or nothing.");
      break;
    default: break;
  }
}

void checkPersonalData(const PersonalData& personalData, std::string_view plugin) {
  const std::string it = "The personal data " + inQuotes(personalData.section);
  if (personalData.section.empty()) refuse("Personal data has no name for its section.");
  if (!personalData.exporter || !personalData.eraser)
    refuse(it + " must be able to be both taken out and erased.");
  const std::string prefix = std::string(plugin) + "_";
  for (const std::string& column : personalData.columns) {
    auto dot = column.find('.');
    if (!column.starts_with(prefix) || dot == std::string::npos || dot + 1 == column.size())
      refuse(it + " names the column " + inQuotes(column) + "; it must be '" + prefix +
             "table.column'.");
  }
}

/// Throws when two of `added`, or one of them and one of `present`, have the same key.
template <class T, class KeyOf>
void checkDistinct(std::string_view what, const std::vector<From<T>>& present,
                   const std::vector<From<T>>& added, KeyOf keyOf) {
  std::set<std::string> keys;
  for (const From<T>& each : present) keys.insert(keyOf(each));
  for (const From<T>& each : added)
    if (std::string key = keyOf(each); !keys.insert(key).second)
      refuse("The " + std::string(what) + " " + inQuotes(key) + " is declared twice.");
}

}  // namespace

bool isPluginName(std::string_view name) {
  return !name.empty() && kLower.find(name.front()) != std::string_view::npos &&
         name.find_first_not_of(kNameCharacters) == std::string_view::npos;
}

std::string shapeOf(std::string_view pattern) {
  std::string shape;
  for (std::string_view segment : segmentsOf(pattern))
    shape.append("/").append(!isParameter(segment)     ? segment
                             : segment.ends_with("*}") ? std::string_view("{*}")
                                                       : std::string_view("{}"));
  return shape;
}

void checkNameIsFree(const Contributions& present, std::string_view plugin) {
  std::set<std::string, std::less<>> taken{"core", "api", "assets", "fi", "sv", "en"};
  for (const auto& route : present.routes)
    if (route.plugin == kCore && route.what.pattern != "/")
      taken.emplace(segmentsOf(route.what.pattern).front());
  for (const auto& command : present.commands)
    if (command.plugin == kCore)
      taken.insert(command.what.name.substr(0, command.what.name.find(' ')));
  if (taken.contains(plugin) || taken.contains(dashed(plugin)))
    refuse("The name " + inQuotes(plugin) + " is used by the core itself.");
}

void checkDeclarations(const Contributions& present, const Contributions& added,
                       std::string_view plugin) {
  for (const auto& permission : added.permissions) {
    checkQualified("permission", permission.what.permission.name, plugin);
    if (permission.what.labelKey.empty())
      refuse("The permission " + inQuotes(permission.what.permission.name) + " has no label.");
  }
  for (const auto& route : added.routes) checkRoute(route.what, present, added, plugin);
  checkSchemas(present, added, plugin);
  for (const auto& item : added.navigation) {
    const std::string it = "The link to " + inQuotes(item.what.path);
    if (item.what.labelKey.empty()) refuse(it + " has no label.");
    checkPattern(item.what.path, plugin);
    if (item.what.permission)
      checkPermissionIsKnown(present, added, item.what.permission->name, plugin, it);
  }
  for (const auto& tile : added.tiles)
    if (tile.what.templateName.empty() || !tile.what.fill)
      refuse("A tile needs a template and a function that fills it.");
  for (const auto& setting : added.settings) checkSetting(setting.what);
  for (const auto& job : added.jobs) {
    if (!isPluginName(job.what.name))
      refuse("The job " + inQuotes(job.what.name) + " must be named with one lower-case word.");
    if (job.what.every < std::chrono::seconds(1) || !job.what.run)
      refuse("The job " + inQuotes(job.what.name) +
             " needs an interval of at least a second and something to run.");
  }
  for (const auto& command : added.commands) {
    if (command.what.name.empty() || !command.what.run)
      refuse("A command needs a name and something to run.");
    if (command.what.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789- ") !=
        std::string::npos)
      refuse("The command " + inQuotes(command.what.name) +
             " may have lower-case letters, digits and '-' in its words.");
  }
  for (const auto& personalData : added.personalData) checkPersonalData(personalData.what, plugin);
  for (const auto& source : added.search)
    if (source.what.kind.empty() || source.what.labelKey.empty() || !source.what.find)
      refuse("A search source needs a kind, a label and something that finds.");
  for (const auto& demo : added.demos)
    if (!demo.what) refuse("The example content has nothing that loads it.");
  for (const auto& subscription : added.subscriptions)
    if (subscription.event.empty()) refuse("A subscription needs the name of an event.");
  for (const auto& [service, object] : added.services) {
    if (!object) refuse("The service " + inQuotes(service) + " is empty.");
    // An interface of the kit belongs to no plugin: whichever keeps such things provides it.
    if (plugin != kCore && service != plugin && !isQualified(service, kKit))
      checkQualified("service", service, plugin);
    if (present.services.contains(service))
      refuse("The service " + inQuotes(service) + " is declared twice.");
  }

  checkDistinct("permission", present.permissions, added.permissions,
                [](const auto& p) { return std::string(p.what.permission.name); });
  checkDistinct("route", present.routes, added.routes, [](const auto& r) {
    return std::string(name(r.what.method)) + " " + shapeOf(r.what.pattern);
  });
  checkDistinct("setting", present.settings, added.settings,
                [](const auto& s) { return s.plugin + "." + s.what.field.name; });
  checkDistinct("job", present.jobs, added.jobs, [](const auto& j) { return j.plugin + "." + j.what.name; });
  checkDistinct("command", present.commands, added.commands, [](const auto& c) {
    return c.plugin == kCore ? c.what.name : c.plugin + " " + c.what.name;
  });
  for (const auto& letter : added.letters)
    if (!letter.what.write || !letter.what.kind.starts_with(std::string(plugin) + "."))
      refuse("The letter " + inQuotes(letter.what.kind) + " must be named '" + std::string(plugin) +
             ".something' and be able to be written.");
  checkDistinct("letter", present.letters, added.letters, [](const auto& each) { return each.what.kind; });
  checkDistinct("section of personal data", present.personalData, added.personalData,
                [](const auto& p) { return p.plugin + "." + p.what.section; });
  checkDistinct("search source", present.search, added.search,
                [](const auto& s) { return s.plugin + "." + s.what.kind; });
}

}  // namespace toimela::plugins
