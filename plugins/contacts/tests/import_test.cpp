#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "domain/import.h"
#include "handlers/import.h"
#include "handlers/import_source.h"
#include "neighbourhood.h"
#include "operations/import.h"
#include "requests.h"
#include "toimela/spreadsheet.h"

using namespace toimela;
using namespace toimela::contacts;
using Catch::Contains;
using testing::bodyOf;
using testing::hidden;

namespace {

namespace fs = std::filesystem;

const Date kToday = *Date::parse("2026-11-22");
const Network kRegional{.region = kPirkanmaa};
const Network kNational{};

ImportVocabulary vocabulary() {
  return {{{"jäsen", MemberRole::member}, {"yhteyshenkilö", MemberRole::contactPerson}},
          {{"pirkanmaa", kPirkanmaa}, {"uusimaa", kUusimaa}}};
}

ImportedRow rowOf(std::vector<std::string> cells, const Network& network = kNational) {
  ImportLayout layout;
  for (std::size_t i = 0; i < kImportColumns.size(); ++i) layout.places[i] = i;
  return readRow(cells, layout, vocabulary(), network, kToday);
}

using Faults = std::vector<ImportFault>;

struct TableFile {
  fs::path path;
  explicit TableFile(const std::string& content, const std::string& ending = ".csv") {
    static int count = 0;
    path = fs::temp_directory_path() / ("toimela-import-" + std::to_string(::getpid()) + "-" + std::to_string(++count) + ending);
    std::ofstream(path, std::ios::binary) << content;
  }
  ~TableFile() { fs::remove(path); }
};

constexpr std::string_view kHeader = "Sähköposti;Etunimi;Sukunimi;Organisaatio;Y-tunnus;Rooli;Alkaen;Asti\n";

Response upload(testing::Visitor& visitor, const std::string& path, const std::string& name, const std::string& content,
                const std::string& mark = "") {
  return testing::upload(visitor, path, {{"mark", mark}}, {{"file", name, content}});
}

std::size_t memberCount(Neighbourhood& n) { return n.currentMembers().size(); }

operations::ImportPlan planOf(Neighbourhood& n, const std::string& csv) {
  const TableFile file(csv);
  auto source = handlers::readSource(file.path.string(), {});
  REQUIRE(std::holds_alternative<handlers::ImportSource>(source));
  const auto& table = std::get<handlers::ImportSource>(source);
  return n.host().read([&](ReadTx& tx) {
    const auto network = *store::findNetwork(tx, n.network);
    return operations::planImport(tx, network, table.rows, table.layout, handlers::vocabularyOf(n.host()));
  });
}

}  // namespace

TEST_CASE("columns are known by their names in three languages, in any order") {
  const auto layout = layoutOf({"Roll", " E-POST ", "Förnamn", "notes", "Efternamn", "FO-nummer", "Från", "Till och med"});
  REQUIRE(layout);
  CHECK(layout->hasHeader);
  CHECK(layout->text({"medlem", "a@b.fi", "Åsa"}, ImportColumn::email) == "a@b.fi");
  CHECK(layout->text({"medlem", "a@b.fi", "Åsa"}, ImportColumn::role) == "medlem");
  CHECK(layout->text({"medlem"}, ImportColumn::givenName).empty());
  CHECK(layout->text({"medlem"}, ImportColumn::region).empty());
  CHECK(layoutOf({"Sähköposti", "Etunimi"})->hasHeader);
  CHECK(layoutOf({"Given name", "E-mail"})->hasHeader);
}

TEST_CASE("without a header the columns are taken in the template's order") {
  const auto layout = layoutOf({"maija@example.org", "Maija", "Meikäläinen"});
  REQUIRE(layout);
  CHECK_FALSE(layout->hasHeader);
  CHECK(layout->text({"maija@example.org", "Maija", "Meikäläinen"}, ImportColumn::familyName) == "Meikäläinen");
  CHECK_FALSE(layoutOf({"Maija", "maija@example.org"}));
  CHECK_FALSE(layoutOf({}));
}

TEST_CASE("words are compared without case, also Å, Ä and Ö") {
  CHECK(withoutCase("  JÄSEN ÅÖ ") == "jäsen åö");
  CHECK(withoutCase("é") == "é");
}

