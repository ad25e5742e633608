// Numbers with check digits, dates, contributors: what is nonsense does not come to be.
#include <catch2/catch.hpp>

#include "domain/citation.h"
#include "domain/downloads.h"
#include "domain/part.h"
#include "domain/oai.h"
#include "domain/publication.h"

#include <random>

using namespace toimela;
using namespace toimela::publications;
using Catch::Matchers::Contains;

TEST_CASE("an ISBN is taken with its check digit only", "[publications][domain]") {
  CHECK(Isbn::parse("978-952-7055-25-0")->text() == "978-952-7055-25-0");
  CHECK(Isbn::parse("9789527055250")->digits() == "9789527055250");
  CHECK(Isbn::parse("978 952 7055 25 0")->text() == "978-952-7055-25-0");
  CHECK(Isbn::parse("0-306-40615-2")->digits() == "9780306406157");
  CHECK(Isbn::parse("0-8044-2957-X"));
  CHECK(*Isbn::parse("0306406152") == *Isbn::parse("978-0-306-40615-7"));
  for (const char* wrong : {"978-952-7055-25-1", "977-952-7055-25-0", "123", "", "97895270552505", "X306406152",
                            "-9789527055250", "978952705525X", "9789527055250; DROP", "０３０６４０６１５２"})
    CHECK_FALSE(Isbn::parse(wrong));
}

TEST_CASE("an ISSN and an ORCID iD are taken with their check characters only", "[publications][domain]") {
  CHECK(Issn::parse("0378-5955")->text() == "0378-5955");
  CHECK(Issn::parse("2434561x")->text() == "2434-561X");
  for (const char* wrong : {"0378-5954", "0378-595", "03785955 0", "", "abcd-efgh"}) CHECK_FALSE(Issn::parse(wrong));
  CHECK(Orcid::parse("0000-0002-1825-0097")->text() == "0000-0002-1825-0097");
  CHECK(Orcid::parse("https://orcid.org/0000-0002-1694-233X")->url() == "https://orcid.org/0000-0002-1694-233X");
  for (const char* wrong : {"0000-0002-1825-0098", "0000-0002-1825-009", "https://orcid.example/0000-0002-1825-0097", ""})
    CHECK_FALSE(Orcid::parse(wrong));
}

TEST_CASE("a persistent address is one that leads somewhere", "[publications][domain]") {
  CHECK(Link::parse("URN:NBN:fi:amk-2016060211629")->text() == "https://urn.fi/URN:NBN:fi:amk-2016060211629");
  CHECK(Link::parse("http://urn.fi/URN:ISBN:978-952-7055-25-0")->urn() == "URN:ISBN:978-952-7055-25-0");
  CHECK(Link::parse("doi:10.1000/182")->text() == "https://doi.org/10.1000/182");
  CHECK(Link::parse("10.1000/182")->doi() == "10.1000/182");
  CHECK(Link::parse("https://example.org/a?b=c#d")->doi().empty());
  for (const char* wrong : {"", "example.org", "javascript:alert(1)", "https://", "https://localhost/", "ftp://example.org/",
                            "https://user@example.org/", "https://example.org/a b", "https://example.org/\"x",
                            "URN:ISBN:978-952-7055-25-1", "https://urn.fi/hello", "https://doi.org/182", "urn:x:y",
                            "https://example.org/\nX: y"})
    CHECK_FALSE(Link::parse(wrong));
  CHECK_FALSE(Link::parse("https://example.org/" + std::string(600, 'a')));
}

TEST_CASE("a date of issue is as exact as it is known", "[publications][domain]") {
  CHECK(Issued::parse("2019")->text() == "2019");
  CHECK(Issued::parse("2019-05")->text() == "2019-05");
  CHECK(Issued::parse("5/2019")->text() == "2019-05");
  CHECK(Issued::parse("14.5.2019")->text() == "2019-05-14");
  CHECK(Issued::parse(" 2019-05-14 ")->day() == 14u);
  CHECK_FALSE(Issued::parse("2019")->month());
  for (const char* wrong : {"", "19", "2019-13", "2019-02-30", "29.2.2019", "2019-", "-2019", "20190514", "2019/05/14",
                            "2019-05-14-1", "1.2019.5", "kesällä 2019", "999", "2101"})
    CHECK_FALSE(Issued::parse(wrong));
}

