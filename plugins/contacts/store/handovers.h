// Who had a place when, and what they left for the next.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/handover.h"
#include "toimela/data.h"

namespace toimela::contacts::store {

/// With revision 0 when nothing is written yet.
Handover handoverOf(ReadTx& tx, MemberId member);

/// One who has, had or will have a place.
struct HolderRow {
  Member member;
  std::string person;  ///< empty when they were erased
  LocalText organisation;
  std::string notes;
  std::string successor;  ///< name; empty without one
};
/// The contact persons and deputies of a place, that is of a network and a region, the latest first.
std::vector<HolderRow> holdersOf(ReadTx& tx, NetworkId network, std::optional<RegionCode> region);

/// A post of the person that stands pinned on the network's board.
struct PinnedRow {
  std::int64_t post;
  std::string title;
};
std::vector<PinnedRow> pinnedBy(ReadTx& tx, NetworkId network, PersonId person);

/// What somebody wrote when they left, for their take-out.
struct NotesOf {
  MemberId member;
  std::string notes;
};
std::vector<NotesOf> notesBy(ReadTx& tx, PersonId person);

/// Saves the notes; false when someone else wrote after `revision` was read.
[[nodiscard]] bool saveNotes(WriteTx& tx, const Handover& handover);
void noteSuccessor(WriteTx& tx, MemberId member, MemberId successor);
/// Notes stay for those who follow, without the name of the one who wrote them.
void forgetWriter(WriteTx& tx, PersonId person);

}  // namespace toimela::contacts::store
