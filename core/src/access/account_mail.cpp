#include "access/account_mail.h"

#include "access/accounts.h"
#include "access/invitations.h"

namespace toimela::access {

namespace {

constexpr int kMostAtOnce = 100;

std::string codeOf(AccountNotice notice) {
  switch (notice) {
    case AccountNotice::passwordChanged: return "password_changed";
    case AccountNotice::secondFactorOn: return "second_factor_on";
    case AccountNotice::secondFactorOff: return "second_factor_off";
    case AccountNotice::secondFactorReset: return "second_factor_reset";
    case AccountNotice::recoveryCodesRenewed: return "recovery_codes_renewed";
    case AccountNotice::sessionsEnded: return "sessions_ended";
    case AccountNotice::emailChanged: break;
  }
  return "email_changed";
}

struct LinkMail {
  std::string name;  ///< of the template
  std::string path;  ///< before the token
};
LinkMail linkMail(TokenKind kind) {
  if (kind == TokenKind::signIn) return {"sign_in_link", "/sign-in/link/"};
  if (kind == TokenKind::passwordReset) return {"password_reset", "/password/reset/"};
  return {"email_change", "/account/email/"};
}

/// The link to make an account with. Who asks again gets a new one, and the old one is dead.
void inviteToJoin(WriteTx& tx, Host& host, const LinkRequest& wish) {
  const auto address = EmailAddress::parse(wish.emailKey);
  if (!address) return;
  if (const auto open = findInvitationFor(tx, *address, kJoinPurpose, tx.time())) {
    accounts::inviteAgain(tx, host, *open);
    return;
  }
  accounts::invite(tx, host,
                   {.to = *address,
                    .givenName = "",
                    .familyName = "",
                    .locale = wish.language,
                    .reason = host.texts().get(wish.language, "accounts.join.reason"),
                    .purpose = std::string(kJoinPurpose),
                    .path = wish.next.empty() ? "/account/organisations" : wish.next});
}

/// Who has an account already is let in to ask the same as somebody who makes one.
void answer(WriteTx& tx, Host& host, LinkRequest wish) {
  const auto credentials = findCredentials(tx, wish.emailKey);
  if (wish.kind == TokenKind::join) {
    if (!credentials || (credentials->usable && credentials->passwordHash.empty()))
      return inviteToJoin(tx, host, wish);
    wish.kind = TokenKind::signIn;
    if (wish.next.empty()) wish.next = "/account/organisations";
  }
  if (!credentials || !credentials->usable) return;
  const auto person = directory::findPerson(tx, credentials->person);
  if (!person) return;
  const std::string token = issueToken(tx, wish.kind, person->id, wish.next);
  mailLink(tx, host, *person, person->email, wish.language, wish.kind, token);
}

}  // namespace

void mailNotice(WriteTx& tx, Host& host, const Person& person, AccountNotice notice) {
  const std::string key = "accounts.notice." + codeOf(notice);
  View view;
  view.set("name", person.name())
      .set("subject", host.texts().get(person.language, key + ".subject"))
      .set("text", host.texts().get(person.language, key + ".text"))
      .set("when", showInstant(tx.time(), person.language))
      .set("link", host.absolute(person.language, "/account"));
  tx.mail(host.composeMail(person.email, person.name(), person.language, "account_notice",
                           std::move(view)));
}

void mailLink(WriteTx& tx, Host& host, const Person& person, const EmailAddress& to,
              Locale language, TokenKind kind, std::string_view token) {
  const LinkMail mail = linkMail(kind);
  View view;
  view.set("name", person.name())
      .set("link", host.absolute(language, mail.path + std::string(token)));
  MailMessage message = host.composeMail(to, person.name(), language, mail.name, std::move(view));
  message.confidential = true;
  tx.mail(message);
}

int answerLinkRequests(Host& host) {
  // Nearly always there is nothing, and nothing is written then.
  if (!host.read([](ReadTx& tx) { return hasLinkRequests(tx); })) return 0;
  return host.writeAs(std::nullopt, [&](WriteTx& tx) {
    const auto wishes = takeLinkRequests(tx, kMostAtOnce);
    for (const LinkRequest& wish : wishes) answer(tx, host, wish);
    return static_cast<int>(wishes.size());
  });
}

}  // namespace toimela::access
