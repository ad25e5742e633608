// The search as pages, plugins and machines use it, on both databases.
#include "toimela/search.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <latch>
#include <map>
#include <thread>

#include "data/database.h"
#include "data/migrations.h"
#include "scratch_folder.h"
#include "search/analysis.h"
#include "search/audience.h"
#include "search/change_log.h"
#include "search/index.h"
#include "search/indexer.h"
#include "search/query.h"
#include "search/searcher.h"
#include "search/snippet.h"
#include "search/without_title.h"
#include "toimela/testing.h"

namespace toimela::search {

namespace {

constexpr std::string_view kNote = "note";

std::string show(const std::vector<Piece>& pieces) {
  std::string text;
  for (const Piece& piece : pieces) text += piece.isFound ? "[" + piece.text + "]" : piece.text;
  return text;
}

Sought soughtFor(std::string_view typed, Analyser& analyser) {
  return soughtOf(parseTyped(typed), Strictness::all, analyser);
}

/// Things that a test plugin would have, in memory; their changes go through the database's log.
struct Notes {
  std::map<std::int64_t, Document> all;

  Sources sources() {
    return {{"core",
             {.kind = std::string(kNote),
              .labelKey = "search.title",
              .list =
                  [this](ReadTx&, std::int64_t after, int limit) {
                    std::vector<std::int64_t> ids;
                    for (auto at = all.upper_bound(after); at != all.end() && std::ssize(ids) < limit; ++at)
                      ids.push_back(at->first);
                    return ids;
                  },
              .read =
                  [this](ReadTx&, const std::vector<std::int64_t>& ids) {
                    std::vector<Document> documents;
                    for (const auto id : ids)
                      if (const auto found = all.find(id); found != all.end()) documents.push_back(found->second);
                    return documents;
                  }}}};
  }
  void put(std::int64_t id, std::string title, std::string text = {}, Audience audience = Audience::everyone()) {
    all[id] = {.id = id, .title = {.fi = std::move(title)}, .text = {.fi = std::move(text)},
               .path = "/notes/" + std::to_string(id), .audience = std::move(audience)};
  }
};

/// A machine with an index of its own, following a database.
struct Machine {
  data::Database& database;
  testing::ScratchFolder scratch;
  IndexFolder folder{scratch.path()};
  Indexer indexer;
  Searcher searcher{folder};
  std::atomic<bool> stopping{false};

  Machine(data::Database& database, const Sources& sources)
      : database(database), indexer(database, sources, folder, [](std::string_view, std::string_view) {}) {}

  std::vector<std::int64_t> find(std::string typed, const Access& access = {}) {
    std::vector<std::int64_t> ids;
    for (const Found& found : searcher.find({.typed = std::move(typed)}, access).found) ids.push_back(found.document.id);
    return ids;
  }
  void follow() {
    // Other tests write on the same server, and nothing is read past a transaction that still runs.
    while (!database.get([](ReadTx& tx) { return isSettled(tx); })) std::this_thread::yield();
    REQUIRE(indexer.follow(stopping) == Indexer::Outcome::done);
  }
};

using Ids = std::vector<std::int64_t>;

void onEveryDatabase(const std::function<void(data::Database&)>& story) {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    data::Database database({.url = fresh.url, .connections = 4});
    data::migrate(database, {"core", std::string(TOIMELA_SOURCE_FOLDER) + "/db/migrations"});
    database.write({}, [](WriteTx& tx) { prepareLog(tx); });
    story(database);
  }
}

void tell(data::Database& database, std::int64_t id) {
  database.write({}, [&](WriteTx& tx) {
    changed(tx, kNote, id);
    tx.unaudited("a test");
  });
}

}  // namespace

TEST_CASE("a Finnish word has its base form, and a compound its parts", "[search][analysis]") {
  Analyser analyser;
  REQUIRE(analyser.hasDictionary());
  const Forms forms = analyser.forms(Locale::fi, "työllisyydenhoidossa");
  CHECK(forms.whole == std::vector<std::string>{"Ftyöllisyydenhoito"});
  CHECK(std::ranges::count(forms.inner, "työllisyys") == 1);
  CHECK(std::ranges::count(forms.inner, "hoito") == 1);
  REQUIRE(forms.parts.size() == 2);
  const Forms three = analyser.forms(Locale::fi, "järjestöyhteistyötä");
  CHECK(std::ranges::count(three.inner, "yhteistyö") == 1);
}

