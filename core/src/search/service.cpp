#include "search/service.h"

#include <algorithm>
#include <set>

#include "jobs/background.h"
#include "search/audience.h"

namespace toimela::search {

namespace {

using namespace std::chrono_literals;

constexpr auto kLookEvery = 400ms;
constexpr auto kPauseAfterFailure = 5s;
constexpr auto kTrimEvery = 1h;
constexpr auto kLongestSettling = 3s;
constexpr auto kSettlingPause = 10ms;
/// A machine that was away for longer makes its index anew.
constexpr auto kKeptInLog = std::chrono::hours(24 * 7);
constexpr std::size_t kShownOfFacet = 12;

bool isSwitchedOff(Host& host, const std::string& plugin, std::optional<RegionCode> region) {
  return plugin != "core" && !host.active(plugin, region);
}

}  // namespace

struct Service::Open {
  data::Database& database;
  CoreHost& host;
  IndexFolder folder;
  Indexer indexer;
  Searcher searcher;
  std::mutex indexing;

  Open(data::Database& database, CoreHost& host)
      : database(database),
        host(host),
        folder(host.dataFolder() / "search"),
        indexer(database, host.contributions().search, folder,
                [&host](std::string_view kind, std::string_view reason) {
                  host.log("not indexed", {{"kind", kind}, {"reason", reason}});
                },
                &host.texts()),
        searcher(folder) {}
};

Service::Service() = default;
Service::~Service() { stop(); }

Service::Open& Service::opened() const {
  if (!open_) throw DatabaseUnavailable("the search is not open yet");
  return *open_;
}

void Service::open(data::Database& database, CoreHost& host) {
  database.write({}, [](WriteTx& tx) { prepareLog(tx); });
  open_ = std::make_unique<Open>(database, host);
}

void Service::start() {
  stopping_ = false;
  follower_ = std::thread([this] { follow(); });
}

void Service::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (follower_.joinable()) follower_.join();
}

void Service::follow() {
  giveWay();
  Open& open = opened();
  auto trimmed = std::chrono::steady_clock::now() - kTrimEvery;
  while (!stopping_) {
    std::chrono::milliseconds pause = kLookEvery;
    try {
      std::lock_guard lock(open.indexing);
      if (open.indexer.follow(stopping_) == Indexer::Outcome::done &&
          std::chrono::steady_clock::now() - trimmed >= kTrimEvery) {
        trimmed = std::chrono::steady_clock::now();
        open.database.write({}, [](WriteTx& tx) { trimLog(tx, tx.time() - kKeptInLog); });
      }
    } catch (const std::exception& e) {
      open.host.log("the search index waits", {{"reason", e.what()}});
      pause = kPauseAfterFailure;
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, pause, [this] { return stopping_.load(); });
  }
  open.indexer.release();
}

/// Where nobody follows in this process, the index is made new for the question; where another
/// process does, it is that one's to do.
void Service::refresh() {
  if (follower_.joinable()) return;
  Open& open = opened();
  std::lock_guard lock(open.indexing);
  const auto limit = std::chrono::steady_clock::now() + kLongestSettling;
  while (!open.database.get([](ReadTx& tx) { return isSettled(tx); }) && std::chrono::steady_clock::now() < limit)
    std::this_thread::sleep_for(kSettlingPause);
  open.indexer.follow(stopping_);
  open.indexer.release();
}

Access Service::accessOf(const Actor& reader) {
  Open& open = opened();
  Access access;
  const auto& sources = open.host.contributions().search;
  for (const auto& [plugin, source] : sources) {
    if (isSwitchedOff(open.host, plugin, std::nullopt)) {
      access.without.push_back(filterTerm(Facet::kind, source.kind));
      continue;
    }
    for (const Region& region : open.host.regions())
      if (isSwitchedOff(open.host, plugin, region.code)) access.without.push_back(placeTerm(source.kind, region.code));
  }
  if (!reader.signedIn()) {
    access.marks.emplace_back(kVisitorMark);
    return access;
  }
  std::set<std::string> marks{std::string(kSignedInMark), personMark(*reader.person)};
  for (const auto& [plugin, source] : sources)
    for (const Permission& permission : source.permissions)
      for (const Grant& grant : reader.grants)
        if (open.host.allowed(Actor{reader.person, {}, {grant}}, permission,
                              {.region = grant.region, .organisation = grant.organisation}))
          marks.insert(holderMark(permission, grant.region, grant.organisation));
  const bool hasGroups = std::ranges::any_of(sources, [](const auto& source) { return bool(source.what.groups); });
  if (hasGroups)
    open.database.read([&](ReadTx& tx) {
      for (const auto& [plugin, source] : sources)
        if (source.groups)
          for (const auto& group : source.groups(tx, open.host, reader)) marks.insert(groupMark(group));
    });
  access.marks.assign(marks.begin(), marks.end());
  return access;
}

