#include <algorithm>
#include <ranges>
#include <regex>

#include <catch2/catch.hpp>

#include "toimela/table.h"
#include "toimela/testing.h"

using namespace toimela;
using testing::bodyOf;
using Catch::Contains;

namespace {

TableSpec spec() {
  return {.id = "people",
          .path = "/admin/people",
          .captionKey = "access.people.caption",
          .searchKey = "access.people.search",
          .filters = {{"state", "mail.state", "mail.state.all", {{"sent", "mail.state.sent"}, {"failed", "mail.state.failed"}}}},
          .columns = {TableColumn::text("name", "access.people.name").sorts().heads(),
                      TableColumn::text("email", "access.person.email").sorts(), TableColumn::text("state", "access.people.state")},
          .sort = "name",
          .rowsAPage = 2};
}

Request asking(std::vector<std::pair<std::string, std::string>> query) {
  Request request;
  for (auto& [name, value] : query) request.query.add(std::move(name), std::move(value));
  request.locale = Locale::en;
  return request;
}

int countOf(const std::string& text, const std::string& part) {
  int count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++count;
  return count;
}

}  // namespace

TEST_CASE("a table asks the store for what stands in the address", "[table]") {
  const Table table(spec(), asking({{"q", "  Saga "}, {"state", "sent"}, {"sort", "email"}, {"dir", "desc"}, {"page", "3"}}));
  CHECK(table.words() == "Saga");
  CHECK(table.filter("state") == "sent");
  CHECK(table.sort() == "email");
  CHECK(table.isDescending());
  CHECK(table.offset() == 4);
  CHECK(table.limit() == 3);
  CHECK_FALSE(table.format());
}

TEST_CASE("what a table does not have is as if it had not been asked for", "[table]") {
  const Table table(spec(), asking({{"state", "lost"}, {"sort", "password_hash"}, {"dir", "desc"}, {"page", "-1"}, {"format", "exe"}}));
  CHECK(table.filter("state").empty());
  CHECK(table.filter("none").empty());
  CHECK(table.sort() == "name");
  CHECK_FALSE(table.isDescending());
  CHECK(table.offset() == 0);
  CHECK_FALSE(table.format());
  // A column that is shown but not sortable is no order either.
  CHECK(Table(spec(), asking({{"sort", "state"}})).sort() == "name");
}

TEST_CASE("a search is cut between letters", "[table]") {
  std::string words;
  for (int i = 0; i < 150; ++i) words += "ä";
  CHECK(Table(spec(), asking({{"q", words}})).words().size() == 200);
}

TEST_CASE("a filter that must be chosen stands on its first choice", "[table]") {
  TableSpec closed = spec();
  closed.filters.front().allKey.clear();
  CHECK(Table(closed, asking({})).filter("state") == "sent");
  CHECK(Table(closed, asking({{"state", "failed"}})).filter("state") == "failed");
}

TEST_CASE("people are sorted by a click, and the heading says so", "[table]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    const auto admin = site.person("Eero", "Äijälä", {{Role::nationalAdmin, {}, {}}});
    site.person("Saga", "Bäck");
    auto visitor = site.signedIn(admin);
    const std::string up = bodyOf(visitor.get("/fi/admin/people"));
    CHECK_THAT(up, Contains("aria-sort=\"ascending\""));
    CHECK_THAT(up, Contains("?sort=name&amp;dir=desc"));
    CHECK(up.find("Bäck, Saga") < up.find("Äijälä, Eero"));
    const std::string down = bodyOf(visitor.get("/fi/admin/people?sort=name&dir=desc"));
    CHECK_THAT(down, Contains("aria-sort=\"descending\""));
    CHECK(down.find("Bäck, Saga") > down.find("Äijälä, Eero"));
    // Addresses have another order than names; so it is for everybody and for those searched for.
    const auto addresses = [&](const std::string& query) {
      const std::string page = bodyOf(visitor.get("/fi/admin/people?sort=email" + query));
      const std::regex address("person[0-9]+@example\\.org");
      return std::vector<std::string>(std::sregex_token_iterator(page.begin(), page.end(), address),
                                      std::sregex_token_iterator());
    };
    for (const std::string query : {"", "&q=example"}) {
      const auto rising = addresses(query), falling = addresses(query + "&dir=desc");
      CHECK(rising.size() == 2);
      CHECK(std::ranges::is_sorted(rising));
      CHECK(std::ranges::equal(rising, std::views::reverse(falling)));
    }
    CHECK(bodyOf(visitor.get("/en/admin/people?sort=email&dir=desc")).find("aria-sort=\"descending\"") != std::string::npos);
  }
}

