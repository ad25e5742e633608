#include "routing/dispatcher.h"

#include <Poco/URI.h>

#include <nlohmann/json.hpp>

#include "access/required_factor.h"
#include "access/scopes.h"
#include "access/sessions.h"
#include "access/throttle.h"
#include "access/tokens.h"
#include "files/upload_id.h"
#include "pages/appearance.h"
#include "pages/question.h"
#include "pages/undo.h"
#include "plugins/presentation.h"
#include "routing/body.h"
#include "routing/finish.h"
#include "routing/language.h"
#include "routing/preconditions.h"
#include "toimela/guests.h"
#include "toimela/shared_reading.h"
#include "toimela/streams.h"

namespace toimela::routing {

namespace {

constexpr std::uint64_t kFormBytes = 64 * 1024;
constexpr std::chrono::minutes kTouchEvery{5};
// A hall with one network: so many clients that use all they may, or some hundred phones as people use them.
constexpr int kPhonesInAHall = 20;
/// So many requests of one route at the same time ask nearly the same of the database.
constexpr int kCrowd = 8;

/// Of the nation as a whole a plugin is there or is not; of a region it is said that it is off there.
class SwitchedOff : public RequestError {
 public:
  explicit SwitchedOff(std::optional<RegionCode> where)
      : RequestError(404, where ? "error.off.text" : "error.404.text", "the plugin is off"), region(where) {}
  std::optional<RegionCode> region;
};

/// Ten letters that can be read out on the phone; unique enough to be found in a log.
std::string makeReference() {
  static constexpr char kLetters[] = "abcdefghjkmnpqrstuvwxyz23456789";
  const std::string random = access::randomToken(10);
  std::string reference;
  for (int i = 0; i < 10; ++i) reference += kLetters[static_cast<unsigned char>(random[i]) * 7 % 31];
  return reference;
}

std::time_t endOfDay() {
  // Pages show what holds today; in Finland the day ends at the earliest at 21:00 UTC.
  std::time_t now = std::time(nullptr);
  Date today = Date::of(Instant{std::chrono::seconds{now}});
  for (std::time_t at = now - now % 1800 + 1800;; at += 1800)
    if (Date::of(Instant{std::chrono::seconds{at}}) != today) return at;
}

/// What a client without, or with the wrong, credentials is told (RFC 6750, section 3).
std::string challenge(const std::string& error, const std::string& scope) {
  std::string text = "Bearer realm=\"toimela\"";
  if (!error.empty()) text += ", error=\"" + error + "\"";
  if (!scope.empty()) text += ", scope=\"" + scope + "\"";
  return text;
}

/// The token of "Authorization: Bearer …" (RFC 6750, section 2.1); the scheme's name has no case.
std::optional<std::string_view> bearerToken(const Headers& headers) {
  constexpr std::string_view kScheme = "bearer";
  const auto field = headers.find("Authorization");
  if (!field || field->size() < kScheme.size()) return std::nullopt;
  for (std::size_t i = 0; i < kScheme.size(); ++i)
    if (std::tolower(static_cast<unsigned char>((*field)[i])) != kScheme[i]) return std::nullopt;
  std::string_view token = field->substr(kScheme.size());
  // The scheme alone is a token that is missing, not another scheme.
  if (!token.empty() && !token.starts_with(' ')) return std::nullopt;
  while (token.starts_with(' ')) token.remove_prefix(1);
  return token;
}

std::string originOf(const std::string& url) {
  auto scheme = url.find("://");
  auto slash = url.find('/', scheme == std::string::npos ? 0 : scheme + 3);
  return url.substr(0, slash);
}

/// Counts a request among those of its route for as long as it is handled.
class AtHand {
 public:
  explicit AtHand(std::atomic<int>& count) : count_(count) { ++count_; }
  ~AtHand() { --count_; }
  AtHand(const AtHand&) = delete;
  AtHand& operator=(const AtHand&) = delete;

 private:
  std::atomic<int>& count_;
};

}  // namespace

/// One request on its way through. What it is told grows from step to step.
struct Dispatcher::Exchange {
  WireRequest wire;
  Request request;
  Response response;
  const plugins::From<Route>* route = nullptr;
  std::shared_ptr<const CoreState> state;
  std::string sessionToken, visitor;
  std::string error, scope;  ///< RFC 6750, section 3.1: what is wrong with the access token
  bool visitorIsNew = false, hadFlash = false, https = false;
  std::optional<RegionCode> off;  ///< where the route's plugin is switched off
  Encoding encoding = Encoding::identity;

