// How well the search finds what people mean: queries of the field with the documents that answer
// them (tests/search-quality), beside a control that knows Finnish by Snowball's stemmer alone.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "scratch_folder.h"
#include "search/index.h"
#include "search/searcher.h"

namespace toimela::search {

namespace {

struct Asked {
  std::string type, query;
  std::set<std::int64_t> relevant;
};
struct Collection {
  std::vector<Document> documents;
  std::vector<Asked> queries;
  std::size_t pairs = 0;
};

Collection load() {
  std::ifstream file(std::string(TOIMELA_SOURCE_FOLDER) + "/tests/search-quality/pairs.json");
  const auto json = nlohmann::json::parse(file);
  Collection all;
  for (const auto& each : json.at("documents")) {
    Document document{.id = each.at("id"), .path = "/", .audience = Audience::everyone()};
    const Locale locale = parseLocale(each.at("language").get<std::string>()).value();
    document.title.in(locale) = each.at("title");
    document.text.in(locale) = each.at("text");
    all.documents.push_back(std::move(document));
  }
  for (const auto& each : json.at("queries")) {
    all.queries.push_back({each.at("type"), each.at("query"), each.at("relevant").get<std::set<std::int64_t>>()});
    all.pairs += all.queries.back().relevant.size();
  }
  return all;
}

struct Score {
  std::size_t relevant = 0, found = 0, answered = 0;
  double recall() const { return relevant ? double(found) / double(relevant) : 1; }
  double precision() const { return answered ? double(found) / double(answered) : 1; }
};

std::map<std::string, Score> measure(const Collection& collection, Finnish finnish, std::ostream& misses) {
  const testing::ScratchFolder scratch;
  const IndexFolder folder(scratch.path());
  const auto index = folder.fresh();
  {
    Analyser analyser(20'000, finnish);
    IndexWriter writer(index);
    Hints hints;
    for (const Document& document : collection.documents) writer.add(analyser, "paper", document, hints);
    writer.commit({kIndexVersion, "test", {}});
  }
  folder.publish(index);
  Searcher searcher(folder, finnish);
  std::map<std::string, Score> scores;
  for (const Asked& asked : collection.queries) {
    const Locale locale = asked.type == "swedish" ? Locale::sv : asked.type == "english" ? Locale::en : Locale::fi;
    Score& score = scores[asked.type];
    score.relevant += asked.relevant.size();
    std::set<std::int64_t> left = asked.relevant;
    std::string extra;
    for (const Found& found : searcher.find({.typed = asked.query, .locale = locale, .limit = 100}, {}).found) {
      ++score.answered;
      if (left.erase(found.document.id)) ++score.found;
      else extra += " +" + std::to_string(found.document.id);
    }
    if (left.empty() && extra.empty()) continue;
    misses << "  " << asked.query << ":" << extra;
    for (const auto id : left) misses << " -" << id;
    misses << "\n";
  }
  return scores;
}

}  // namespace

TEST_CASE("Finnish is found in every inflection and by the parts of its compounds, better than by a stemmer",
          "[search][quality]") {
  const Collection collection = load();
  REQUIRE(collection.pairs >= 300);
  std::ostringstream misses, none;
  auto ours = measure(collection, Finnish::dictionary, misses);
  auto control = measure(collection, Finnish::stemmer, none);
  std::ostringstream table;
  table << std::fixed << std::setprecision(3) << collection.pairs << " pairs\n"
        << "type        recall  precision   control: recall  precision\n";
  for (const auto& [type, score] : ours)
    table << std::left << std::setw(10) << type << "  " << score.recall() << "   " << score.precision() << "                "
          << control[type].recall() << "   " << control[type].precision() << "\n";
  // The figures are what the test is for; what was missed (-) or too much (+) is for reading.
  std::cout << table.str();
  INFO(misses.str());
  CHECK(ours["inflected"].recall() >= 0.98);
  CHECK(ours["part"].recall() >= 0.90);
  CHECK(ours["inflected"].recall() > control["inflected"].recall());
  CHECK(ours["part"].recall() > control["part"].recall());
  CHECK(ours["inflected"].precision() >= 0.90);
  CHECK(ours["swedish"].recall() >= 0.90);
  CHECK(ours["english"].recall() >= 0.90);
  if (std::getenv("TOIMELA_SEARCH_MISSES")) std::cout << misses.str();
}

}  // namespace toimela::search
