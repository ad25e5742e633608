// A whole deck as files: what goes out comes back, and nothing wrong comes in.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <latch>
#include <thread>

#include "workshop.h"
#include "domain/png.h"
#include "exchange/zip.h"
#include "handlers/lately_made.h"
#include "operations/decks.h"
#include "operations/packages.h"
#include "requests.h"
#include "toimela/made_files.h"
#include "toimela/secrets.h"

using namespace toimela;
using namespace toimela::trendcards;
using namespace toimela::trendcards::exchange;
using Catch::Matchers::Contains;
using testing::bodyOf;
using testing::hidden;
namespace fs = std::filesystem;

namespace {

std::string big(std::uint32_t n) {
  return {static_cast<char>(n >> 24), static_cast<char>(n >> 16), static_cast<char>(n >> 8), static_cast<char>(n)};
}
std::uint32_t crcOf(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc;
}
std::string chunk(const std::string& kind, const std::string& data) {
  return big(static_cast<std::uint32_t>(data.size())) + kind + data + big(crcOf(kind + data));
}
/// A grey PNG whose one pixel is stored without compression (RFC 1950, RFC 1951).
std::string png(std::uint32_t width = 1, std::uint32_t height = 1) {
  const std::string header = big(width) + big(height) + std::string("\x08\0\0\0\0", 5);
  const std::string pixels("\x78\x01\x01\x02\x00\xfd\xff\x00\x80\x00\x82\x00\x81", 13);
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("IDAT", pixels) + chunk("IEND", "");
}

Files sound() {
  return {{"deck.json", R"({"format": "toimela-deck-1", "key": "tyo", "licence": "CC-BY-4.0",
                            "themes": [{"key": "tyo", "colour": "blue"}], "editions": ["fi.json"]})"},
          {"fi.json", R"({"language": "fi", "plain": false, "title": "Työ", "introduction": "", "themes": {"tyo": "Työ"},
                          "cards": [{"number": 1, "theme": "tyo", "title": "Yksi", "front": "E", "back": "", "sources": [],
                                     "image": "images/01.png", "alternative": "Neliö", "tags": ["a"]},
                                    {"number": 2, "theme": "tyo", "title": "Kaksi", "front": "E"}]})"},
          {"images/01.png", png()}};
}
Files with(const std::string& name, const std::string& from, const std::string& to) {
  Files files = sound();
  std::string& text = files.at(name);
  text.replace(text.find(from), from.size(), to);
  return files;
}
/// The first problem as "code file card detail".
std::string problemOf(const Files& files) {
  const auto parsed = parse(files);
  const auto* problems = std::get_if<Problems>(&parsed);
  if (!problems) return "";
  const Problem& first = problems->front();
  return std::string(kProblems.code(first.kind)) + " " + first.file + " " + std::to_string(first.card) + " " + first.detail;
}

struct Written {
  explicit Written(const std::string& bytes) : path(fs::temp_directory_path() / ("toimela-test-" + secrets::random())) {
    std::ofstream(path, std::ios::binary) << bytes;
  }
  ~Written() { fs::remove(path); }
  fs::path path;
};

Response upload(testing::Visitor& visitor, const std::string& path, const std::string& name, const std::string& content) {
  return testing::upload(visitor, path, {}, {{"file", name, content}});
}

}  // namespace

TEST_CASE("a picture is a whole PNG of bounded size", "[trendcards][package]") {
  CHECK(pngSize(png(800, 600))->width == 800);
  CHECK_FALSE(faultOf(png(1200, 900)));
  CHECK(faultOf(png(1201, 900)) == PictureFault::tooManyPixels);
  CHECK(faultOf(png().substr(0, png().size() - 4)) == PictureFault::notPng);
  CHECK(faultOf("\xff\xd8\xff jpeg") == PictureFault::otherFormat);
  CHECK(faultOf(std::string("RIFF\x10\0\0\0WEBPVP8 ", 16)) == PictureFault::otherFormat);
  CHECK(faultOf("RIFF") == PictureFault::notPng);
  CHECK(faultOf("RIFF....AVI ") == PictureFault::notPng);
  CHECK(faultOf("") == PictureFault::notPng);
  CHECK(faultOf(std::string(kHeaviestPicture + 1, 'x')) == PictureFault::tooHeavy);
  std::string lying = png();
  lying.replace(8, 4, big(0xFFFFFFF0));
  CHECK(faultOf(lying) == PictureFault::notPng);
}

