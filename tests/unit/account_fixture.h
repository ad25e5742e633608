// A site with people who have passwords, for tests of accounts.
#pragma once

#include <string>
#include <vector>

#include "access/account_mail.h"
#include "access/accounts.h"
#include "access/second_factor.h"
#include "access/sessions.h"
#include "access/sign_in.h"
#include "host/core_host.h"
#include "mail/outbox_store.h"
#include "toimela/directory.h"
#include "toimela/testing.h"

namespace toimela::access {

inline constexpr const char* kPassword = "seitsemän veljestä metsässä";
inline constexpr const char* kNextPassword = "kahdeksan kuutta yössä";
inline constexpr const char* kEmail = "aino.kivilehto@example.org";

struct AccountSite {
  explicit AccountSite(const testing::FreshDatabase& fresh)
      : site(fresh), host(core(site.host("core"))) {
    const std::string hash = host.passwords().hash(kPassword);
    person = host.writeAs(std::nullopt, [&](WriteTx& tx) {
      const PersonId id = directory::addPerson(
          tx, {{}, "Aino", "Kivilehto", *EmailAddress::parse(kEmail), "", Locale::fi});
      setPassword(tx, id, hash);
      return id;
    });
  }

  Response signInAs(testing::Visitor& visitor, const std::string& password,
                    const std::string& next = "") {
    return visitor.post("/fi/sign-in", {{"email", kEmail}, {"password", password}, {"next", next}});
  }

  /// Every mail in the outbox to the address, the oldest first.
  std::vector<mail::StoredMail> mailsTo(const std::string& address) {
    std::vector<mail::StoredMail> mails;
    host.read([&](ReadTx& tx) {
      for (const auto& summary : mail::listMails(tx, {}, 0, 1000))
        if (summary.recipient == address)
          mails.insert(mails.begin(), mail::findMail(tx, summary.id).value());
      return true;
    });
    return mails;
  }

  /// The path of the link in the latest mail to the address; empty when there is none.
  std::string linkTo(const std::string& address) {
    const auto mails = mailsTo(address);
    if (mails.empty()) return {};
    const std::string& text = mails.back().text;
    const auto at = text.find(host.baseUrl());
    if (at == std::string::npos) return {};
    const auto from = at + host.baseUrl().size();
    return text.substr(from, text.find_first_of(" \n", from) - from);
  }

  bool isSignedIn(testing::Visitor& visitor) { return visitor.get("/fi/account").status == 200; }

  void run(const char* name, const char* sql) {
    const Sql statement{name, sql};
    host.writeAs(std::nullopt, [&](WriteTx& tx) {
      tx.run(statement);
      tx.unaudited("a test arranges things");
    });
  }

  testing::Site site;
  CoreHost& host;
  PersonId person;
};

/// The value of the hidden field of a page.
inline std::string hiddenIn(const Response& response, const std::string& name) {
  const std::string body = testing::bodyOf(response);
  const std::string mark = "name=\"" + name + "\" value=\"";
  const auto at = body.find(mark);
  if (at == std::string::npos) return {};
  return body.substr(at + mark.size(), body.find('"', at + mark.size()) - at - mark.size());
}

inline bool shows(const Response& response, std::string_view text) {
  return testing::bodyOf(response).find(text) != std::string::npos;
}

inline std::string location(const Response& response) {
  return std::string(response.headers.find("Location").value_or(""));
}

}  // namespace toimela::access
