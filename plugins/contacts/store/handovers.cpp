#include "store/handovers.h"

#include "store/stored.h"

namespace toimela::contacts::store {

namespace {

constexpr Sql kFind{"contacts.handover.find",
                    "SELECT successor_id, notes, revision FROM contacts_handover "
                    "WHERE member_id = :member"};
constexpr Sql kHolders{
    "contacts.handover.holders",
    "SELECT m.id, m.person_id, m.organisation_id, m.role, m.region, m.valid_from, m.valid_to, "
    "m.revision, p.given_name, p.family_name, p.erased_at, o.name_fi, o.name_sv, o.name_en, "
    "h.notes, sp.given_name, sp.family_name FROM contacts_member m "
    "JOIN core_person p ON p.id = m.person_id JOIN core_organisation o ON o.id = m.organisation_id "
    "LEFT JOIN contacts_handover h ON h.member_id = m.id "
    "LEFT JOIN contacts_member s ON s.id = h.successor_id "
    "LEFT JOIN core_person sp ON sp.id = s.person_id AND sp.erased_at IS NULL "
    "WHERE m.network_id = :network AND m.role IN ('contact_person', 'deputy') "
    "AND (m.region = CAST(:region AS TEXT) OR (CAST(:region AS TEXT) IS NULL AND m.region IS NULL)) "
    "ORDER BY m.valid_from DESC, m.id DESC"};
constexpr Sql kPinned{"contacts.handover.pinned",
                      "SELECT id, title FROM contacts_post WHERE network_id = :network "
                      "AND author_id = :person AND pinned = 1 AND removed_at IS NULL ORDER BY id"};
constexpr Sql kBy{"contacts.handover.by",
                  "SELECT member_id, notes FROM contacts_handover WHERE written_by = :person "
                  "ORDER BY member_id"};
constexpr Sql kAdd{"contacts.handover.add",
                   "INSERT INTO contacts_handover (member_id, notes, written_by, written_at, "
                   "revision) VALUES (:member, :notes, :actor, :now, 1) ON CONFLICT DO NOTHING"};
constexpr Sql kUpdate{"contacts.handover.update",
                      "UPDATE contacts_handover SET notes = :notes, written_by = :actor, "
                      "written_at = :now, revision = revision + 1 "
                      "WHERE member_id = :member AND revision = :revision"};
constexpr Sql kSuccessor{"contacts.handover.successor",
                         "INSERT INTO contacts_handover (member_id, successor_id, notes, "
                         "written_at, revision) VALUES (:member, :successor, '', :now, 1) "
                         "ON CONFLICT (member_id) DO UPDATE SET successor_id = "
                         "excluded.successor_id"};
constexpr Sql kForget{"contacts.handover.forget_writer",
                      "UPDATE contacts_handover SET written_by = NULL WHERE written_by = :person"};

HolderRow toHolder(MemberId id, PersonId person, OrganisationId organisation, MemberRole role,
                   std::optional<RegionCode> region, Date from, std::optional<Date> to,
                   std::int64_t revision, std::string givenName, std::string familyName,
                   std::optional<Instant> erasedAt, std::string nameFi, std::string nameSv,
                   std::string nameEn, std::optional<std::string> notes,
                   std::optional<std::string> successorGiven,
                   std::optional<std::string> successorFamily) {
  return {.member = {.id = id,
                     .person = person,
                     .organisation = organisation,
                     .role = role,
                     .region = region,
                     .period = {from, to},
                     .revision = revision},
          .person = erasedAt ? std::string() : givenName + " " + familyName,
          .organisation = {std::move(nameFi), std::move(nameSv), std::move(nameEn)},
          .notes = notes.value_or(""),
          .successor = successorGiven ? *successorGiven + " " + successorFamily.value_or("") : ""};
}

}  // namespace

Handover handoverOf(ReadTx& tx, MemberId member) {
  const auto found = tx.first(
      kFind,
      [&](std::optional<MemberId> successor, std::string notes, std::int64_t revision) {
        return Handover{member, successor, std::move(notes), revision};
      },
      member);
  return found.value_or(Handover{.member = member});
}

std::vector<HolderRow> holdersOf(ReadTx& tx, NetworkId network,
                                 std::optional<RegionCode> region) {
  return tx.all(kHolders, toHolder, network, region);
}

std::vector<PinnedRow> pinnedBy(ReadTx& tx, NetworkId network, PersonId person) {
  return tx.all(
      kPinned,
      [](std::int64_t post, std::string title) { return PinnedRow{post, std::move(title)}; },
      network, person);
}

std::vector<NotesOf> notesBy(ReadTx& tx, PersonId person) {
  return tx.all(
      kBy, [](MemberId member, std::string notes) { return NotesOf{member, std::move(notes)}; },
      person);
}

bool saveNotes(WriteTx& tx, const Handover& h) {
  if (h.revision == 0) return tx.run(kAdd, h.member, h.notes, tx.actor(), tx.time()) == 1;
  return tx.run(kUpdate, h.notes, tx.actor(), tx.time(), h.member, h.revision) == 1;
}

void noteSuccessor(WriteTx& tx, MemberId member, MemberId successor) {
  tx.run(kSuccessor, member, successor, tx.time());
}

void forgetWriter(WriteTx& tx, PersonId person) { tx.run(kForget, person); }

}  // namespace toimela::contacts::store
