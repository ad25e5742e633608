#include "search/indexer.h"

#include <algorithm>
#include <map>
#include <set>

#include "files/file_lock.h"
#include "search/building.h"

namespace toimela::search {

namespace fs = std::filesystem;

namespace {

constexpr int kChangesAtOnce = 500;
constexpr std::size_t kThingsAtOnce = 500;
constexpr std::size_t kRememberedWords = 150'000;

}  // namespace

struct Indexer::Impl {
  data::Database& database;
  const Sources& sources;
  const IndexFolder& folder;
  Documents documents;
  Analyser analyser{kRememberedWords};
  files::FileLock lock;
  fs::path open;
  std::unique_ptr<IndexWriter> writer;

  const Source* sourceOf(std::string_view kind) const {
    const auto found = std::ranges::find_if(sources, [&](const auto& source) { return source.what.kind == kind; });
    return found == sources.end() ? nullptr : &found->what;
  }

  void put(IndexWriter& into, const Source& source, const std::vector<std::int64_t>& ids) {
    const auto found = documents.read(source, ids);
    if (!found) return;
    std::map<std::int64_t, std::vector<const Document*>> byId;
    for (const auto id : ids) byId[id];
    for (const Document& document : *found)
      if (const auto thing = byId.find(document.id); thing != byId.end()) thing->second.push_back(&document);
    for (const auto& [id, all] : byId) into.put(analyser, source.kind, id, all);
  }

  /// Everything of the kind that there is, and what the index has and is no more.
  void putAll(IndexWriter& into, const Source& source, const std::atomic<bool>& stopping) {
    std::set<std::int64_t> gone;
    for (const auto id : into.idsOf(source.kind)) gone.insert(id);
    for (std::int64_t after = 0; !stopping;) {
      const auto ids = documents.idsAfter(source, after);
      if (ids.empty()) break;
      put(into, source, ids);
      for (const auto id : ids) gone.erase(id);
      after = ids.back();
    }
    // A thing may be there and not be listed: the source says.
    std::vector<std::int64_t> rest(gone.begin(), gone.end());
    for (std::size_t at = 0; at < rest.size() && !stopping; at += kThingsAtOnce)
      put(into, source, {rest.begin() + static_cast<std::ptrdiff_t>(at),
                         rest.begin() + static_cast<std::ptrdiff_t>(std::min(rest.size(), at + kThingsAtOnce))});
  }

  void apply(const std::vector<Change>& changes, const std::atomic<bool>& stopping) {
    std::map<std::string, std::set<std::int64_t>> byKind;
    std::set<std::string> whole;
    for (const Change& change : changes) {
      if (change.kind.starts_with(kPluginPrefix)) {
        for (const auto& source : sources)
          if (source.plugin == std::string_view(change.kind).substr(kPluginPrefix.size())) whole.insert(source.what.kind);
      } else if (change.id == 0) {
        whole.insert(change.kind);
      } else {
        byKind[change.kind].insert(change.id);
      }
    }
    for (const auto& [kind, ids] : byKind) {
      // Of a plugin that is out of use for now; its own documents are made anew when it comes back.
      const Source* source = whole.contains(kind) ? nullptr : sourceOf(kind);
      if (source) put(*writer, *source, {ids.begin(), ids.end()});
    }
    for (const auto& kind : whole)
      if (const Source* source = sourceOf(kind)) putAll(*writer, *source, stopping);
  }

  /// Plugins come and go with an update: an index that lacks one is not complete.
  std::string lineageOf(const LogState& log) const {
    std::string lineage = log.lineage;
    std::set<std::string> kinds;
    for (const auto& source : sources) kinds.insert(source.what.kind);
    for (const auto& kind : kinds) lineage += " " + kind;
    return lineage;
  }

  bool isUsable(const IndexState& state, const LogState& log) const {
    // Behind the end: the database is an older copy of what the index was made from.
    return state.version == kIndexVersion && state.lineage == lineageOf(log) && state.position >= log.trimmed &&
           state.position <= log.end;
  }

  LogState log() { return database.get([](ReadTx& tx) { return logState(tx); }); }

  /// The current index, open for writing; false when there is none that can be followed.
  bool openCurrent() {
    const auto current = folder.current();
    if (!current) {
      writer.reset();
      return false;
    }
    if (!writer || open != *current) {
      writer.reset();
      writer = std::make_unique<IndexWriter>(*current);
      open = *current;
    }
    return true;
  }
};

Indexer::Indexer(data::Database& database, const Sources& sources, const IndexFolder& folder,
                 Warn warn, const Texts* texts)
    : impl_(new Impl{database, sources, folder, {database, std::move(warn), texts}}) {}
Indexer::~Indexer() = default;

void Indexer::release() {
  impl_->writer.reset();
  impl_->lock.giveBack();
}

Indexer::Outcome Indexer::follow(const std::atomic<bool>& stopping) {
  if (!impl_->lock.take(impl_->folder.writerLock())) return Outcome::busy;
  try {
    LogState log = impl_->log();
    std::optional<IndexState> state;
    if (impl_->openCurrent()) state = impl_->writer->state();
    if (!state || !impl_->isUsable(*state, log)) {
      impl_->writer.reset();
      if (rebuild(stopping, {}) == Outcome::busy || stopping || !impl_->openCurrent()) return Outcome::busy;
      state = impl_->writer->state();
      if (!state) return Outcome::busy;
    }
    while (!stopping) {
      const auto changes = impl_->database.get(
          [&](ReadTx& tx) { return changesAfter(tx, state->position, kChangesAtOnce); });
      if (changes.empty()) return Outcome::done;
      impl_->apply(changes, stopping);
      if (stopping) break;
      state->position = changes.back().position;
      impl_->writer->commit(*state);
    }
    return Outcome::done;
  } catch (...) {
    // What was begun is done again, from the position that stands in the index.
    impl_->writer.reset();
    throw;
  }
}

Indexer::Outcome Indexer::rebuild(const std::atomic<bool>& stopping,
                                  const std::function<void(std::int64_t)>& progress) {
  files::FileLock building;
  if (!building.take(impl_->folder.buildingLock())) return Outcome::busy;
  impl_->folder.sweep();
  // What changes from here on stands in the log behind this place, and is applied afterwards.
  const LogState log = impl_->log();
  const fs::path fresh = impl_->folder.fresh();
  {
    Building building(impl_->documents, impl_->sources, impl_->folder.fresh());
    building.run(stopping, progress);
    if (!stopping) {
      building.join(fresh);
      IndexWriter index(fresh);
      index.add(building.hints());
      index.commit({kIndexVersion, impl_->lineageOf(log), log.end});
    }
  }
  if (stopping) {
    std::error_code none;
    fs::remove_all(fresh, none);
    return Outcome::busy;
  }
  impl_->folder.publish(fresh);
  impl_->folder.sweep();
  return Outcome::done;
}

}  // namespace toimela::search