  std::string_view plugin() const { return route ? std::string_view(route->plugin) : "core"; }
  bool reads() const { return isSafe(wire.method); }
  /// Answers for a program that shows a token; whatever cookies came with it count for nothing.
  bool hasBearer() const { return request.json && bearerToken(wire.headers); }
};

Dispatcher::Dispatcher(const plugins::Contributions& contributions, Backstage& backstage, DispatcherOptions options)
    : router_(contributions.routes),
      backstage_(backstage),
      options_(std::move(options)),
      limiter_(options_.rates) {
  for (const auto& route : contributions.routes)
    if (route.what.rule.kind == Rule::Kind::undeclared)
      throw std::invalid_argument(std::string(name(route.what.method)) + " " + route.what.pattern + " of " +
                                  route.plugin + " declares no rule");
  for (const auto& route : contributions.routes) atHand_[&route] = 0;
  const std::string prefix = options_.baseUrl.starts_with("https://") ? "__Host-" : "";
  sessionCookie_ = prefix + "toimela";
  visitorCookie_ = prefix + "toimela-visitor";
  flashCookie_ = prefix + "toimela-flash";
  themeCookie_ = pages::themeCookie(options_.baseUrl);
}

Dispatcher::~Dispatcher() = default;

wire::BodyRule Dispatcher::bodyRule(const wire::RequestHead& head) const {
  if (isSafe(head.method)) return {kFormBytes};
  auto [locale, path] = splitLocale(head.path);
  const Match match = router_.match(head.method, path);
  if (!match.route || match.route->what.largestBody == 0) return {kFormBytes};
  // Who shows nothing to be known by will be sent to sign in; no disk is filled for them before.
  const bool isForAnybody = match.route->what.rule.kind == Rule::Kind::anyone;
  // A piece of an upload is larger than what a stranger may send: its address proves that the upload
  // was begun here. What has come of a piece that breaks off is kept.
  if (match.parameters.has("upload") && head.headers->find("Content-Type") == files::kPieceType) {
    const bool isOurs =
        files::uploadToken(backstage_.hostOf("core").secret(), match.parameters.text("upload")).has_value();
    return {isOurs ? match.route->what.largestBody : kFormBytes, isOurs};
  }
  const bool isSomebody = cookie(*head.headers, sessionCookie_) || head.headers->has("Authorization");
  return {isForAnybody || isSomebody ? match.route->what.largestBody : kFormBytes};
}

bool Dispatcher::cacheable(const wire::RequestHead& head) const {
  if (!isSafe(head.method) || head.path.size() < 3 || head.headers->has("Authorization")) return false;
  return !cookie(*head.headers, sessionCookie_) && !cookie(*head.headers, flashCookie_) &&
         !cookie(*head.headers, themeCookie_);
}

void Dispatcher::freshen(std::function<void()> ready) { backstage_.watch().freshen(std::move(ready)); }

std::shared_ptr<const wire::CachedResponse> Dispatcher::cached(const wire::RequestHead& head) {
  auto generations = backstage_.watch().current();
  if (!generations) return nullptr;
  return cache_.find({head.path, head.query, preferredEncoding(head.headers->find("Accept-Encoding"))},
                     head.headers->find("If-None-Match").value_or(""), *generations);
}

Response Dispatcher::handle(WireRequest wire) noexcept {
  const auto start = std::chrono::steady_clock::now();
  Exchange x;
  x.wire = std::move(wire);
  x.request.reference = makeReference();
  x.encoding = preferredEncoding(x.wire.headers.find("Accept-Encoding"));
  try {
    run(x);
  } catch (const NotFound&) {
    answerError(x, 404, "error.404.text", "");
  } catch (const SwitchedOff& e) {
    x.off = e.region;
    answerError(x, e.status, e.messageKey, e.what());
  } catch (const RequestError& e) {
    answerError(x, e.status, e.messageKey, e.what());
  } catch (const InvalidText& e) {
    answerError(x, 400, "error.400.text", e.what());
  } catch (const DatabaseFull& e) {
    answerError(x, 507, "error.507.text", e.what());
  } catch (const DatabaseUnavailable& e) {
    answerError(x, 503, "error.503.text", e.what());
  } catch (const std::exception& e) {
    answerError(x, 500, "error.500.text", e.what());
  } catch (...) {
    answerError(x, 500, "error.500.text", "an exception that is not one of std's");
  }
  try {
    finish(x);
  } catch (...) {
    x.response = Response::text(500, "500");
  }
  backstage_.countRequest(x.plugin(), x.response.status,
                          std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start));
  return std::move(x.response);
}

