#include "operations/publications.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "operations/indexing.h"
#include "store/parts.h"
#include "store/publications.h"
#include "toimela/bookkeeping.h"
#include "toimela/secrets.h"

namespace toimela::publications::operations {

namespace {

using Json = nlohmann::ordered_json;

AuditEntry entry(std::string action, const Publication& publication, Json detail = Json::object()) {
  return {.action = std::move(action),
          .object = "publications.publication:" + publication.id.text(),
          .region = publication.region,
          .detail = detail.dump()};
}

/// The publication, or why it cannot be changed by them.
struct Changed {
  std::optional<Publication> publication;
  std::optional<Refusal> refusal;
};
Changed findChangeable(WriteTx& tx, PublicationId id, const Powers& powers) {
  store::lock(tx, id);
  auto found = store::find(tx, id);
  const auto refusal = !found                           ? std::optional(Refusal::gone)
                       : !powers.changes(found->state)  ? std::optional(Refusal::notAllowed)
                                                        : std::nullopt;
  return {std::move(found), refusal};
}

const Part* partIn(const std::vector<Part>& parts, PartId id) {
  const auto found = std::ranges::find(parts, id, &Part::id);
  return found == parts.end() ? nullptr : &*found;
}

/// Harvesters come again, and the search reads it anew.
void fileChanged(WriteTx& tx, PublicationId id) {
  store::touch(tx, id);
  indexAnew(tx, id);
}

}  // namespace

PublicationId add(WriteTx& tx, Publication publication) {
  while (!isShortCode(publication.shortCode) || store::findByCode(tx, publication.shortCode))
    publication.shortCode = shortCode(secrets::random());
  publication.id = store::insert(tx, publication);
  tx.audit(entry("publications.publication.add", publication, {{"kind", code(publication.kind)}}));
  indexAnew(tx, publication.id);
  return publication.id;
}

PublicationId addWithFiles(WriteTx& tx, Publication publication, const std::vector<FileId>& files, bool isAccessible) {
  publication.id = add(tx, publication);
  for (const FileId file : files) {
    const bool isFirst = file == files.front();
    const PartId part = store::insertPart(tx, publication.id, {.role = isFirst ? PartRole::main : PartRole::supplement, .isAccessible = isFirst && isAccessible});
    store::addVersion(tx, part, file, "");
    tx.audit(entry("publications.file.add", publication, {{"part", part.text()}}));
  }
  return publication.id;
}

std::optional<Refusal> save(WriteTx& tx, const Publication& wanted, const Powers& powers) {
  const auto [current, refusal] = findChangeable(tx, wanted.id, powers);
  if (refusal) return refusal;
  Publication next = wanted;
  next.state = current->state;
  next.publishedAt = current->publishedAt;
  next.withdrawnWhy = current->withdrawnWhy;
  if (!store::update(tx, next)) {
    tx.unaudited("nothing was changed: somebody else saved it first");
    return Refusal::stale;
  }
  tx.audit(entry("publications.publication.save", next));
  indexAnew(tx, next.id);
  return std::nullopt;
}

std::optional<Refusal> take(WriteTx& tx, PublicationId id, Move step, const Powers& powers, const std::string& why) {
  store::lock(tx, id);
  auto publication = store::find(tx, id);
  if (!publication) return Refusal::gone;
  const auto next = after(publication->state, step, powers);
  if (!next) return Refusal::notAllowed;
  const State before = publication->state;
  publication->state = *next;
  if (*next == State::published && !publication->publishedAt) publication->publishedAt = tx.time();
  publication->withdrawnWhy = *next == State::withdrawn ? why : std::string();
  if (!store::update(tx, *publication)) {
    tx.unaudited("nothing was changed: somebody else saved it first");
    return Refusal::stale;
  }
  tx.audit(entry("publications.publication." + std::string(code(step)), *publication,
                 {{"from", code(before)}, {"to", code(*next)}}));
  indexAnew(tx, id);
  return std::nullopt;
}

std::optional<Refusal> removeDraft(WriteTx& tx, PublicationId id, const Powers& powers) {
  const auto [publication, refusal] = findChangeable(tx, id, powers);
  if (refusal) return refusal;
  if (publication->publishedAt) return Refusal::notAllowed;
  store::removeDraft(tx, id);
  tx.audit(entry("publications.publication.remove", *publication));
  indexAnew(tx, id);
  return std::nullopt;
}

bool restoreDraft(WriteTx& tx, PublicationId id, std::int64_t revision) {
  store::lock(tx, id);
  if (!store::restoreDraft(tx, id, revision)) {
    tx.unaudited("what has changed since stays removed");
    return false;
  }
  tx.audit(entry("publications.publication.restore_draft", *store::find(tx, id)));
  indexAnew(tx, id);
  return true;
}

std::optional<Refusal> addPart(WriteTx& tx, PublicationId id, const Part& part, const files::Incoming& incoming,
                               const Powers& powers) {
  const auto [publication, refusal] = findChangeable(tx, id, powers);
  if (refusal) return refusal;
  const PartId made = store::insertPart(tx, id, part);
  store::addVersion(tx, made, files::keep(tx, incoming, std::nullopt), "");
  fileChanged(tx, id);
  tx.audit(entry("publications.file.add", *publication, {{"part", made.text()}, {"type", incoming.type}}));
  return std::nullopt;
}

std::optional<Refusal> addVersion(WriteTx& tx, PublicationId id, PartId part, const files::Incoming& incoming,
                                  const std::string& note, const Powers& powers) {
  const auto [publication, refusal] = findChangeable(tx, id, powers);
  if (refusal) return refusal;
  const auto parts = store::partsOf(tx, id);
  if (!partIn(parts, part)) return Refusal::gone;
  store::addVersion(tx, part, files::keep(tx, incoming, std::nullopt), note);
  fileChanged(tx, id);
  tx.audit(entry("publications.file.version", *publication, {{"part", part.text()}, {"type", incoming.type}}));
  return std::nullopt;
}

std::optional<Refusal> savePart(WriteTx& tx, PublicationId id, const Part& part, const Powers& powers) {
  const auto [publication, refusal] = findChangeable(tx, id, powers);
  if (refusal) return refusal;
  if (!store::updatePart(tx, id, part)) return Refusal::gone;
  fileChanged(tx, id);
  tx.audit(entry("publications.file.save", *publication, {{"part", part.id.text()}}));
  return std::nullopt;
}

std::optional<Refusal> removePart(WriteTx& tx, PublicationId id, PartId part, const Powers& powers) {
  const auto [publication, refusal] = findChangeable(tx, id, powers);
  if (refusal) return refusal;
  if (publication->publishedAt) return Refusal::notAllowed;
  const auto parts = store::partsOf(tx, id);
  if (!partIn(parts, part)) return Refusal::gone;
  store::removePart(tx, part);
  fileChanged(tx, id);
  tx.audit(entry("publications.file.remove", *publication, {{"part", part.text()}}));
  return std::nullopt;
}

bool restorePart(WriteTx& tx, PublicationId id, PartId part, const Powers& powers) {
  const auto [publication, refusal] = findChangeable(tx, id, powers);
  // What was published meanwhile was published without the file.
  if (refusal || publication->publishedAt || !store::restorePart(tx, id, part)) {
    tx.unaudited("what has changed since stays removed");
    return false;
  }
  fileChanged(tx, id);
  tx.audit(entry("publications.file.restore", *publication, {{"part", part.text()}}));
  return true;
}

void clearRemoved(WriteTx& tx, Instant before) {
  bookkeeping(tx, "their removal is in the log");
  for (const FileId file : store::clearParts(tx, before)) files::remove(tx, file);
  store::clearDrafts(tx, before);
}

}  // namespace toimela::publications::operations
