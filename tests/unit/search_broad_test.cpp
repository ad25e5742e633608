// Words that very much has: what comes first, and what is said of the number.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <limits>
#include <vector>

#include "scratch_folder.h"
#include "search/audience.h"
#include "search/index.h"
#include "search/searcher.h"

namespace toimela::search {

namespace {

/// Many documents, asked with the best looked for in parts of them, and with all weighed.
class Archive {
 public:
  explicit Archive(Document (*document)(std::int64_t id)) {
    const auto index = folder_.fresh();
    Analyser analyser;
    Hints hints;
    IndexWriter writer(index, IndexWriter::Use::part);
    for (std::int64_t id = 1; id <= 26'000; ++id) writer.add(analyser, "paper", document(id), hints);
    writer.commit({kIndexVersion, "test", {}});
    folder_.publish(index);
  }

  Findings byParts(const Question& question, const Access& access) { return byParts_.find(question, access); }
  Findings byAll(const Question& question, const Access& access) { return byAll_.find(question, access); }

 private:
  testing::ScratchFolder scratch_;
  IndexFolder folder_{scratch_.path()};
  Searcher byParts_{folder_, Finnish::dictionary, 1'000};
  Searcher byAll_{folder_, Finnish::dictionary, std::numeric_limits<std::uint32_t>::max()};
};

/// Half have "talo" in their text, some more often than others, and one in six of those has it in the title too, in
/// one form or the other. One in ten is not for everyone.
Document ofTown(std::int64_t id) {
  const bool isOne = id % 2 == 0;
  const char* const title = id % 12 == 0 ? "Talo" : id % 12 == 6 && id % 5 == 0 ? "Talojen kirja" : "Kirja";
  std::string text = isOne ? "katu talo" : "katu tie";
  for (std::int64_t more = id % 4; isOne && more > 0; --more) text += " talossa";
  return {.id = id, .title = {.fi = title}, .text = {.fi = text}, .path = "/",
          .region = RegionCode::parse(id % 9 == 0 ? "06" : "01"),
          .audience = id % 10 ? Audience::everyone() : Audience::signedIn()};
}

/// Of twenty-six years in no order, and some of no date. Half have "talo" in their text, all as often, and a third of
/// those in the title. One in ten is not for everyone.
Document ofChronicle(std::int64_t id) {
  const std::int64_t any = id * 7'919 % 104'729;
  const std::string month = std::to_string(101 + any % 12).substr(1);
  const std::string date = std::to_string(2001 + any / 12 % 26) + "-" + month + "-" + std::to_string(10 + any % 17);
  return {.id = id, .title = {.fi = id % 6 == 0 ? "Talo" : "Kirja"}, .text = {.fi = id % 2 == 0 ? "katu talo" : "katu tie"},
          .path = "/", .region = RegionCode::parse("01"), .date = id % 50 ? Date::parse(date) : std::nullopt,
          .audience = id % 10 ? Audience::everyone() : Audience::signedIn()};
}

/// Few have "talo" in their title, of all years; half have it in their text.
Document ofAnnals(std::int64_t id) {
  const std::string date = std::to_string(2001 + id % 26) + "-05-" + std::to_string(10 + id % 17);
  return {.id = id, .title = {.fi = id % 400 == 0 ? "Talo" : "Kirja"}, .text = {.fi = id % 2 == 0 ? "katu talo" : "katu tie"},
          .path = "/", .region = RegionCode::parse("01"), .date = Date::parse(date), .audience = Audience::everyone()};
}

/// "talo" stands only where no stretch of the index is looked at for an estimate.
Document ofParcels(std::int64_t id) {
  const std::int64_t within = (id - 1) % 813;
  return {.id = id, .title = {.fi = "Kirja"}, .text = {.fi = std::string(id % 3 ? "katu" : "polku") + (within >= 600 && within < 752 ? " talo" : " tie")},
          .path = "/", .region = RegionCode::parse("01"), .audience = Audience::everyone()};
}

/// Estimates are right to some percent.
bool isAbout(std::int64_t estimate, std::int64_t truth) { return std::abs(estimate - truth) * 10 <= truth; }

std::vector<std::int64_t> idsOf(const Findings& findings) {
  std::vector<std::int64_t> ids;
  for (const Found& found : findings.found) ids.push_back(found.document.id);
  return ids;
}

}  // namespace

TEST_CASE("of very many the best are the same as if all had been weighed, on every page", "[search][asking]") {
  Archive town(ofTown);
  const Access visitor{{std::string(kVisitorMark)}, {}}, member{{std::string(kSignedInMark)}, {}};
  for (const Access& access : {visitor, member})
    for (const std::string typed : {"talo", "talot", "talo katu"})
      for (const int first : {0, 20, 900}) {
        const Question question{.typed = typed, .first = first, .limit = 100};
        INFO(typed << " from " << first << ", marks: " << access.marks.front());
        const Findings found = town.byParts(question, access), expected = town.byAll(question, access);
        REQUIRE(expected.found.size() == 100);
        CHECK(idsOf(found) == idsOf(expected));
        CHECK(isAbout(found.total, expected.total));
        CHECK(expected.isExact);
        CHECK_FALSE(found.isExact);
      }
}

TEST_CASE("of very many the newest come first as if all had been put in order, on every page", "[search][asking]") {
  Archive chronicle(ofChronicle);
  const Access visitor{{std::string(kVisitorMark)}, {}}, member{{std::string(kSignedInMark)}, {}};
  for (const Access& access : {visitor, member})
    for (const std::string typed : {"", "talo"})
      for (const Sort sort : {Sort::newest, Sort::relevance})
        for (const int first : {0, 20, 900}) {
          if (typed.empty() && sort == Sort::relevance) continue;
          const Question question{.typed = typed, .sort = sort, .first = first, .limit = 100};
          INFO('"' << typed << "\" from " << first << (sort == Sort::newest ? " by date" : " by weight"));
          const Findings found = chronicle.byParts(question, access), expected = chronicle.byAll(question, access);
          REQUIRE(expected.found.size() == 100);
          CHECK(idsOf(found) == idsOf(expected));
          CHECK(isAbout(found.total, expected.total));
          CHECK_FALSE(found.isExact);
        }
}

TEST_CASE("where the newest years have too few, older ones and the undated are there too", "[search][asking]") {
  Archive chronicle(ofChronicle);
  const Question question{.typed = "talo", .filters = {{Facet::year, "2001"}}, .sort = Sort::newest, .limit = 100};
  const Findings found = chronicle.byParts(question, {}), expected = chronicle.byAll(question, {});
  CHECK(found.found.size() == 100);
  CHECK(idsOf(found) == idsOf(expected));
  CHECK(found.total == expected.total);
}

TEST_CASE("the facets of very many are estimated as their number is", "[search][asking]") {
  Archive chronicle(ofChronicle);
  const Question question{.typed = "talo"};
  const Findings found = chronicle.byParts(question, {}), expected = chronicle.byAll(question, {});
  CHECK_FALSE(found.isExact);
  for (const Facet facet : {Facet::kind, Facet::region, Facet::year}) {
    const auto& counts = found.counts[static_cast<std::size_t>(facet)];
    const auto& truth = expected.counts[static_cast<std::size_t>(facet)];
    REQUIRE(counts.size() == truth.size());
    std::int64_t all = 0, reallyAll = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      all += counts[i].count;
      reallyAll += truth[i].count;
      // Of a year there are a hundred in the sample: right to some tens of percent.
      CHECK(counts[i].count > truth[i].count / 2);
      CHECK(counts[i].count < truth[i].count * 2);
    }
    CHECK(isAbout(all, reallyAll));
  }
}

TEST_CASE("what lies together, all of it where an estimate does not look, is found and counted all the same", "[search][asking]") {
  Archive parcels(ofParcels);
  const Findings found = parcels.byParts({.typed = "talo katu"}, {});
  CHECK(found.found.size() == 20);
  CHECK_FALSE(found.isLoose);
  CHECK_FALSE(found.isExact);
  CHECK(found.total >= 1'500);
  REQUIRE(found.counts[static_cast<std::size_t>(Facet::region)].size() == 1);
  CHECK(found.counts[static_cast<std::size_t>(Facet::region)].front().count >= 1'500);
}

TEST_CASE("where few titles have a word of very many texts, those and the newest texts come as if all had been weighed", "[search][asking]") {
  Archive annals(ofAnnals);
  const Question question{.typed = "talo", .limit = 60};
  const Findings found = annals.byParts(question, {}), expected = annals.byAll(question, {});
  REQUIRE(found.found.size() == 60);
  CHECK(idsOf(found) == idsOf(expected));
  const Question next{.typed = "talo", .first = 900, .limit = 100};
  CHECK(idsOf(annals.byParts(next, {})) == idsOf(annals.byAll(next, {})));
}

TEST_CASE("where few titles have the word, all that has it is weighed and counted one by one", "[search][asking]") {
  Archive town(ofTown);
  const Question question{.typed = "talo", .filters = {{Facet::region, "06"}}, .limit = 100};
  const Findings found = town.byParts(question, {}), expected = town.byAll(question, {});
  CHECK(idsOf(found) == idsOf(expected));
  CHECK(found.total == expected.total);
  CHECK(found.total > 1'000);
  CHECK(found.isExact);
  for (const Facet facet : kFacets) {
    const auto& counts = found.counts[static_cast<std::size_t>(facet)];
    const auto& other = expected.counts[static_cast<std::size_t>(facet)];
    REQUIRE(counts.size() == other.size());
    for (std::size_t i = 0; i < counts.size(); ++i) CHECK(counts[i].count == other[i].count);
  }
}

}  // namespace toimela::search
