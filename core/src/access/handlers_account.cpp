#include "access/account_mail.h"
#include "access/accounts.h"
#include "access/handlers.h"
#include "access/own_password.h"
#include "access/sessions.h"
#include "directory/people.h"

namespace toimela::access {

namespace {

FormSpec detailsForm() {
  return {Field::text("given_name", "access.person.given_name")
              .required()
              .longest(100)
              .autocomplete("given-name"),
          Field::text("family_name", "access.person.family_name")
              .required()
              .longest(100)
              .autocomplete("family-name"),
          Field::text("phone", "access.person.phone").longest(40).autocomplete("tel"),
          Field::choice("language", "access.person.language",
                        {{"fi", "access.language.fi"},
                         {"sv", "access.language.sv"},
                         {"en", "access.language.en"}})
              .required()};
}

FormSpec passwordForm() {
  return {ownPasswordField(),
          Field::password("new_password", "access.password.new")
              .required()
              .longest(1'000)
              .hint("access.password.hint")
              .autocomplete("new-password")};
}

Person ownCard(const Request& request, Host& host) {
  const auto person =
      host.read([&](ReadTx& tx) { return directory::findPerson(tx, *request.actor.person); });
  if (!person) throw NotFound();
  return *person;
}

Form filledDetails(const Person& person) {
  Form form(detailsForm());
  form.fill("given_name", person.givenName)
      .fill("family_name", person.familyName)
      .fill("phone", person.phone)
      .fill("language", std::string(code(person.language)));
  return form;
}

Response accountPage(const Request& request, Host& host, const Person& person, const Form& details,
                     const Form& password, int status) {
  View view;
  view.set("email", person.email.text())
      .group("details", details.view(host.texts(), request.locale))
      .group("password", password.view(host.texts(), request.locale));
  return host.page(request, "account", std::move(view),
                   titled(request, host, "access.account.title", status));
}

}  // namespace

Response showAccount(const Request& request, Host& host) {
  const Person person = ownCard(request, host);
  return accountPage(request, host, person, filledDetails(person), Form(passwordForm()), 200);
}

Response saveAccount(const Request& request, Host& host) {
  Person person = ownCard(request, host);
  const Form form = Form::read(detailsForm(), request.form);
  if (!form.ok()) return accountPage(request, host, person, form, Form(passwordForm()), 422);
  person.givenName = form.text("given_name");
  person.familyName = form.text("family_name");
  person.phone = form.text("phone");
  person.language = parseLocale(form.text("language")).value_or(person.language);
  host.write(request, [&](WriteTx& tx) { directory::updatePerson(tx, person); });
  return host.redirect(request, "/account", "access.account.saved");
}

Response changePassword(const Request& request, Host& host) {
  const Person person = ownCard(request, host);
  Form form = Form::read(passwordForm(), request.form);
  if (!form.ok()) return accountPage(request, host, person, filledDetails(person), form, 422);

  const auto show = [&](int status) {
    return accountPage(request, host, person, filledDetails(person), form, status);
  };
  if (!hasPassword(host, person.id)) {
    form.error("current_password", "access.password.wrong");
    return show(422);
  }
  if (auto refused = refuseWithoutPassword(request, host, form, show)) return std::move(*refused);
  if (const auto weakness = Passwords::complaint(request.form.text("new_password"), person.email.text(),
                                                 person.name())) {
    form.error("new_password", *weakness);
    return show(422);
  }
  const std::string encoded = core(host).passwords().hash(request.form.text("new_password"));
  const std::string token = host.write(request, [&](WriteTx& tx) {
    setPassword(tx, person.id, encoded);
    mailNotice(tx, host, person, AccountNotice::passwordChanged);
    return openSession(tx, person.id, request.headers.find("User-Agent").value_or(""));
  });
  Response response = host.redirect(request, "/account", "access.password.changed");
  response.headers.add("Set-Cookie", core(host).sessionCookie(token, kSessionLongest));
  return response;
}

Response showSessions(const Request& request, Host& host) {
  const auto sessions =
      host.read([&](ReadTx& tx) { return listSessions(tx, *request.actor.person); });
  std::vector<View> rows;
  for (const auto& session : sessions) {
    View row;
    row.set("session", session.publicId)
        .set("device", session.device)
        .set("since", showInstant(session.createdAt, request.locale))
        .set("seen", showInstant(session.lastSeenAt, request.locale))
        .flag("is_this", session.publicId == request.session);
    rows.push_back(std::move(row));
  }
  View view;
  view.flag("has_others", rows.size() > 1).list("sessions", std::move(rows));
  return host.page(request, "sessions", std::move(view),
                   titled(request, host, "access.sessions.title"));
}

Response revokeOneSession(const Request& request, Host& host) {
  const std::string& session = request.parameters.text("session");
  const bool found = host.write(
      request, [&](WriteTx& tx) { return revokeSession(tx, *request.actor.person, session); });
  if (!found) throw NotFound();
  return host.redirect(request, "/account/sessions", "access.sessions.revoked");
}

Response revokeTheOtherSessions(const Request& request, Host& host) {
  host.write(request,
             [&](WriteTx& tx) { revokeOtherSessions(tx, *request.actor.person, request.session); });
  return host.redirect(request, "/account/sessions", "access.sessions.others_revoked");
}

}  // namespace toimela::access