TEST_CASE("a row in full becomes a membership") {
  const auto row = rowOf({"Maija@Example.org", "Maija", "Meikäläinen", "Silta ry", "", "Yhteyshenkilö", "Uusimaa", "1.1.2026", "2026-12-31 00:00"});
  CHECK(row.faults.empty());
  CHECK(row.email->text() == "Maija@example.org");
  CHECK(row.role == MemberRole::contactPerson);
  CHECK(row.region == kUusimaa);
  CHECK(row.period.from == *Date::parse("2026-01-01"));
  CHECK(row.period.to == Date::parse("2026-12-31"));
}

TEST_CASE("what a row leaves out has a meaning of its own") {
  const auto row = rowOf({"a@example.org", "", "", "Silta ry"}, kRegional);
  CHECK(row.faults.empty());
  CHECK(row.role == MemberRole::member);
  CHECK(row.region == kPirkanmaa);
  CHECK(row.period.from == kToday);
  CHECK_FALSE(row.period.to);
}

TEST_CASE("each mistake in a row has its own name, and all are told at once") {
  CHECK(rowOf({"", "", "", "Silta ry"}).faults == Faults{ImportFault::emailMissing});
  CHECK(rowOf({"maija(at)example.org", "", "", "Silta ry"}).faults == Faults{ImportFault::emailWrong});
  CHECK(rowOf({"a@example.org"}).faults == Faults{ImportFault::organisationMissing});
  CHECK(rowOf({"a@example.org", "", "", "", "1735895-8"}).faults == Faults{ImportFault::businessIdWrong});
  CHECK(rowOf({"a@example.org", "", "", "S", "", "kuningas"}).faults == Faults{ImportFault::roleUnknown});
  CHECK(rowOf({"a@example.org", "", "", "S", "", "", "Lappi?"}).faults == Faults{ImportFault::regionUnknown});
  CHECK(rowOf({"a@example.org", "", "", "S", "", "", "Uusimaa"}, kRegional).faults == Faults{ImportFault::regionElsewhere});
  CHECK(rowOf({"a@example.org", "", "", "S", "", "", "", "31.2.2026"}).faults == Faults{ImportFault::fromWrong});
  CHECK(rowOf({"a@example.org", "", "", "S", "", "", "", "", "soon"}).faults == Faults{ImportFault::toWrong});
  CHECK(rowOf({"a@example.org", "", "", "S", "", "", "", "1.2.2026", "1.1.2026"}).faults == Faults{ImportFault::endsBeforeItStarts});
  CHECK(rowOf({"x", "", "", "", "1", "?", "?", "?", "?"}).faults.size() == 6);
}

TEST_CASE("an organisation is the one that bears the name, and nobody is guessed") {
  const std::vector<Organisation> two{{.id = {1}, .name = {"Silta ry"}}, {.id = {2}, .name = {"Siltasaari ry"}}};
  CHECK(pickOrganisation("silta RY", two).id == OrganisationId{1});
  const auto unknown = pickOrganisation("Silta", two);
  CHECK(unknown.fault == ImportFault::organisationUnknown);
  CHECK(unknown.suggestions == std::vector<std::string>{"Silta ry", "Siltasaari ry"});
  const std::vector<Organisation> same{{.id = {1}, .name = {"Silta ry"}, .businessId = BusinessId::parse("1735895-7")},
                                       {.id = {2}, .name = {"Silta ry"}}};
  CHECK(pickOrganisation("Silta ry", same).fault == ImportFault::organisationUnclear);
  CHECK(pickOrganisation("Silta ry (1735895-7)", same).id == OrganisationId{1});
  CHECK(pickOrganisation("Silta ry", {}).fault == ImportFault::organisationUnknown);
}

TEST_CASE("a membership that is there already is nothing to do") {
  const Member stored{.id = {1}, .person = {1}, .organisation = {1}, .period = {*Date::parse("2026-01-01"), std::nullopt}};
  Member wanted = stored;
  wanted.period.from = kToday;
  CHECK(isThere(wanted, {stored}));
  wanted.role = MemberRole::deputy;
  CHECK_FALSE(isThere(wanted, {stored}));
  wanted.role = MemberRole::member;
  wanted.period.to = kToday;
  CHECK_FALSE(isThere(wanted, {stored}));
}

