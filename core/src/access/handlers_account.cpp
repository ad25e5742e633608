#include "access/account_mail.h"
#include "access/accounts.h"
#include "access/handlers.h"
#include "access/sessions.h"
#include "access/throttle.h"
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
  return {Field::password("current_password", "access.password.current")
              .required()
              .longest(1'000)
              .autocomplete("current-password"),
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

/// What is wrong with a wish to change the password, if anything: the field and the key.
struct Complaint {
  std::string field, key;
};
std::optional<Complaint> complaintOf(CoreHost& host, const Request& request, const Person& person) {
  const auto credentials = host.read([&](ReadTx& tx) { return findCredentials(tx, person.id); });
  if (!host.passwords().verify(request.form.text("current_password"),
                               credentials ? credentials->passwordHash : "")) {
    return Complaint{"current_password", "access.password.wrong"};
  }
  const auto weakness =
      Passwords::complaint(request.form.text("new_password"), person.email.text(), person.name());
  if (weakness) return Complaint{"new_password", *weakness};
  return std::nullopt;
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

  const auto wait = host.write(request, [&](WriteTx& tx) {
    return countAttempt(tx, kPasswordChange, person.id.text(), tx.time());
  });
  if (wait.count() > 0) {
    form.error("", "access.password.throttled");
    Response response = accountPage(request, host, person, filledDetails(person), form, 429);
    response.headers.set("Retry-After", std::to_string(wait.count()));
    return response;
  }
  if (const auto complaint = complaintOf(core(host), request, person)) {
    form.error(complaint->field, complaint->key);
    return accountPage(request, host, person, filledDetails(person), form, 422);
  }
  const std::string encoded = core(host).passwords().hash(request.form.text("new_password"));
  const std::string token = host.write(request, [&](WriteTx& tx) {
    clearAttempts(tx, kPasswordChange, person.id.text());
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
