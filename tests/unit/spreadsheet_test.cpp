#include <catch2/catch.hpp>
#include <zip.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "scratch_folder.h"
#include "spreadsheets/cell_text.h"
#include "spreadsheets/csv.h"
#include "spreadsheets/taking_apart.h"
#include "spreadsheets/xlsx_values.h"
#include "toimela/spreadsheet.h"

using namespace toimela;
using namespace toimela::spreadsheet;
namespace fs = std::filesystem;

namespace {

struct Scratch {
  fs::path folder;
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "toimela-table-test-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()));
    folder = pattern;
  }
  ~Scratch() { fs::remove_all(folder); }
  std::string put(const std::string& name, const std::string& content) const {
    std::ofstream(folder / name, std::ios::binary) << content;
    return (folder / name).string();
  }
};

using Lines = std::vector<std::vector<std::string>>;

Lines linesOf(const Outcome& outcome) {
  REQUIRE(std::holds_alternative<std::vector<Row>>(outcome));
  Lines lines;
  for (const Row& row : std::get<std::vector<Row>>(outcome)) lines.push_back(row.cells);
  return lines;
}
Lines csv(const std::string& text) { return linesOf(takeApart(text, {})); }
std::optional<Trouble> trouble(const Outcome& outcome) {
  const auto* found = std::get_if<Trouble>(&outcome);
  return found ? std::optional(*found) : std::nullopt;
}

std::string zipped(const std::vector<std::pair<std::string, std::string>>& entries) {
  Scratch scratch;
  const std::string path = (scratch.folder / "a.zip").string();
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
  for (const auto& [name, content] : entries)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
  zip_close(archive);
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string workbookWith(const std::string& sheet, const std::string& strings = "", const std::string& styles = "") {
  std::vector<std::pair<std::string, std::string>> parts{
      {"xl/workbook.xml", "<workbook><sheets><sheet name=\"A\" r:id=\"r1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
      {"xl/worksheets/sheet1.xml", sheet}};
  if (!strings.empty()) parts.emplace_back("xl/sharedStrings.xml", strings);
  if (!styles.empty()) parts.emplace_back("xl/styles.xml", styles);
  return zipped(parts);
}

/// What a program of Debian's Python, which has openpyxl, prints about a file.
std::string python(const std::string& program, const std::string& file) {
  Scratch scratch;
  const std::string command = "/usr/bin/python3 " + scratch.put("p.py", program) + " " + file;
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  REQUIRE(pipe);
  std::string printed;
  std::array<char, 4096> buffer;
  for (std::size_t got; (got = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) printed.append(buffer.data(), got);
  return printed;
}

std::string smallTable(Format format) {
  Writer writer(format, "Jäsenet", {"Nimi", "Puhelin", "Alkaen", "Muutettu", "Luku", "Osuus"});
  writer.row({std::string("Äijälä; \"Pekka\"\nOy"), std::string("+358 40 123 4567"), *Date::parse("2026-11-22"),
              Instant{std::chrono::milliseconds{1'795'330'800'000}}, std::int64_t{12}, 0.5});
  writer.row({std::string("=HYPERLINK(\"http://evil\")"), std::string("-1+2"), Cell{}, Cell{}, std::int64_t{-3}, Cell{}});
  writer.note("Vain 2 ensimmäistä.");
  writer.page("Ohje", {"Täytä rivit."});
  return writer.finish();
}

}  // namespace

TEST_CASE("a text that a program might take for a formula is made harmless", "[spreadsheet]") {
  for (const std::string dangerous : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"}) {
    CHECK(neutral(dangerous, Format::csv) == "'" + dangerous);
    CHECK(plain(neutral(dangerous, Format::csv)) == dangerous);
  }
  CHECK(neutral(std::string_view("\0=1", 3), Format::csv) == "'=1");
  CHECK(neutral("a=1", Format::csv) == "a=1");
  CHECK(neutral("+358 40 123", Format::csv) == "'+358 40 123");
  CHECK(neutral("+358 40 123", Format::xlsx) == "+358 40 123");
  CHECK(neutral("+358|cmd", Format::xlsx) == "'+358|cmd");
  CHECK(plain("'tis") == "'tis");
}

TEST_CASE("CSV is read as offices of three countries save it", "[spreadsheet]") {
  const Lines expected{{"nimi", "kunta"}, {"Silta ry", "Jyväskylä"}};
  CHECK(csv("nimi;kunta\r\nSilta ry;Jyväskylä\r\n") == expected);
  CHECK(csv("\xEF\xBB\xBFnimi;kunta\nSilta ry;Jyväskylä") == expected);
  CHECK(csv("nimi,kunta\rSilta ry,Jyväskylä\r") == expected);
  CHECK(csv("nimi\tkunta\nSilta ry\tJyv\xE4skyl\xE4\n") == expected);
  CHECK(csv("\"nimi\";\"kunta\"\r\n\"Silta ry\";\" Jyväskylä \"\r\n") == expected);
  CHECK(csv("hinta \x80\n") == Lines{{"hinta €"}});
}

TEST_CASE("quotes hold separators, quotes and line ends", "[spreadsheet]") {
  CHECK(csv("a;\"b;\"\"c\"\"\nd\";e\n") == Lines{{"a", "b;\"c\"\nd", "e"}});
  CHECK(csv("5\" putki;b\n") == Lines{{"5\" putki", "b"}});
  CHECK(csv("\"a, b\";c\n") == Lines{{"a, b", "c"}});
  CHECK(trouble(takeApart("a;\"b\nc;d\n", {})) == Trouble::damaged);
}

TEST_CASE("rows keep the numbers that a spreadsheet program shows", "[spreadsheet]") {
  const auto rows = std::get<std::vector<Row>>(takeApart("a;b\n\n;;\n\"x\ny\";z\n", {}));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].number == 1);
  CHECK(rows[1].number == 4);
  CHECK(rows[1].cell(1) == "z");
  CHECK(rows[1].cell(7).empty());
}