TEST_CASE("a word that no dictionary has is found by its stem", "[search][analysis]") {
  Analyser analyser;
  CHECK(analyser.forms(Locale::fi, "zorkbulaa").whole.front()[0] == prefix::kStem);
  CHECK(analyser.forms(Locale::sv, "föreningarna").whole == analyser.forms(Locale::sv, "förening").whole);
  CHECK(analyser.forms(Locale::en, "applications").whole == analyser.forms(Locale::en, "application").whole);
}

TEST_CASE("words are taken from a text with the places where they stand", "[search][analysis]") {
  const std::string text = "Työ- ja ELINKEINO\xC2\xADtoimisto, Š 2026!";
  const auto tokens = tokensOf(text, 10);
  std::vector<std::string> words;
  for (const auto& token : tokens) words.push_back(token.word);
  CHECK(words == std::vector<std::string>{"työ", "ja", "elinkeinotoimisto", "s", "2026"});
  CHECK(text.substr(tokens[0].begin, tokens[0].end - tokens[0].begin) == "Työ");
  CHECK(tokensOf("\xff\xfe kaksi \xc3", 10).size() == 1);
  CHECK(tokensOf(std::string(5'000, 'a'), 10).front().word.size() == kLongestWord);
}

TEST_CASE("quotes hold a phrase, and common words are not asked for", "[search][query]") {
  const Typed typed = parseTyped("opas ja \"työn hakeminen\" nuorille");
  CHECK(typed.words == std::vector<std::string>{"opas", "nuorille"});
  REQUIRE(typed.phrases.size() == 1);
  CHECK(typed.phrases[0] == std::vector<std::string>{"työn", "hakeminen"});
  CHECK(parseTyped("ja").words.size() == 1);
  CHECK(parseTyped("”avoin loppu").phrases.size() == 1);
  CHECK(parseTyped("\"\" !!").empty());
}

TEST_CASE("a snippet marks inflected words and is cut between words", "[search][snippet]") {
  Analyser analyser;
  std::string text;
  for (int i = 0; i < 100; ++i) text += "täytettä edessä ";
  text += "Hoidosta sovitaan <b>kunnassa</b> yhdessä. ";
  for (int i = 0; i < 100; ++i) text += "ja perässä ";
  const std::string shown = show(snippet(text, Locale::fi, soughtFor("kunnan hoito", analyser), analyser));
  CHECK(shown.find("[Hoidosta] sovitaan <b>[kunnassa]</b>") != std::string::npos);
  CHECK(shown.starts_with("… "));
  CHECK(shown.ends_with(" …"));
  CHECK(shown.size() < 400);
  CHECK(show(marked("Työllisyydenhoidon opas", Locale::fi, soughtFor("hoito", analyser), analyser)) ==
        "[Työllisyydenhoidon] opas");
  CHECK(show(snippet("Muuta tekstiä.", Locale::fi, soughtFor("hoito", analyser), analyser)) == "Muuta tekstiä.");
  CHECK(snippet("", Locale::fi, soughtFor("hoito", analyser), analyser).empty());
}

TEST_CASE("what is changed in the database is found a moment later, and what is gone is not",
          "[search][indexing]") {
  onEveryDatabase([](data::Database& database) {
    Notes notes;
    notes.put(1, "Työpajojen ohjaajille");
    const Sources sources = notes.sources();
    Machine machine(database, sources);
    machine.follow();
    CHECK(machine.find("paja") == Ids{1});
    notes.put(2, "Kierrätyspaja");
    tell(database, 2);
    machine.follow();
    CHECK(machine.find("paja").size() == 2);
    notes.all.erase(1);
    tell(database, 1);
    machine.follow();
    CHECK(machine.find("pajat") == Ids{2});
    notes.put(3, "Metsäpaja");
    database.write({}, [](WriteTx& tx) {
      changedAll(tx, kNote);
      tx.unaudited("a test");
    });
    machine.follow();
    CHECK(machine.find("metsä") == Ids{3});
  });
}

TEST_CASE("a change that commits after a later one is not passed over", "[search][indexing]") {
  onEveryDatabase([](data::Database& database) {
    if (database.dialect() == Dialect::sqlite) return;  // it has one writer at a time
    Notes notes;
    const Sources sources = notes.sources();
    Machine machine(database, sources);
    machine.follow();
    notes.put(1, "Hidas");
    notes.put(2, "Nopea");
    std::latch begun(1), mayCommit(1);
    std::thread slow([&] {
      database.write({}, [&](WriteTx& tx) {
        changed(tx, kNote, 1);
        tx.unaudited("a test");
        begun.count_down();
        mayCommit.wait();
      });
    });
    begun.wait();
    tell(database, 2);
    REQUIRE(machine.indexer.follow(machine.stopping) == Indexer::Outcome::done);
    mayCommit.count_down();
    slow.join();
    machine.follow();
    CHECK(machine.find("hidas") == Ids{1});
    CHECK(machine.find("nopea") == Ids{2});
  });
}

TEST_CASE("an index that was put aside before its commit starts where it stood", "[search][indexing]") {
  onEveryDatabase([](data::Database& database) {
    Notes notes;
    notes.put(1, "Yksi");
    const Sources sources = notes.sources();
    testing::ScratchFolder scratch;
    const IndexFolder folder(scratch.path());
    std::atomic<bool> stopping{false};
    const auto warn = [](std::string_view, std::string_view) {};
    {
      Indexer first(database, sources, folder, warn);
      REQUIRE(first.follow(stopping) == Indexer::Outcome::done);
    }
    notes.put(2, "Kaksi");
    tell(database, 2);
    {
      // Documents without a position, as a killed process may leave them.
      IndexWriter half(*folder.current());
      Analyser analyser;
      half.put(analyser, kNote, 2, {&notes.all[2]});
    }
    while (!database.get([](ReadTx& tx) { return isSettled(tx); })) std::this_thread::yield();
    Indexer second(database, sources, folder, warn);
    REQUIRE(second.follow(stopping) == Indexer::Outcome::done);
    second.release();
    Searcher searcher(folder);
    CHECK(searcher.find({.typed = "kaksi"}, {}).found.size() == 1);
    CHECK(searcher.size() == 2);
  });
}

TEST_CASE("one process writes, another index takes over at once, and an old database is noticed",
          "[search][indexing]") {
  onEveryDatabase([](data::Database& database) {
    Notes notes;
    notes.put(1, "Vanha");
    const Sources sources = notes.sources();
    Machine machine(database, sources);
    machine.follow();
    Indexer other(database, sources, machine.folder, [](std::string_view, std::string_view) {});
    CHECK(other.follow(machine.stopping) == Indexer::Outcome::busy);

    // A new index is made beside it, and the one who follows goes on in the new one.
    const auto before = machine.folder.current();
    CHECK(other.rebuild(machine.stopping, {}) == Indexer::Outcome::done);
    CHECK(machine.folder.current() != before);
    notes.put(2, "Uusi");
    tell(database, 2);
    machine.follow();
    CHECK(machine.find("uusi") == Ids{2});

    // Another lineage: the database was restored from a backup.
    notes.all.erase(1);
    constexpr Sql kForget{"test.lineage.forget", "DELETE FROM core_search_state"};
    constexpr Sql kEmpty{"test.log.forget", "DELETE FROM core_search_change"};
    database.write({}, [&](WriteTx& tx) {
      tx.run(kForget);
      tx.run(kEmpty);
      prepareLog(tx);
    });
    machine.follow();
    CHECK(machine.find("vanha").empty());
    CHECK(machine.find("uusi") == Ids{2});
  });
}

TEST_CASE("a log that was trimmed behind an index makes it anew", "[search][indexing]") {
  onEveryDatabase([](data::Database& database) {
    Notes notes;
    const Sources sources = notes.sources();
    Machine machine(database, sources);
    machine.follow();
    notes.put(1, "Myöhässä");
    tell(database, 1);
    database.write({}, [](WriteTx& tx) { trimLog(tx, tx.time() + std::chrono::hours(1)); });
    CHECK(database.get([](ReadTx& tx) { return changesAfter(tx, {}, 10); }).empty());
    machine.follow();
    CHECK(machine.find("myöhässä") == Ids{1});
  });
}

TEST_CASE("a source that fails keeps what was found of its things", "[search][indexing]") {
  onEveryDatabase([](data::Database& database) {
    Notes notes;
    notes.put(1, "Pysyy");
    Sources sources = notes.sources();
    const auto read = sources[0].what.read;
    bool isBroken = false;
    sources[0].what.read = [&](ReadTx& tx, const std::vector<std::int64_t>& ids) {
      if (isBroken) throw std::runtime_error("broken");
      return read(tx, ids);
    };
    Machine machine(database, sources);
    machine.follow();
    isBroken = true;
    tell(database, 1);
    machine.follow();
    CHECK(machine.find("pysyy") == Ids{1});
  });
}

TEST_CASE("where there is no index yet, nothing is said to be found nowhere", "[search][asking]") {
  testing::ScratchFolder scratch;
  const IndexFolder folder(scratch.path());
  Searcher searcher(folder);
  CHECK_FALSE(searcher.find({.typed = "verkosto"}, {}).isReady);
  CHECK(searcher.suggest("verk", Locale::fi, {}, 8).empty());
}

TEST_CASE("access is part of the query: of what is closed nothing is shown, counted or suggested",
          "[search][access]") {
  onEveryDatabase([](data::Database& database) {
    constexpr Permission kEdit{"test.edit"};
    const RegionCode uusimaa = *RegionCode::parse("01");
    Notes notes;
    notes.put(1, "Salaisuus kaikille", "", Audience::everyone());
    notes.put(2, "Salaisuus kirjautuneille", "", Audience::signedIn());
    notes.put(3, "Salaisuus omistajalle", "", Audience::person(PersonId{7}));
    notes.put(4, "Salaisuus Uudellemaalle", "", Audience::holders(kEdit, {.region = uusimaa}));
    notes.put(5, "Salaisuus ryhmälle", "", Audience::group("test.group:1"));
    notes.put(6, "Salaisuus vieraille", "", Audience::visitors());
    notes.put(7, "Kryptonomia unohdettu", "", {});
    const Sources sources = notes.sources();
    Machine machine(database, sources);
    machine.follow();
    const auto seen = [&](std::vector<std::string> marks) {
      auto ids = machine.find("salaisuus", {std::move(marks), {}});
      std::ranges::sort(ids);
      return ids;
    };
    const std::string visitor(kVisitorMark), member(kSignedInMark);
    CHECK(seen({visitor}) == Ids{1, 6});
    CHECK(seen({}) == Ids{1});
    CHECK(seen({member}) == Ids{1, 2});
    CHECK(seen({member, personMark(PersonId{7})}) == Ids{1, 2, 3});
    CHECK(seen({member, holderMark(kEdit, uusimaa, {})}) == Ids{1, 2, 4});
    CHECK(seen({member, holderMark(kEdit, {}, {})}) == Ids{1, 2, 4});
    CHECK(seen({member, holderMark(kEdit, RegionCode::parse("06"), {})}) == Ids{1, 2});
    CHECK(seen({member, groupMark("test.group:1")}) == Ids{1, 2, 5});
    CHECK(machine.searcher.find({.typed = "salaisuus"}, {{visitor}, {}}).total == 2);
    // Neither a hint nor a suggestion tells of a word of what is closed.
    const auto hidden = machine.searcher.find({.typed = "kryptonomio"}, {{visitor}, {}});
    CHECK(hidden.total == 0);
    CHECK(hidden.spelling.empty());
    CHECK(machine.searcher.suggest("krypt", Locale::fi, {{visitor}, {}}, 5).empty());
    CHECK(machine.searcher.suggest("salaisuus kirj", Locale::fi, {{visitor}, {}}, 5).empty());
    CHECK(machine.searcher.suggest("salaisuus kirj", Locale::fi, {{member}, {}}, 5).size() == 1);
  });
}

TEST_CASE("a text begins behind the title that it repeats, and a sentence keeps its beginning", "[search][snippet]") {
  const LocalText title{.fi = "Järjestöt oppimisen mahdollistajina – Jobi-hanke", .sv = "Föreningar", .en = {}};
  CHECK(withoutTitle("Järjestöt oppimisen\nmahdollistajina\n– Jobihanke\nVates-säätiö 2019", title) == "Vates-säätiö 2019");
  CHECK(withoutTitle("JÄRJESTÖT OPPIMISEN MAHDOLLISTAJINA – JOBI-HANKE Vates-säätiö", title) == "Vates-säätiö");
  CHECK(withoutTitle("Tiivistelmä.\n\nFöreningar\nInledning", title) == "Tiivistelmä.\nInledning");
  CHECK(withoutTitle("Järjestöt oppimisen mahdollistajina – Jobi-hanke alkoi syksyllä.", title) ==
        "Järjestöt oppimisen mahdollistajina – Jobi-hanke alkoi syksyllä.");
  CHECK(withoutTitle("Föreningar Finland har", title) == "Föreningar Finland har");
  CHECK(withoutTitle("Föreningarnas roll", title) == "Föreningarnas roll");
  CHECK(withoutTitle("Föreningar: så här", title) == "så här");
  CHECK(withoutTitle("Föreningar", title).empty());
  CHECK(withoutTitle("Muuta", {}) == "Muuta");
}

TEST_CASE("what is shown of a thing does not repeat its title, and its date is as exact as it is known", "[search][asking]") {
  onEveryDatabase([](data::Database& database) {
    Notes notes;
    notes.put(1, "Kuntoutuksen opas", "Kuntoutuksen opas\nUusi tapa kuntoutua.");
    notes.all[1].date = Date::parse("2019-01-01");
    notes.all[1].precision = Precision::year;
    notes.put(2, "Kuntoutuksen lehti");
    notes.all[2].date = Date::parse("2021-06-01");
    notes.all[2].precision = Precision::month;
    notes.put(3, "Kuntoutuksen päivä");
    notes.all[3].date = Date::parse("2020-01-01");
    const Sources sources = notes.sources();
    Machine machine(database, sources);
    machine.follow();
    const auto found = machine.searcher.find({.typed = "kuntoutus", .sort = Sort::newest}, {}).found;
    REQUIRE(found.size() == 3);
    CHECK(found[0].document.precision == Precision::month);
    CHECK(found[0].document.date == Date::parse("2021-06-01"));
    CHECK(found[1].document.precision == Precision::day);
    CHECK(found[2].document.precision == Precision::year);
    CHECK(found[2].document.date == Date::parse("2019-01-01"));
    CHECK(found[2].document.text.fi == "Uusi tapa kuntoutua.");
  });
}

TEST_CASE("subjects are offered in the reader's language, each name once, and those of a thing that has none in it as they are",
          "[search][asking]") {
  onEveryDatabase([](data::Database& database) {
    Notes notes;
    for (const std::int64_t id : {1, 2, 3}) notes.put(id, "Aihe");
    notes.all[1].subjects = {{.fi = "järjestöt", .sv = "föreningar", .en = "associations"}};
    // As a deck of cards has them: a text of its own in each language, none the translation of another.
    notes.all[2].subjects = {{.fi = "järjestöt"}, {.fi = "alueet"}, {.sv = "regioner"}, {.en = "associations"}};
    notes.all[3].subjects = {{.sv = "ungdomar"}};
    const Sources sources = notes.sources();
    Machine machine(database, sources);
    machine.follow();
    const auto offered = [&](Locale locale) {
      std::map<std::string, std::int64_t> names;
      const auto findings = machine.searcher.find({.typed = "aihe", .locale = locale}, {});
      for (const auto& [value, count] : findings.counts[static_cast<std::size_t>(Facet::subject)]) {
        CHECK(machine.searcher.find({.typed = "aihe", .filters = {{Facet::subject, value}}}, {}).total == count);
        names[std::string(subjectName(value))] = count;
      }
      return names;
    };
    CHECK(offered(Locale::fi) == std::map<std::string, std::int64_t>{{"järjestöt", 2}, {"alueet", 1}, {"ungdomar", 1}});
    CHECK(offered(Locale::sv) == std::map<std::string, std::int64_t>{{"föreningar", 1}, {"regioner", 1}, {"ungdomar", 1}});
    CHECK(offered(Locale::en) == std::map<std::string, std::int64_t>{{"associations", 2}, {"ungdomar", 1}});
  });
}

TEST_CASE("titles come before texts, phrases are exact, and a slip of the finger gets a hint", "[search][asking]") {
  onEveryDatabase([](data::Database& database) {
    Notes notes;
    notes.put(1, "Muuta asiaa", "Tekstissä mainitaan kuntoutus kerran ja paljon muuta asiaa.");
    notes.put(2, "Kuntoutus");
    notes.put(3, "Lomake", "Työn hakeminen onnistuu, kun hakeminen on työn alku.");
    notes.put(4, "Ohje", "Ensin hakeminen, sitten työn aloitus.");
    notes.put(5, "Lehti", "Vuoden 2026 numero");
    notes.all[5].date = Date::parse("2026-01-15");
    notes.all[5].type = "magazine";
    notes.all[5].languages = {"fi", "se"};
    notes.all[5].subjects = {{.fi = "osallisuus", .sv = "delaktighet", .en = "inclusion"}};
    const Sources sources = notes.sources();
    Machine machine(database, sources);
    machine.follow();
    CHECK(machine.find("kuntoutuksesta") == Ids{2, 1});
    CHECK(machine.find("\"työn hakeminen\"") == Ids{3});
    CHECK(machine.find("työn hakeminen").size() == 2);
    CHECK(machine.searcher.find({.typed = "kuntotus"}, {}).spelling == "kuntoutus");
    CHECK(machine.find("kuntout").size() == 2);
    const auto loose = machine.searcher.find({.typed = "kuntoutus raketti"}, {});
    CHECK(loose.isLoose);
    CHECK(loose.total == 2);
    CHECK(machine.find("!!!").empty());
    CHECK(machine.find("inclusion") == Ids{5});
    CHECK(machine.find("delaktigheten") == Ids{5});
    const auto narrowed = machine.searcher.find(
        {.typed = "", .filters = {{Facet::type, "note.magazine"}, {Facet::year, "2026"}, {Facet::language, "se"}}}, {});
    REQUIRE(narrowed.found.size() == 1);
    CHECK(narrowed.counts[static_cast<std::size_t>(Facet::language)].size() == 2);
    CHECK(machine.searcher.find({.filters = {{Facet::year, "1999"}}}, {}).total == 0);
  });
}

TEST_CASE("a word that is found nowhere may begin another, and one that is found does not", "[search][asking]") {
  onEveryDatabase([](data::Database& database) {
    Notes notes;
    notes.put(1, "Korttipakka", "Pakassa on kuvia järjestöistä.");
    notes.put(2, "Kort om vad vi gör", "Ett kort av varje slag.");
    notes.put(3, "Zorkbulatehdas", "Tehtaalla on kuvia.");
    const Sources sources = notes.sources();
    Machine machine(database, sources);
    machine.follow();
    CHECK(machine.find("zorkbulat") == Ids{3});
    CHECK(machine.find("zorkbulat kuvia") == Ids{3});
    CHECK(machine.find("kort") == Ids{2});
    // Nothing has both as a whole, and both are somewhere.
    CHECK(machine.searcher.find({.typed = "kort järjestö"}, {}).isLoose);
  });
}

TEST_CASE("that a word stands in something closed does not show in what its beginning finds", "[search][asking]") {
  onEveryDatabase([](data::Database& database) {
    Notes notes;
    notes.put(1, "Zorkbulatehdas");
    const Sources sources = notes.sources();
    Machine machine(database, sources);
    machine.follow();
    const Access member{{std::string(kSignedInMark)}, {}};
    CHECK(machine.find("zorkbula") == Ids{1});
    notes.put(2, "Zorkbula", "", Audience::signedIn());
    tell(database, 2);
    machine.follow();
    CHECK(machine.find("zorkbula") == Ids{1});
    CHECK(machine.find("zorkbula", member) == Ids{2});
  });
}

TEST_CASE("a visitor searches everything by an inflected word, narrows it, and gets it from the API too",
          "[search][pages]") {
  for (const auto& database : testing::databases()) {
    INFO(database.name);
    testing::Site site(database);
    site.organisation("Pirkanmaan nuorisotyön tuki <b>ry</b>", "06");
    site.organisation("Kainuun nuorten työpaja", "18");
    auto visitor = site.visitor();
    const auto page = visitor.get("/fi/search?q=nuorisoty%C3%B6ss%C3%A4");
    REQUIRE(page.status == 200);
    const std::string body = testing::bodyOf(page);
    CHECK(body.find("<mark>nuorisotyön</mark>") != std::string::npos);
    CHECK(body.find("&lt;b&gt;ry") != std::string::npos);
    CHECK(body.find("Kainuun") == std::string::npos);
    CHECK(testing::bodyOf(visitor.get("/sv/search?q=nuori")).find("Kainuun") != std::string::npos);
    const auto json = nlohmann::json::parse(
        testing::bodyOf(visitor.get("/api/v1/search?q=ty%C3%B6paja&region=18")));
    CHECK(json.at("total") == 1);
    CHECK(json.at("items").at(0).at("kind") == "organisation");
    CHECK(json.at("facets").contains("region"));
    CHECK(nlohmann::json::parse(testing::bodyOf(visitor.get("/fi/search/suggestions?q=kain"))).size() == 1);
    CHECK(visitor.get("/fi/search?q=a%01b").status == 400);
    CHECK(visitor.get("/fi/search?page=99999&q=nuori").status == 200);
    CHECK(visitor.get("/fi/search?region=xx&year=&kind=%22&q=").status == 200);
  }
}

}  // namespace toimela::search
