#include "pages/catalogue.h"

#include <catch2/catch.hpp>
#include <thread>

#include "scratch_folder.h"

using namespace toimela;
using toimela::pages::Catalogue;
using toimela::testing::complaintOf;
using toimela::testing::ScratchFolder;

namespace {

/// One text in three languages.
void write(ScratchFolder& folder, const std::string& prefix, const std::string& fi,
           const std::string& sv, const std::string& en) {
  folder.write(prefix + "fi.json", fi).write(prefix + "sv.json", sv).write(prefix + "en.json", en);
}

std::string refusal(const std::string& fi, const std::string& sv, const std::string& en,
                    const std::string& plugin = "core") {
  ScratchFolder folder;
  write(folder, "", fi, sv, en);
  Catalogue catalogue;
  return complaintOf([&] { catalogue.add(plugin, folder.path()); });
}

}  // namespace

TEST_CASE("a text is found in the reader's language, in every file of a folder") {
  ScratchFolder folder;
  write(folder, "", R"({"hello":"Hei"})", R"({"hello":"Hej"})", R"({"hello":"Hello"})");
  write(folder, "mail.", R"({"mail.bye":"Terveisin"})", R"({"mail.bye":"H\u00e4lsningar"})",
        R"({"mail.bye":"Regards"})");
  Catalogue catalogue;
  catalogue.add("core", folder.path());
  CHECK(catalogue.get(Locale::fi, "hello") == "Hei");
  CHECK(catalogue.get(Locale::sv, "mail.bye") == "H\u00e4lsningar");
  CHECK(catalogue.get(Locale::en, "mail.bye") == "Regards");
  CHECK(catalogue.has("hello"));
  CHECK_FALSE(catalogue.has("hell"));
}

TEST_CASE("a key that nobody has written is shown as it is") {
  const Catalogue catalogue;
  const std::string& first = catalogue.get(Locale::fi, "no.such.key");
  CHECK(first == "no.such.key");
  CHECK(&catalogue.get(Locale::sv, "no.such.key") == &first);
  CHECK(catalogue.format(Locale::fi, "no.such.key", {}) == "no.such.key");
}

TEST_CASE("unknown keys from outside do not fill the memory") {
  const Catalogue catalogue;
  for (int i = 0; i < 5000; ++i) catalogue.get(Locale::fi, "made.up." + std::to_string(i));
  CHECK(catalogue.get(Locale::fi, "made.up.1") == "made.up.1");
  CHECK(catalogue.get(Locale::fi, "made.up.4999").empty());
}

