#include "access/account_mail.h"
#include "access/accounts.h"
#include "access/handlers.h"
#include "access/own_password.h"
#include "access/required_factor.h"
#include "access/second_factor.h"
#include "access/sessions.h"
#include "access/totp.h"
#include "toimela/qr.h"

namespace toimela::access {

namespace {

constexpr std::string_view kIssuer = "Toimela";
constexpr std::string_view kPage = "/account/second-factor";

FormSpec codeForm() {
  return {Field::text("code", "accounts.factor.code")
              .required()
              .longest(100)
              .autocomplete("one-time-code")};
}
/// Turning it on asks for the password as well; everything later for a code of the factor itself.
FormSpec turnOnForm(bool hasPassword) {
  FormSpec spec = codeForm();
  if (hasPassword) spec.push_back(ownPasswordField());
  return spec;
}

struct Owner {
  Person person;
  std::optional<SecondFactor> factor;
  bool isDemanded = false;  ///< by a role that they hold today
  bool hasPassword = false;

  bool isOn() const { return factor && factor->isOn; }
};
Owner ownerOf(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    const PersonId person = *request.actor.person;
    return Owner{directory::findPerson(tx, person).value(),
                 findSecondFactor(tx, core(host).secret(), person), isDemandedOf(tx, person),
                 !findCredentials(tx, person).value().passwordHash.empty()};
  });
}

void showSecret(View& view, const Owner& owner) {
  const QrDrawing drawing =
      drawQr(totpAddress(owner.factor->secret, kIssuer, owner.person.email.text()));
  view.set("secret", shownTotpSecret(owner.factor->secret))
      .set("qr_size", drawing.size)
      .set("qr_path", drawing.path);
}

Response page(const Request& request, Host& host, const Owner& owner, const Form& form,
              int status) {
  View view;
  const bool isWaiting = owner.factor && !owner.isOn();
  view.flag("is_on", owner.isOn())
      .flag("is_waiting", isWaiting)
      .flag("is_off", !owner.factor)
      .flag("is_demanded", owner.isDemanded)
      .group("form", form.view(host.texts(), request.locale));
  if (isWaiting) showSecret(view, owner);
  if (owner.isOn()) {
    view.set("since", showInstant(*owner.factor->since, request.locale))
        .set("codes_left", host.texts().format(request.locale, "accounts.factor.codes_left",
                                               {{"count", owner.factor->recoveryCodesLeft}}));
  }
  return host.page(request, "second_factor", std::move(view),
                   titled(request, host, "accounts.factor.title", status));
}

/// The only page on which recovery codes ever stand; it is the answer itself, for there is nowhere
/// that they could be read from again.
Response codesPage(const Request& request, Host& host, const std::vector<std::string>& codes) {
  std::vector<View> rows;
  for (const std::string& code : codes) {
    View row;
    row.set("code", code);
    rows.push_back(std::move(row));
  }
  View view;
  view.list("codes", std::move(rows));
  return host.page(request, "recovery_codes", std::move(view),
                   titled(request, host, "accounts.codes.title"));
}

/// What a change that needs a code does when the code is right.
using Change = std::function<void(WriteTx&)>;
enum class Tried { done, wrong, tooOften };

Tried withCode(const Request& request, Host& host, const Change& change,
               const std::function<bool(WriteTx&)>& isRight) {
  const PersonId person = *request.actor.person;
  const auto wait =
      host.write(request, [&](WriteTx& tx) { return countCode(tx, request, person); });
  if (wait.count() > 0) return Tried::tooOften;
  return host.write(request, [&](WriteTx& tx) {
    if (!isRight(tx)) return Tried::wrong;
    clearCodes(tx, request, person);
    // Whoever got in by the old ways is out with them (ASVS 5.0, 7.4.3).
    revokeOtherSessions(tx, person, request.session);
    change(tx);
    return Tried::done;
  });
}

Response refused(const Request& request, Host& host, Form form, Tried tried) {
  form.fill("code", "");
  form.error("code", tried == Tried::tooOften ? "access.password.throttled"
                                              : "accounts.code.wrong");
  return page(request, host, ownerOf(request, host), form, tried == Tried::tooOften ? 429 : 422);
}