TEST_CASE("each mistake in a package names its file and its card", "[trendcards][package]") {
  CHECK(problemOf(sound()) == "");
  CHECK(problemOf({}) == "missing_file deck.json 0 ");
  CHECK(problemOf(with("deck.json", "{\"format\"", "{format")) == "not_json deck.json 0 ");
  CHECK(problemOf(with("deck.json", "deck-1", "deck-9")) == "wrong_format deck.json 0 toimela-deck-1");
  CHECK(problemOf(with("deck.json", "CC-BY-4.0", "GPL")) == "wrong_value deck.json 0 licence");
  CHECK(problemOf(with("deck.json", "\"blue\"", "\"pink\"")) == "wrong_value deck.json 0 themes.colour");
  CHECK(problemOf(with("deck.json", "\"fi.json\"", "\"sv.json\"")) == "missing_file sv.json 0 ");
  CHECK(problemOf(with("deck.json", "\"fi.json\"", "\"fi.json\", \"fi.json\"")) == "twice fi.json 0 fi");
  CHECK(problemOf(with("deck.json", "\"fi.json\"", "\"../../etc/passwd\"")) == "missing_file ../../etc/passwd 0 ");
  CHECK(problemOf(with("fi.json", "\"language\": \"fi\"", "\"language\": \"de\"")) == "wrong_value fi.json 0 language");
  CHECK(problemOf(with("fi.json", "\"number\": 2", "\"number\": 3")) == "wrong_number fi.json 2 2");
  CHECK(problemOf(with("fi.json", "\"number\": 2", "\"number\": \"2\"")) == "wrong_number fi.json 2 2");
  CHECK(problemOf(with("fi.json", "\"theme\": \"tyo\", \"title\": \"Kaksi\"", "\"theme\": \"x\", \"title\": \"K\"")) == "unknown_theme fi.json 2 x");
  CHECK(problemOf(with("fi.json", "Kaksi", std::string(61, 'k'))) == "too_long fi.json 2 title");
  CHECK(problemOf(with("fi.json", "\"Kaksi\"", "7")) == "wrong_value fi.json 2 title");
  CHECK(problemOf(with("fi.json", "Neliö", "")) == "picture_without_alternative fi.json 1 ");
  CHECK(problemOf(with("fi.json", "images/01.png", "images/02.png")) == "missing_file fi.json 1 images/02.png");
  CHECK(problemOf(with("images/01.png", "IEND", "XEND")) == "picture_not_png fi.json 1 images/01.png");
  Files large = sound();
  large["images/01.png"] = png(4000, 10);
  CHECK(problemOf(large) == "picture_too_many_pixels fi.json 1 images/01.png");
}

TEST_CASE("a package is the same bytes each time, and its files come back", "[trendcards][package]") {
  const auto package = std::get<Package>(parse(sound()));
  const std::string bytes = zip(write(package));
  CHECK(bytes == zip(write(package)));
  const Written file(bytes);
  const auto files = std::get<Files>(unzip(file.path.string()));
  CHECK(files == write(package));
  CHECK(write(std::get<Package>(parse(files))) == files);
  Files inFolder;
  for (const auto& [name, content] : files) inFolder["pakka/" + name] = content;
  inFolder["__MACOSX/deck.json"] = "x";
  const Written nested(zip(inFolder));
  CHECK(problemOf(std::get<Files>(unzip(nested.path.string()))) == "");
}