TEST_CASE("contributors are written a line each and read back the same", "[publications][domain]") {
  const auto lines = parseContributors("Suntio, Marianne; 0000-0002-1825-0097\n\n Mikkonen ,  Sanna-Leena \r\nVates-säätiö", Credit::creator);
  REQUIRE(lines.wrong.empty());
  REQUIRE(lines.contributors.size() == 3);
  CHECK(lines.contributors[0].orcid);
  CHECK(lines.contributors[1].name == "Mikkonen, Sanna-Leena");
  CHECK_FALSE(lines.contributors[2].isPerson());
  CHECK(parseContributors(contributorLines(lines.contributors, Credit::creator), Credit::creator).contributors == lines.contributors);
  const auto wrong = parseContributors("Suntio, Marianne; 0000-0002-1825-0098\n, Marianne\nSuntio,", Credit::creator);
  CHECK(wrong.wrong.size() == 3);
  CHECK(wrong.contributors.empty());
}

TEST_CASE("a draft goes to the archive by those who may put it there", "[publications][domain]") {
  const Powers editor{.edits = true, .reviews = false, .needsReview = true};
  const Powers reviewer{.edits = true, .reviews = true, .needsReview = true};
  const Powers alone{.edits = true, .reviews = false, .needsReview = false};
  const Powers nobody{};
  CHECK(after(State::draft, Move::submit, editor) == State::review);
  CHECK_FALSE(after(State::draft, Move::publish, editor));
  CHECK_FALSE(after(State::review, Move::publish, editor));
  CHECK(after(State::review, Move::takeBack, editor) == State::draft);
  CHECK(after(State::review, Move::publish, reviewer) == State::published);
  CHECK(after(State::draft, Move::publish, alone) == State::published);
  CHECK(after(State::published, Move::withdraw, reviewer) == State::withdrawn);
  CHECK_FALSE(after(State::published, Move::withdraw, editor));
  CHECK(after(State::withdrawn, Move::restore, reviewer) == State::published);
  CHECK_FALSE(editor.changes(State::published));
  CHECK(editor.changes(State::review));
  for (const State state : kStates)
    for (const Move step : kMoves) {
      CHECK_FALSE(after(state, step, nobody));
      // What was published never becomes a draft again.
      if (state == State::published || state == State::withdrawn)
        CHECK(after(state, step, reviewer) != State::draft);
    }
}

TEST_CASE("what contradicts itself is told at its field", "[publications][domain]") {
  Publication p;
  p.title.fi = "Otsikko";
  CHECK(problemsOf(p) == std::vector<Problem>{{"issued", "publications.error.issued"}});
  p.issued = Issued::parse("2016");
  CHECK(problemsOf(p).empty());
  p.kind = Kind::thesis;
  CHECK(problemsOf(p).front().field == "creators");
  p.contributors = {{Credit::creator, "Jormakka, Riitta", {}}};
  CHECK(problemsOf(p).empty());
  p.isbn = Isbn::parse("0-306-40615-2");
  p.identifier = Link::parse("URN:ISBN:978-952-7055-25-0");
  CHECK(problemsOf(p).front().field == "identifier");
  p.isbn = Isbn::parse("978-952-7055-25-0");
  CHECK(problemsOf(p).empty());
}

TEST_CASE("sound without a transcript is a barrier until there is one", "[publications][domain]") {
  const auto part = [](PartRole role, const char* type, bool isAccessible) {
    return Part{{}, role, "", isAccessible, {{.number = 1, .type = type}}};
  };
  CHECK(barriersOf({}).empty());
  CHECK(barriersOf({part(PartRole::main, "audio/mpeg", false)}) == std::vector<std::string_view>{"publications.barrier.transcript"});
  CHECK(barriersOf({part(PartRole::main, "application/pdf", false)}).front() == "publications.barrier.document");
  CHECK(barriersOf({part(PartRole::main, "application/pdf", true)}).empty());
  CHECK(barriersOf({part(PartRole::main, "audio/mpeg", false), part(PartRole::alternative, "application/pdf", true)}).empty());
}

