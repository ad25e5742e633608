// What scripts/bench search measures: making an index of many documents that lie in a database, and
// asking it. Hidden: it runs only by its tag. TOIMELA_BENCH_DOCUMENTS says how many;
// TOIMELA_BENCH_INDEX names a folder in which an index stays, to be asked again without being made again.
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "data/database.h"
#include "data/migrations.h"
#include "scratch_folder.h"
#include "search/indexer.h"
#include "search/searcher.h"
#include "toimela/testing.h"
#include "toimela/words.h"

namespace toimela::search {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr Sql kInsert{"bench.insert", "INSERT INTO bench_document (id, title, body, day) VALUES (:id, :title, :body, :day)"};
constexpr Sql kList{"bench.list", "SELECT id FROM bench_document WHERE id > :after ORDER BY id LIMIT :limit"};
constexpr Sql kRead{"bench.read",
                    "SELECT id, title, body, day FROM bench_document"
                    " WHERE id IN (SELECT value FROM json_each('[' || CAST(:ids AS TEXT) || ']'))",
                    "SELECT id, title, body, day FROM bench_document"
                    " WHERE id = ANY(CAST(string_to_array(CAST(:ids AS TEXT), ',') AS BIGINT[]))"};

/// Processor time of this process so far, in seconds.
double worked() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Processor time of this thread so far, in milliseconds.
double threadWorked() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// Words as people write them, inflected, as often as they come in this project's own Finnish texts. One in six is a
/// compound of two of them, likewise as often as they come, so that most compounds are met again and new ones never
/// end: a corpus of 80 million words has a few million different ones, as texts in Finnish have.
class Speech {
 public:
  Speech() {
    std::map<std::string, double> counted;
    const fs::path source(TOIMELA_SOURCE_FOLDER);
    for (const char* folder : {"web/locales", "plugins", "db/demo", "tests/search-quality"})
      for (const auto& entry : fs::recursive_directory_iterator(source / folder)) {
        const std::string name = entry.path().filename().string();
        const bool isFinnish = name.ends_with("fi.json") || entry.path().string().find("demo") != std::string::npos ||
                               name == "pairs.json";
        if (!isFinnish || entry.path().extension() != ".json") continue;
        std::ifstream file(entry.path());
        const auto texts = nlohmann::json::parse(file).flatten();
        for (const auto& [key, text] : texts.items())
          if (text.is_string() && !key.ends_with("/sv") && !key.ends_with("/en")) count(text.get<std::string>(), counted);
      }
    all_ = Urn(counted);
    // What can begin a compound is a noun as it stands; what can end one is any form of a noun.
    Analyser analyser(100'000);
    std::map<std::string, double> first, last;
    for (const auto& [word, count] : counted) {
      if (analyser.forms(Locale::fi, word + "talo").parts.size() == 2) first[word] = count;
      if (analyser.forms(Locale::fi, "kivi" + word).parts.size() == 2) last[word] = count;
    }
    if (first.empty() || last.empty()) throw std::runtime_error("the texts have no nouns, or there is no dictionary");
    first_ = Urn(first);
    last_ = Urn(last);
  }
  std::string word() {
    if (dice_() % 6 == 0) return first_.draw(dice_) + last_.draw(dice_);
    return known();
  }
  const std::string& known() { return all_.draw(dice_); }
  std::string text(int words) {
    std::string text;
    for (int i = 0; i < words; ++i) text += (i ? " " : "") + word();
    return text;
  }
  std::uint64_t number() { return dice_(); }
  std::size_t size() const { return all_.words.size(); }

 private:
  /// What has no space is a code, and what has braces is partly one.
  static void count(const std::string& text, std::map<std::string, double>& counted) {
    if (text.find(' ') == std::string::npos || text.find('{') != std::string::npos) return;
    for (auto& token : tokensOf(text, 1'000'000))
      if (token.word.size() > 1 && !(token.word[0] >= '0' && token.word[0] <= '9')) ++counted[token.word];
  }

  struct Urn {
    Urn() = default;
    explicit Urn(const std::map<std::string, double>& counted) {
      std::vector<double> weights;
      for (const auto& [word, count] : counted) {
        words.push_back(word);
        weights.push_back(count);
      }
      pick = std::discrete_distribution<std::size_t>(weights.begin(), weights.end());
    }
    const std::string& draw(std::mt19937_64& dice) { return words[pick(dice)]; }

    std::vector<std::string> words;
    std::discrete_distribution<std::size_t> pick;
  };

  std::mt19937_64 dice_{20261122};
  Urn all_, first_, last_;
};

void fill(data::Database& database, Speech& speech, std::int64_t documents) {
  database.migrate([](data::MigrationTx& tx) {
    tx.script("CREATE TABLE bench_document (id BIGINT PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, day TEXT NOT NULL)");
  });
  for (std::int64_t from = 1; from <= documents; from += 5'000)
    database.write({}, [&](WriteTx& tx) {
      for (std::int64_t id = from; id < std::min(documents + 1, from + 5'000); ++id)
        tx.run(kInsert, id, speech.text(6), speech.text(74), std::to_string(2000 + speech.number() % 27) + "-05-17");
      tx.unaudited("documents of a measurement");
    });
}

Sources sources() {
  return {{"core",
           {.kind = "bench",
            .labelKey = "search.title",
            .list = [](ReadTx& tx, std::int64_t after, int limit) {
              return tx.all(kList, [](std::int64_t id) { return id; }, after, limit);
            },
            .read =
                [](ReadTx& tx, const std::vector<std::int64_t>& ids) {
                  return tx.all(
                      kRead,
                      [](std::int64_t id, std::string title, std::string body, Date day) {
                        return Document{.id = id, .title = {.fi = std::move(title)}, .text = {.fi = std::move(body)},
                                        .path = "/bench", .region = RegionCode::parse(id % 2 ? "06" : "01"), .date = day,
                                        .type = id % 3 ? "report" : "article", .audience = Audience::everyone()};
                      },
                      words::idList(ids));
                }}}};
}

double percentile(std::vector<double>& sorted, double share) {
  return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * double(sorted.size())))];
}

nlohmann::json asked(Searcher& searcher, Speech& speech, bool facets) {
  std::vector<double> took, work;
  std::size_t found = 0;
  for (int i = 0; i < 2'000; ++i) {
    std::string typed = speech.known();
    for (std::uint64_t more = speech.number() % 3; more > 0; --more) typed += " " + speech.known();
    const auto begin = Clock::now();
    const double before = threadWorked();
    found += searcher.find({.typed = typed, .limit = 10, .facets = facets}, {}).found.empty() ? 0 : 1;
    took.push_back(since(begin) * 1000);
    work.push_back(threadWorked() - before);
  }
  std::ranges::sort(took);
  std::ranges::sort(work);
  return {{"median", percentile(took, 0.5)}, {"p99", percentile(took, 0.99)}, {"most", took.back()},
          {"processor_p99", percentile(work, 0.99)}, {"answered", found}};
}

nlohmann::json askedAll(const IndexFolder& folder, Speech& speech, std::int64_t documents) {
  Searcher searcher(folder);
  REQUIRE(searcher.size() == documents);
  asked(searcher, speech, true);  // warms what a served index has warm
  nlohmann::json figures{{"plain_ms", asked(searcher, speech, false)}, {"faceted_ms", asked(searcher, speech, true)}};
  // The control weighs everything that is found.
  Searcher weighing(folder, Finnish::dictionary, std::numeric_limits<std::uint32_t>::max());
  figures["control_ms"] = asked(weighing, speech, true);
  return figures;
}

std::int64_t documentsWanted() {
  const char* wanted = std::getenv("TOIMELA_BENCH_DOCUMENTS");
  return wanted ? std::atoll(wanted) : 1'000'000;
}

}  // namespace

TEST_CASE("an index that is there is asked", "[.][search-asking]") {
  const char* kept = std::getenv("TOIMELA_BENCH_INDEX");
  REQUIRE(kept);
  const IndexFolder folder(kept);
  const std::int64_t documents = Searcher(folder).size();
  Speech speech;
  auto figures = askedAll(folder, speech, documents);
  figures["documents"] = documents;
  std::cout << figures.dump() << std::endl;
}

TEST_CASE("many documents are indexed and asked", "[.][search-bench]") {
  const std::int64_t documents = documentsWanted();
  const char* kept = std::getenv("TOIMELA_BENCH_INDEX");
  for (const auto& fresh : testing::databases()) {
    Speech speech;
    data::Database database({.url = fresh.url, .connections = 4});
    data::migrate(database, {"core", std::string(TOIMELA_SOURCE_FOLDER) + "/db/migrations"});
    database.write({}, [](WriteTx& tx) { prepareLog(tx); });
    fill(database, speech, documents);
    const Sources all = sources();
    testing::ScratchFolder scratch;
    const fs::path place = kept ? fs::path(kept) : scratch.path();
    const IndexFolder folder(place);
    std::atomic<bool> stopping{false};
    Indexer indexer(database, all, folder, [](std::string_view, std::string_view reason) { FAIL(std::string(reason)); });
    const auto begin = Clock::now();
    const double before = worked();
    REQUIRE(indexer.rebuild(stopping, {}) == Indexer::Outcome::done);
    const double building = since(begin), work = worked() - before;
    auto figures = askedAll(folder, speech, documents);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::uintmax_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(place))
      if (entry.is_regular_file()) bytes += entry.file_size();
    figures.update({{"database", fresh.name}, {"documents", documents}, {"words", speech.size()},
                    {"indexed_a_second", double(documents) / building},
                    {"indexed_a_processor_second", double(documents) / work}, {"index_megabytes", double(bytes) / 1e6},
                    {"largest_memory_megabytes", double(usage.ru_maxrss) / 1024}});
    std::cout << figures.dump() << std::endl;
  }
}

}  // namespace toimela::search
