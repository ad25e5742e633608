#include "host/host_impl.h"

#include <nlohmann/json.hpp>

#include "access/passwords.h"
#include "data/statements.h"
#include "mail/html.h"
#include "pages/shell.h"
#include "plugins/settings.h"

namespace toimela::host {

std::string HostImpl::qualified(std::string_view name) const {
  std::string own = component_ + "/" + std::string(name);
  return component_ != "core" && program_.templates_->has(own) ? own : std::string(name);
}

Response HostImpl::page(const Request& request, std::string_view name, View view, PageOptions options) {
  const std::string full = qualified(name);
  if (options.title.empty()) {
    std::string key = full;
    std::replace(key.begin(), key.end(), '/', '.');
    options.title = texts().get(request.locale, key + ".title");
  }
  const int status = options.status;
  if (name.starts_with("embed_")) return embedded(full, request, std::move(view), options);
  pages::fillShell(view, request, *this, options);
  return Response::html(status, program_.templates_->renderPage(full, request.locale, view));
}

/// A template "embed_…" is a whole document, which every site may show in a frame: without the shell,
/// scripts and forms, so that nobody is led to click on something of theirs.
Response HostImpl::embedded(const std::string& name, const Request& request, View view,
                            const PageOptions& options) {
  pages::fillCommon(view, request);
  view.set("title", options.title);
  Response response = Response::html(options.status, program_.templates_->render(name, request.locale, view));
  response.headers.set("Content-Security-Policy",
                       "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
                       "form-action 'none'; frame-ancestors *");
  response.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
  return response;
}

Response HostImpl::redirect(const Request& request, std::string_view path, std::string_view flashKey) {
  Response response = Response::redirect(request.link(path));
  if (!flashKey.empty())
    response.headers.add("Set-Cookie", std::string(overHttps() ? "__Host-" : "") + "toimela-flash=" +
                                           std::string(flashKey) + "; Path=/; Max-Age=60; HttpOnly; SameSite=Lax" +
                                           (overHttps() ? "; Secure" : ""));
  return response;
}

Response HostImpl::json(std::string json, int status) { return Response::json(status, std::move(json)); }

namespace {

/// The field of a form as a client of the API wrote it: "business_id" is "businessId", "name_fi"
/// "name.fi".
std::string jsonName(std::string_view field) {
  std::string language;
  for (const Locale locale : kLocales)
    if (const std::string end = "_" + std::string(code(locale)); field.ends_with(end)) {
      language = "." + end.substr(1);
      field.remove_suffix(end.size());
      break;
    }
  std::string name;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const bool isJoint = field[i] == '_' && i + 1 < field.size();
    name += isJoint ? static_cast<char>(std::toupper(static_cast<unsigned char>(field[++i]))) : field[i];
  }
  return name + language;
}

}  // namespace

Response HostImpl::problem(const Request& request, const Form& form, int status) {
  const std::string key = "error." + std::to_string(status);
  nlohmann::ordered_json errors = nlohmann::ordered_json::array();
  for (const Form::Message& message : form.messages(texts(), request.locale))
    errors.push_back({{"field", jsonName(message.field)}, {"detail", message.text}});
  nlohmann::ordered_json problem{{"type", "about:blank"},
                                 {"title", texts().get(request.locale, key + ".title")},
                                 {"status", status},
                                 {"detail", texts().get(request.locale, key + ".text")},
                                 {"errors", std::move(errors)},
                                 {"reference", request.reference}};
  Response response = Response::json(status, problem.dump());
  response.headers.set("Content-Type", "application/problem+json");
  return response;
}

std::string HostImpl::absolute(Locale locale, std::string_view path) {
  return baseUrl() + "/" + std::string(code(locale)) + std::string(path);
}

MailMessage HostImpl::composeMail(const EmailAddress& to, std::string_view toName, Locale locale,
                                  std::string_view name, View view) {
  view.set("base_url", absolute(locale, ""));
  const std::string mail =
      program_.templates_->render(qualified("mail_" + std::string(name) + ".txt"), locale, view);
  const auto end = mail.find('\n');
  std::string subject = mail.substr(0, end);
  // What people named may stand in a subject, but never a line break that would end the header.
  for (char& c : subject)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  std::string text = end == std::string::npos ? std::string() : mail.substr(mail.find_first_not_of('\n', end));
  std::string html = mail::htmlOf(text, locale, baseUrl());
  return {to, std::string(toName), locale, std::move(subject), std::move(text), std::move(html)};
}