TEST_CASE("robots, double clicks and pieces of a download do not count", "[publications][domain]") {
  CHECK(isRobot(""));
  CHECK(isRobot("Mozilla/5.0 (compatible; Googlebot/2.1)"));
  CHECK(isRobot("curl/8.0"));
  CHECK_FALSE(isRobot("Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0"));
  CHECK_FALSE(isContinuation(""));
  CHECK_FALSE(isContinuation("bytes=0-"));
  CHECK(isContinuation("bytes=1000-"));
  CHECK(isContinuation("nonsense"));
  RecentClicks clicks;
  const Instant start = now();
  const auto at = [&](int seconds) { return start + std::chrono::seconds(seconds); };
  CHECK(clicks.counts("reader", PartId{1}, at(0)));
  CHECK_FALSE(clicks.counts("reader", PartId{1}, at(20)));
  // Every click starts the half minute anew.
  CHECK_FALSE(clicks.counts("reader", PartId{1}, at(49)));
  CHECK(clicks.counts("reader", PartId{2}, at(49)));
  CHECK(clicks.counts("other", PartId{1}, at(49)));
  CHECK(clicks.counts("reader", PartId{1}, at(80)));
  clicks.counts("late", PartId{1}, at(500));
  CHECK(clicks.size() == 1);
}

TEST_CASE("a citation is readable and is understood by programs", "[publications][domain]") {
  Publication p;
  p.title.fi = "Järjestöjen & oppilaitosten {yhteistyö}";
  p.shortCode = "abcd1234";
  p.kind = Kind::report;
  p.issued = Issued::parse("2015-03");
  p.publisher = "Saimaan ammattikorkeakoulu";
  p.contributors = {{Credit::creator, "Suntio, Marianne", {}}, {Credit::creator, "Mikkonen, Sanna-Leena", {}}};
  p.isbn = Isbn::parse("978-952-7055-25-0");
  const Cited cited{.publication = p, .address = "https://toimela.example/p/abcd1234", .editorsWord = "(toim.)", .andOthers = "ym."};
  CHECK(readableCitation(cited) ==
        "Suntio, M. & Mikkonen, S.-L. 2015. Järjestöjen & oppilaitosten {yhteistyö}. Saimaan ammattikorkeakoulu. "
        "https://toimela.example/p/abcd1234");
  const auto bib = bibtex(cited);
  CHECK_THAT(bib, Contains("@techreport{Suntio2015abcd1234"));
  CHECK_THAT(bib, Contains("author = {Suntio, Marianne and Mikkonen, Sanna-Leena}"));
  CHECK_THAT(bib, Contains("title = {Järjestöjen \\& oppilaitosten \\{yhteistyö\\}}"));
  CHECK_THAT(ris(cited), Contains("TY  - RPRT\r\nAU  - Suntio, Marianne\r\n"));
  CHECK_THAT(ris(cited), Contains("DA  - 2015/03\r\n"));
  CHECK_THAT(cslJson(cited), Contains("\"family\": \"Suntio\""));
  p.contributors[0].role = p.contributors[1].role = Credit::editor;
  CHECK_THAT(readableCitation(cited), Contains("Mikkonen, S.-L. (toim.) 2015."));
  for (const char* title : {"Kuka kuulee?", "Nyt!", "Valmista."}) {
    Publication asking = p;
    asking.title = {.fi = title};
    const Cited other{asking, Locale::fi, cited.address};
    CHECK_THAT(readableCitation(other), Contains(" " + std::string(title) + " ") && !Contains(std::string(title) + "."));
  }
  p.contributors.clear();
  CHECK_THAT(readableCitation(cited), Catch::Matchers::StartsWith("Saimaan ammattikorkeakoulu 2015. "));
  CHECK(initials("Åke  Östen-Erik") == "Å. Ö.-E.");
}