void Dispatcher::run(Exchange& x) {
  x.https = isHttps(x.wire);
  Request& request = x.request;
  request.method = x.wire.method;
  request.address = clientAddress(x.wire);
  request.headers = x.wire.headers;
  if (!findRoute(x)) return;
  const Route& route = x.route->what;
  const AtHand atHand(atHand_.at(x.route));

  request.query = parseQuery(x.wire.query);
  CoreHost& host = backstage_.hostOf(x.plugin());
  if (!route.isStandalone) {
    identify(x);
    if (isTooOften(x)) return;
  }
  // Taken apart only for who may use the route: a form may come with thousands of files.
  FormBody form = parseForm(x.wire.headers, x.wire.body, options_.uploadFolder);
  request.form = std::move(form.fields);
  request.files = std::move(form.files);
  request.body = x.wire.body;
  if (!x.reads()) checkOrigin(x);
  if (auto question = pages::askFirst(request, backstage_.hostOf("core"))) x.response = std::move(*question);
  else x.response = route.handler(request, host);
}

bool Dispatcher::findRoute(Exchange& x) {
  Request& request = x.request;
  auto [locale, path] = splitLocale(x.wire.path);
  request.locale = locale.value_or(negotiated(x.wire.headers.find("Accept-Language")));
  request.path = path;
  request.json = path.starts_with("/api/");
  Match match = router_.match(x.wire.method, path);
  const bool localised = match.route ? isLocalised(match.route->what.pattern) : isLocalised(path);
  if (!match.allowed.empty() && !match.route) {
    answerError(x, 405, "error.405.text", "");
    x.response.headers.set("Allow", match.allowed);
    return false;
  }
  if (!match.route || (locale && !localised)) throw NotFound();
  if (!locale && localised) {
    if (!x.reads()) throw NotFound();
    std::string target = "/" + std::string(code(request.locale)) + (path == "/" ? std::string() : std::string(path));
    if (!x.wire.query.empty()) target += "?" + x.wire.query;
    x.response = Response::redirect(target);
    x.response.status = 302;
    x.response.headers.add("Vary", "Accept-Language");
    return false;
  }
  x.route = match.route;
  request.parameters = std::move(match.parameters);
  return true;
}

/// A program that shows a person's access token: that person, within the token's scopes. True when
/// today's use is not noted yet.
bool Dispatcher::recogniseProgram(Exchange& x, ReadTx& tx) {
  auto identity = access::findToken(tx, *bearerToken(x.wire.headers), now());
  if (!identity) {
    x.error = "invalid_token";
    throw RequestError(401, "error.token.text", "the access token is not valid");
  }
  x.request.actor = std::move(identity->actor);
  x.request.token = std::move(identity->token);
  const std::string scope = access::scopeFor(x.plugin(), x.wire.method);
  if (!identity->has(scope)) {
    x.error = "insufficient_scope";
    x.scope = scope;
    throw RequestError(403, "error.scope.text", "the access token lacks the scope " + scope);
  }
  return identity->lastUsedOn != Date::today();
}

/// Finds out what the process must know and who asks; when their session was last seen to be used.
std::optional<Instant> Dispatcher::recognise(Exchange& x, ReadTx& tx) {
  x.state = backstage_.refreshState(tx);
  x.sessionToken = cookie(x.wire.headers, sessionCookie_).value_or("");
  if (x.sessionToken.empty()) return std::nullopt;
  auto identity = access::findSession(tx, x.sessionToken, now());
  if (!identity) return std::nullopt;
  x.request.actor = std::move(identity->actor);
  x.request.session = std::move(identity->session);
  x.request.csrf = access::csrfToken(backstage_.hostOf("core").secret(), x.sessionToken);
  return identity->lastSeenAt;
}