/// Turning off and new recovery codes ask for a code of the factor that is on.
Tried changeWithCode(const Request& request, Host& host, const Form& form, const Change& change) {
  return withCode(request, host, change, [&](WriteTx& tx) {
    return useSecondFactor(tx, core(host).secret(), *request.actor.person, form.text("code"));
  });
}

}  // namespace

Response showSecondFactor(const Request& request, Host& host) {
  const Owner owner = ownerOf(request, host);
  return page(request, host, owner, Form(owner.isOn() ? codeForm() : turnOnForm(owner.hasPassword)), 200);
}

Response beginSecondFactorSetup(const Request& request, Host& host) {
  host.write(request, [&](WriteTx& tx) {
    beginSecondFactor(tx, core(host).secret(), *request.actor.person);
  });
  return host.redirect(request, kPage);
}

Response confirmSecondFactorSetup(const Request& request, Host& host) {
  const Owner owner = ownerOf(request, host);
  if (!owner.factor || owner.isOn()) return host.redirect(request, kPage);
  Form form = Form::read(turnOnForm(owner.hasPassword), request.form);
  if (!form.ok()) return page(request, host, owner, form, 422);
  if (auto refused = refuseWithoutPassword(request, host, form, [&](int status) {
        return page(request, host, owner, form, status);
      }))
    return std::move(*refused);
  std::vector<std::string> codes;
  const Tried tried = withCode(
      request, host,
      [&](WriteTx& tx) {
        mailNotice(tx, host, owner.person, AccountNotice::secondFactorOn);
      },
      [&](WriteTx& tx) {
        auto made = confirmSecondFactor(tx, core(host).secret(), owner.person.id,
                                        form.text("code"));
        codes = made.value_or(std::vector<std::string>());
        return made.has_value();
      });
  if (tried != Tried::done) return refused(request, host, std::move(form), tried);
  return codesPage(request, host, codes);
}

Response turnSecondFactorOff(const Request& request, Host& host) {
  const Owner owner = ownerOf(request, host);
  if (!owner.isOn()) return host.redirect(request, kPage);
  Form form = Form::read(codeForm(), request.form);
  if (!form.ok()) return page(request, host, owner, form, 422);
  const Tried tried = changeWithCode(request, host, form, [&](WriteTx& tx) {
    removeSecondFactor(tx, owner.person.id, "core.second_factor.off");
    mailNotice(tx, host, owner.person, AccountNotice::secondFactorOff);
  });
  if (tried != Tried::done) return refused(request, host, std::move(form), tried);
  return host.redirect(request, kPage, "accounts.factor.off_now");
}

Response makeRecoveryCodes(const Request& request, Host& host) {
  const Owner owner = ownerOf(request, host);
  if (!owner.isOn()) return host.redirect(request, kPage);
  Form form = Form::read(codeForm(), request.form);
  if (!form.ok()) return page(request, host, owner, form, 422);
  std::vector<std::string> codes;
  const Tried tried = changeWithCode(request, host, form, [&](WriteTx& tx) {
    codes = renewRecoveryCodes(tx, owner.person.id);
    mailNotice(tx, host, owner.person, AccountNotice::recoveryCodesRenewed);
  });
  if (tried != Tried::done) return refused(request, host, std::move(form), tried);
  return codesPage(request, host, codes);
}

// Who lost phone and recovery codes alike calls a national administrator, who knows them.
Response resetSecondFactor(const Request& request, Host& host) {
  const auto id = request.parameters.id<PersonId>("person");
  if (!id || id == request.actor.person) throw NotFound();
  const bool isThere = host.write(request, [&](WriteTx& tx) {
    const auto person = directory::findPerson(tx, *id);
    // Pressed twice, or gone meanwhile: what was wished for is so.
    if (!person || !hasSecondFactor(tx, *id)) return person.has_value();
    removeSecondFactor(tx, *id, "core.second_factor.reset");
    endSessions(tx, *id);
    mailNotice(tx, host, *person, AccountNotice::secondFactorReset);
    return true;
  });
  if (!isThere) throw NotFound();
  return host.redirect(request, "/admin/people/" + id->text(), "accounts.factor.reset_now");
}

}  // namespace toimela::access
