// Publications in the database.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/publication.h"
#include "toimela/data.h"

namespace toimela::publications::store {

/// What a list asks for; what is unset narrows nothing.
struct Filter {
  std::optional<RegionCode> region;
  std::optional<Kind> kind;
  std::optional<std::string> language, year, subject, project;
  std::optional<SeriesId> series;
};
/// The place in the list after which a page begins: newest first.
struct Place {
  std::string issued;
  PublicationId id;
};

std::optional<Publication> find(ReadTx& tx, PublicationId id);
/// Those that are there, in the order of the ids; as many statements for a thousand as for one.
std::vector<Publication> findAll(ReadTx& tx, const std::vector<PublicationId>& ids);
/// Whoever else wants to change the publication or its files waits for the end of the transaction.
void lock(WriteTx& tx, PublicationId id);
std::optional<PublicationId> findByCode(ReadTx& tx, const std::string& shortCode);
/// By ISBN, identifier or, without either, title and year: for imports that come twice.
std::optional<PublicationId> findSame(ReadTx& tx, const Publication& publication);

/// Published ones of the nation and of the regions where the plugin is on.
std::vector<PublicationId> listPublic(ReadTx& tx, const Filter& filter, const std::optional<Place>& after, int limit);
std::int64_t countPublic(ReadTx& tx, const Filter& filter);
/// Of each series that has any.
std::map<SeriesId, std::int64_t> countBySeries(ReadTx& tx);
/// Public ones in stretches of `size` ids, which stay the same whatever comes and goes: number n has the ids
/// from n * size up to the next one's first. Only stretches that have any.
struct Stretch {
  std::int64_t number;
  Instant changedAt;  ///< of the last change in it
};
std::vector<Stretch> stretches(ReadTx& tx, std::int64_t size);
struct Change {
  PublicationId id;
  Instant at;
};
std::vector<Change> stretch(ReadTx& tx, std::int64_t number, std::int64_t size);
/// Newest in the archive first, for feeds.
std::vector<PublicationId> newest(ReadTx& tx, const Filter& filter, int limit);
/// By id, for programs and exports.
std::vector<PublicationId> publicAfter(ReadTx& tx, PublicationId after, int limit);

/// Published ones whose files were opened from `from` to `until`, both included.
std::vector<PublicationId> openedBetween(ReadTx& tx, Date from, Date until);

/// What is not in the archive yet, or no more: of regions and, when `nation`, of the whole country.
struct Work {
  std::vector<RegionCode> regions;
  bool nation = false;
  std::optional<State> state;
};
/// What was changed last comes first.
std::vector<PublicationId> inWork(ReadTx& tx, const Work& work, int limit);
std::int64_t countInWork(ReadTx& tx, const Work& work);
std::vector<PublicationId> allAfter(ReadTx& tx, PublicationId after, int limit);

/// Years, languages and projects that published ones have, for filters.
struct Facets {
  std::vector<std::string> years, languages, projects;
};
Facets facets(ReadTx& tx, std::optional<RegionCode> region);

PublicationId insert(WriteTx& tx, const Publication& publication);
/// False when somebody else saved it since `publication.revision`.
[[nodiscard]] bool update(WriteTx& tx, const Publication& publication);
/// A draft that was never published: nobody finds it any more, and it can be restored.
void removeDraft(WriteTx& tx, PublicationId id);
/// False when it is no longer as its removal left it, at that revision.
[[nodiscard]] bool restoreDraft(WriteTx& tx, PublicationId id, std::int64_t revision);
/// Deletes those removed before then; their parts must be gone (clearParts()).
void clearDrafts(WriteTx& tx, Instant before);
/// Its file or series changed: harvesters are to come again.
void touch(WriteTx& tx, PublicationId id);
/// Who wrote drafts is forgotten; what is in the archive is not about them.
void forgetPerson(WriteTx& tx, PersonId person);
std::vector<PublicationId> createdBy(ReadTx& tx, PersonId person);

/// The changed_at of a moment: the next whole second, so that nothing is changed in a second that a
/// harvester has been answered about.
Instant datestamp(Instant at);

}  // namespace toimela::publications::store