/// In a crowd the question who asks for what is put to the database for many together.
void Dispatcher::read(const Exchange& x, const std::function<void(ReadTx&)>& work) {
  auto* shared = atHand_.at(x.route) >= kCrowd ? backstage_.hostOf("core").service<SharedReading>() : nullptr;
  if (!shared) return backstage_.database().read(work);
  shared->read([&](ReadTx& tx) {
    work(tx);
    return true;
  });
}

void Dispatcher::identify(Exchange& x) {
  Request& request = x.request;
  const Route& route = x.route->what;
  CoreHost& host = backstage_.hostOf(x.plugin());
  const bool isProgram = x.hasBearer();
  bool touch = false;

  auto rightsDecision = access::Rights::Decision::denied;
  bool isHeldBack = false;
  read(x, [&](ReadTx& tx) {
    if (isProgram) {
      x.state = backstage_.refreshState(tx);
      touch = recogniseProgram(x, tx);
    } else {
      const std::optional<Instant> lastSeen = recognise(x, tx);
      touch = lastSeen && now() - *lastSeen > kTouchEvery;
    }

    // The region and the plugin: what is switched off is not there at all.
    if (request.parameters.has("region")) {
      const Region* region = host.region(std::string_view(request.parameters.text("region")));
      if (!region) throw NotFound();
      request.region = region->code;
    }
    if (!x.state->switches.active(x.plugin(), request.region)) throw SwitchedOff(request.region);
    if (route.rule.scope) {
      auto scope = route.rule.scope(tx, request.parameters);
      if (!scope) throw NotFound();
      request.scope = *scope;
      if (scope->region && !x.state->switches.active(x.plugin(), scope->region))
        throw SwitchedOff(scope->region);
    } else {
      request.scope.region = request.region;
    }
    rightsDecision = x.state->rights->decide(route.rule, request.actor, request.scope);
    if (rightsDecision == access::Rights::Decision::denied && request.actor.person)
      isHeldBack = !access::heldBack(tx, *request.actor.person).empty();
  });

  using Decision = access::Rights::Decision;
  // A form's token belongs to the session, or to the visitor's own cookie where there is none.
  if (!request.actor.signedIn() && (!route.isCached || rightsDecision != Decision::allowed)) {
    auto visitor = cookie(x.wire.headers, visitorCookie_);
    x.visitorIsNew = !visitor || visitor->size() < 20 || visitor->size() > 64;
    x.visitor = x.visitorIsNew ? access::randomToken() : std::string(*visitor);
    request.csrf = access::csrfToken(host.secret(), x.visitor);
  }
  if (auto flash = cookie(x.wire.headers, flashCookie_); flash && !isProgram) {
    x.hadFlash = true;
    if (const auto key = pages::flashKey(*flash); host.texts().has(key)) request.flash = key;
  }

  if (rightsDecision == Decision::signInFirst)
    throw RequestError(401, request.json ? "error.no_token.text" : "error.401.text", "not signed in");
  if (rightsDecision == Decision::denied) {
    throw RequestError(403, isHeldBack ? "accounts.required.denied" : "error.403.text",
                       isHeldBack ? "the role waits for a second factor" : "permission missing");
  }
  if (touch) {
    try {
      backstage_.database().write({request.actor.person, "core"}, [&](WriteTx& tx) {
        if (isProgram) access::touchToken(tx, request.token);
        else access::touchSession(tx, x.sessionToken);
      });
    } catch (const DatabaseUnavailable&) {
      // Where nothing can be written, reading goes on; the use is noted the next time.
    }
  }
}

/// By what a stream's reader is known to the wire, so that nobody holds many; nothing for who is nobody.
std::string Dispatcher::readerOf(const Exchange& x) const {
  if (x.request.actor.signedIn()) return "person " + x.request.actor.person->text();
  const auto guest = guests::markOf(x.request, backstage_.hostOf("core"));
  return guest ? "guest " + *guest : std::string();
}

