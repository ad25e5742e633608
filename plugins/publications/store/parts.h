// Files of publications in the database, and how often they were taken.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "domain/part.h"
#include "toimela/accessibility.h"
#include "toimela/data.h"

namespace toimela::publications::store {

std::vector<Part> partsOf(ReadTx& tx, PublicationId publication);
/// Of each that has any; as many statements for a thousand as for one.
std::map<PublicationId, std::vector<Part>> partsOfAll(ReadTx& tx, const std::vector<PublicationId>& publications);
PartId insertPart(WriteTx& tx, PublicationId publication, const Part& part);
/// False when the publication has no such part.
[[nodiscard]] bool updatePart(WriteTx& tx, PublicationId publication, const Part& part);
void addVersion(WriteTx& tx, PartId part, FileId file, const std::string& note);
/// It is no longer among the parts, and can be restored.
void removePart(WriteTx& tx, PartId part);
/// False when the publication has no such part that was removed.
[[nodiscard]] bool restorePart(WriteTx& tx, PublicationId publication, PartId part);
/// Deletes what was removed before then, and the parts of drafts that were; the files themselves are the caller's to forget.
std::vector<FileId> clearParts(WriteTx& tx, Instant before);

std::vector<PublicationId> publicationsWith(ReadTx& tx, FileId file);

/// What barriersOf() finds, counted over the whole archive.
class ArchiveForAll : public AccessibilityOfArchive {
 public:
  std::int64_t inaccessible(ReadTx& tx) override;
};

void addDownloads(WriteTx& tx, PublicationId publication, const std::string& day, std::int64_t count);

struct Counted {
  std::string key;  ///< a month "2026-11", a region's code, or an id
  std::int64_t count;
};
std::int64_t downloadsOf(ReadTx& tx, PublicationId publication);
/// Month by month, the oldest first; of one publication, of a region, or of everything.
std::vector<Counted> downloadsByMonth(ReadTx& tx, std::optional<PublicationId> publication,
                                      std::optional<RegionCode> region);
std::vector<Counted> downloadsByPublication(ReadTx& tx, std::optional<RegionCode> region, int limit);
/// The region's code is empty for what belongs to the whole country.
std::vector<Counted> downloadsByRegion(ReadTx& tx);

}  // namespace toimela::publications::store
