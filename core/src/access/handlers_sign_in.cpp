#include "access/handlers.h"
#include "access/required_factor.h"
#include "access/sessions.h"
#include "access/sign_in.h"
#include "directory/page_links.h"

namespace toimela::access {

namespace {

FormSpec signInForm() {
  return {Field::email("email", "access.sign_in.email").required().autocomplete("username"),
          Field::password("password", "access.sign_in.password")
              .required()
              .longest(1'000)
              .autocomplete("current-password"),
          Field::hidden("next").longest(2'000)};
}

Response signInPage(const Request& request, Host& host, const Form& form, int status) {
  View view;
  const std::string next = form.text("next");
  view.group("form", form.view(host.texts(), request.locale))
      .set("link_path", directory::withQuery(request.link("/sign-in/link"), {{"next", next}}))
      .set("join_path", directory::withQuery(request.link("/join"), {{"next", next}}));
  return host.page(request, "sign_in", std::move(view),
                   titled(request, host, "access.sign_in.title", status));
}

Response throttledPage(const Request& request, Host& host, Form form, std::chrono::seconds wait) {
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(wait).count();
  form.error("", "access.sign_in.throttled", {{"minutes", std::to_string(minutes)}});
  Response response = signInPage(request, host, form, 429);
  response.headers.set("Retry-After", std::to_string(wait.count()));
  return response;
}

Response welcome(const Request& request, Host& host, const std::string& token,
                 std::string_view next) {
  // Who has a role that does not work yet is led to what makes it work, and may go elsewhere.
  const bool isHeldBack = host.read([&](ReadTx& tx) {
    const auto identity = findSession(tx, token, now());
    return identity && !heldBack(tx, *identity->actor.person).empty();
  });
  Response response =
      isHeldBack ? host.redirect(request, "/account/second-factor", "accounts.required.flash")
                 : host.redirect(request, safePath(next));
  response.headers.add("Set-Cookie", core(host).sessionCookie(token, kSessionLongest));
  return response;
}

// ---- the second step ----

FormSpec codeForm() {
  return {Field::text("code", "accounts.code.label")
              .required()
              .longest(100)
              .hint("accounts.code.hint")
              .autocomplete("one-time-code"),
          Field::hidden("pending").longest(100)};
}

Response codePage(const Request& request, Host& host, const Form& form, int status) {
  View view;
  view.group("form", form.view(host.texts(), request.locale));
  return host.page(request, "sign_in_code", std::move(view),
                   titled(request, host, "accounts.code.title", status));
}

}  // namespace

std::optional<Response> afterFirstStep(const Request& request, Host& host,
                                       const SignInOutcome& outcome, std::string_view next) {
  if (const auto* signedIn = std::get_if<SignedIn>(&outcome))
    return welcome(request, host, signedIn->token, next);
  const auto* half = std::get_if<NeedsCode>(&outcome);
  if (!half) return std::nullopt;
  Form form(codeForm());
  form.fill("pending", half->pending);
  return codePage(request, host, form, 200);
}

Response submitCode(const Request& request, Host& host) {
  Form form = Form::read(codeForm(), request.form);
  const std::string pending = form.text("pending");
  if (!awaitsCode(core(host), pending))
    return host.redirect(request, "/sign-in", "accounts.code.too_late");
  if (!form.ok()) return codePage(request, host, form, 422);
  std::string next;
  const auto outcome = signInWithCode(core(host), request, pending, form.text("code"), next);
  if (const auto* signedIn = std::get_if<SignedIn>(&outcome))
    return welcome(request, host, signedIn->token, next);
  form.fill("code", "");
  if (const auto* throttled = std::get_if<Throttled>(&outcome)) {
    form.error("code", "access.password.throttled");
    Response response = codePage(request, host, form, 429);
    response.headers.set("Retry-After", std::to_string(throttled->wait.count()));
    return response;
  }
  form.error("code", "accounts.code.wrong");
  return codePage(request, host, form, 422);
}

Response showSignIn(const Request& request, Host& host) {
  if (request.actor.signedIn()) return host.redirect(request, safePath(request.query.text("next")));
  Form form(signInForm());
  form.fill("next", std::string(request.query.text("next")));
  return signInPage(request, host, form, 200);
}

Response submitSignIn(const Request& request, Host& host) {
  Form form = Form::read(signInForm(), request.form);
  if (!form.ok()) return signInPage(request, host, form, 422);
  // The password is taken as it was typed: a form trims what it reads.
  const auto outcome =
      signIn(core(host), request, form.text("email"), request.form.text("password"),
             form.text("next"));
  if (auto response = afterFirstStep(request, host, outcome, form.text("next")))
    return std::move(*response);
  if (const auto* throttled = std::get_if<Throttled>(&outcome)) {
    return throttledPage(request, host, std::move(form), throttled->wait);
  }
  form.error("", "access.sign_in.refused");
  return signInPage(request, host, form, 422);
}

Response signOut(const Request& request, Host& host) {
  if (request.actor.person) {
    host.write(request,
               [&](WriteTx& tx) { revokeSession(tx, *request.actor.person, request.session); });
    core(host).log("signed out", {{"reference", request.reference}});
  }
  Response response = host.redirect(request, "/", "access.signed_out");
  response.headers.add("Set-Cookie", core(host).sessionCookie("", std::chrono::seconds(0)));
  // "cache" is what going back would show. Not "storage": it would drop what waits to be sent without a
  // word (docs/offline.md), so app.js and service-worker.js take what is personal. Not "cookies": they
  // hold theme and language, and the marks of guests.
  response.headers.set("Clear-Site-Data", "\"cache\"");
  return response;
}

}  // namespace toimela::access