/// How long the client of a request must wait; zero when it is welcome. Signed-in people count by themselves,
/// everybody else by address. Where many come from one address, all of them have a larger limit together, and
/// each who shows a mark is held to the usual one.
std::chrono::seconds Dispatcher::waitFor(const Exchange& x) {
  const Actor& actor = x.request.actor;
  const Route& route = x.route->what;
  if (actor.signedIn()) return limiter_.count(route.rateClass, "person " + actor.person->text());
  const std::string address = access::addressKey(x.request.address);
  if (route.rateClass == RateClass::credentials || route.handler.target<guests::Hall>() == nullptr)
    return limiter_.count(route.rateClass, address);
  const auto wait =
      limiter_.count(route.rateClass, "hall " + address, RateLimiter::Clock::now(), kPhonesInAHall);
  if (wait.count() != 0) return wait;
  const auto guest = guests::markOf(x.request, backstage_.hostOf("core"));
  return guest ? limiter_.count(route.rateClass, "guest " + *guest) : wait;
}

bool Dispatcher::isTooOften(Exchange& x) {
  const auto wait = waitFor(x);
  if (wait.count() == 0) return false;
  answerError(x, 429, "error.429.text", "");
  x.response.headers.set("Retry-After", std::to_string(wait.count()));
  return true;
}

void Dispatcher::checkOrigin(const Exchange& x) const {
  // No browser adds a token of itself: a foreign page can not make it send one.
  if (!x.route->what.csrfChecked || !x.request.token.empty()) return;
  auto origin = x.wire.headers.find("Origin");
  std::string expected = originOf(options_.baseUrl);
  if (options_.originFromHost)
    expected = (x.https ? "https://" : "http://") + std::string(x.wire.headers.find("Host").value_or(""));
  if (!origin || *origin != expected) throw RequestError(403, "error.origin.text", "missing or foreign Origin");

  CoreHost& host = backstage_.hostOf(x.plugin());
  std::string_view token = x.wire.headers.find("X-CSRF-Token").value_or(x.request.form.text("csrf"));
  const std::string& bearer = x.request.actor.signedIn() ? x.sessionToken : x.visitor;
  if (bearer.empty() || x.visitorIsNew || !access::csrfMatches(host.secret(), bearer, token))
    throw RequestError(403, "error.csrf.text", "missing or wrong form token");
}

void Dispatcher::answerError(Exchange& x, int status, std::string messageKey, std::string_view reason) {
  Request& request = x.request;
  CoreHost& host = backstage_.hostOf("core");
  if (!reason.empty()) backstage_.logFailure(request, status, x.plugin(), reason);
  // A reader who only has to sign in is taken there and back.
  const std::string here = request.link(request.path) + (x.wire.query.empty() ? "" : "?" + x.wire.query);
  if (status == 401 && !request.json && x.reads()) {
    std::string next;
    Poco::URI::encode(here, "?&=#+", next);
    x.response = Response::redirect(request.link("/sign-in") + "?next=" + next);
    return;
  }
  try {
    // An address that no route has is answered before anybody was recognised.
    if (!x.state && status < 500 && !request.json && cookie(x.wire.headers, sessionCookie_))
      backstage_.database().read([&](ReadTx& tx) { recognise(x, tx); });
    const Region* off = x.off ? host.region(*x.off) : nullptr;
    const std::string title =
        off ? host.texts().format(
                  request.locale, "error.off.title",
                  {{"plugin", plugins::titleOf(host.contributions(), host.texts(), request.locale, x.plugin())},
                   {"region", off->name.pick(request.locale).text}})
            : host.texts().get(request.locale, "error." + std::to_string(status) + ".title");
    const std::string& text = host.texts().get(request.locale, messageKey);
    if (request.json) {
      nlohmann::json problem{{"type", "about:blank"}, {"title", title}, {"status", status},
                             {"detail", text}, {"reference", request.reference}};
      if (!x.error.empty()) problem["error"] = x.error;
      if (!x.scope.empty()) problem["scope"] = x.scope;
      x.response = Response::json(status, problem.dump());
      x.response.headers.set("Content-Type", "application/problem+json");
      if (status == 401 || !x.error.empty())
        x.response.headers.set("WWW-Authenticate", challenge(x.error, x.scope));
    } else {
      View view;
      view.set("status", status).set("title", title).set("text", text).flag("has_reference", status >= 500);
      // The same address may be all right in a moment; signing in would not help.
      if (status >= 500 && x.reads()) view.set("again", here);
      x.response = host.page(request, "error", std::move(view), {.status = status, .title = title});
    }
  } catch (const std::exception& e) {
    backstage_.logFailure(request, status, "core", std::string("error page: ") + e.what());
    x.response = Response::text(status, std::to_string(status) + " " + request.reference);
  }
  if (status == 503 || status == 507) x.response.headers.set("Retry-After", "10");
}

