// Invitations, from the mail to the account.
#include <catch2/catch.hpp>

#include "access/invitations.h"
#include "access/throttle.h"
#include "account_fixture.h"
#include "audit/audit.h"
#include "directory/personal_data.h"
#include "toimela/accounts.h"

using namespace toimela;
using namespace toimela::access;

namespace {

constexpr const char* kInvited = "saga.lindroos@example.org";

struct Fixture : AccountSite {
  using AccountSite::AccountSite;

  accounts::Invitation invitationTo(const char* email) {
    return {.to = *EmailAddress::parse(email),
            .givenName = "Saga",
            .familyName = "Lindroos",
            .locale = Locale::sv,
            .reason = "Du är inbjuden till nätverket Silta.",
            .purpose = "test.member:55",
            .path = "/account/sessions"};
  }
  accounts::InvitationId invite(const char* email) {
    return host.writeAs(
        person, [&](WriteTx& tx) { return accounts::invite(tx, host, invitationTo(email)); });
  }
  std::string linkOf(const char* email) {
    invite(email);
    const std::string link = linkTo(email);
    REQUIRE(link.starts_with("/sv/invitations/"));
    return link;
  }
  std::optional<Person> personWith(const char* email) {
    return host.read(
        [&](ReadTx& tx) { return directory::findPerson(tx, *EmailAddress::parse(email)); });
  }
  int happened(const std::string& action) {
    return host.read([&](ReadTx& tx) {
      int rows = 0;
      for (const auto& row : audit::list(tx, {}, 0, 1000)) rows += row.action == action;
      return rows;
    });
  }
  std::vector<std::pair<std::string, std::string>> account(const char* password) {
    return {{"given_name", "Saga Maria"},
            {"family_name", "Lindroos"},
            {"language", "sv"},
            {"password", password}};
  }
};

}  // namespace

TEST_CASE("somebody without an account accepts an invitation and has one") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string link = fixture.linkOf(kInvited);
    auto visitor = fixture.site.visitor();
    const Response page = visitor.get(link);
    CHECK(page.status == 200);
    CHECK(shows(page, "Du är inbjuden till nätverket Silta."));
    CHECK(shows(page, "Aino Kivilehto"));
    CHECK(shows(page, kInvited));
    CHECK_FALSE(fixture.personWith(kInvited));

    const Response refused = visitor.post(link + "/accept", fixture.account("lyhyt"));
    CHECK(refused.status == 422);
    CHECK(shows(refused, "action=\"" + link + "/accept\""));
    CHECK(shows(refused, "Saga Maria"));
    CHECK(visitor.post(link + "/accept", fixture.account("saga lindroos itse")).status == 422);
    CHECK_FALSE(fixture.personWith(kInvited));
    const Response done = visitor.post(link + "/accept", fixture.account(kPassword));
    CHECK(done.status == 303);
    CHECK(location(done) == "/sv/account/sessions");
    CHECK(fixture.isSignedIn(visitor));
    const auto person = fixture.personWith(kInvited);
    REQUIRE(person);
    CHECK(person->name() == "Saga Maria Lindroos");
    CHECK(person->language == Locale::sv);
    CHECK(fixture.happened("core.invitation.accept") == 1);

    auto again = fixture.site.visitor();
    CHECK(again.get(link).status == 410);
    CHECK(again.post(link + "/accept", fixture.account(kNextPassword)).status == 410);
  }
}

TEST_CASE("somebody with an account signs in first, and nobody else accepts for them") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string link = fixture.linkOf(kEmail);
    auto visitor = fixture.site.visitor();
    CHECK(shows(visitor.get(link), "/sv/sign-in?next=%2Fsv%2Finvitations%2F"));
    CHECK(visitor.post(link + "/accept", fixture.account(kNextPassword)).status == 409);
    auto other = fixture.site.signedIn(fixture.site.person("Eero", "Hauhia"));
    CHECK(shows(other.get(link), "Eero Hauhia"));
    CHECK(other.post(link + "/accept").status == 409);
    CHECK(fixture.happened("core.invitation.accept") == 0);

    const Response signedIn = fixture.signInAs(visitor, kPassword, link);
    CHECK(signedIn.status == 303);
    CHECK(visitor.get(link).status == 200);
    const Response done = visitor.post(link + "/accept");
    CHECK(location(done) == "/sv/account/sessions");
    CHECK(fixture.happened("core.invitation.accept") == 1);
    CHECK(visitor.post(link + "/accept").status == 410);
    // The password stays what it was.
    auto again = fixture.site.visitor();
    CHECK(fixture.signInAs(again, kPassword).status == 303);
  }
}

TEST_CASE("who declines is forgotten at once, and who does not answer when the time is over") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string link = fixture.linkOf(kInvited);
    auto visitor = fixture.site.visitor();
    CHECK(visitor.post(link + "/decline").status == 303);
    CHECK(visitor.get(link).status == 410);
    CHECK(visitor.post(link + "/decline").status == 410);
    constexpr Sql kLeft{"test.left", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_invitation"};
    const auto left = [&] {
      return fixture.host.read([&](ReadTx& tx) { return tx.value<std::int64_t>(kLeft); });
    };
    CHECK(left() == 0);
    CHECK(fixture.happened("core.invitation.decline") == 1);

    const std::string late = fixture.linkOf(kInvited);
    sweepInvitations(fixture.host);
    CHECK(left() == 1);
    fixture.run("test.age", "UPDATE core_invitation SET expires_at = expires_at - 1209600000");
    CHECK(visitor.get(late).status == 410);
    CHECK(visitor.post(late + "/accept", fixture.account(kPassword)).status == 410);
    sweepInvitations(fixture.host);
    CHECK(left() == 0);
    CHECK(fixture.happened("core.invitation.run_out") == 1);
    CHECK_FALSE(fixture.personWith(kInvited));
  }
}

