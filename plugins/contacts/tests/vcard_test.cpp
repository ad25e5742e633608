#include "domain/vcard.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace toimela;
using namespace toimela::contacts;

namespace {

const Instant kNoon{std::chrono::milliseconds{1'795'348'800'000}};  // 2026-11-22T12:00:00Z

VCard simple() {
  return {.uid = "https://toimela.example/contacts/people/7",
          .givenName = "Aino",
          .familyName = "Öhman",
          .organisations = {"Tampereen Tuki ry"},
          .roles = {"yhteyshenkilö – Pirkanmaan verkosto"},
          .email = "aino@example.org",
          .phone = "+358 40 123 4567",
          .languages = {"fi", "sv"},
          .categories = {"tuettu työ", "ESR"},
          .note = "Autan mielelläni.",
          .url = "https://toimela.example/fi/contacts/people/7",
          .revised = kNoon};
}

/// What python3-vobject, which is nobody's relative here, reads in the cards.
nlohmann::json readByVobject(const std::string& cards) {
  std::string folder = (std::filesystem::temp_directory_path() / "toimela-vcard-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()));
  const std::string file = folder + "/cards.vcf", script = folder + "/read.py";
  std::ofstream(file, std::ios::binary) << cards;
  std::ofstream(script) <<
      "import json, sys, vobject\n"
      "text = open(sys.argv[1], newline='').read()\n"
      "def plain(v):\n"
      "    if isinstance(v, (list, tuple)): return [plain(x) for x in v]\n"
      "    if v.__class__.__name__ == 'Name': return [v.family, v.given]\n"
      "    return str(v)\n"
      "print(json.dumps([{k: [plain(l.value) for l in lines]\n"
      "  for k, lines in card.contents.items()} for card in vobject.readComponents(text)]))\n";
  FILE* pipe = popen(("/usr/bin/python3 " + script + " " + file + " 2>&1").c_str(), "r");
  REQUIRE(pipe);
  std::string out;
  std::array<char, 4096> buffer;
  while (const auto read = fread(buffer.data(), 1, buffer.size(), pipe)) out.append(buffer.data(), read);
  const int status = pclose(pipe);
  std::filesystem::remove_all(folder);
  INFO(out);
  REQUIRE(status == 0);
  return nlohmann::json::parse(out);
}

}  // namespace

TEST_CASE("a vCard has exactly these bytes", "[contacts][vcard]") {
  CHECK(write(simple()) ==
        "BEGIN:VCARD\r\n"
        "VERSION:4.0\r\n"
        "KIND:individual\r\n"
        "UID:https://toimela.example/contacts/people/7\r\n"
        "FN:Aino Öhman\r\n"
        "N:Öhman;Aino;;;\r\n"
        "ORG:Tampereen Tuki ry\r\n"
        "ROLE:yhteyshenkilö – Pirkanmaan verkosto\r\n"
        "EMAIL:aino@example.org\r\n"
        "TEL:+358 40 123 4567\r\n"
        "LANG;PREF=1:fi\r\n"
        "LANG;PREF=2:sv\r\n"
        "CATEGORIES:tuettu työ,ESR\r\n"
        "NOTE:Autan mielelläni.\r\n"
        "URL:https://toimela.example/fi/contacts/people/7\r\n"
        "REV:20261122T120000Z\r\n"
        "END:VCARD\r\n");
}

TEST_CASE("what is not known or not shown leaves no line", "[contacts][vcard]") {
  CHECK(write({.uid = "https://toimela.example/contacts/people/7",
               .givenName = "Aino",
               .familyName = "Öhman",
               .organisations = {},
               .roles = {},
               .email = {},
               .phone = {},
               .languages = {},
               .categories = {},
               .note = {},
               .url = {},
               .revised = kNoon}) ==
        "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:individual\r\n"
        "UID:https://toimela.example/contacts/people/7\r\n"
        "FN:Aino Öhman\r\nN:Öhman;Aino;;;\r\nREV:20261122T120000Z\r\nEND:VCARD\r\n");
}

TEST_CASE("lines are folded at 75 octets and never within a character", "[contacts][vcard]") {
  CHECK(folded("NOTE:short") == "NOTE:short\r\n");
  CHECK(folded(std::string(75, 'x')) == std::string(75, 'x') + "\r\n");
  CHECK(folded(std::string(76, 'x')) == std::string(75, 'x') + "\r\n x\r\n");
  CHECK(folded(std::string(75 + 74 + 1, 'x')) ==
        std::string(75, 'x') + "\r\n " + std::string(74, 'x') + "\r\n x\r\n");
  // 74 octets and a letter of two: the letter goes to the next line as a whole.
  CHECK(folded(std::string(74, 'x') + "ä") == std::string(74, 'x') + "\r\n ä\r\n");
  CHECK(folded(std::string(73, 'x') + "ä") == std::string(73, 'x') + "ä\r\n");
  CHECK(folded(std::string(72, 'x') + "😀") == std::string(72, 'x') + "\r\n 😀\r\n");
  for (int letters = 0; letters < 200; ++letters) {
    std::string line(static_cast<std::size_t>(letters % 7), 'x');
    for (int i = 0; i < letters; ++i) line += i % 3 ? "ö" : "漢";
    std::string unfolded, rest = folded(line);
    for (std::size_t end; (end = rest.find("\r\n")) != std::string::npos; rest.erase(0, end + 2)) {
      CHECK(end <= 75);
      const bool isFirst = unfolded.empty();
      // A line that begins within a character would begin with a continuation octet.
      if (!isFirst) CHECK((static_cast<unsigned char>(rest[1]) & 0xC0) != 0x80);
      unfolded += isFirst ? rest.substr(0, end) : rest.substr(1, end - 1);
    }
    CHECK(unfolded == line);
  }
}

TEST_CASE("nothing that people write breaks out of its value", "[contacts][vcard]") {
  CHECK(escaped("a;b,c\\d") == "a\\;b\\,c\\\\d");
  CHECK(escaped("one\r\ntwo\nthree\rfour") == "one\\ntwo\\nthree\\nfour");
  CHECK(escaped(std::string_view("a\0b\x1B\x7F\tc", 7)) == "ab\tc");
  VCard hostile = simple();
  hostile.givenName = "Eve\r\nEND:VCARD\r\nBEGIN:VCARD\nEMAIL:evil@example.org";
  hostile.familyName = "O;Neill,\\";
  hostile.note = "rivi 1\nrivi 2";
  hostile.organisations = {"Oy; Ab, \\ \"x\" \u2028"};
  const std::string text = write(hostile);
  CHECK(text.find("\r\nEND:VCARD") == text.rfind("\r\nEND:VCARD"));
  CHECK(text.find("\r\nEMAIL:evil") == std::string::npos);
  CHECK(text.find("N:O\\;Neill\\,\\\\;Eve\\nEND:VCARD") != std::string::npos);
}

TEST_CASE("an independent program reads back what was written", "[contacts][vcard]") {
  VCard hostile = simple();
  hostile.givenName = "Änne \\ \"Q\"";
  hostile.familyName = "O;Neill, von";
  hostile.note = "rivi 1\nrivi 2; pilkku, " + std::string(40, 'x') + "öljymäki äöå 漢字 😀 ja vielä lisää";
  hostile.organisations = {"Oy; Ab, Ltd", "Toinen ry"};
  const auto cards = readByVobject(write(simple()) + write(hostile));
  REQUIRE(cards.size() == 2);
  CHECK(cards[0].at("fn")[0] == "Aino Öhman");
  CHECK(cards[0].at("version")[0] == "4.0");
  CHECK(cards[0].at("kind")[0] == "individual");
  CHECK(cards[0].at("uid")[0] == "https://toimela.example/contacts/people/7");
  CHECK(cards[0].at("n")[0] == nlohmann::json({"Öhman", "Aino"}));
  CHECK(cards[0].at("email")[0] == "aino@example.org");
  CHECK(cards[0].at("tel")[0] == "+358 40 123 4567");
  CHECK(cards[0].at("lang").size() == 2);
  CHECK(cards[0].at("categories")[0] == nlohmann::json({"tuettu työ", "ESR"}));
  CHECK(cards[0].at("rev")[0] == "20261122T120000Z");
  CHECK(cards[1].at("n")[0] == nlohmann::json({hostile.familyName, hostile.givenName}));
  CHECK(cards[1].at("fn")[0] == hostile.givenName + " " + hostile.familyName);
  CHECK(cards[1].at("note")[0] == hostile.note);
  CHECK(cards[1].at("org")[0] == nlohmann::json::array({"Oy; Ab, Ltd"}));
  CHECK(cards[1].at("org").size() == 2);
}