TEST_CASE("what is no ZIP, or unpacks to too much, is refused", "[trendcards][package]") {
  const Written text("not a zip");
  CHECK(std::get<Problem>(unzip(text.path.string())).kind == Problem::Kind::notZip);
  Files bomb = sound();
  bomb["images/bomb.png"] = std::string(20 * 1024 * 1024, '\0');
  const Written packed(zip(bomb));
  CHECK(fs::file_size(packed.path) < 100'000);
  const auto refused = std::get<Problem>(unzip(packed.path.string()));
  CHECK(refused.kind == Problem::Kind::tooLarge);
  CHECK(refused.file == "images/bomb.png");
  const std::string whole = zip(sound());
  const Written cut(whole.substr(0, whole.size() / 2));
  CHECK(std::get<Problem>(unzip(cut.path.string())).kind == Problem::Kind::notZip);
  Files outside = sound();
  outside["../fi.json"] = "{}";
  const Written leading(zip(outside));
  CHECK(std::get<Problem>(unzip(leading.path.string())).kind == Problem::Kind::badPlace);
}

TEST_CASE("an exported deck is imported as the same deck, after a look at it", "[trendcards][package]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      auto& editor = table.editor;
      const std::string page = "/fi/regions/pirkanmaa/trendcards/import";
      CHECK(editor.get(page).status == 200);
      CHECK(editor.post(page).status == 422);
      const std::string bytes = zip(write(std::get<Package>(parse(sound()))));
      const auto preview = upload(editor, page, "pakka.zip", bytes);
      REQUIRE(preview.status == 200);
      const std::string shown = bodyOf(preview);
      CHECK_THAT(shown, Contains("2 korttia") && Contains("1 kuva"));
      const auto decks = [&] { return table.read([](ReadTx& tx) { return store::decksOf(tx, kPirkanmaa); }); };
      CHECK(decks().empty());
      CHECK(editor.post(page + "/do", {{"stored", hidden(shown, "stored")}, {"mark", "x"}}).status == 422);
      CHECK(decks().empty());
      REQUIRE(editor.post(page + "/do", {{"stored", hidden(shown, "stored")}, {"mark", hidden(shown, "mark")}, {"publish", "1"}}).status == 303);
      REQUIRE(decks().size() == 1);
      const auto listed = decks().front();
      const auto taken = table.site.visitor().get("/fi/trendcards/" + listed.deck.id.text() + "/export");
      CHECK(taken.status == 200);
      CHECK(bodyOf(taken) == bytes);
      const Edition edition = table.edition(listed.editions.at(0).id);
      CHECK(table.site.visitor().get("/fi/trendcards/cards/" + edition.cards[0].id.text() + "/picture").status == 200);
      CHECK(table.site.visitor().get("/fi/trendcards/cards/" + edition.cards[1].id.text() + "/picture").status == 404);

      // What is too long to be printed is not published, and may come in as a draft.
      std::string rows;
      for (int i = 0; i < 100; ++i) rows += "- a\\n";
      const auto tall = upload(editor, page, "pakka.zip", zip(with("fi.json", "\"back\": \"\"", "\"back\": \"" + rows + "\"")));
      REQUIRE(tall.status == 200);
      const std::string look = bodyOf(tall);
      const Sent bringing{{"stored", hidden(look, "stored")}, {"mark", hidden(look, "mark")}};
      Sent publishing = bringing;
      publishing.emplace_back("publish", "1");
      const auto untold = editor.post(page + "/do", publishing);
      CHECK(untold.status == 422);
      CHECK_THAT(bodyOf(untold), Contains("kortti 1") && Contains("kääntöpuolen teksti on liian pitkä painettuun A6-korttiin"));
      CHECK(decks().size() == 1);
      CHECK(editor.post(page + "/do", bringing).status == 303);
      CHECK(decks().size() == 2);

      const auto wrong = upload(editor, page, "pakka.zip", zip(with("fi.json", "Kaksi", std::string(61, 'k'))));
      CHECK(wrong.status == 422);
      CHECK_THAT(bodyOf(wrong), Contains("fi.json") && Contains("kortti 2") && Contains("title on liian pitkä"));
      CHECK(upload(editor, page, "pakka.zip", "PK nonsense").status == 422);
      CHECK(decks().size() == 2);
    }
  }
}

TEST_CASE("texts go to a translator as a table and come back by number", "[trendcards][package]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto deck = table.addDeck();
      const auto draft = table.addDraft(deck, {Locale::sv});
      const std::string path = "/fi/trendcards/editions/" + draft.text() + "/texts";
      const auto out = bodyOf(table.editor.get(path + ".csv"));
      CHECK_THAT(out, Contains("number;title;front") && Contains("Väki vanhenee"));
      CHECK(table.editor.get(path).status == 200);
      std::string back = out;
      back.replace(back.find("Väki vanhenee"), std::string("Väki vanhenee").size(), "Folket åldras");
      CHECK(upload(table.editor, path, "texter.csv", back).status == 303);
      const Edition edition = table.edition(draft);
      CHECK(edition.numbered(2)->title == "Folket åldras");
      CHECK(edition.numbered(1)->back == exampleEdition(deck).cards[0].back);
      CHECK(edition.numbered(1)->tags == exampleEdition(deck).cards[0].tags);
      const auto wrong = upload(table.editor, path, "texter.csv", "number;title;front;back;sources;tags;alternative\r\n9;a;b;c;;;\r\n");
      CHECK(wrong.status == 422);
      CHECK_THAT(bodyOf(wrong), Contains("Rivi 2"));
      CHECK(upload(table.editor, path, "texter.csv", "a;b\r\n1;2\r\n").status == 422);
    }
  }
}

