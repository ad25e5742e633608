// Every column of every table is declared to hold personal data, or named here as holding none. A
// new column has to be thought about before these tests pass.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "access/accounts.h"
#include "audit/audit.h"
#include "directory/personal_data.h"
#include "host/core_host.h"
#include "mail/outbox_store.h"
#include "toimela/testing.h"

using namespace toimela;

namespace {

constexpr Sql kColumns{
    "test.columns",
    "SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c"
    " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'",
    "SELECT table_name || '.' || column_name FROM information_schema.columns"
    " WHERE table_schema = 'public'"};

// The tables are the whole of a line's first word; the columns follow.
constexpr std::string_view kImpersonal =
#include "impersonal_columns.inc"
    ;

std::set<std::string> impersonalColumns() {
  std::set<std::string> columns;
  std::istringstream lines{std::string(kImpersonal)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string table, column;
    words >> table;
    while (words >> column) columns.insert(table + "." + column);
  }
  return columns;
}

std::set<std::string> declaredColumns(CoreHost& host) {
  std::set<std::string> columns;
  for (const auto& part : host.contributions().personalData)
    columns.insert(part.what.columns.begin(), part.what.columns.end());
  return columns;
}

}  // namespace

TEST_CASE("every column is declared as personal data or known to hold none") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    testing::Site site(fresh);
    CoreHost& host = core(site.host("core"));
    const auto stored = host.read(
        [](ReadTx& tx) { return tx.all(kColumns, [](std::string column) { return column; }); });
    const std::set<std::string> columns(stored.begin(), stored.end());
    const auto declared = declaredColumns(host), impersonal = impersonalColumns();
    CHECK(columns.contains("core_person.email"));
    CHECK(columns.contains("contacts_member.person_id"));
    for (const std::string& column : columns) {
      INFO(column << ": declare it in a PersonalData, or name it in impersonal_columns.inc");
      CHECK((declared.contains(column) || impersonal.contains(column)));
    }
    for (const std::string& column : declared) {
      INFO(column << " is declared");
      CHECK(columns.contains(column));
      CHECK_FALSE(impersonal.contains(column));
    }
    for (const std::string& column : impersonal) {
      INFO(column << " of impersonal_columns.inc");
      CHECK(columns.contains(column));
    }
  }
}

TEST_CASE("the take-out has the mails to a person and what they did; erasing leaves rows without them") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    testing::Site site(fresh);
    CoreHost& host = core(site.host("core"));
    const PersonId saga = site.person("Saga", "Lindroos"), other = site.person("Eero", "Hauhia");
    const auto addressOf = [&](PersonId person) {
      return host.read([&](ReadTx& tx) { return directory::findPerson(tx, person); })->email;
    };
    const EmailAddress address = addressOf(saga), others = addressOf(other);
    const auto mail = [&](const EmailAddress& to, const char* subject) {
      host.writeAs(saga, [&](WriteTx& tx) {
        tx.mail({.to = to, .toName = "Nimi", .subject = subject, .text = "Teksti\n"});
        tx.audit({.action = "test.mail", .object = "test:1"});
      });
    };
    mail(address, "Lähetetty");
    mail(address, "Odottaa");
    mail(others, "Toiselle");
    host.writeAs(std::nullopt, [&](WriteTx& tx) {
      const auto mails = mail::mailsTo(tx, saga);
      REQUIRE(mails.size() == 2);
      mail::markSent(tx, mails.front().id, tx.time());
      access::setDisabled(tx, saga, false);
    });

    const auto taken = nlohmann::json::parse(directory::exportPerson(host, saga));
    REQUIRE(taken.at("mail").size() == 2);
    CHECK(taken["mail"][0]["subject"] == "Lähetetty");
    CHECK(taken["mail"][0]["recipient"] == address.text());
    CHECK(taken["mail"][0].contains("sentAt"));
    CHECK(taken.at("audit").at("did").size() == 3);
    CHECK(taken["audit"]["did"][0]["action"] == "test.mail");
    CHECK(taken["audit"]["happened"].back()["action"] == "core.person.enable");

    REQUIRE(directory::erasePerson(host, saga));
    const auto left = host.read([&](ReadTx& tx) { return mail::mailsTo(tx, saga); });
    REQUIRE(left.size() == 1);
    CHECK(left[0].recipient == "");
    CHECK(left[0].subject == "");
    CHECK(left[0].text == "");
    CHECK(left[0].sentAt);
    CHECK(host.read([&](ReadTx& tx) { return mail::mailsTo(tx, other); }).size() == 1);
    const auto log = host.read([](ReadTx& tx) { return audit::list(tx, {}, 0, 100); });
    int rows = 0;
    for (const auto& row : log)
      if (row.action == "test.mail") {
        ++rows;
        CHECK(row.personName == "");
      }
    CHECK(rows == 3);
  }
}