namespace {

Hit hitOf(Found&& found) {
  StoredDocument& d = found.document;
  return {.kind = std::move(d.kind),
          .id = d.id,
          .title = std::move(d.title),
          .titlePieces = std::move(found.title),
          .titleLocale = found.titleLocale,
          .snippet = std::move(found.snippet),
          .snippetLocale = found.snippetLocale,
          .path = std::move(d.path),
          .type = std::move(d.type),
          .region = d.region,
          .date = d.date,
          .precision = d.precision};
}

/// What a value of a facet is called.
std::string labelOf(CoreHost& host, Facet facet, const std::string& value, Locale locale) {
  const auto& sources = host.contributions().search;
  switch (facet) {
    case Facet::kind:
      for (const auto& [plugin, source] : sources)
        if (source.kind == value) return host.texts().get(locale, source.labelKey);
      return value;
    case Facet::type: {
      const auto dot = value.find('.');
      for (const auto& [plugin, source] : sources)
        if (source.kind == value.substr(0, dot) && !source.typeLabels.empty() && dot != std::string::npos)
          if (const std::string key = source.typeLabels + value.substr(dot + 1); host.texts().has(key))
            return host.texts().get(locale, key);
      return value;
    }
    case Facet::language:
      if (const std::string key = "search.language." + value; host.texts().has(key)) return host.texts().get(locale, key);
      return value;
    case Facet::region:
      if (const auto code = RegionCode::parse(value))
        if (const Region* region = host.region(*code)) return region->name.pick(locale).text;
      return value;
    case Facet::subject: return std::string(subjectName(value));
    case Facet::year:
    case Facet::project: return value;
  }
  return value;
}

}  // namespace

Answer Service::answerOf(Findings findings, const Question& question) const {
  CoreHost& host = opened().host;
  Answer answer{.isReady = findings.isReady,
                .hits = {},
                .total = findings.total,
                .isExact = findings.isExact,
                .facets = {},
                .spelling = std::move(findings.spelling),
                .isLoose = findings.isLoose};
  for (Found& found : findings.found) answer.hits.push_back(hitOf(std::move(found)));
  for (const Facet facet : kFacets) {
    FacetCounts counts{facet, {}};
    const auto isChosen = [&](const std::string& value) {
      return std::ranges::any_of(question.filters, [&](const Filter& f) { return f.facet == facet && f.value == value; });
    };
    for (auto& [value, count] : findings.counts[static_cast<std::size_t>(facet)]) {
      if (counts.values.size() >= kShownOfFacet && !isChosen(value)) continue;
      counts.values.push_back({value, labelOf(host, facet, value, question.locale), count, isChosen(value)});
    }
    // What was chosen can be taken back, also where it leaves nothing.
    for (const Filter& filter : question.filters)
      if (filter.facet == facet &&
          std::ranges::none_of(counts.values, [&](const FacetValue& v) { return v.value == filter.value; }))
        counts.values.push_back({filter.value, labelOf(host, facet, filter.value, question.locale), 0, true});
    if (!counts.values.empty()) answer.facets.push_back(std::move(counts));
  }
  return answer;
}

Answer Service::find(const Actor& reader, const Question& question) {
  refresh();
  return answerOf(opened().searcher.find(question, accessOf(reader)), question);
}

std::vector<Hit> Service::suggest(const Actor& reader, std::string_view typed, Locale locale, int limit) {
  refresh();
  std::vector<Hit> hits;
  for (Found& found : opened().searcher.suggest(typed, locale, accessOf(reader), limit)) hits.push_back(hitOf(std::move(found)));
  return hits;
}

Indexer::Outcome Service::rebuild(const std::function<void(std::int64_t)>& progress) {
  Open& open = opened();
  std::lock_guard lock(open.indexing);
  return open.indexer.rebuild(stopping_, progress);
}

std::int64_t Service::size() { return opened().searcher.size(); }

Service& serviceOf(const plugins::Contributions& contributions) {
  return static_cast<Service&>(*std::static_pointer_cast<Engine>(contributions.services.find(Engine::kName)->second));
}

}  // namespace toimela::search
