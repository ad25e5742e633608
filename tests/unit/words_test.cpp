#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "directory/indexing.h"
#include "directory/organisations.h"
#include "directory/personal_data.h"
#include "host/core_host.h"
#include "toimela/testing.h"
#include "toimela/words.h"
#include "words/fold.h"

using namespace toimela;
using testing::bodyOf;

namespace {

using Strings = std::vector<std::string>;
using Ids = std::vector<std::int64_t>;

/// Things of a kind of its own, with numbers from 1.
struct Shelf {
  explicit Shelf(const testing::FreshDatabase& fresh) : site(fresh), host(site.host("core")) {}

  void put(std::int64_t id, LocalText name, Strings marks = {}, Strings texts = {}) {
    host.writeAs({}, [&](WriteTx& tx) {
      words::put(tx, {"test.thing", id, name, texts, marks});
      tx.unaudited("a test fills a shelf");
    });
  }
  words::Answer find(std::string typed, Strings marks = {}, std::string after = "", int limit = 25,
                     Locale locale = Locale::fi) {
    return host.read([&](ReadTx& tx) {
      return words::find(tx, {"test.thing", typed, marks, locale, after, limit});
    });
  }
  testing::Site site;
  Host& host;
};

template <class Work>
void onEveryDatabase(Work work) {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    Shelf shelf(fresh);
    work(shelf);
  }
}

}  // namespace

TEST_CASE("a text is taken apart into words that compare", "[words]") {
  CHECK(words::fold("") == Strings{});
  CHECK(words::fold("Etelä-Suomen  Nuoret ry.") == Strings{"etelä", "suomen", "nuoret", "ry"});
  CHECK(words::fold("ÅBO ÄÄNI Öljy") == Strings{"åbo", "ääni", "öljy"});
  CHECK(words::fold("Cafe\u0301 Café") == Strings{"cafe", "cafe"});
  CHECK(words::fold("A\u030Abo") == Strings{"åbo"});
  CHECK(words::fold("Straße ﬁ Ⅷ") == Strings{"strasse", "fi", "viii"});
  CHECK(words::fold("Sámi Đuoddaris Ŋ Šaddu") == Strings{"sami", "duoddaris", "n", "saddu"});
  CHECK(words::fold("København Ærø") == Strings{"köbenhavn", "ärö"});
  CHECK(words::fold("1735895-7") == Strings{"1735895", "7"});
  CHECK(words::fold("%_!'\"\\ \t§") == Strings{});
  CHECK(words::fold("Петербург 東京") == Strings{"петербург", "東京"});
}

TEST_CASE("keys order names as each language's alphabet does", "[words]") {
  const auto before = [](std::string_view a, std::string_view b, Locale locale) {
    return words::orderKey(words::fold(a), locale) < words::orderKey(words::fold(b), locale);
  };
  for (const Locale locale : {Locale::fi, Locale::sv}) {
    CHECK(before("Zoo", "Åbo", locale));
    CHECK(before("Åbo", "Äiti", locale));
    CHECK(before("Äiti", "Öljy", locale));
  }
  CHECK(before("Åbo", "Zoo", Locale::en));
  CHECK(before("Öljy", "Zoo", Locale::en));
  for (const Locale locale : kLocales) {
    CHECK(before("Koti ja koulu", "Kotikaupunki", locale));
    CHECK(before("Aatu", "aatos ry", locale) == false);
    CHECK(words::orderKey(words::fold("\"Aamu\""), locale) == words::orderKey(words::fold("AAMU"), locale));
    CHECK(words::orderKey(words::fold("Helsingin Seudun"), locale)
              .starts_with(words::orderKey({"hels"}, locale)));
  }
}

