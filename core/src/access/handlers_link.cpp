#include "access/account_mail.h"
#include "access/accounts.h"
#include "access/handlers.h"
#include "access/sessions.h"
#include "access/throttle.h"
#include "access/one_time_tokens.h"
#include "access/tokens.h"

namespace toimela::access {

namespace {

// ---- asking for a mail with a link ----

FormSpec requestForm() {
  return {Field::email("email", "access.sign_in.email").required().autocomplete("username"),
          Field::hidden("next").longest(2'000)};
}

/// The pages that ask for an address differ in words only.
struct RequestPage {
  TokenKind kind;
  std::string key;   ///< of its texts
  std::string path;
  std::string sent = "accounts.link.sent";  ///< what is said afterwards, whoever asked
};
RequestPage signInLinkPage() { return {TokenKind::signIn, "accounts.link", "/sign-in/link"}; }
RequestPage resetPage() { return {TokenKind::passwordReset, "accounts.reset", "/password/reset"}; }
RequestPage joinPage() { return {TokenKind::join, "accounts.join", "/join", "accounts.join.sent"}; }

Response requestPage(const Request& request, Host& host, const RequestPage& page, const Form& form,
                     int status) {
  const auto text = [&](const char* part) {
    return host.texts().get(request.locale, page.key + part);
  };
  View view;
  view.set("heading", text(".title"))
      .set("lead", text(".lead"))
      .set("submit", text(".submit"))
      .set("action", request.link(page.path))
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "link_request", std::move(view),
                   {.status = status, .title = text(".title")});
}

Response showRequest(const Request& request, Host& host, const RequestPage& page) {
  Form form(requestForm());
  form.fill("next", std::string(request.query.text("next")));
  return requestPage(request, host, page, form, 200);
}

/// How long to wait, or nothing and the wish is noted. Nothing here depends on whether the address
/// has an account.
std::chrono::seconds noteWish(WriteTx& tx, const Request& request, const LinkRequest& wish) {
  const std::string address = addressKey(request.address);
  const auto wait =
      std::max(countAttempt(tx, kLinkAccountAddress, wish.emailKey + '\n' + address, tx.time()),
               countAttempt(tx, kLinkAddress, address, tx.time()));
  if (wait.count() > 0) return wait;
  // Whoever floods a mailbox from many addresses is not told that nothing is sent any more.
  if (countAttempt(tx, kLinkAccount, wish.emailKey, tx.time()).count() == 0) requestLink(tx, wish);
  return wait;
}

Response submitRequest(const Request& request, Host& host, const RequestPage& page) {
  Form form = Form::read(requestForm(), request.form);
  if (!form.ok()) return requestPage(request, host, page, form, 422);
  const LinkRequest wish{page.kind, form.email("email")->key(), request.locale, form.text("next")};
  const auto wait = host.writeAs(
      std::nullopt, [&](WriteTx& tx) { return noteWish(tx, request, wish); });
  core(host).log(wait.count() > 0 ? "link request throttled" : "link requested",
                 {{"reference", request.reference}});
  if (wait.count() == 0) return host.redirect(request, "/sign-in", page.sent);
  form.error("", "access.password.throttled");
  Response response = requestPage(request, host, page, form, 429);
  response.headers.set("Retry-After", std::to_string(wait.count()));
  return response;
}

// ---- using a link ----

const std::string& tokenOf(const Request& request) { return request.parameters.text("token"); }

/// Used up or too old: where to get another.
Response deadLink(const Request& request, Host& host, const RequestPage& page) {
  View view;
  view.set("again", request.link(page.path));
  return host.page(request, "link_dead", std::move(view),
                   titled(request, host, "accounts.dead.title", 410));
}

FormSpec resetForm() {
  return {Field::password("new_password", "access.password.new")
              .required()
              .longest(1'000)
              .hint("access.password.hint")
              .autocomplete("new-password")};
}

/// Whose password is to be set; nothing when the link is dead.
std::optional<Person> personOfReset(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) -> std::optional<Person> {
    const auto issued = peekToken(tx, TokenKind::passwordReset, tokenOf(request), now());
    if (!issued) return std::nullopt;
    const auto credentials = findCredentials(tx, issued->person);
    if (!credentials || !credentials->usable) return std::nullopt;
    return directory::findPerson(tx, issued->person);
  });
}

Response resetFormPage(const Request& request, Host& host, const Person& person, const Form& form,
                       int status) {
  View view;
  view.set("action", request.link(request.path))
      .set("email", person.email.text())
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "password_reset", std::move(view),
                   titled(request, host, "accounts.reset.title", status));
}

SignInOutcome reset(WriteTx& tx, Host& host, const Request& request, const Person& person,
                    const std::string& hash) {
  const auto issued = takeToken(tx, TokenKind::passwordReset, tokenOf(request));
  if (!issued) return Refused{};
  setPassword(tx, person.id, hash);
  // Who has lost a password may have lost more: programs are let in again one by one.
  revokeAllTokens(tx, person.id);
  mailNotice(tx, host, person, AccountNotice::passwordChanged);
  return enter(tx, request, person.id, issued->detail);
}

}  // namespace

