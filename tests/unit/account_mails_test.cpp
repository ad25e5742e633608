// The words of mails about accounts, in every language, against golden files. With
// TOIMELA_GOLDEN_WRITE set the files are written instead, to be read and committed.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "access/one_time_tokens.h"
#include "account_fixture.h"
#include "toimela/accounts.h"

using namespace toimela;
using namespace toimela::access;

namespace {

namespace fs = std::filesystem;

/// Without what differs from run to run: tokens, and the days and times of today.
std::string steady(const mail::StoredMail& mail) {
  std::string text = mail.subject + "\n\n" + mail.text;
  text = std::regex_replace(text, std::regex("/[A-Za-z0-9_-]{32}"), "/TOKEN");
  text = std::regex_replace(text, std::regex("(\n(Milloin|När|When): )[^\n]*"), "$1TIME");
  text = std::regex_replace(text, std::regex("((asti|med|until): )[^\n]*\n"), "$1DAY\n");
  return text;
}

void compare(const std::string& name, const std::string& text) {
  const fs::path path = fs::path(TOIMELA_SOURCE_FOLDER) / "tests/unit/golden" / (name + ".txt");
  if (std::getenv("TOIMELA_GOLDEN_WRITE")) {
    std::ofstream(path) << text;
    return;
  }
  std::ifstream in(path);
  std::ostringstream golden;
  golden << in.rdbuf();
  INFO(path);
  CHECK(text == golden.str());
}

Person aino(PersonId id, Locale locale) {
  return {id, "Aino", "Kivilehto", *EmailAddress::parse(kEmail), "", locale};
}

}  // namespace

TEST_CASE("mails about accounts read as they should in three languages") {
  AccountSite fixture(testing::databases().front());
  for (const Locale locale : kLocales) {
    const Person person = aino(fixture.person, locale);
    const std::string language(code(locale));
    const auto check = [&](const std::string& name, const std::function<void(WriteTx&)>& send,
                           const char* address = kEmail) {
      fixture.host.writeAs(fixture.person, [&](WriteTx& tx) {
        send(tx);
        tx.unaudited("a test sends");
      });
      const auto mail = fixture.mailsTo(address).back();
      CHECK(mail.language == locale);
      CHECK(mail.html.find("<html lang=\"" + language + "\"") != std::string::npos);
      compare("mail_" + name + "." + language, steady(mail));
    };
    const auto link = [&](TokenKind kind) {
      return [&, kind](WriteTx& tx) {
        const std::string token = issueToken(tx, kind, person.id, "");
        mailLink(tx, fixture.host, person, person.email, locale, kind, token);
      };
    };
    check("sign_in_link", link(TokenKind::signIn));
    check("password_reset", link(TokenKind::passwordReset));
    check("email_change", link(TokenKind::email));
    const auto notice = [&](AccountNotice what) {
      return [&, what](WriteTx& tx) { mailNotice(tx, fixture.host, person, what); };
    };
    check("password_changed", notice(AccountNotice::passwordChanged));
    check("second_factor_on", notice(AccountNotice::secondFactorOn));
    check("second_factor_off", notice(AccountNotice::secondFactorOff));
    check("second_factor_reset", notice(AccountNotice::secondFactorReset));
    check("sessions_ended", notice(AccountNotice::sessionsEnded));
    check("recovery_codes_renewed", notice(AccountNotice::recoveryCodesRenewed));
    check("email_changed", notice(AccountNotice::emailChanged));
    const auto invite = [&](const char* address) {
      return [&, address](WriteTx& tx) {
        accounts::invite(
            tx, fixture.host,
            {.to = *EmailAddress::parse(address),
             .givenName = "Aino",
             .familyName = "Kivilehto",
             .locale = locale,
             .reason = fixture.host.texts().get(locale, "accounts.invitation.to_account"),
             .purpose = "test:1",
             .path = "/dashboard"});
      };
    };
    check("invitation", invite("saga@example.org"), "saga@example.org");
    // Of somebody who has a card more is stored than the invitation.
    check("invitation_known", invite(kEmail));
  }
}
