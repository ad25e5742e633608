// What sources tell of their things.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "data/database.h"
#include "plugins/contributions.h"
#include "toimela/texts.h"

namespace toimela::search {

using Sources = std::vector<plugins::From<Source>>;
/// Told of a source that could not be read.
using Warn = std::function<void(std::string_view kind, std::string_view reason)>;

/// Asks the sources, each time in a transaction of its own. Used by several threads.
class Documents {
 public:
  /// Where `texts` has a text whose key is a subject in all three languages, the subject is that text: subjects
  /// of a vocabulary come by the keys of their names.
  Documents(data::Database& database, Warn warn, const Texts* texts);

  /// The next ids behind this one, ascending; none when that was the last, or when the source threw.
  std::vector<std::int64_t> idsAfter(const Source& source, std::int64_t after);
  /// Everything that is found of these things; nothing when the source threw.
  std::optional<std::vector<Document>> read(const Source& source, const std::vector<std::int64_t>& ids);

 private:
  template <class F>
  bool asked(const Source& source, F&& work);
  void nameSubject(LocalText& subject) const;

  data::Database& database_;
  std::mutex warning_;
  Warn warn_;
  const Texts* texts_;
};

}  // namespace toimela::search
