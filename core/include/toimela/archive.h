// The archive that one plugin keeps and to which others hand what came of their work.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/access.h"
#include "toimela/data.h"
#include "toimela/types.h"

namespace toimela {

class Host;

/// A report that is to be kept for good. It comes in as a draft, which the archive's own people look
/// through and publish by the rules of the region.
struct Deposit {
  LocalText title;
  LocalText abstract;                ///< plain text
  Locale language = Locale::fi;      ///< of the files
  std::optional<RegionCode> region;  ///< unset: of the nation
  std::vector<FileId> files;         ///< kept already (files::keep); they belong to the archive from now on
  bool isAccessible = false;         ///< the report can be read by everybody as it is: a tagged PDF, say
};

/// Service between plugins: `host.service<Archive>()`, null when no plugin keeps an archive.
class Archive {
 public:
  static constexpr std::string_view kName = "toimela.archive";
  virtual ~Archive() = default;

  /// May the actor bring something in there? False where the archive is switched off.
  virtual bool takesFrom(Host& host, const Actor& actor, std::optional<RegionCode> region) = 0;
  /// Makes the draft, audited; the first file is the report, the others go with it. Ask takesFrom()
  /// before. Returns its path without language.
  virtual std::string deposit(WriteTx& tx, const Deposit& deposit) = 0;
};

}  // namespace toimela