TEST_CASE("texts find their cards although somebody moved them, and are not saved by half", "[trendcards][package]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Table table(database);
      const auto draft = table.addDraft(table.addDeck(), {Locale::sv});
      const std::string path = "/fi/trendcards/editions/" + draft.text() + "/texts";
      std::string texts = bodyOf(table.editor.get(path + ".csv"));
      texts.replace(texts.find("Väki vanhenee"), std::string("Väki vanhenee").size(), "Folket åldras");
      const Edition before = table.edition(draft);
      const auto save = [&](std::vector<Card> cards) {
        return table.host().writeAs(
            {}, [&](WriteTx& tx) { return operations::saveTexts(tx, draft, before.revision, cards); });
      };
      Card third = before.cards.back();
      third.number = 3;
      Card first = before.cards.front();
      first.title = "Arbetet flyttar";
      CHECK(save({first, third}) == operations::Refusal::stale);
      CHECK(table.edition(draft).cards.front().title == before.cards.front().title);
      CHECK(table.edition(draft).revision == before.revision);

      // A colleague moves the second card to the front while the translator is at work.
      table.host().writeAs({}, [&](WriteTx& tx) { return operations::moveCard(tx, before.cards.back().id, 1); });
      CHECK(save({first}) == operations::Refusal::stale);
      CHECK(upload(table.editor, path, "texter.csv", texts).status == 303);
      const Edition after = table.edition(draft);
      CHECK(after.numbered(1)->title == "Folket åldras");
      CHECK(after.numbered(1)->back == before.cards.back().back);
      CHECK(after.numbered(2)->title == before.cards.front().title);
      texts.replace(texts.rfind(";2"), 2, ";7");
      CHECK(upload(table.editor, path, "texter.csv", texts).status == 422);
    }
  }
}

TEST_CASE("one deck is packed at a time, and what is packed is kept", "[trendcards][package]") {
  handlers::Parcels parcels;
  std::latch begun(1), mayEnd(1);
  handlers::Parcels::File slow;
  std::thread packer([&] {
    slow = parcels.take("slow", [&] {
      begun.count_down();
      mayEnd.wait();
      return files::spool("packed");
    });
  });
  begun.wait();
  const auto never = [] { return files::spool("never"); };
  CHECK_FALSE(parcels.take("other", never));
  mayEnd.count_down();
  packer.join();
  REQUIRE(slow);
  CHECK(slow->size() == 6);
  CHECK(parcels.take("slow", never) == slow);
  CHECK(parcels.take("other", [] { return files::spool("now"); })->size() == 3);
}

TEST_CASE("a file that was made is the service's alone, and goes with its last owner", "[trendcards][package]") {
  std::string path;
  {
    const auto file = files::spool("salainen");
    path = file->path();
    const auto open = fs::perms::group_all | fs::perms::others_all;
    CHECK((fs::status(path).permissions() & open) == fs::perms::none);
    Response response;
    response.body = files::streamOf(file);
    CHECK(bodyOf(response) == "salainen");
  }
  CHECK_FALSE(fs::exists(path));
  std::string failed;
  CHECK_THROWS_AS(files::spool([&](const std::string& at) {
    failed = at;
    throw std::runtime_error("the disk is full");
  }), std::runtime_error);
  CHECK_FALSE(fs::exists(failed));
}

TEST_CASE("files that lie on disk are packed like those in memory", "[trendcards][package]") {
  const Files all = sound();
  const Written picture(all.at("images/01.png"));
  Files texts = all;
  texts.erase("images/01.png");
  const auto packed = files::spool([&](const std::string& path) {
    zip(path, texts, {{"images/01.png", picture.path.string()}});
  });
  std::ifstream in(packed->path(), std::ios::binary);
  CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == zip(all));
}