TEST_CASE("arguments are filled in and plural forms follow the language") {
  ScratchFolder folder;
  write(
      folder, "",
      R"({"n":"{count, plural, =0 {ei yht\u00e4\u00e4n} one {# verkosto} other {# verkostoa}}","hi":"Hei {name}!"})",
      R"({"n":"{count, plural, =0 {inga} one {# n\u00e4tverk} other {# n\u00e4tverk}}","hi":"Hej {name}!"})",
      R"({"n":"{count, plural, =0 {none} one {# network} other {# networks}}","hi":"Hello {name}!"})");
  Catalogue catalogue;
  catalogue.add("core", folder.path());
  const auto counted = [&](Locale locale, std::int64_t count) {
    return catalogue.format(locale, "n", {{"count", count}});
  };
  CHECK(counted(Locale::fi, 0) == "ei yht\u00e4\u00e4n");
  CHECK(counted(Locale::fi, 1) == "1 verkosto");
  CHECK(counted(Locale::fi, 2) == "2 verkostoa");
  CHECK(counted(Locale::en, 1) == "1 network");
  CHECK(counted(Locale::en, 1234) == "1,234 networks");
  CHECK(counted(Locale::fi, 1234) == "1\u00a0234 verkostoa");
  CHECK(catalogue.format(Locale::sv, "hi", {{"name", std::string("Maija {x}")}}) ==
        "Hej Maija {x}!");
  CHECK(catalogue.format(Locale::sv, "hi", {}) == "Hej {name}!");
  CHECK(catalogue.hasArguments("n"));
}

TEST_CASE("a number in a plain argument is grouped as the language does") {
  ScratchFolder folder;
  write(folder, "", R"({"n":"{n} kpl"})", R"({"n":"{n} st."})", R"({"n":"{n} pcs"})");
  Catalogue catalogue;
  catalogue.add("core", folder.path());
  CHECK(catalogue.format(Locale::fi, "n", {{"n", std::int64_t{999}}}) == "999 kpl");
  CHECK(catalogue.format(Locale::fi, "n", {{"n", std::int64_t{12345}}}) == "12\u00a0345 kpl");
  CHECK(catalogue.format(Locale::en, "n", {{"n", std::int64_t{12345}}}) == "12,345 pcs");
}

TEST_CASE("an apostrophe stands for itself, two for one, and quotes a brace") {
  ScratchFolder folder;
  const std::string text = R"({"a":"don't","b":"don''t","c":"'{'name'}'","d":"{name}'s"})";
  write(folder, "", text, text, text);
  Catalogue catalogue;
  catalogue.add("core", folder.path());
  CHECK(catalogue.get(Locale::en, "a") == "don't");
  CHECK(catalogue.get(Locale::en, "b") == "don't");
  CHECK(catalogue.get(Locale::en, "c") == "{name}");
  CHECK_FALSE(catalogue.hasArguments("c"));
  CHECK(catalogue.format(Locale::en, "d", {{"name", std::string("Ann")}}) == "Ann's");
}

TEST_CASE("many threads fill in the same text at once") {
  ScratchFolder folder;
  const std::string text = R"({"n":"{count, plural, one {# thing} other {# things}}"})";
  write(folder, "", text, text, text);
  Catalogue catalogue;
  catalogue.add("core", folder.path());
  std::vector<std::string> results(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < results.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 200; ++n)
        results[i] = catalogue.format(Locale::en, "n", {{"count", std::int64_t{n}}});
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& result : results) CHECK(result == "199 things");
}

TEST_CASE("a key that one language lacks is refused by name and file") {
  const std::string why = refusal(R"({"a":"x","b":"y"})", R"({"a":"x"})", R"({"a":"x","b":"y"})");
  CHECK(why.find("sv.json") != why.npos);
  CHECK(why.find("\"b\"") != why.npos);
  CHECK(refusal(R"({"a":"x"})", R"({"a":"x"})", R"({"a":"x","b":"y"})").find("\"b\"") !=
        std::string::npos);
}

TEST_CASE("a language that is missing as a whole is refused") {
  ScratchFolder folder;
  folder.write("mail.fi.json", "{}").write("mail.en.json", "{}");
  Catalogue catalogue;
  const std::string why = complaintOf([&] { catalogue.add("core", folder.path()); });
  CHECK(why.find("mail.sv.json") != why.npos);
}

TEST_CASE("a message that does not parse, or is no text, is refused") {
  CHECK(
      refusal(R"({"a":"{count, plural, one {x}"})", R"({"a":"x"})", R"({"a":"x"})").find("\"a\"") !=
      std::string::npos);
  CHECK_FALSE(refusal(R"({"a":1})", R"({"a":"x"})", R"({"a":"x"})").empty());
  CHECK_FALSE(refusal(R"(["a"])", R"({"a":"x"})", R"({"a":"x"})").empty());
  CHECK_FALSE(refusal(R"({"a":)", R"({"a":"x"})", R"({"a":"x"})").empty());
}

TEST_CASE("a key that stands twice is refused, in one file and in two") {
  CHECK(refusal(R"({"a":"x","a":"y"})", R"({"a":"x"})", R"({"a":"x"})").find("twice") !=
        std::string::npos);

  ScratchFolder one, other;
  write(one, "", R"({"a":"x"})", R"({"a":"x"})", R"({"a":"x"})");
  write(other, "", R"({"a":"x"})", R"({"a":"x"})", R"({"a":"x"})");
  Catalogue catalogue;
  catalogue.add("core", one.path());
  CHECK_FALSE(complaintOf([&] { catalogue.add("core", other.path()); }).empty());
}

TEST_CASE("an argument misspelt in one language is noticed, one that it can do without is not") {
  CHECK_FALSE(refusal(R"({"a":"{name}"})", R"({"a":"{nmae}"})", R"({"a":"{name}"})").empty());
  CHECK(refusal(R"({"a":"{n, plural, one {maa} other {maata}}"})", R"({"a":"land"})",
                R"({"a":"{n}"})")
            .empty());
}

TEST_CASE("the texts of a plugin carry its name") {
  const std::string good = R"({"contacts.a":"x"})";
  CHECK(refusal(good, good, good, "contacts").empty());
  const std::string bad = R"({"contactsa":"x"})";
  CHECK(refusal(bad, bad, bad, "contacts").find("contacts.") != std::string::npos);
}

TEST_CASE("a file in a language that nobody speaks here is refused") {
  ScratchFolder folder;
  folder.write("de.json", "{}");
  Catalogue catalogue;
  CHECK(complaintOf([&] { catalogue.add("core", folder.path()); }).find("de.json") !=
        std::string::npos);
}