TEST_CASE("a table beyond the limits is refused by name", "[spreadsheet]") {
  CHECK(trouble(takeApart("a\nb\nc\n", {.rows = 2})) == Trouble::tooManyRows);
  CHECK(trouble(takeApart("a;b;c\n", {.columns = 2})) == Trouble::tooManyColumns);
  CHECK(trouble(takeApart(";;;;\na\n", {.columns = 2})) == std::nullopt);
  CHECK(trouble(takeApart(std::string("a\0b", 3), {})) == Trouble::notATable);
}

TEST_CASE("what the process did not write as an outcome is refused, whatever it is", "[spreadsheet]") {
  for (const char* wrong : {"", "{", "[]", "3", "{\"rows\":3}", "{\"rows\":[[1]]}", "{\"rows\":[[\"a\",[]]]}", "{\"trouble\":[]}", "{\"r\\u0000\""})
    CHECK_THROWS_AS(decode(wrong), std::runtime_error);
}

TEST_CASE("numbers of dates become days, in both calendars", "[spreadsheet]") {
  CHECK(dateText(46348, false) == "2026-11-22");
  CHECK(dateText(46348.395833333, false) == "2026-11-22 09:30");
  CHECK(dateText(46348 - 1462, true) == "2026-11-22");
  CHECK(dateText(1, false) == "1900-01-01");
  CHECK(dateText(61, false) == "1900-03-01");
  CHECK_FALSE(dateText(0.5, false));
  CHECK_FALSE(dateText(1e300, false));
  CHECK_FALSE(dateText(std::nan(""), false));
  CHECK(isDateFormat("d.m.yyyy"));
  CHECK(isDateFormat("[$-40B]d. mmmm yyyy"));
  CHECK_FALSE(isDateFormat("0.00 \"days\""));
  CHECK_FALSE(isDateFormat("[Red]#,##0"));
  CHECK(isDateFormat(14));
  CHECK_FALSE(isDateFormat(2));
  CHECK(numberText(1735895) == "1735895");
  CHECK(numberText(0.1) == "0.1");
}

TEST_CASE("the places of cells are understood, and nonsense is not", "[spreadsheet]") {
  CHECK(parsePlace("A1")->column == 0);
  CHECK(parsePlace("AB12")->column == 27);
  CHECK(parsePlace("AB12")->row == 12);
  CHECK_FALSE(parsePlace("A"));
  CHECK_FALSE(parsePlace("12"));
  CHECK_FALSE(parsePlace("AAAA1"));
  CHECK_FALSE(parsePlace("A0"));
  CHECK_FALSE(parsePlace("A99999999999"));
  CHECK(unescaped("a_x000D_b_x0000_") == "a\rb");
  CHECK(unescaped("_x00") == "_x00");
}

