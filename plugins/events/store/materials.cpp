#include "store/materials.h"

#include "store/stored.h"

namespace toimela {

template <>
struct Stored<events::MaterialAudience>
    : StoredCode<events::kMaterialAudiences> {};

namespace events::store {

namespace {

constexpr Sql kOf{"events.material.of_event",
                  "SELECT m.id, s.id, m.title_fi, m.title_sv, m.title_en, m.link, m.file_id, m.audience "
                  "FROM events_material m "
                  "LEFT JOIN events_session s ON s.id = m.session_id AND s.removed_at IS NULL "
                  "WHERE m.event_id = :event AND m.removed_at IS NULL ORDER BY m.id"};
constexpr Sql kInsert{
    "events.material.insert",
    "INSERT INTO events_material (event_id, session_id, title_fi, title_sv, title_en, link, file_id, "
    "audience, added_at) VALUES (:event, :session, :fi, :sv, :en, :link, :file, :audience, :at) "
    "RETURNING id"};
constexpr Sql kUpdate{
    "events.material.update",
    "UPDATE events_material SET title_fi = :fi, title_sv = :sv, title_en = :en, link = :link, "
    "session_id = :session, audience = :audience "
    "WHERE id = :id AND event_id = :event AND removed_at IS NULL"};
constexpr Sql kRemove{"events.material.remove",
                      "DELETE FROM events_material WHERE id = :id AND event_id = :event RETURNING file_id"};
constexpr Sql kLoosen{"events.material.loosen",
                      "UPDATE events_material SET session_id = NULL WHERE session_id = :session"};
constexpr Sql kNotTold{
    "events.material.not_told",
    "SELECT p.id FROM events_participant p JOIN events_registration r ON r.id = p.registration_id "
    "WHERE p.event_id = :event AND p.state = 'confirmed' AND r.erased_at IS NULL "
    "AND r.confirm_by IS NULL AND (p.attended_at IS NOT NULL OR NOT EXISTS "
    "(SELECT 1 FROM events_participant a WHERE a.event_id = p.event_id AND a.attended_at IS NOT NULL)) "
    "AND NOT EXISTS (SELECT 1 FROM events_material_told t WHERE t.participant_id = p.id "
    "AND t.material_id >= :up_to) ORDER BY p.id"};
constexpr Sql kNoteTold{"events.material.note_told",
                        "INSERT INTO events_material_told (participant_id, event_id, material_id) "
                        "VALUES (:participant, :event, :up_to) ON CONFLICT (participant_id) "
                        "DO UPDATE SET material_id = excluded.material_id"};
constexpr Sql kHasPlace{
    "events.participant.has_place",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM events_participant p "
    "JOIN events_registration r ON r.id = p.registration_id "
    "WHERE p.event_id = :event AND p.state = 'confirmed' AND r.erased_at IS NULL "
    "AND r.confirm_by IS NULL AND (r.person_id = :person OR p.email_key = :key)"};

}  // namespace

std::vector<Material> materialsOf(ReadTx& tx, EventId event) {
  return tx.all(
      kOf,
      [](MaterialId id, std::optional<SessionId> session, std::string fi, std::string sv, std::string en,
         std::optional<std::string> link, std::optional<FileId> file, MaterialAudience audience) {
        return Material{id,   session, {std::move(fi), std::move(sv), std::move(en)}, std::move(link),
                        file, audience};
      },
      event);
}

MaterialId insertMaterial(WriteTx& tx, EventId event, const Material& m) {
  return tx.insert<MaterialId>(kInsert, event, m.session, m.title.fi, m.title.sv, m.title.en, m.link,
                               m.file, m.audience, tx.time());
}

bool updateMaterial(WriteTx& tx, EventId event, const Material& m) {
  return tx.run(kUpdate, m.title.fi, m.title.sv, m.title.en, m.link, m.session, m.audience, m.id,
                event) == 1;
}

std::optional<FileId> removeMaterial(WriteTx& tx, EventId event, MaterialId material) {
  return tx.first(kRemove, [](std::optional<FileId> file) { return file; }, material, event).value_or(std::nullopt);
}

void loosenMaterials(WriteTx& tx, SessionId session) { tx.run(kLoosen, session); }

std::vector<ParticipantId> notToldOf(ReadTx& tx, EventId event, MaterialId upTo) {
  return tx.all(kNotTold, [](ParticipantId id) { return id; }, event, upTo);
}

void noteTold(WriteTx& tx, EventId event, ParticipantId participant, MaterialId upTo) {
  tx.run(kNoteTold, participant, event, upTo);
}

bool hasPlace(ReadTx& tx, EventId event, PersonId person, const std::string& emailKey) {
  return tx.value<std::int64_t>(kHasPlace, event, person, emailKey) > 0;
}

}  // namespace events::store

}  // namespace toimela
