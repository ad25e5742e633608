#include "commands/config.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <Poco/Util/PropertyFileConfiguration.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "data/connection.h"

extern char** environ;

namespace toimela::commands {

namespace {

constexpr const char* kSystemFile = "/etc/toimela/toimela.conf";
constexpr std::string_view kPrefix = "TOIMELA_";

const Setting* find(const std::string& name) {
  for (const Setting& setting : settings())
    if (setting.name == name) return &setting;
  return nullptr;
}

int wholeNumber(const std::string& name, const std::string& value, int least, int most) {
  int number = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || number < least || number > most)
    throw ConfigError(name + " is '" + value + "' but must be a whole number from " + std::to_string(least) +
                      " to " + std::to_string(most));
  return number;
}

void oneOf(const std::string& name, const std::string& value, const std::vector<std::string>& allowed) {
  if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return;
  std::string list;
  for (const auto& one : allowed) list += (list.empty() ? "" : ", ") + one;
  throw ConfigError(name + " is '" + value + "' but must be one of " + list);
}

void checkUrl(const std::string& name, const std::string& value, const std::vector<std::string>& schemes) {
  if (value.empty()) return;
  try {
    Poco::URI uri(value);
    if (std::find(schemes.begin(), schemes.end(), uri.getScheme()) != schemes.end() && !uri.getHost().empty()) return;
  } catch (const Poco::Exception&) {
  }
  throw ConfigError(name + " is not an address like " + schemes.front() + "://host");
}

}  // namespace

const std::vector<Setting>& settings() {
  static const std::vector<Setting> all{
      {"data", "data", "folder for the embedded database, uploads and demo-accounts.json"},
      {"database", "", "sqlite:FILE or postgresql://USER@HOST/NAME; empty: sqlite in the data folder", true},
      {"listen", "127.0.0.1:8080", "HOST:PORT, [V6]:PORT or unix:/PATH"},
      {"base_url", "", "address that people use; empty: taken from each request (for trying out)"},
      {"smtp", "", "smtp://USER:PASSWORD@HOST:PORT (starttls://, smtps://); empty: mail waits in the outbox", true},
      {"mail_from", "toimela@localhost", "sender of the service's mail"},
      {"contact", "", "e-mail address of those who run the service, told to harvesters and in the accessibility statement; empty: mail_from"},
      {"operator", "", "who runs the service, named in the accessibility statement"},
      {"tls_certificate", "", "PEM file with the certificate chain, to serve https directly"},
      {"tls_key", "", "PEM file with the key"},
      {"trusted_proxies", "", "addresses whose X-Forwarded-For and -Proto are believed; 'unix' for the socket"},
      {"workers", "8", "threads that run handlers"},
      {"loops", "1", "threads that serve connections"},
      {"queue", "512", "requests that may wait for a worker before others get 503"},
      {"connections", "0", "database connections; 0: one per worker and three more"},
      {"max_connections", "20000", "client connections open at once"},
      {"drain_seconds", "10", "how long stopping waits for requests under way"},
      {"rate_read", "1200", "pages a minute that one client may have of one process; 0: no limit"},
      {"rate_write", "240", "changes a minute, likewise"},
      {"rate_credentials", "60", "sign-ins and the like a minute, likewise; guesses are counted apart from this"},
      {"log", "text", "text or json, on standard error"},
      {"log_level", "information", "error, warning, information or debug"},
      {"plugins", "", "folder with the plugins; empty: the one of this installation"},
      {"share", "", "folder with web and db; empty: the one of this installation"},
  };
  return all;
}