TEST_CASE("an XLSX sheet is read by place, with shared, inline and formula texts", "[spreadsheet]") {
  const std::string sheet =
      "<x:worksheet xmlns:x=\"u\"><x:sheetData><x:row r=\"2\"><x:c r=\"B2\" t=\"s\"><x:v>0</x:v></x:c>"
      "<x:c t=\"inlineStr\"><x:is><x:r><x:t>in</x:t></x:r><x:r><x:t>line</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c>"
      "<x:c r=\"E2\" t=\"str\"><x:f>A1</x:f><x:v>result</x:v></x:c><x:c r=\"F2\" s=\"1\"><x:v>46348</x:v></x:c>"
      "<x:c r=\"G2\"><x:v>1735895</x:v></x:c></x:row></x:sheetData></x:worksheet>";
  const std::string strings = "<sst><si><t>shared</t></si></sst>";
  const std::string styles =
      "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"d.m.yyyy\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
  const auto rows = std::get<std::vector<Row>>(takeApart(workbookWith(sheet, strings, styles), {}));
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].number == 2);
  CHECK(rows[0].cells == std::vector<std::string>{"", "shared", "inline", "", "result", "2026-11-22", "1735895"});
}

TEST_CASE("what only looks like XLSX is refused", "[spreadsheet]") {
  CHECK(trouble(takeApart("PK\x03\x04 nothing", {})) == Trouble::damaged);
  CHECK(trouble(takeApart(zipped({{"a.txt", "a"}}), {})) == Trouble::notATable);
  CHECK(trouble(takeApart(workbookWith("<worksheet><sheetData><row>"), {})) == Trouble::damaged);
  CHECK(trouble(takeApart(workbookWith("<c t=\"s\"><v>7</v></c>"), {})) == Trouble::damaged);
  CHECK(trouble(takeApart(workbookWith("<row r=\"2147483647\"><c><v>1</v></c></row><row/>"), {})) == Trouble::damaged);
  CHECK(trouble(takeApart(workbookWith("<row r=\"-5\"><c><v>1</v></c></row>"), {})) == Trouble::damaged);
  CHECK(trouble(takeApart(workbookWith("<c r=\"A2147483647\"><v>1</v></c>"), {})) == Trouble::damaged);
  CHECK(trouble(takeApart(workbookWith("<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet/>"), {})) == Trouble::damaged);
}