TEST_CASE("a plan says of every row what will happen") {
  for (const auto& database : testing::databases()) {
    Neighbourhood n(database);
    const std::string known = n.emailOf(n.coordinator), member = n.emailOf(n.plainMember);
    const auto plan = planOf(n, std::string(kHeader) +
                                    "uusi@example.org;Uuno;Uusi;Tampereen Tuki ry;;jäsen;;\n" +         // 2
                                    known + ";;;Tampereen Tuki ry;;varahenkilö;;\n" +                   // 3
                                    member + ";;;tampereen tuki ry;;;;\n" +                             // 4
                                    member + ";;;Tampereen Tuki ry;;yhteyshenkilö;;\n" +                // 5
                                    "uusi@example.org;;;Tampereen Tuki ry;;;;\n" +                      // 6
                                    "nimeton@example.org;;;Tampereen Tuki ry;;;;\n" +                   // 7
                                    "toinen@example.org;T;T;Tampereen;;;;\n" +                          // 8
                                    "kolmas@example.org;K;K;;2177546-2;;;\n");                          // 9
    REQUIRE(plan.rows.size() == 8);
    using operations::ImportOutcome;
    CHECK(plan.rows[0].number == 2);
    CHECK(plan.rows[0].outcome == ImportOutcome::newPerson);
    CHECK(plan.rows[1].outcome == ImportOutcome::knownPerson);
    CHECK(plan.rows[2].outcome == ImportOutcome::alreadyMember);
    CHECK(plan.rows[3].row.faults == Faults{ImportFault::overlaps});
    CHECK(plan.rows[4].row.faults == Faults{ImportFault::overlapsInFile});
    CHECK(plan.rows[5].row.faults == Faults{ImportFault::nameMissing});
    CHECK(plan.rows[6].row.faults == Faults{ImportFault::organisationUnknown});
    CHECK(plan.rows[6].suggestions == std::vector<std::string>{"Tampereen Tuki ry"});
    CHECK(plan.rows[7].row.faults == Faults{ImportFault::businessIdUnknown});
    CHECK(plan.additions() == 2);
    CHECK(plan.count(ImportOutcome::wrong) == 5);
  }
}

TEST_CASE("a wrong business id is not made good by a name beside it") {
  Neighbourhood n(testing::databases().front());
  const auto plan = planOf(n, std::string(kHeader) + "uusi@example.org;U;U;Tampereen Tuki ry;1735895-8;;;\n" +
                              "toinen@example.org;T;T;Tampereen Tuki ry;;;;\n");
  CHECK(plan.rows[0].row.faults == Faults{ImportFault::businessIdWrong});
  CHECK(plan.rows[1].outcome == operations::ImportOutcome::newPerson);
}

TEST_CASE("an administrator sends a table, sees what will happen, and imports it as a whole") {
  for (const auto& database : testing::databases()) {
    Neighbourhood n(database);
    auto administrator = n.administrator();
    const auto before = memberCount(n);
    const std::string table = std::string(kHeader) + "uusi@example.org;Uuno;Uusi;Tampereen Tuki ry;;jäsen;;\n" +
                              "toinen@example.org;Tiina;Toinen;Tampereen Tuki ry;;varahenkilö;1.1.2026;31.12.2030\n" +
                              "vaara;V;V;Tampereen Tuki ry;;;;\n";
    const Response preview = upload(administrator, n.page("/import"), "jasenet.csv", table);
    CHECK(preview.status == 200);
    const std::string page = bodyOf(preview);
    CHECK_THAT(page, Contains("Tuo 2 riviä") && Contains("Sähköpostiosoite ei ole kelvollinen."));
    CHECK(memberCount(n) == before);
    CHECK_FALSE(n.host().read([](ReadTx& tx) { return directory::findPerson(tx, *EmailAddress::parse("uusi@example.org")); }));

    const std::vector<std::pair<std::string, std::string>> ticket{
        {"file", hidden(page, "file")}, {"name", hidden(page, "name")}, {"mark", hidden(page, "mark")}};
    const Response wrong = administrator.post(n.page("/import/wrong"), ticket);
    CHECK(wrong.headers.find("Content-Type") == "text/csv; charset=utf-8");
    CHECK_THAT(bodyOf(wrong), Contains("vaara;V;V;Tampereen Tuki ry;;;;;;Sähköpostiosoite ei ole kelvollinen."));

    CHECK(administrator.post(n.page("/import/confirm"), ticket).status == 303);
    CHECK(memberCount(n) == before + 2);
    // The file is gone with what it was for.
    CHECK(administrator.post(n.page("/import/confirm"), ticket).status == 422);
    CHECK(memberCount(n) == before + 2);
  }
}