Config Config::load(const std::string& file, const std::map<std::string, std::string>& overrides,
                    const std::map<std::string, std::string>& environment) {
  Config config;
  for (const Setting& setting : settings()) config.entries_[setting.name] = {setting.defaultValue, "default"};

  std::string path = file;
  if (path.empty() && std::filesystem::exists(kSystemFile)) path = kSystemFile;
  if (!path.empty()) {
    try {
      Poco::AutoPtr<Poco::Util::PropertyFileConfiguration> properties(
          new Poco::Util::PropertyFileConfiguration(path));
      Poco::Util::AbstractConfiguration::Keys keys;
      properties->keys(keys);
      for (const std::string& key : keys) {
        if (!find(key)) throw ConfigError(path + ": there is no setting '" + key + "'");
        config.entries_[key] = {properties->getRawString(key), path};
      }
    } catch (const Poco::Exception& e) {
      throw ConfigError(path + " can not be read: " + e.message());
    }
  }
  for (const auto& [variable, value] : environment) {
    if (variable.rfind(kPrefix, 0) != 0 || variable == "TOIMELA_CONFIG" || variable.rfind("TOIMELA_TEST_", 0) == 0)
      continue;
    std::string name = variable.substr(kPrefix.size());
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (!find(name)) throw ConfigError("environment: there is no setting '" + variable + "'");
    config.entries_[name] = {value, "environment"};
  }
  for (const auto& [name, value] : overrides) {
    if (!find(name)) throw ConfigError("command line: there is no setting '" + name + "'");
    config.entries_[name] = {value, "command line"};
  }

  auto value = [&](const char* name) -> const std::string& { return config.entries_[name].value; };
  if (value("database").empty()) config.entries_["database"].value = "sqlite:" + value("data") + "/toimela.db";
  try {
    data::parseAddress(value("database"));
  } catch (const std::invalid_argument& e) {
    throw ConfigError(std::string("database: ") + e.what());
  }
  checkUrl("base_url", value("base_url"), {"https", "http"});
  checkUrl("smtp", value("smtp"), {"smtp", "starttls", "smtps"});
  while (value("base_url").ends_with('/')) config.entries_["base_url"].value.pop_back();
  oneOf("log", value("log"), {"text", "json"});
  oneOf("log_level", value("log_level"), {"error", "warning", "information", "debug"});
  wholeNumber("workers", value("workers"), 1, 256);
  wholeNumber("loops", value("loops"), 1, 64);
  wholeNumber("queue", value("queue"), 1, 100'000);
  wholeNumber("connections", value("connections"), 0, 1'000);
  wholeNumber("max_connections", value("max_connections"), 10, 1'000'000);
  wholeNumber("drain_seconds", value("drain_seconds"), 0, 600);
  for (const char* rate : {"rate_read", "rate_write", "rate_credentials"}) wholeNumber(rate, value(rate), 0, 1'000'000);
  if (value("tls_certificate").empty() != value("tls_key").empty())
    throw ConfigError("tls_certificate and tls_key go together");
  if (value("listen").rfind("unix:/", 0) != 0 && value("listen").rfind(':') == std::string::npos)
    throw ConfigError("listen is '" + value("listen") + "' but must be HOST:PORT or unix:/PATH");
  return config;
}

std::map<std::string, std::string> Config::processEnvironment() {
  std::map<std::string, std::string> environment;
  for (char** entry = environ; *entry; ++entry) {
    std::string text(*entry);
    auto equals = text.find('=');
    if (equals != std::string::npos) environment[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return environment;
}

const std::string& Config::text(const std::string& name) const { return entries_.at(name).value; }
const std::string& Config::origin(const std::string& name) const { return entries_.at(name).origin; }
int Config::number(const std::string& name) const { return std::stoi(text(name)); }

std::vector<std::string> Config::list(const std::string& name) const {
  std::vector<std::string> parts;
  std::string part;
  for (char c : text(name) + ",") {
    if (c != ',' && c != ' ') part += c;
    else if (!part.empty()) parts.push_back(std::move(part)), part.clear();
  }
  return parts;
}

std::string Config::shown(const std::string& name) const {
  std::string value = text(name);
  const Setting* setting = find(name);
  auto scheme = value.find("://");
  auto at = value.rfind('@');
  if (setting && setting->isSecret && scheme != std::string::npos && at != std::string::npos && at > scheme) {
    auto colon = value.find(':', scheme + 3);
    if (colon != std::string::npos && colon < at) value.replace(colon + 1, at - colon - 1, "***");
  }
  // libpq takes a password as a parameter as well.
  if (auto word = value.find("password="); setting && setting->isSecret && word != std::string::npos) {
    const auto begin = word + 9;
    value.replace(begin, std::min(value.find('&', begin), value.size()) - begin, "***");
  }
  return value;
}

}  // namespace toimela::commands