TEST_CASE("every typed word must begin a word, in any order and case", "[words]") {
  onEveryDatabase([](Shelf& shelf) {
    shelf.put(1, {"Tampereen Työttömät ry", "Tammerfors arbetslösa rf", ""});
    shelf.put(2, {"Tampereen Kotityö ry", "", ""});
    shelf.put(3, {"Järvi-Suomen Tuki", "", ""}, {}, {"1735895-7"});
    shelf.put(4, {"Jarvin suku", "", ""});

    CHECK(shelf.find("tamp").ids == Ids{2, 1});
    CHECK(shelf.find("TYÖ tampereen").ids == Ids{1});
    CHECK(shelf.find("tyo tamp").ids == Ids{1});
    CHECK(shelf.find("arbets").ids == Ids{1});
    CHECK(shelf.find("ampereen").ids.empty());
    CHECK(shelf.find("järvi").ids == Ids{3});
    CHECK(shelf.find("jarvi").ids == Ids{4, 3});
    CHECK(shelf.find("1735895-7").ids == Ids{3});
    CHECK(shelf.find("").ids == Ids{4, 3, 2, 1});
    CHECK(shelf.find("   ").ids.size() == 4);
    CHECK(shelf.find("%").ids.empty());
    CHECK(shelf.find("tamp_").ids == Ids{2, 1});
    CHECK(shelf.find("nobody").count == 0);
    CHECK(shelf.find("tamp").count == 2);
    CHECK_FALSE(shelf.find("tamp").isMore);
  });
}

TEST_CASE("names that begin with what was typed come first", "[words]") {
  onEveryDatabase([](Shelf& shelf) {
    shelf.put(1, {"Akaan nuoret", "", ""});
    shelf.put(2, {"Nuorten ystävät", "", ""});
    shelf.put(3, {"Zonta nuorille", "", ""});
    shelf.put(4, {"Nuori Akaa", "", ""});
    CHECK(shelf.find("nuor").ids == Ids{4, 2, 1, 3});
    CHECK(shelf.find("akaa nuor").ids == Ids{1, 4});
  });
}

TEST_CASE("the list follows the language of the reader", "[words]") {
  onEveryDatabase([](Shelf& shelf) {
    shelf.put(1, {"Ylä-Savo", "Övre Savolax", "Upper Savonia"});
    shelf.put(2, {"Äänekoski", "", ""});
    shelf.put(3, {"Kerava", "Zzz Kervo", ""});
    CHECK(shelf.find("").ids == Ids{3, 1, 2});
    CHECK(shelf.find("", {}, "", 25, Locale::sv).ids == Ids{3, 2, 1});
    CHECK(shelf.find("", {}, "", 25, Locale::en).ids == Ids{2, 3, 1});
  });
}

TEST_CASE("what is put again replaces what was there, and what is removed is gone", "[words]") {
  onEveryDatabase([](Shelf& shelf) {
    shelf.put(1, {"Vanha nimi", "", ""}, {"r06"});
    shelf.put(1, {"Uusi nimi", "", ""}, {"r19"});
    CHECK(shelf.find("vanha").ids.empty());
    CHECK(shelf.find("uusi", {"r19"}).ids == Ids{1});
    CHECK(shelf.find("uusi", {"r06"}).ids.empty());
    CHECK(shelf.find("r19").ids.empty());
    shelf.host.writeAs({}, [](WriteTx& tx) {
      words::remove(tx, "test.thing", 1);
      tx.unaudited("a test clears a shelf");
    });
    CHECK(shelf.find("").ids.empty());
    CHECK(shelf.find("uusi").ids.empty());
  });
}