const Texts& HostImpl::texts() const { return *program_.catalogue_; }
const std::vector<Region>& HostImpl::regions() const { return program_.keeper_->regions(); }

const Region* HostImpl::region(RegionCode code) const {
  for (const Region& region : regions())
    if (region.code == code) return &region;
  return nullptr;
}
const Region* HostImpl::region(std::string_view slug) const {
  for (const Region& region : regions())
    if (region.slug == slug) return &region;
  return nullptr;
}

bool HostImpl::allowed(const Actor& actor, Permission permission, const Scope& scope) {
  return state()->rights->allowed(actor, permission, scope);
}
bool HostImpl::active(std::string_view plugin, std::optional<RegionCode> region) {
  return state()->switches.active(plugin, region);
}
std::string HostImpl::setting(std::string_view plugin, std::string_view key, RegionCode region) {
  return plugins::settingValue(program_.contributions_, state()->regionSettings, plugin, key, region);
}

const std::string& HostImpl::baseUrl() const {
  static const std::string local = "http://localhost:8080";
  const std::string& configured = program_.config_.text("base_url");
  return configured.empty() ? local : configured;
}

const plugins::Contributions& HostImpl::contributions() const { return program_.contributions_; }
access::Passwords& HostImpl::passwords() { return program_.passwords_; }
std::string HostImpl::sign(std::string_view text) {
  // A plugin's marks are its own: the component stands in front.
  return access::hmac(program_.secret_, "mark:" + component_ + ":" + std::string(text));
}

const std::string& HostImpl::secret() const { return program_.secret_; }

std::shared_ptr<const CoreState> HostImpl::state() {
  auto current = program_.keeper_->current();
  return current ? current : program_.freshState();
}

bool HostImpl::overHttps() const { return program_.config_.text("base_url").starts_with("https://"); }
std::string HostImpl::sessionCookieName() const { return overHttps() ? "__Host-toimela" : "toimela"; }
std::string HostImpl::sessionCookie(std::string_view token, std::chrono::seconds age) const {
  return sessionCookieName() + "=" + std::string(token) + "; Path=/; Max-Age=" + std::to_string(age.count()) +
         "; HttpOnly; SameSite=Lax" + (overHttps() ? "; Secure" : "");
}

std::string HostImpl::metricsText() {
  return program_.metrics_.text(program_.server_ ? program_.server_->counters() : wire::Counters{},
                                data::statementsRun());
}
bool HostImpl::ready() { return !program_.stopping_ && program_.database_->alive(); }
const pages::Assets& HostImpl::assets() const { return *program_.assets_; }
std::filesystem::path HostImpl::dataFolder() const { return program_.dataFolder(); }
const pages::Templates& HostImpl::templates() const { return *program_.templates_; }

void HostImpl::log(std::string_view event, std::initializer_list<std::pair<std::string_view, std::string_view>> facts) {
  program_.log_.write(Log::Level::information, event, facts);
}

std::optional<SafeHtml> HostImpl::renderTile(const Request& request, const plugins::From<Tile>& tile) {
  try {
    return pages::renderTile(*program_.templates_, program_.hostOf(tile.plugin), request, tile);
  } catch (const DatabaseUnavailable&) {
    throw;  // the page would be kept without its box
  } catch (const std::exception& e) {
    program_.logFailure(request, 500, tile.plugin, std::string("tile: ") + e.what());
    return std::nullopt;
  }
}

void HostImpl::readErased(const std::function<void(ReadTx&)>& work) { program_.database_->read(work); }
void HostImpl::writeErased(std::optional<PersonId> actor, const std::function<void(WriteTx&)>& work) {
  program_.database_->write({actor, component_}, work);
}
void* HostImpl::serviceErased(std::string_view name) {
  auto found = program_.contributions_.services.find(name);
  return found == program_.contributions_.services.end() ? nullptr : found->second.get();
}

}  // namespace toimela::host
