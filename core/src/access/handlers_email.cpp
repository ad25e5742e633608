#include "access/account_mail.h"
#include "access/accounts.h"
#include "access/handlers.h"
#include "access/one_time_tokens.h"
#include "access/own_password.h"

namespace toimela::access {

namespace {

FormSpec emailForm(bool hasPassword) {
  FormSpec spec{Field::email("email", "accounts.email.new").required().autocomplete("email")};
  if (hasPassword)
    spec.push_back(ownPasswordField());
  return spec;
}

struct Owner {
  Person person;
  Credentials credentials;

  bool hasPassword() const { return !credentials.passwordHash.empty(); }
};
Owner ownerOf(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    return Owner{directory::findPerson(tx, *request.actor.person).value(),
                 findCredentials(tx, *request.actor.person).value()};
  });
}

Response page(const Request& request, Host& host, const Owner& owner, const Form& form,
              int status) {
  View view;
  view.set("email", owner.person.email.text())
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "account_email", std::move(view),
                   titled(request, host, "accounts.email.title", status));
}

const std::string& tokenOf(const Request& request) { return request.parameters.text("token"); }

Response deadLink(const Request& request, Host& host) {
  View view;
  view.set("again", request.link("/account/email"));
  return host.page(request, "link_dead", std::move(view),
                   titled(request, host, "accounts.dead.title", 410));
}

enum class Changed { done, dead, taken };
Changed change(WriteTx& tx, Host& host, std::string_view token) {
  const auto issued = takeToken(tx, TokenKind::email, token);
  if (!issued) return Changed::dead;
  const auto person = directory::findPerson(tx, issued->person);
  const auto email = EmailAddress::parse(issued->detail);
  if (!person || !email) return Changed::dead;
  if (!setEmail(tx, person->id, *email)) return Changed::taken;
  // `person` was read before: the notice goes to the address that was.
  mailNotice(tx, host, *person, AccountNotice::emailChanged);
  return Changed::done;
}

}  // namespace

Response showEmailChange(const Request& request, Host& host) {
  const Owner owner = ownerOf(request, host);
  return page(request, host, owner, Form(emailForm(owner.hasPassword())), 200);
}

Response submitEmailChange(const Request& request, Host& host) {
  const Owner owner = ownerOf(request, host);
  Form form = Form::read(emailForm(owner.hasPassword()), request.form);
  if (form.ok() && form.email("email")->key() == owner.person.email.key())
    form.error("email", "accounts.email.same");
  if (!form.ok()) return page(request, host, owner, form, 422);
  if (auto refused = refuseWithoutPassword(request, host, form, [&](int status) {
        return page(request, host, owner, form, status);
      }))
    return std::move(*refused);
  const EmailAddress email = *form.email("email");
  // Somebody else's address gets no mail, and nobody is told that it is somebody's.
  host.write(request, [&](WriteTx& tx) {
    const std::string token = issueToken(tx, TokenKind::email, owner.person.id, email.text());
    if (!findCredentials(tx, email.key()))
      mailLink(tx, host, owner.person, email, request.locale, TokenKind::email, token);
  });
  return host.redirect(request, "/account", "accounts.email.sent");
}

Response showEmailConfirmation(const Request& request, Host& host) {
  const auto issued = host.read(
      [&](ReadTx& tx) { return peekToken(tx, TokenKind::email, tokenOf(request), now()); });
  if (!issued) return deadLink(request, host);
  View view;
  view.set("action", request.link(request.path)).set("email", issued->detail);
  return host.page(request, "email_confirm", std::move(view),
                   titled(request, host, "accounts.email.confirm_title"));
}

Response confirmEmail(const Request& request, Host& host) {
  const Changed changed = host.write(
      request, [&](WriteTx& tx) { return change(tx, host, tokenOf(request)); });
  if (changed == Changed::dead) return deadLink(request, host);
  if (changed == Changed::taken)
    throw RequestError(409, "accounts.email.taken", "the new address is somebody else's by now");
  core(host).log("address changed", {{"reference", request.reference}});
  return host.redirect(request, request.actor.signedIn() ? "/account" : "/sign-in",
                       "accounts.email.changed");
}

}  // namespace toimela::access
