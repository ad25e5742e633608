#include <catch2/catch.hpp>

#include "search/analysis.h"
#include "search/likeness.h"

using namespace toimela;
using namespace toimela::search;

namespace {

bool canBe(std::string_view word, const std::string& base) { return Likeness({base}).canBe(word); }

}  // namespace

TEST_CASE("forms of a word are like it, whatever inflection does to its consonants") {
  const std::pair<const char*, std::vector<const char*>> cases[] = {
      {"työllisyys", {"työllisyyden", "työllisyyttä", "nuorisotyöllisyys"}},
      {"työ", {"työn", "töissä", "töihin", "nuorisotyön"}},
      {"suo", {"suon", "soilla"}},
      {"katu", {"kadun", "katuja"}},
      {"vika", {"vian", "vikoja"}},
      {"aika", {"ajan", "aikaa"}},
      {"lukea", {"luen", "lukenut"}},
      {"lapsi", {"lasten", "lapsia"}},
      {"kaksi", {"kahden", "kahta"}},
      {"vesi", {"veden", "vettä"}},
      {"hammas", {"hampaan", "hammasta"}},
      {"manner", {"mantereen"}},
      {"kuningas", {"kuninkaan"}},
      {"ihminen", {"ihmisten", "ihmisiä"}},
      {"nainen", {"naisten"}},
      {"tavata", {"tapaan", "tavannut"}},
      {"levätä", {"lepään"}},
      {"rikas", {"rikkaan"}},
      {"sydän", {"sydämen"}},
      {"hoito", {"hoidossa", "työllisyydenhoidon"}},
      {"yhteistyö", {"yhteistöissä", "yhteistyön"}},
      {"kehittää", {"kehitämme", "kehittänyt"}},
  };
  for (const auto& [base, forms] : cases)
    for (const char* form : forms) {
      INFO(base << " " << form);
      CHECK(canBe(form, base));
    }
}

TEST_CASE("what the dictionary reads as a form of a base is like that base, but for the few that change altogether") {
  Analyser analyser;
  if (!analyser.hasDictionary()) return;
  int forms = 0, missed = 0;
  for (const char* word :
       {"järjestöjen", "vapaaehtoisten", "toiminnassa", "kunnan", "maakuntien", "palvelua", "verkostoissa", "hankkeesta",
        "osallisuutta", "työttömien", "asiakkaiden", "kumppaneita", "tuloksista", "koulutukset", "nuorten", "ikääntyneet",
        "työkyvyn", "hyvinvointialueella", "edistämisen", "yhteyksiä", "kokemusasiantuntijoille", "tapahtumaan",
        "ilmoittautuneet", "päätökset", "keskusteltiin", "sopimukseen", "alueellisesti", "tukea", "tuen", "avun",
        "pidetään", "tehdään", "nähtiin", "saavat", "annettiin", "löydettiin", "vuoden", "kuukausien", "päivänä",
        "kyläyhdistyksiltä", "kotouttamisessa", "elinvoimaa", "kehittämistehtävien", "rahoitusta", "merkityksellisen"})
    for (const auto& term : analyser.forms(Locale::fi, word).whole) {
      if (term[0] != prefix::kFinnish) continue;
      INFO(word << " " << term);
      ++forms;
      missed += !canBe(word, term.substr(1));
      CHECK(canBe(word, term.substr(1)));
    }
  CHECK(forms > 40);
  CHECK(missed == 0);
}

TEST_CASE("words that have nothing to do with what is sought are not looked up") {
  const Likeness likeness({"työllisyys", "hoito", "palvelu"});
  for (const char* word : {"kunta", "järjestö", "vapaaehtoinen", "maaliskuussa", "verkosto", "yhteiskunta", "lapset"}) {
    INFO(word);
    CHECK_FALSE(likeness.canBe(word));
  }
  CHECK_FALSE(Likeness({}).canBe("kunta"));
}
