#include "search/building.h"

#include <algorithm>
#include <future>
#include <string>
#include <thread>

#include "search/index.h"

namespace toimela::search {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kThingsInPart = 40'000;
constexpr std::int64_t kThingsInCommit = 4'000;
// Each has a dictionary of its own, and words that it remembers.
constexpr unsigned kMostWorkers = 2;
constexpr std::size_t kRememberedWords = 100'000;

}  // namespace

Building::Building(Documents& documents, const Sources& sources, fs::path folder)
    : documents_(documents), sources_(sources), folder_(std::move(folder)) {
  fs::create_directory(folder_);
}

Building::~Building() {
  std::error_code none;
  fs::remove_all(folder_, none);
}

void Building::run(const std::atomic<bool>& stopping, const std::function<void(std::int64_t)>& progress) {
  const auto guarded = [&] {
    try {
      work(stopping, progress);
    } catch (...) {
      hasFailed_ = true;
      throw;
    }
  };
  std::vector<std::future<void>> others;
  for (unsigned i = 1; i < std::clamp(std::thread::hardware_concurrency(), 1u, kMostWorkers); ++i)
    others.push_back(std::async(std::launch::async, guarded));
  guarded();
  for (auto& other : others) other.get();
}

void Building::work(const std::atomic<bool>& stopping, const std::function<void(std::int64_t)>& progress) {
  Analyser analyser(kRememberedWords);
  Hints hints;
  for (;;) {
    std::size_t number = 0;
    std::vector<Batch> batches;
    {
      const std::lock_guard lock(mutex_);
      hints_.take(hints);
      batches = next();
      if (batches.empty()) return;
      number = parts_++;
    }
    IndexWriter part(partPath(number), IndexWriter::Use::part);
    std::int64_t added = 0;
    for (const auto& [source, ids] : batches) {
      if (stopping || hasFailed_) return;
      if (const auto documents = documents_.read(*source, ids))
        for (const Document& document : *documents) part.add(analyser, source->kind, document, hints);
      added += std::ssize(ids);
      if (added >= kThingsInCommit) {
        part.commit({});
        added = 0;
      }
      count(std::ssize(ids), progress);
    }
    part.commit({});
  }
}

std::vector<Building::Batch> Building::next() {
  std::vector<Batch> batches;
  for (std::size_t things = 0; things < kThingsInPart && source_ < sources_.size();) {
    const Source& source = sources_[source_].what;
    auto ids = documents_.idsAfter(source, after_);
    if (ids.empty()) {
      ++source_;
      after_ = 0;
      continue;
    }
    after_ = ids.back();
    things += ids.size();
    batches.emplace_back(&source, std::move(ids));
  }
  return batches;
}

void Building::count(std::int64_t things, const std::function<void(std::int64_t)>& progress) {
  const std::lock_guard lock(mutex_);
  things_ += things;
  if (progress) progress(things_);
}

fs::path Building::partPath(std::size_t number) const { return folder_ / ("part-" + std::to_string(number)); }

void Building::join(const fs::path& into) const {
  std::vector<fs::path> parts;
  for (std::size_t i = 0; i < parts_; ++i) parts.push_back(partPath(i));
  joinIndexes(parts, into);
}

}  // namespace toimela::search
