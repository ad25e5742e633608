// Changes to publications: rule, save and audit entry in one transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/part.h"
#include "domain/publication.h"
#include "toimela/data.h"
#include "toimela/files.h"

namespace toimela::publications::operations {

/// A new draft, with its address for ever: the one it brings, if it is free.
PublicationId add(WriteTx& tx, Publication publication);

/// The same with files that are kept already: the first is the publication, which everybody can read where it
/// `isAccessible`, the others supplements.
PublicationId addWithFiles(WriteTx& tx, Publication publication, const std::vector<FileId>& files, bool isAccessible);

enum class Refusal { stale, notAllowed, gone };
/// Saves what the form said; state, region and history stay as they are.
std::optional<Refusal> save(WriteTx& tx, const Publication& publication, const Powers& powers);
/// Takes a step; `why` says why something was withdrawn.
std::optional<Refusal> take(WriteTx& tx, PublicationId id, Move step, const Powers& powers, const std::string& why = {});
/// Only a draft that was never published; everything else stays.
std::optional<Refusal> removeDraft(WriteTx& tx, PublicationId id, const Powers& powers);
/// Undoes the removal that left it at the revision; false when that is too late. Who may is said by requireUndo().
[[nodiscard]] bool restoreDraft(WriteTx& tx, PublicationId id, std::int64_t revision);

std::optional<Refusal> addPart(WriteTx& tx, PublicationId id, const Part& part, const files::Incoming& incoming,
                               const Powers& powers);
std::optional<Refusal> addVersion(WriteTx& tx, PublicationId id, PartId part, const files::Incoming& incoming,
                                  const std::string& note, const Powers& powers);
std::optional<Refusal> savePart(WriteTx& tx, PublicationId id, const Part& part, const Powers& powers);
/// Of a draft the file goes; of what was published nothing is taken away, a newer version stands before it.
std::optional<Refusal> removePart(WriteTx& tx, PublicationId id, PartId part, const Powers& powers);
/// Undoes that; false when it is too late, as when the draft was published meanwhile.
[[nodiscard]] bool restorePart(WriteTx& tx, PublicationId id, PartId part, const Powers& powers);

/// Drafts and files removed before then can not be brought back any more.
void clearRemoved(WriteTx& tx, Instant before);

}  // namespace toimela::publications::operations
