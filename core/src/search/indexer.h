// Makes the index of this machine follow the database.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "search/change_log.h"
#include "search/documents.h"
#include "search/index.h"
#include "search/index_folder.h"
#include "toimela/texts.h"

namespace toimela::search {

/// One of the processes of a machine has the writer's lock and applies what the change log tells; a
/// new index may be made by any of them at the same time. Used by one thread at a time.
class Indexer {
 public:
  /// `warn` is told of a source that could not be read: what it has of a thing stays as it was.
  /// `texts` as in Documents.
  Indexer(data::Database& database, const Sources& sources, const IndexFolder& folder,
          Warn warn, const Texts* texts = nullptr);
  ~Indexer();

  enum class Outcome { done, busy };
  /// Brings the index up to date with what is committed now, and makes it anew where it is missing,
  /// of another version or of another database. `busy`: another process does that.
  /// Stops early, with what it has, when `stopping` is set.
  Outcome follow(const std::atomic<bool>& stopping);
  /// Makes a new index of everything and lets it take the place of the present one; whoever follows
  /// goes on from there. `busy`: somebody is making one already.
  Outcome rebuild(const std::atomic<bool>& stopping, const std::function<void(std::int64_t things)>& progress);
  /// Gives the writer's lock back.
  void release();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace toimela::search
