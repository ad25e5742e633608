// Printed decks: what is on the cards, and what is in the file.
#include <catch2/catch.hpp>

// What its headers ask of who has no code from before its version 11.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <vector>

#include "domain/selection.h"
#include "paper/blocks.h"
#include "paper/hyphens.h"
#include "paper/largest.h"
#include "paper/picture.h"
#include "paper/printing.h"

using namespace toimela;
using namespace toimela::trendcards;
using namespace toimela::trendcards::paper;
using Catch::Matchers::Contains;

namespace {

std::string contentOf(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

std::string picture() {
  return contentOf(std::filesystem::path(TOIMELA_PLUGIN_FOLDER) / "demo/decks/tyollisyydenhoito/images/01.png");
}

/// A file as the tools of Poppler see it.
class Printed {
 public:
  explicit Printed(const std::string& pdf)
      : path_(std::filesystem::temp_directory_path() / ("toimela-cards-" + std::to_string(++made_) + "-" + std::to_string(getpid()) + ".pdf")) {
    std::ofstream(path_, std::ios::binary) << pdf;
  }
  ~Printed() { std::filesystem::remove(path_); }
  Printed(const Printed&) = delete;
  Printed& operator=(const Printed&) = delete;

  std::string ask(const std::string& tool, const std::string& after = {}) const {
    const std::string command = tool + " " + path_.string() + " " + after + " 2>&1";
    std::string out;
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe);
    std::array<char, 4096> buffer{};
    for (std::size_t read; (read = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.append(buffer.data(), read);
    REQUIRE(pclose(pipe) == 0);
    return out;
  }
  std::string fact(const std::string& name) const {
    std::smatch found;
    const std::string facts = ask("pdfinfo");
    return std::regex_search(facts, found, std::regex(name + ": +(.*)")) ? found[1].str() : std::string();
  }

 private:
  static inline int made_ = 0;
  std::filesystem::path path_;
};

void addLanguages(QPDFObjectHandle element, std::vector<std::string>& found) {
  if (element.isArray())
    for (int i = 0; i < element.getArrayNItems(); ++i) addLanguages(element.getArrayItem(i), found);
  if (!element.isDictionary()) return;
  if (element.getKey("/S").isNameAndEquals("/Sect"))
    found.push_back(element.hasKey("/Lang") ? element.getKey("/Lang").getUTF8Value() : std::string());
  addLanguages(element.getKey("/K"), found);
}

/// Of the document, and of each of its sections.
std::vector<std::string> languagesOf(const std::string& file) {
  QPDF pdf;
  pdf.processMemoryFile("cards", file.data(), file.size());
  std::vector<std::string> found{pdf.getRoot().getKey("/Lang").getUTF8Value()};
  addLanguages(pdf.getRoot().getKey("/StructTreeRoot"), found);
  return found;
}

PrintedDeck deckOf(int cards, bool hasPictures = true) {
  PrintedDeck deck{.title = "Työllisyydenhoidon trendikortit",
                   .language = Locale::fi,
                   .words = {"Lähteet", "Työllisyydenhoidon trendikortit, versio 2", "CC BY 4.0"},
                   .made = *parseHelsinkiTime("2026-11-01T12:00"),
                   .cards = {}};
  const std::string content = hasPictures ? picture() : std::string();
  for (int i = 1; i <= cards; ++i)
    deck.cards.push_back({.number = i,
                          .theme = "Työ muuttuu",
                          .colour = *(kColours.begin() + i % 6),
                          .title = "Työ ei katso paikkaa " + std::to_string(i),
                          .front = "Yhä useampi työ tehdään *muualla* kuin työpaikalla.",
                          .back = "Etätyö avaa **ovia**.\n\n- Kenelle ovet aukeavat?\n- Kuka jää yksin?",
                          .sources = {"Tilastokeskus 2025"},
                          .picture = content,
                          .alternative = hasPictures ? "Avoin ovi" : ""});
  return deck;
}

/// Without soft hyphens.
std::string whole(const std::string& parted) {
  std::string plain;
  for (std::size_t i = 0; i < parted.size(); ++i)
    if (parted.compare(i, 2, "\u00AD") == 0) ++i;
    else plain += parted[i];
  return plain;
}

std::string words(std::size_t characters) {
  std::string text;
  while (text.size() < characters) text += "pitkäaikaistyöttömyys ";
  return text;
}

}  // namespace

TEST_CASE("Card numbers are written as people write them", "[trendcards][paper]") {
  const auto numbers = [](std::string_view text) { return parseNumbers(text, 60); };
  using Set = std::set<std::int64_t>;
  CHECK(numbers("1–3, 8") == Set{1, 2, 3, 8});
  CHECK(numbers("5-5;2 1") == Set{1, 2, 5});
  CHECK(numbers("  ") == Set{});
  for (const char* wrong : {"0", "61", "3-1", "1-", "-1", "a", "1,b", "1-2-3", "99999999999999999999"}) CHECK_FALSE(numbers(wrong));
}

TEST_CASE("Markdown becomes paragraphs and items in a few styles", "[trendcards][paper]") {
  const auto blocks = blocksOf("Yksi *kaksi* **kolme**\n[linkki](https://example.org)\n\n1. eka\n2. toka\n   - ala\n\n## Otsikko\n<b>raaka</b>");
  REQUIRE(blocks.size() >= 5);
  CHECK(blocks[0].runs == std::vector<Run>{{"Yksi ", false, false}, {"kaksi", false, true}, {" ", false, false},
                                           {"kolme", true, false}, {" linkki", false, false}});
  CHECK(blocks[1] == Block{Block::Kind::item, 1, "1.", {{"eka", false, false}}});
  CHECK(blocks[2].mark == "2.");
  CHECK(blocks[3] == Block{Block::Kind::item, 2, "•", {{"ala", false, false}}});
  CHECK(blocks[4].kind == Block::Kind::heading);
  CHECK(blocksOf("").empty());
}

TEST_CASE("Long Finnish and Swedish words may be parted between syllables, English ones stay as they are", "[trendcards][paper]") {
  const Hyphens finnish(Locale::fi), swedish(Locale::sv), english(Locale::en);
  const std::string& parted = finnish.softened("työllisyydenhoito on työ", 9);
  CHECK_THAT(parted, Contains("\u00AD"));
  CHECK_THAT(parted, Contains("den\u00ADhoi"));
  CHECK_THAT(parted, Contains(" on työ"));
  CHECK(whole(parted) == "työllisyydenhoito on työ");
  const std::string& delad = swedish.softened("Sysselsättningstjänster på åtgärdsområdet", 9);
  CHECK_THAT(delad, Contains("Sys\u00ADsel\u00ADsätt\u00ADnings\u00ADtjäns\u00ADter"));
  CHECK(whole(delad) == "Sysselsättningstjänster på åtgärdsområdet");
  // A letter that Swedish does not have keeps a word whole.
  CHECK(swedish.softened("čđŋšŧžčđŋšŧž", 9) == "čđŋšŧžčđŋšŧž");
  CHECK(english.softened("employment services", 9) == "employment services");
}

TEST_CASE("A picture stands in the file as it is, and one that can not is painted on white", "[trendcards][paper]") {
  const std::string file = picture();
  const auto found = readPicture(file);
  REQUIRE(found);
  CHECK(found->width > 100);
  CHECK(found->height > 100);
  CHECK_FALSE(readPicture(file.substr(0, file.size() / 2)));
  CHECK_FALSE(anyPicture(file.substr(0, 60)));
  CHECK_FALSE(anyPicture("GIF89a"));
  CHECK_FALSE(anyPicture(""));
}

TEST_CASE("A deck on sheets has the pages, the sizes, the fonts, the tags and the text that it should", "[trendcards][paper]") {
  const PrintedDeck deck = deckOf(9);
  struct Wanted {
    CardSize card;
    SheetSize sheet;
    Sides sides;
    const char* pages;
    const char* size;
  };
  for (const Wanted& wanted : {Wanted{CardSize::a6, SheetSize::a4, Sides::both, "10", "841.89 x 595.276 pts (A4)"},
                               Wanted{CardSize::a7, SheetSize::a4, Sides::both, "6", "595.276 x 841.89 pts (A4)"},
                               Wanted{CardSize::poker, SheetSize::a3, Sides::fronts, "1", "841.89 x 1190.55 pts (A3)"},
                               Wanted{CardSize::poker, SheetSize::card, Sides::backs, "9", "223.937 x 294.803 pts"}}) {
    const Printed printed(print(deck, {{wanted.card, wanted.sheet, true, true}, wanted.sides, TurnedOver::longEdge}));
    CHECK(printed.fact("Pages") == wanted.pages);
    CHECK(printed.fact("Page size") == wanted.size);
    CHECK(printed.fact("Tagged") == "yes");
    CHECK(printed.fact("Title") == deck.title);
    const std::string fonts = printed.ask("pdffonts");
    CHECK_THAT(fonts, Contains("Lato"));
    std::istringstream lines(fonts);
    std::string line;
    std::getline(lines, line);
    std::getline(lines, line);
    while (std::getline(lines, line)) CHECK(std::regex_search(line, std::regex(" yes +yes +yes +[0-9]+ +0$")));
    const std::string text = printed.ask("pdftotext", "-");
    if (wanted.sides != Sides::backs) CHECK_THAT(text, Contains("Työ ei katso") && Contains("Työ muuttuu"));
    if (wanted.sides != Sides::fronts)
      CHECK_THAT(text, Contains("Kuka jää yksin?") && Contains("Tilastokeskus 2025") && Contains("versio 2") && Contains("CC BY 4.0"));
  }
}

TEST_CASE("Who listens to the file hears what it is in, what its pictures show and what is a list", "[trendcards][paper]") {
  const std::string pdf = print(deckOf(2), {{CardSize::a6, SheetSize::card, true, false}, Sides::both, TurnedOver::longEdge});
  const Printed printed(pdf);
  const std::string structure = printed.ask("pdfinfo -struct");
  for (const char* tag : {"Document", "Sect", "H1", "Figure", "LBody"}) CHECK_THAT(structure, Contains(tag));
  CHECK_THAT(printed.ask("pdfimages -list"), Contains("image"));
  CHECK_THAT(printed.ask("pdfinfo -box"), Contains("TrimBox:             8.50     8.50   306.14   428.03"));
}

TEST_CASE("A card that came from a deck in another language says so, in its own words", "[trendcards][paper]") {
  PrintedDeck deck = deckOf(2);
  deck.cards[1].title = "Arbetet frågar inte efter platsen";
  deck.cards[1].language = Locale::sv;
  deck.cards[1].words = PrintedWords{"Källor", "Trendkort för sysselsättning, version 1", "CC0"};
  const std::string pdf = print(deck, {{CardSize::a6, SheetSize::card, true, false}, Sides::both, TurnedOver::longEdge});
  const Printed printed(pdf);
  const std::string text = printed.ask("pdftotext", "-");
  CHECK_THAT(text, Contains("Källor") && Contains("version 1") && Contains("CC0"));
  CHECK_THAT(text, Contains("Lähteet") && Contains("versio 2") && Contains("CC BY 4.0"));
  // Front and back of each card are a section.
  CHECK(languagesOf(pdf) == std::vector<std::string>{"fi", "", "", "sv", "sv"});
}

TEST_CASE("The same deck gives the same file", "[trendcards][paper]") {
  const PrintWish wish{{CardSize::a7, SheetSize::a4, true, true}, Sides::both, TurnedOver::longEdge};
  CHECK(print(deckOf(3), wish) == print(deckOf(3), wish));
}

TEST_CASE("A text shrinks to the least readable size, and what is longer is named", "[trendcards][paper]") {
  PrintedDeck deck = deckOf(2);
  CHECK(overflows(deck).empty());
  // As long as a card may be at all.
  deck.cards[0].front = words(330);
  deck.cards[0].back = words(700) + "\n\n- " + words(80) + "\n- " + words(80);
  deck.cards[0].title = "Pitkäaikaistyöttömyyden hoito on kaikkien yhteinen tehtävä";
  CHECK(overflows(deck).empty());
  deck.cards[1].back = words(4000);
  const auto found = overflows(deck);
  REQUIRE(found.size() == kCardSizes.size());
  for (const Overflow& overflow : found) {
    CHECK(overflow.number == 2);
    CHECK(overflow.isBack);
  }
}

TEST_CASE("What does not fit on the sides that are printed is named, and nothing is printed", "[trendcards][paper]") {
  PrintedDeck deck = deckOf(2);
  PrintWish wish{{CardSize::a7, SheetSize::a4, true, true}, Sides::both, TurnedOver::longEdge};
  const Made fits = printIfItFits(deck, wish);
  CHECK(fits.overflows.empty());
  CHECK(fits.file == print(deck, wish));
  deck.cards[1].back = words(4000);
  const Made tooLong = printIfItFits(deck, wish);
  CHECK(tooLong.file.empty());
  REQUIRE(tooLong.overflows.size() == 1);
  CHECK(tooLong.overflows[0].number == 2);
  wish.sides = Sides::fronts;
  CHECK(printIfItFits(deck, wish).file == print(deck, wish));
}

TEST_CASE("The largest size that fits is found from wherever it is looked for, and at once where it is", "[trendcards][paper]") {
  for (const int last : {0, 1, 7, 16})
    for (int most = -1; most <= last; ++most)
      for (int near = -2; near <= last + 2; ++near) {
        int tried = 0;
        const auto found = largestStep(last, near, [&](int step) {
          REQUIRE(step >= 0);
          REQUIRE(step <= last);
          ++tried;
          return step <= most;
        });
        CAPTURE(last, most, near);
        CHECK(found == (most < 0 ? std::nullopt : std::optional(most)));
        if (near == most) CHECK(tried <= (most == last ? 1 : 2));
        CHECK(tried <= 9);
      }
}