TEST_CASE("an invitation is sent again with a link of its own, and withdrawn") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const auto id = fixture.invite(kInvited);
    const std::string first = fixture.linkTo(kInvited);
    const auto again = [&] {
      return fixture.host.writeAs(fixture.person, [&](WriteTx& tx) {
        return accounts::inviteAgain(tx, fixture.host, id);
      });
    };
    CHECK(again());
    // Of the same millisecond: the list of mails is by id.
    const std::string second = fixture.linkTo(kInvited);
    CHECK(first != second);
    auto visitor = fixture.site.visitor();
    CHECK(visitor.get(first).status == 410);
    CHECK(visitor.get(second).status == 200);
    fixture.host.writeAs(fixture.person, [&](WriteTx& tx) { accounts::withdraw(tx, id); });
    fixture.host.writeAs(fixture.person, [&](WriteTx& tx) { accounts::withdraw(tx, id); });
    CHECK(fixture.happened("core.invitation.withdraw") == 1);
    CHECK(visitor.get(second).status == 410);
    CHECK_FALSE(again());
    CHECK(fixture.mailsTo(kInvited).size() == 2);
  }
}

TEST_CASE("nobody's mailbox is flooded with invitations, and the last link works on") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const auto id = fixture.invite(kInvited);
    const auto again = [&] {
      return fixture.host.writeAs(fixture.person, [&](WriteTx& tx) {
        return accounts::inviteAgain(tx, fixture.host, id);
      });
    };
    for (int i = 0; i < 30; ++i) CHECK(again());
    CHECK(std::ssize(fixture.mailsTo(kInvited)) == kInvitationAddress.attempts);
    CHECK(fixture.site.visitor().get(fixture.linkTo(kInvited)).status == 200);
    // Inviting anew is no way around it, and others are mailed as before.
    fixture.host.writeAs(fixture.person, [&](WriteTx& tx) { accounts::withdraw(tx, id); });
    fixture.invite(kInvited);
    CHECK(std::ssize(fixture.mailsTo(kInvited)) == kInvitationAddress.attempts);
    fixture.invite("toinen@example.org");
    CHECK(fixture.mailsTo("toinen@example.org").size() == 1);
    CHECK_FALSE(again());
  }
}

TEST_CASE("somebody whom an administrator adds chooses the password by invitation") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    auto admin = fixture.site.signedIn(
        fixture.site.person("Toini", "Toinen", {{Role::nationalAdmin, {}, {}}}));
    const auto add = [&](const char* email, const char* password) {
      return admin.post("/fi/admin/people/new", {{"given_name", "Saga"},
                                                 {"family_name", "Lindroos"},
                                                 {"email", email},
                                                 {"phone", ""},
                                                 {"language", "sv"},
                                                 {"initial_password", password},
                                                 {"role", "contact_person"},
                                                 {"place", "region:06"},
                                                 {"valid_from", Date::today().text()},
                                                 {"valid_to", ""}});
    };
    const Response added = add(kInvited, "");
    INFO(testing::bodyOf(added));
    REQUIRE(added.status == 303);
    const std::string link = fixture.linkTo(kInvited);
    REQUIRE(link.starts_with("/sv/invitations/"));
    auto visitor = fixture.site.visitor();
    CHECK(visitor.post(link + "/accept", fixture.account(kPassword)).status == 303);
    CHECK(fixture.isSignedIn(visitor));
    CHECK(fixture.personWith(kInvited)->givenName == "Saga Maria");
    // Where mail does not reach, the password can still be given by word of mouth.
    CHECK(add("toinen@example.org", kPassword).status == 303);
    CHECK(fixture.mailsTo("toinen@example.org").empty());
  }
}

TEST_CASE("a closed account is not opened by an invitation") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const std::string link = fixture.linkOf(kEmail);
    fixture.host.writeAs(std::nullopt, [&](WriteTx& tx) { setDisabled(tx, fixture.person, true); });
    auto visitor = fixture.site.visitor();
    CHECK(visitor.get(link).status == 410);
    CHECK(visitor.post(link + "/accept", fixture.account(kNextPassword)).status == 410);
  }
}

TEST_CASE("an invitation is in the take-out of both and goes with either") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Fixture fixture(fresh);
    const PersonId other = fixture.site.person("Eero", "Hauhia");
    const auto address =
        fixture.host.read([&](ReadTx& tx) { return directory::findPerson(tx, other); })->email;
    fixture.invite(address.text().c_str());
    const auto partOf = [&](PersonId person) {
      for (const auto& part : fixture.host.contributions().personalData)
        if (part.what.section == "access")
          return fixture.host.read([&](ReadTx& tx) { return part.what.exporter(tx, person); });
      return std::string();
    };
    CHECK(partOf(other).find("Silta") != std::string::npos);
    CHECK(partOf(fixture.person).find("test.member:55") != std::string::npos);
    CHECK(partOf(fixture.person).find(address.text()) == std::string::npos);
    for (const PersonId person : {fixture.person, other}) {
      REQUIRE(directory::erasePerson(fixture.host, person));
      const auto stored =
          fixture.host.read([&](ReadTx& tx) { return invitationsTo(tx, other).size(); });
      CHECK(stored == (person == other ? 0 : 1));
      CHECK(fixture.host.read(
          [&](ReadTx& tx) { return invitationsBy(tx, fixture.person).empty(); }));
    }
  }
}