Response showLinkRequest(const Request& request, Host& host) {
  return showRequest(request, host, signInLinkPage());
}
Response submitLinkRequest(const Request& request, Host& host) {
  return submitRequest(request, host, signInLinkPage());
}
Response showResetRequest(const Request& request, Host& host) {
  return showRequest(request, host, resetPage());
}
Response submitResetRequest(const Request& request, Host& host) {
  return submitRequest(request, host, resetPage());
}

Response showJoin(const Request& request, Host& host) {
  const std::string next = safePath(request.query.text("next"));
  if (request.actor.signedIn())
    return host.redirect(request, next == "/dashboard" ? "/account/organisations" : next);
  return showRequest(request, host, joinPage());
}
Response submitJoin(const Request& request, Host& host) {
  return submitRequest(request, host, joinPage());
}

// Programs that look into mail open every link: only the button uses it up.
Response showSignInLink(const Request& request, Host& host) {
  const bool isAlive = host.read([&](ReadTx& tx) {
    return peekToken(tx, TokenKind::signIn, tokenOf(request), now()).has_value();
  });
  if (!isAlive) return deadLink(request, host, signInLinkPage());
  View view;
  view.set("action", request.link(request.path));
  return host.page(request, "sign_in_link", std::move(view),
                   titled(request, host, "accounts.link.use_title"));
}

Response useSignInLink(const Request& request, Host& host) {
  std::string next;
  const auto outcome = signInByLink(core(host), request, tokenOf(request), next);
  if (auto response = afterFirstStep(request, host, outcome, next)) return std::move(*response);
  return deadLink(request, host, signInLinkPage());
}

Response showReset(const Request& request, Host& host) {
  const auto person = personOfReset(request, host);
  if (!person) return deadLink(request, host, resetPage());
  return resetFormPage(request, host, *person, Form(resetForm()), 200);
}

Response submitReset(const Request& request, Host& host) {
  const auto person = personOfReset(request, host);
  if (!person) return deadLink(request, host, resetPage());
  Form form = Form::read(resetForm(), request.form);
  const auto password = request.form.text("new_password");
  if (form.ok())
    if (const auto weakness =
            Passwords::complaint(password, person->email.text(), person->name()))
      form.error("new_password", *weakness);
  if (!form.ok()) return resetFormPage(request, host, *person, form, 422);
  const std::string hash = core(host).passwords().hash(password);
  const auto outcome = host.writeAs(person->id, [&](WriteTx& tx) {
    return reset(tx, host, request, *person, hash);
  });
  core(host).log("password reset", {{"reference", request.reference}});
  if (auto response = afterFirstStep(request, host, outcome, "")) return std::move(*response);
  return deadLink(request, host, resetPage());
}

}  // namespace toimela::access