TEST_CASE("an import that is not what was shown changes nothing") {
  for (const auto& database : testing::databases()) {
    Neighbourhood n(database);
    auto administrator = n.administrator();
    const std::string table = std::string(kHeader) + "uusi@example.org;Uuno;Uusi;Tampereen Tuki ry;;;;\n" +
                              n.emailOf(n.coordinator) + ";;;Tampereen Tuki ry;;;;\n";
    const std::string page = bodyOf(upload(administrator, n.page("/import"), "jasenet.csv", table));
    n.addMember(n.network, n.coordinator, MemberRole::deputy);
    const auto before = memberCount(n);
    const Response stale = administrator.post(n.page("/import/confirm"),
                                            {{"file", hidden(page, "file")}, {"name", "x"}, {"mark", hidden(page, "mark")}});
    CHECK(stale.status == 409);
    CHECK_THAT(bodyOf(stale), Contains("Tiedot ovat muuttuneet") && Contains("Tuo 1 rivi"));
    CHECK(memberCount(n) == before);
    // Having seen what changed, the administrator goes on.
    CHECK(administrator.post(n.page("/import/confirm"), {{"file", hidden(bodyOf(stale), "file")}, {"name", "x"},
                                                         {"mark", hidden(bodyOf(stale), "mark")}})
              .status == 303);
    CHECK(memberCount(n) == before + 1);
  }
}

TEST_CASE("a file that is no table is refused at its field") {
  Neighbourhood n(testing::databases().front());
  auto administrator = n.administrator();
  const auto refusal = [&](const std::string& name, const std::string& content) {
    const Response response = upload(administrator, n.page("/import"), name, content);
    CHECK(response.status == 422);
    return bodyOf(response);
  };
  CHECK_THAT(refusal("kuva.png", "\x89PNG\r\n\x1a\n"), Contains("Tiedosto ei ole taulukko."));
  CHECK_THAT(refusal("sivu.csv", "<html><script>"), Contains("Tiedosto ei ole taulukko."));
  CHECK_THAT(refusal("a.csv", "nimi;puhelin\nMaija;040\n"), Contains("Sarakkeita ei tunnistettu."));
  CHECK_THAT(refusal("a.csv", std::string(kHeader)), Contains("ei ole yhtään jäsentä"));
  CHECK_THAT(refusal("a.csv", "Sähköposti;\"Etunimi\nx;y\n"), Contains("Tiedosto on viallinen."));
  std::string many(kHeader);
  for (int i = 0; i <= handlers::kMostImportedRows; ++i) many += "a" + std::to_string(i) + "@example.org\n";
  CHECK_THAT(refusal("a.csv", many), Contains("yli 2 000 riviä"));
  CHECK(administrator.post(n.page("/import"), {}).status == 422);
}

TEST_CASE("who may not add members without asking may not import them, nor learn of anybody by trying") {
  Neighbourhood n(testing::databases().front());
  // A coordinator edits members, and asks those whom they want: an import asks nobody.
  for (const PersonId person : {n.plainMember, n.contactPerson, n.coordinator}) {
    auto visitor = n.site.signedIn(person);
    CHECK(visitor.get(n.page("/import")).status == 403);
    CHECK(visitor.get(n.page("/import/template")).status == 403);
    CHECK(upload(visitor, n.page("/import"), "a.csv", std::string(kHeader)).status == 403);
    CHECK(visitor.post(n.page("/import/confirm"), {{"file", "x"}, {"mark", "0"}}).status == 403);
    CHECK(visitor.post(n.page("/import/wrong"), {{"file", "x"}}).status == 403);
    CHECK_THAT(bodyOf(visitor.get(n.page("/members"))),
               !Contains(n.page("/import")) && !Contains(n.page("/members/new")));
  }
  CHECK(n.site.visitor().get(n.page("/import")).status == 303);
  auto administrator = n.administrator();
  CHECK_THAT(bodyOf(administrator.get(n.page("/members"))),
             Contains(n.page("/import")) && Contains(n.page("/members/new")));
  CHECK(administrator.post(n.page("/import/wrong"), {{"file", "../../../etc/passwd"}}).status == 422);
}

TEST_CASE("the template is read again as what it is: a table without members") {
  Neighbourhood n(testing::databases().front());
  auto administrator = n.administrator();
  for (const std::string language : {"fi", "sv", "en"}) {
    const Response response = administrator.get("/" + language + "/contacts/networks/" + n.network.text() + "/import/template");
    CHECK(response.status == 200);
    const TableFile file(bodyOf(response), ".xlsx");
    const auto rows = std::get<std::vector<spreadsheet::Row>>(spreadsheet::read(file.path.string()));
    REQUIRE(rows.size() == 1);
    const auto layout = layoutOf(rows[0].cells);
    REQUIRE(layout);
    for (std::size_t i = 0; i < kImportColumns.size(); ++i) CHECK(layout->places[i] == i);
  }
}