TEST_CASE("pages follow each other without a gap, for few and for many", "[words]") {
  onEveryDatabase([](Shelf& shelf) {
    // More than the index counts; every third begins with the word, every fifth has a mark.
    constexpr int kMany = 2'400;
    shelf.host.writeAs({}, [&](WriteTx& tx) {
      for (int i = 1; i <= kMany; ++i)
        words::put(tx, {"test.thing", i,
                        {(i % 3 ? "Nimi " : "Seura ") + std::to_string(i * 7 % 1'000) +
                             (i % 3 ? " seura" : " nimi"), "", ""},
                        i % 400 ? Strings{} : Strings{"harvinainen"},
                        i % 5 ? Strings{} : Strings{"m5"}});
      tx.unaudited("a test fills a shelf");
    });
    const auto everything = [&](std::string typed, Strings marks, int limit) {
      Ids all;
      std::string after;
      do {
        const auto page = shelf.find(typed, marks, after, limit);
        CHECK(static_cast<int>(page.ids.size()) <= limit);
        all.insert(all.end(), page.ids.begin(), page.ids.end());
        after = page.next;
      } while (!after.empty());
      CHECK(std::set(all.begin(), all.end()).size() == all.size());
      return all;
    };
    for (const auto& typed : {"", "seura", "s", "seura nimi", "nimi seur"}) {
      INFO(typed);
      CHECK(everything(typed, {}, 97).size() == kMany);
      const auto first = shelf.find(typed, {}, "", 10);
      CHECK(first.count == 1'000);
      CHECK(first.isMore);
      // The same order, however it is cut into pages.
      CHECK(everything(typed, {}, 97) == everything(typed, {}, 1'001));
    }
    CHECK(everything("seura", {"m5"}, 50).size() == kMany / 5);
    CHECK(shelf.find("seura", {"m5"}).count == kMany / 5);
    CHECK_FALSE(shelf.find("seura", {"m5"}).isMore);
    CHECK(everything("seura harv", {}, 4).size() == 6);
    CHECK(everything("seura olematon", {}, 4).empty());
    // Begins with it: all of "Seura …" stand before all of "Nimi … seura".
    const auto ordered = everything("seura", {}, 500);
    const auto isBegun = [](std::int64_t id) { return id % 3 == 0; };
    CHECK(std::ranges::is_partitioned(ordered, isBegun));
  });
}

TEST_CASE("a broken place in a list means its beginning", "[words]") {
  onEveryDatabase([](Shelf& shelf) {
    shelf.put(1, {"Aamu", "", ""});
    for (const char* after : {"x", "0", "0zz.1", "2ab.1", "0ab.", "0ab.-1", "'; DROP TABLE core_name", "."}) {
      INFO(after);
      CHECK(shelf.find("", {}, after).ids == Ids{1});
      CHECK(shelf.find("aamu", {}, after).ids == Ids{1});
    }
    CHECK(shelf.find("", {}, "1ff.9").ids.empty());
  });
}

TEST_CASE("hostile words find nothing and harm nothing", "[words]") {
  onEveryDatabase([](Shelf& shelf) {
    shelf.put(1, {"Aamu \"\\ {} [] ,, '' ; -- § %", "", ""}, {"r06"}, {std::string(5'000, 'x')});
    CHECK(shelf.find("aamu").ids == Ids{1});
    CHECK(shelf.find("§r06").ids.empty());
    CHECK(shelf.find(std::string(100, 'x')).ids == Ids{1});
    CHECK(shelf.find("a b c d e f g h i j k l m n").ids.empty());
    CHECK(shelf.find("\U0010FFFF").ids.empty());
  });
}

TEST_CASE("candidates that are known already are ordered and checked alike", "[words]") {
  onEveryDatabase([](Shelf& shelf) {
    shelf.put(1, {"Beeta", "", ""});
    shelf.put(2, {"Alfa beeta", "", ""});
    shelf.put(3, {"Beetasuku", "", ""});
    const auto among = [&](std::string typed, Ids ids) {
      return shelf.host.read([&](ReadTx& tx) {
        return words::find(tx, {"test.thing", typed, {}, Locale::fi, "", 10}, ids).ids;
      });
    };
    CHECK(among("beeta", {1, 2}) == Ids{1, 2});
    CHECK(among("", {3, 2}) == Ids{2, 3});
    CHECK(among("beeta", {}).empty());
  });
}

TEST_CASE("who is erased is found no more, and who is renamed by the new name", "[words]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    testing::Site site(fresh);
    const auto admin = site.person("Anna", "Ylläpitäjä", {{Role::nationalAdmin, {}, {}}});
    const auto gone = site.person("Veera", "Öhman");
    const auto found = [&](std::string words) {
      return bodyOf(site.signedIn(admin).get("/fi/admin/people?q=" + words));
    };
    CHECK(found("%C3%B6hm").find("Öhman, Veera") != std::string::npos);
    CHECK(found("ohm").find("Öhman, Veera") != std::string::npos);
    REQUIRE(directory::erasePerson(static_cast<CoreHost&>(site.host("core")), gone));
    CHECK(found("ohm").find("Öhman") == std::string::npos);
    CHECK(site.host("core").read([&](ReadTx& tx) {
      return words::find(tx, {"person", "ohman"}).count;
    }) == 0);
  }
}

TEST_CASE("a regional administrator's list of people ends where the region does", "[words]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    testing::Site site(fresh);
    const auto pirkanmaa = *RegionCode::parse("06");
    const auto admin = site.person("Rita", "Alueinen", {{Role::regionalAdmin, pirkanmaa, {}}});
    site.person("Paavo", "Paikallinen", {{Role::member, pirkanmaa, {}}});
    site.person("Keijo", "Kaukainen", {{Role::member, RegionCode::parse("19"), {}}});
    const auto body = bodyOf(site.signedIn(admin).get("/fi/admin/people"));
    CHECK(body.find("Paikallinen, Paavo") != std::string::npos);
    CHECK(body.find("Kaukainen") == std::string::npos);
    CHECK(bodyOf(site.signedIn(admin).get("/fi/admin/people?q=kauk")).find("Keijo") ==
          std::string::npos);
  }
}

TEST_CASE("a start indexes what is not indexed yet", "[words]") {
  static constexpr Sql kForgetAll{"test.words.forget", "DELETE FROM core_name"};
  static constexpr Sql kForgetWords{"test.words.forget_words", "DELETE FROM core_word"};
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    testing::Site site(fresh);
    site.organisation("Silta ry", "06");
    auto& host = static_cast<CoreHost&>(site.host("core"));
    host.writeAs({}, [](WriteTx& tx) {
      tx.run(kForgetAll);
      tx.run(kForgetWords);
      tx.unaudited("a test forgets the index");
    });
    const auto silta = [&] {
      return host.read([](ReadTx& tx) { return words::find(tx, {"organisation", "silta"}).count; });
    };
    CHECK(silta() == 0);
    testing::Site again(fresh);
    CHECK(silta() == 1);
  }
}

TEST_CASE("an entry matches a question as the index would find it", "[words]") {
  const words::Entry entry{"test.thing", 1, {.fi = "Järvenpään Silta"}, {"tuettu työ"}, {"r01"}};
  const auto matches = [&](std::string typed, Strings marks = {}) {
    return words::matches({"test.thing", std::move(typed), std::move(marks)}, entry);
  };
  CHECK(matches(""));
  CHECK(matches("silta jarven"));
  CHECK(matches("tuet", {"r01"}));
  CHECK_FALSE(matches("tuet", {"r06"}));
  CHECK_FALSE(matches("silta puuttuu"));
  CHECK_FALSE(matches("ilta"));
  CHECK_FALSE(matches("!?"));
  onEveryDatabase([&](Shelf& shelf) {
    shelf.put(1, entry.name, entry.marks, entry.texts);
    for (const char* typed : {"", "silta jarven", "tuet", "silta puuttuu", "ilta", "!?"}) {
      INFO(typed);
      CHECK(matches(typed) == !shelf.find(typed).ids.empty());
    }
  });
}

TEST_CASE("two who put the same thing at once both succeed, and the words of one are left", "[words]") {
  for (const auto& fresh : testing::databases()) {
    INFO(fresh.name);
    testing::Site site(fresh);
    auto& host = site.host("core");
    std::atomic<int> failures{0};
    const auto write = [&](const std::string& word) {
      for (int i = 0; i < 40; ++i) try {
          host.writeAs(std::nullopt, [&](WriteTx& tx) {
            words::put(tx, {"test.thing", 1, {.fi = "Yhteinen " + word}, {}, {}});
            tx.unaudited("a test");
            return 0;
          });
        } catch (const std::exception&) {
          ++failures;
        }
    };
    std::thread one(write, "kuusi"), other(write, "koivu");
    one.join();
    other.join();
    CHECK(failures == 0);
    const auto count = [&](std::string typed) {
      return host.read([&](ReadTx& tx) { return words::find(tx, {"test.thing", typed}).count; });
    };
    CHECK(count("yhteinen") == 1);
    CHECK(count("kuusi") + count("koivu") == 1);
  }
}