void Dispatcher::finish(Exchange& x) {
  Response& response = x.response;
  const bool keep = x.route && x.route->what.isCached && x.reads() && response.status == 200 && x.state &&
                    !x.request.actor.signedIn() && x.sessionToken.empty() && !x.hadFlash && !x.hasBearer() &&
                    !cookie(x.wire.headers, themeCookie_) &&
                    !response.headers.has("Set-Cookie") && std::holds_alternative<std::string>(response.body);
  const bool isPublic = keep || (x.route && x.route->what.isStandalone);

  if (x.visitorIsNew && !x.request.csrf.empty() && response.status < 500 && !x.request.json &&
      response.headers.find("Content-Type").value_or("").starts_with("text/html"))
    response.headers.add("Set-Cookie", visitorCookie_ + "=" + x.visitor + "; Path=/; HttpOnly; SameSite=Lax" +
                                           (sessionCookie_.starts_with("__Host-") ? "; Secure" : ""));
  if (x.hadFlash && response.status != 303)
    response.headers.add("Set-Cookie", flashCookie_ + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax" +
                                           (sessionCookie_.starts_with("__Host-") ? "; Secure" : ""));

  addSecurityHeaders(response, {options_.baseUrl.starts_with("https://"), isPublic});
  if (std::holds_alternative<EventStreamBody>(response.body))
    if (const std::string reader = readerOf(x); !reader.empty()) response.headers.set(streams::kReaderField, reader);
  if (keep) response.headers.add("Vary", x.request.json ? "Cookie, Authorization" : "Cookie");
  encode(response, x.encoding);
  if (keep) {
    const std::string component = x.route->plugin == "core" ? "" : x.route->plugin;
    cache_.keep({x.wire.path, x.wire.query, x.encoding},
                {component, Stamp::of(x.state->generations, component)}, response, endOfDay());
  }
  answerConditional(response, x.wire.method, x.wire.headers);
}

Response Dispatcher::refusal(int status, const wire::RequestHead* head) const noexcept {
  try {
    Request request;
    if (head) {
      auto [locale, path] = splitLocale(head->path);
      request.locale = locale.value_or(negotiated(head->headers->find("Accept-Language")));
      request.json = path.starts_with("/api/");
    }
    request.reference = makeReference();
    const Texts& texts = backstage_.hostOf("core").texts();
    const std::string key = "error." + std::to_string(status);
    const std::string& title = texts.get(request.locale, key + ".title");
    const std::string& text = texts.get(request.locale, key + ".text");
    Response response =
        request.json
            ? Response::json(status, nlohmann::json{{"type", "about:blank"}, {"title", title}, {"status", status},
                                                    {"detail", text}, {"reference", request.reference}}
                                         .dump())
            : Response::text(status, title + "\n\n" + text + "\n\n" + request.reference + "\n");
    if (request.json) response.headers.set("Content-Type", "application/problem+json");
    if (status == 503) response.headers.set("Retry-After", "5");
    if (status == 405) response.headers.set("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
    addSecurityHeaders(response, {options_.baseUrl.starts_with("https://"), false});
    return response;
  } catch (...) {
    Response response;
    response.status = status;
    return response;
  }
}

bool Dispatcher::trusted(std::string_view peer) const {
  std::string_view name = peer.empty() ? std::string_view("unix") : peer;
  return std::find(options_.trustedProxies.begin(), options_.trustedProxies.end(), name) !=
         options_.trustedProxies.end();
}

std::string Dispatcher::clientAddress(const WireRequest& request) const {
  if (!trusted(request.peer)) return request.peer;
  // The last address that is not a trusted proxy is the one that a trusted proxy saw.
  std::string_view rest = request.headers.find("X-Forwarded-For").value_or("");
  while (!rest.empty()) {
    auto comma = rest.rfind(',');
    std::string_view one = comma == std::string_view::npos ? rest : rest.substr(comma + 1);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (!one.empty() && !trusted(one)) return std::string(one);
  }
  return request.peer;
}

bool Dispatcher::isHttps(const WireRequest& request) const {
  if (trusted(request.peer)) return request.headers.find("X-Forwarded-Proto") == "https";
  return request.secure;
}

}  // namespace toimela::routing