TEST_CASE("the wrong rows, corrected, are a table again") {
  Neighbourhood n(testing::databases().front());
  auto administrator = n.administrator();
  const std::string page = bodyOf(upload(administrator, n.page("/import"), "a.csv", std::string(kHeader) + "uusi@example.org;U;U;Tampereen;;;;\n"));
  std::string rows = bodyOf(administrator.post(n.page("/import/wrong"), {{"file", hidden(page, "file")}}));
  const auto at = rows.find(";Tampereen;");
  REQUIRE(at != std::string::npos);
  rows.replace(at, 11, ";Tampereen Tuki ry;");
  const auto plan = planOf(n, rows);
  REQUIRE(plan.rows.size() == 1);
  CHECK(plan.additions() == 1);
}

TEST_CASE("the command imports all or nothing, and only says so on a dry run") {
  for (const auto& database : testing::databases()) {
    Neighbourhood n(database);
    const auto before = memberCount(n);
    const TableFile good(std::string(kHeader) + "uusi@example.org;Uuno;Uusi;Tampereen Tuki ry;;;;\n");
    const TableFile bad(std::string(kHeader) + "uusi@example.org;Uuno;Uusi;Tampereen Tuki ry;;;;\nvaara;;;Tampereen Tuki ry;;;;\n");
    const auto run = [&](std::vector<std::string> arguments) { return handlers::importCommand().run(n.host(), arguments); };
    const std::string network = n.network.text();
    CHECK(run({}) == 2);
    CHECK(run({good.path.string()}) == 2);
    CHECK(run({good.path.string(), "--network", network, "--quickly"}) == 2);
    CHECK(run({good.path.string(), "--network", "99999"}) == 1);
    CHECK(run({"/no/such/file", "--network", network}) == 1);
    CHECK(run({bad.path.string(), "--network", network}) == 1);
    CHECK(run({good.path.string(), "--network", network, "--dry-run"}) == 0);
    CHECK(memberCount(n) == before);
    CHECK(run({good.path.string(), "--network", network}) == 0);
    CHECK(memberCount(n) == before + 1);
    CHECK(run({good.path.string(), "--network", network}) == 0);
    CHECK(memberCount(n) == before + 1);
  }
}

TEST_CASE("a program sends a table, gets the plan, and imports what it saw or nothing") {
  for (const auto& database : testing::databases()) {
    Neighbourhood n(database);
    auto administrator = n.administrator();
    const auto before = memberCount(n);
    const std::string path = "/api/v1/contacts/networks/" + n.network.text() + "/import";
    const std::string table = std::string(kHeader) + "uusi@example.org;Uuno;Uusi;Tampereen Tuki ry;;jäsen;;\n" +
                              "vaara;V;V;Tampereen Tuki ry;;;;\n";
    const Response planned = upload(administrator, path, "jasenet.csv", table);
    REQUIRE(planned.status == 200);
    const auto plan = nlohmann::json::parse(bodyOf(planned));
    CHECK(plan.at("imported") == false);
    CHECK(plan.at("additions") == 1);
    CHECK(plan.at("rows")[1].at("outcome") == "wrong");
    CHECK(plan.at("rows")[1].at("faults")[0] == "email_wrong");
    CHECK(memberCount(n) == before);

    const auto confirm = [&](const std::string& mark) {
      return upload(administrator, path, "jasenet.csv", table, mark);
    };
    CHECK(confirm("another").status == 409);
    CHECK(memberCount(n) == before);
    const Response done = confirm(plan.at("mark").get<std::string>());
    CHECK(done.status == 200);
    CHECK(nlohmann::json::parse(bodyOf(done)).at("imported") == true);
    CHECK(memberCount(n) == before + 1);
    // No table: said at the field. Not theirs: nothing.
    CHECK(upload(administrator, path, "kuva.csv", std::string("\x89PNG\r\n\x1a\n\0\0", 10)).status == 422);
    for (const PersonId person : {n.plainMember, n.coordinator}) {
      auto visitor = n.site.signedIn(person);
      CHECK(upload(visitor, path, "jasenet.csv", table).status == 403);
    }
  }
}