TEST_CASE("a short code has letters that are not confused and is never empty", "[publications][domain]") {
  for (const char* random : {"", "a", "AAAA", "zzzzzzzzzzzzzzzz"}) CHECK(isShortCode(shortCode(random)));
  CHECK(shortCode("a") != shortCode("b"));
  for (const char* wrong : {"", "abc", "abcd123l", "ABCD1234", "abcd12345"}) CHECK_FALSE(isShortCode(wrong));
}

namespace {

/// A sound text with some of its letters lost, doubled or made others, the same in every run.
class Mutations {
 public:
  std::string of(std::string text) {
    static constexpr char kLetters[] = "0123456789-xX.:/ \n;,TZ\0\xC3\xA4{}|";
    for (unsigned i = random_() % 4; i > 0 && !text.empty(); --i) {
      const std::size_t at = random_() % text.size();
      switch (random_() % 3) {
        case 0: text[at] = kLetters[random_() % (sizeof kLetters - 1)]; break;
        case 1: text.erase(at, 1); break;
        default: text.insert(at, 1, text[at]);
      }
    }
    return text;
  }

 private:
  std::mt19937 random_{20261123};
};

/// Whatever is taken is what it says: read again, it is the same.
template <class T>
int takenOf(const std::vector<std::string>& sound) {
  Mutations mutations;
  int taken = 0;
  for (int round = 0; round < 20'000; ++round)
    for (const std::string& text : sound)
      if (const auto value = T::parse(mutations.of(text))) {
        ++taken;
        const auto again = T::parse(value->text());
        if (!again || !(*again == *value)) FAIL("not the same when read again: " << value->text());
      }
  return taken;
}

}  // namespace

TEST_CASE("of numbers, addresses and dates that were damaged only sound ones are taken", "[publications][domain][fuzz]") {
  CHECK(takenOf<Isbn>({"978-952-7055-25-0", "951-0-18435-7"}) > 0);
  CHECK(takenOf<Issn>({"0317-8471"}) > 0);
  CHECK(takenOf<Orcid>({"0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"}) > 0);
  CHECK(takenOf<Link>({"urn:nbn:fi:amk-2015120218774", "10.1000/182", "https://urn.fi/URN:ISBN:978-952-7055-25-0"}) > 0);
  CHECK(takenOf<Issued>({"2019-05-14", "14.5.2019", "5/2019"}) > 0);
}

TEST_CASE("whatever stands in the lines of people and in a harvester's question, an answer comes", "[publications][domain][fuzz]") {
  Mutations mutations;
  int people = 0, asks = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto lines = parseContributors(mutations.of("Suntio, Marianne; 0000-0002-1825-0097\nVates-säätiö"), Credit::creator);
    people += static_cast<int>(lines.contributors.size());
    for (const Contributor& each : lines.contributors)
      if (each.name.empty() || each.name.size() > 200) FAIL("a contributor without a sound name");
    const oai::Arguments arguments{{mutations.of("verb"), mutations.of("ListRecords")},
                                   {"metadataPrefix", mutations.of("oai_dc")},
                                   {mutations.of("from"), mutations.of("2020-01-01T00:00:00Z")},
                                   {mutations.of("set"), mutations.of("series-12")}};
    const auto parsed = oai::parse(arguments, "toimela.example");
    if (const auto* ask = std::get_if<oai::Ask>(&parsed)) {
      ++asks;
      oai::Selection next = ask->selection;
      next.after = oai::Place{Instant{std::chrono::seconds(round)}, PublicationId{round + 1}, 100};
      if (oai::parseToken(oai::token(next)) != next) FAIL("a token that does not hold its question: " << oai::token(next));
    } else if (std::get<std::vector<oai::Refusal>>(parsed).empty()) {
      FAIL("refused without a reason");
    }
  }
  CHECK(people > 0);
  CHECK(asks > 0);
}