TEST_CASE("a zip bomb is no table", "[spreadsheet]") {
  const std::string bomb = workbookWith("<worksheet>" + std::string(65 * 1024 * 1024, ' ') + "</worksheet>");
  CHECK(bomb.size() < 200'000);
  CHECK(trouble(takeApart(bomb, {})) == Trouble::tooMuchWork);
}

TEST_CASE("many cells that share one long text do not fill the memory", "[spreadsheet]") {
  std::string sheet = "<worksheet>";
  for (int row = 1; row <= 300; ++row) sheet += "<row r=\"" + std::to_string(row) + "\"><c t=\"s\"><v>0</v></c></row>";
  const std::string strings = "<sst><si><t>" + std::string(1024 * 1024, 'a') + "</t></si></sst>";
  CHECK(trouble(takeApart(workbookWith(sheet + "</worksheet>", strings), {})) == Trouble::tooMuchWork);
}

TEST_CASE("what is written in either format is read again in a process of its own", "[spreadsheet]") {
  Scratch scratch;
  for (const Format format : {Format::xlsx, Format::csv}) {
    const auto lines = linesOf(read(scratch.put("a." + std::string(code(format)), smallTable(format))));
    REQUIRE(lines.size() == 4);
    CHECK(lines[0] == std::vector<std::string>{"Nimi", "Puhelin", "Alkaen", "Muutettu", "Luku", "Osuus"});
    CHECK(lines[1][0] == "Äijälä; \"Pekka\"\nOy");
    CHECK(lines[1][1] == "+358 40 123 4567");
    CHECK(lines[1][2] == "2026-11-22");
    CHECK(lines[1][3] == "2026-11-22 09:00");
    CHECK(lines[1][4] == "12");
    CHECK(lines[2][0] == "=HYPERLINK(\"http://evil\")");
    CHECK(lines[2][1] == "-1+2");
    CHECK(lines[2][4] == "-3");
    CHECK(lines[3][0] == "Vain 2 ensimmäistä.");
  }
}

TEST_CASE("a file that is too large is not even opened by the process", "[spreadsheet]") {
  Scratch scratch;
  CHECK(trouble(read(scratch.put("a.csv", "a;b\n"), {.bytes = 3})) == Trouble::tooLarge);
  CHECK(trouble(read((scratch.folder / "none").string())) == Trouble::notATable);
  CHECK(trouble(read(scratch.folder.string())) == Trouble::notATable);
}

TEST_CASE("the process passes on why it refused", "[spreadsheet]") {
  Scratch scratch;
  CHECK(trouble(read(scratch.put("a.csv", "a\nb\nc\n"), {.rows = 2})) == Trouble::tooManyRows);
  CHECK(trouble(read(scratch.put("b.xlsx", "PK\x03\x04 nothing"))) == Trouble::damaged);
  CHECK(linesOf(read(scratch.put("c.csv", "nimi\nJyv\xE4skyl\xE4\n"))) == Lines{{"nimi"}, {"Jyväskylä"}});
}

TEST_CASE("twenty thousand rows are read in a moment", "[spreadsheet]") {
  Scratch scratch;
  Writer writer(Format::xlsx, "A", {"n", "email"});
  for (int i = 1; i < 20'000; ++i) writer.row({std::int64_t{i}, "person" + std::to_string(i) + "@example.org"});
  const auto lines = linesOf(read(scratch.put("a.xlsx", writer.finish())));
  CHECK(lines.size() == 20'000);
  CHECK(lines.back()[1] == "person19999@example.org");
}

TEST_CASE("other programs read what we write", "[spreadsheet]") {
  Scratch scratch;
  CHECK(python(R"(
import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
print(sheet.title, sheet.freeze_panes, sheet.auto_filter.ref, sheet['A1'].font.b, book.sheetnames[1])
print(repr(sheet['A2'].value), sheet['B2'].value, sheet['C2'].value.isoformat(), sheet['D2'].value.isoformat(), sheet['E2'].value, sheet['F2'].value)
print(sheet['A3'].value, sheet['A3'].data_type, sheet['B3'].value)
)", scratch.put("a.xlsx", smallTable(Format::xlsx))) ==
        "Jäsenet A2 A1:F3 True Ohje\n"
        "'Äijälä; \"Pekka\"\\nOy' +358 40 123 4567 2026-11-22T00:00:00 2026-11-22T09:00:00 12 0.5\n"
        "'=HYPERLINK(\"http://evil\") s '-1+2\n");
  CHECK(python(R"(
import csv, sys
with open(sys.argv[1], encoding='utf-8-sig', newline='') as f:
    for row in csv.reader(f, delimiter=';'): print(row)
)", scratch.put("a.csv", smallTable(Format::csv))) ==
        "['Nimi', 'Puhelin', 'Alkaen', 'Muutettu', 'Luku', 'Osuus']\n"
        "['Äijälä; \"Pekka\"\\nOy', \"'+358 40 123 4567\", '2026-11-22', '2026-11-22 09:00', '12', '0,5']\n"
        "['\\'=HYPERLINK(\"http://evil\")', \"'-1+2\", '', '', '-3', '']\n"
        "['Vain 2 ensimmäistä.']\n");
}

TEST_CASE("we read what other programs write", "[spreadsheet]") {
  Scratch scratch;
  const std::string file = (scratch.folder / "o.xlsx").string();
  python(R"(
import openpyxl, sys, datetime
book = openpyxl.Workbook()
sheet = book.active
sheet.append(['Sähköposti', 'Alkaen', 'Y-tunnus', 'Luku'])
sheet.append(['maija@example.org', datetime.date(2026, 1, 31), '1735895-7', 1.25])
sheet.append([None, datetime.datetime(2026, 1, 31, 12, 30), True, '=1+1'])
book.create_sheet('toinen').append(['ei tätä'])
book.save(sys.argv[1])
)", file);
  const auto lines = linesOf(read(file));
  REQUIRE(lines.size() == 3);
  CHECK(lines[1] == std::vector<std::string>{"maija@example.org", "2026-01-31", "1735895-7", "1.25"});
  CHECK(lines[2] == std::vector<std::string>{"", "2026-01-31 12:30", "1"});
}

TEST_CASE("names of sheets are made to fit", "[spreadsheet]") {
  Scratch scratch;
  Writer writer(Format::xlsx, "Verkosto: [a/b] *on* nimi joka on ihan liian pitkä?", {"A"});
  CHECK(python("import openpyxl, sys\nprint(openpyxl.load_workbook(sys.argv[1]).sheetnames[0])\n",
               scratch.put("a.xlsx", writer.finish())) == "Verkosto   a b   on  nimi joka \n");
}
