#include "search/building.h"

#include <algorithm>
#include <future>
#include <string>
#include <thread>

#include "search/index.h"

namespace toimela::search {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kThingsInPart = 40'000, kThingsAtOnce = 500;
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
  sideBySide([&] { takeDates(stopping); });
  std::ranges::sort(all_);
  sideBySide([&] { work(stopping, progress); });
}

void Building::sideBySide(const std::function<void()>& work) {
  const auto guarded = [&] {
    try {
      work();
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

void Building::takeDates(const std::atomic<bool>& stopping) {
  while (!stopping && !hasFailed_) {
    std::pair<std::size_t, std::vector<std::int64_t>> batch;
    {
      const std::lock_guard lock(mutex_);
      batch = listed();
    }
    const auto& [source, ids] = batch;
    if (ids.empty()) return;
    // What can not be read now may be readable when its turn comes.
    std::map<std::int64_t, std::optional<Date>> dates;
    for (const auto id : ids) dates[id];
    if (const auto documents = documents_.read(sources_[source].what, ids))
      for (const Document& document : *documents)
        if (const auto thing = dates.find(document.id); thing != dates.end())
          thing->second = std::max(thing->second, document.date);
    const std::lock_guard lock(mutex_);
    for (const auto& [id, date] : dates) all_.push_back({date, source, id});
  }
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

std::pair<std::size_t, std::vector<std::int64_t>> Building::listed() {
  for (; source_ < sources_.size(); ++source_, after_ = 0) {
    auto ids = documents_.idsAfter(sources_[source_].what, after_);
    if (ids.empty()) continue;
    after_ = ids.back();
    return {source_, std::move(ids)};
  }
  return {};
}

std::vector<Building::Batch> Building::next() {
  std::vector<Batch> batches;
  const std::size_t end = std::min(all_.size(), taken_ + kThingsInPart);
  while (taken_ < end) {
    std::map<std::size_t, std::vector<std::int64_t>> bySource;
    for (const std::size_t last = std::min(end, taken_ + kThingsAtOnce); taken_ < last; ++taken_)
      bySource[all_[taken_].source].push_back(all_[taken_].id);
    for (auto& [source, ids] : bySource) {
      std::ranges::sort(ids);
      batches.emplace_back(&sources_[source].what, std::move(ids));
    }
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
