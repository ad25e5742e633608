#include "access/accounts.h"
#include "access/handlers.h"
#include "access/invitations.h"
#include "access/sessions.h"
#include "directory/page_links.h"
#include "directory/people.h"

namespace toimela::access {

namespace {

/// An invitation and who it is for: somebody with an account to sign in with, or somebody who makes
/// one now.
struct Invited {
  StoredInvitation invitation;
  std::optional<Person> person;  ///< the card with the address, if there is one
  bool hasAccount = false;       ///< … which has a password: they sign in as usual
  bool isClosed = false;         ///< … which an administrator has closed
};

/// Nothing when the invitation is used, withdrawn or too old.
std::optional<Invited> find(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) -> std::optional<Invited> {
    auto invitation = findInvitation(tx, request.parameters.text("token"), now());
    if (!invitation) return std::nullopt;
    Invited invited{std::move(*invitation), {}, false, false};
    invited.person = directory::findPerson(tx, invited.invitation.what.to);
    if (const auto credentials = findCredentials(tx, invited.invitation.what.to.key())) {
      invited.hasAccount = !credentials->passwordHash.empty();
      invited.isClosed = !credentials->usable;
    }
    return invited;
  });
}

Response gone(const Request& request, Host& host) {
  return host.page(request, "invitation_gone", View(),
                   titled(request, host, "accounts.invitation.gone_title", 410));
}

FormSpec accountForm() {
  return {Field::text("given_name", "access.person.given_name")
              .required()
              .longest(100)
              .autocomplete("given-name"),
          Field::text("family_name", "access.person.family_name")
              .required()
              .longest(100)
              .autocomplete("family-name"),
          Field::choice("language", "access.person.language",
                        {{"fi", "access.language.fi"},
                         {"sv", "access.language.sv"},
                         {"en", "access.language.en"}})
              .required(),
          Field::password("password", "access.sign_in.password")
              .required()
              .longest(1'000)
              .hint("access.password.hint")
              .autocomplete("new-password")};
}

Form filledForm(const Invited& invited, Locale reader) {
  Form form(accountForm());
  const accounts::Invitation& what = invited.invitation.what;
  form.fill("given_name", invited.person ? invited.person->givenName : what.givenName)
      .fill("family_name", invited.person ? invited.person->familyName : what.familyName)
      .fill("language", std::string(code(reader)));
  return form;
}

Response page(const Request& request, Host& host, const Invited& invited, const Form& form,
              int status) {
  const accounts::Invitation& what = invited.invitation.what;
  const bool isSignedIn = request.actor.signedIn();
  const bool isThem = isSignedIn && invited.person && invited.person->id == *request.actor.person;
  const std::string self = request.link("/invitations/" + request.parameters.text("token"));
  View view;
  view.set("email", what.to.text())
      .set("reason", what.reason)
      .set("reason_lang",
           what.locale == request.locale ? std::string() : std::string(code(what.locale)))
      .set("inviter", invited.invitation.inviter)
      .set("last_day", showDate(Date::of(invited.invitation.expiresAt), request.locale))
      .set("action", self)
      .set("sign_in", directory::withQuery(request.link("/sign-in"), {{"next", self}}))
      .set("signed_in_as", request.actor.name)
      .flag("may_accept", isThem)
      .flag("is_somebody_else", isSignedIn && !isThem)
      .flag("must_sign_in", !isSignedIn && invited.hasAccount)
      .flag("makes_account", !isSignedIn && !invited.hasAccount)
      .flag("is_own_wish", what.purpose == kJoinPurpose)
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "invitation", std::move(view),
                   titled(request, host, "accounts.invitation.title", status));
}

/// The account of somebody who had none: a new card, or a password for the one that is there.
PersonId makeAccount(WriteTx& tx, const Invited& invited, const Form& form,
                     const std::string& hash) {
  Person person{{},
                form.text("given_name"),
                form.text("family_name"),
                invited.invitation.what.to,
                invited.person ? invited.person->phone : "",
                parseLocale(form.text("language")).value_or(Locale::fi)};
  person.id = directory::addPerson(tx, person);
  directory::updatePerson(tx, person);
  setPassword(tx, person.id, hash);
  return person.id;
}

Response acceptAsThem(const Request& request, Host& host, const Invited& invited) {
  const bool done = host.write(request, [&](WriteTx& tx) {
    return acceptInvitation(tx, invited.invitation, *request.actor.person);
  });
  if (!done) return gone(request, host);
  return host.redirect(request, safePath(invited.invitation.what.path),
                       "accounts.invitation.accepted");
}

Response acceptWithAccount(const Request& request, Host& host, const Invited& invited) {
  Form form = Form::read(accountForm(), request.form);
  const auto password = request.form.text("password");
  if (form.ok()) {
    const auto weakness =
        Passwords::complaint(password, invited.invitation.what.to.text(),
                             form.text("given_name") + " " + form.text("family_name"));
    if (weakness) form.error("password", *weakness);
  }
  if (!form.ok()) return page(request, host, invited, form, 422);
  const std::string hash = core(host).passwords().hash(password);
  const auto outcome = host.writeAs(std::nullopt, [&](WriteTx& tx) -> SignInOutcome {
    // Dropped first: of two who send the form at once, one makes the account.
    const auto again = findInvitation(tx, request.parameters.text("token"), tx.time());
    const auto credentials = findCredentials(tx, invited.invitation.what.to.key());
    if (!again || (credentials && (!credentials->usable || !credentials->passwordHash.empty())))
      return Refused{};
    const PersonId person = makeAccount(tx, invited, form, hash);
    if (!acceptInvitation(tx, *again, person))
      throw RequestError(409, "accounts.invitation.gone_text", "the invitation was used meanwhile");
    return enter(tx, request, person, invited.invitation.what.path);
  });
  core(host).log("invitation accepted", {{"reference", request.reference}});
  auto response = afterFirstStep(request, host, outcome, invited.invitation.what.path);
  return response ? std::move(*response) : gone(request, host);
}

}  // namespace

Response showInvitation(const Request& request, Host& host) {
  const auto invited = find(request, host);
  if (!invited || invited->isClosed) return gone(request, host);
  return page(request, host, *invited, filledForm(*invited, request.locale), 200);
}

Response acceptInvited(const Request& request, Host& host) {
  const auto invited = find(request, host);
  if (!invited || invited->isClosed) return gone(request, host);
  const bool isSignedIn = request.actor.signedIn();
  if (isSignedIn && invited->person && invited->person->id == *request.actor.person)
    return acceptAsThem(request, host, *invited);
  if (isSignedIn || invited->hasAccount)
    return page(request, host, *invited, filledForm(*invited, request.locale), 409);
  return acceptWithAccount(request, host, *invited);
}

Response declineInvited(const Request& request, Host& host) {
  const auto invited = find(request, host);
  if (!invited) return gone(request, host);
  host.writeAs(std::nullopt,
               [&](WriteTx& tx) {
                 if (!declineInvitation(tx, invited->invitation))
                   tx.unaudited("the invitation was gone already");
               });
  return host.redirect(request, "/", "accounts.invitation.declined");
}

}  // namespace toimela::access