TEST_CASE("links keep what was searched for", "[table]") {
  testing::Site site(testing::databases().front());
  const auto admin = site.person("Eero", "Äijälä", {{Role::nationalAdmin, {}, {}}});
  for (int i = 0; i < 30; ++i) site.person("Saga", "Bäck & Co");
  auto visitor = site.signedIn(admin);
  const std::string page = bodyOf(visitor.get("/en/admin/people?q=B%C3%A4ck%20%26&sort=email"));
  CHECK_THAT(page, Contains("?q=B%C3%A4ck%20%26&amp;sort=email&amp;page=2"));
  CHECK_THAT(page, Contains("?q=B%C3%A4ck%20%26&amp;sort=email&amp;format=xlsx"));
  CHECK_THAT(page, Contains("<input type=\"hidden\" name=\"sort\" value=\"email\">"));
  CHECK_THAT(page, Contains("value=\"Bäck &amp;\""));
  const std::string second = bodyOf(visitor.get("/en/admin/people?q=B%C3%A4ck&page=2"));
  CHECK(countOf(second, "Bäck &amp; Co, Saga") == 5);
}

TEST_CASE("the file has all that was found, and nothing that the page would not show", "[table]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    const auto pirkanmaa = *RegionCode::parse("06");
    const auto national = site.person("Eero", "Äijälä", {{Role::nationalAdmin, {}, {}}});
    const auto regional = site.person("Riitta", "Alue", {{Role::regionalAdmin, pirkanmaa, {}}});
    for (int i = 0; i < 30; ++i) site.person("Saga", "Bäck");
    const Response all = site.signedIn(national).get("/fi/admin/people?format=csv&q=b%C3%A4ck");
    CHECK(all.status == 200);
    CHECK(all.headers.find("Content-Type") == "text/csv; charset=utf-8");
    CHECK(countOf(testing::bodyOf(all), "Bäck, Saga") == 30);
    CHECK(countOf(testing::bodyOf(site.signedIn(regional).get("/fi/admin/people?format=csv")), "Bäck") == 0);
    CHECK(site.visitor().get("/fi/admin/people?format=csv").status != 200);
    const Response xlsx = site.signedIn(national).get("/fi/admin/people?format=xlsx");
    CHECK(testing::bodyOf(xlsx).starts_with("PK"));
    CHECK(xlsx.headers.find("Content-Disposition")->find("people.xlsx") != std::string_view::npos);
  }
}

TEST_CASE("the log of changes goes on behind a key and is searched", "[table]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    const auto admin = site.person("Eero", "Äijälä", {{Role::nationalAdmin, {}, {}}});
    for (int i = 0; i < 60; ++i) site.person("Saga", "Bäck");
    auto visitor = site.signedIn(admin);
    const std::string newest = bodyOf(visitor.get("/en/admin/audit"));
    // Each person leaves two entries, and a page has fifty.
    CHECK(countOf(newest, "test.person") == 25);
    const auto at = newest.find("/en/admin/audit?after=");
    REQUIRE(at != std::string::npos);
    const std::string older = bodyOf(visitor.get(newest.substr(at, newest.find('"', at) - at)));
    CHECK(countOf(older, "test.person") == 25);
    CHECK_THAT(bodyOf(visitor.get("/en/admin/audit?q=no.such.action")), Contains("No changes"));
    CHECK(countOf(testing::bodyOf(visitor.get("/en/admin/audit?format=csv")), "test.person") == 61);
  }
}

TEST_CASE("mail is found by recipient and by state", "[table]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    const auto admin = site.person("Eero", "Äijälä", {{Role::nationalAdmin, {}, {}}});
    site.host("core").writeAs({}, [](WriteTx& tx) {
      tx.mail({.to = *EmailAddress::parse("saga@example.org"), .toName = "Saga", .subject = "Kutsu", .text = "Hei", .html = ""});
      tx.unaudited("a test mails");
    });
    auto visitor = site.signedIn(admin);
    CHECK_THAT(bodyOf(visitor.get("/fi/admin/mail?q=SAGA&state=waiting")), Contains("Kutsu"));
    CHECK_THAT(bodyOf(visitor.get("/fi/admin/mail?q=kuts")), Contains("saga@example.org"));
    CHECK_THAT(bodyOf(visitor.get("/fi/admin/mail?state=sent")), !Contains("saga@example.org"));
    CHECK_THAT(bodyOf(visitor.get("/fi/admin/mail?q=nobody")), !Contains("saga@example.org"));
  }
}

TEST_CASE("a file that had to be cut says so in its last line", "[table]") {
  testing::Site site(testing::databases().front());
  const Table table(spec(), asking({{"format", "csv"}}));
  std::vector<TableRow> rows(static_cast<std::size_t>(table.limit()), TableRow{{std::string("a"), std::string("b"), std::string("c")}});
  const std::string text = testing::bodyOf(table.file(asking({}), site.host("core"), std::move(rows), "people"));
  CHECK(countOf(text, "a;b;c\r\n") == Table::kMostExported);
  CHECK_THAT(text, Contains("Only the first 20,000 rows are here."));
}
