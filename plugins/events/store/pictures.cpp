#include "store/pictures.h"

namespace toimela::events::store {

namespace {

constexpr Sql kOf{"events.picture.of_event",
                  "SELECT file_id, alternative_fi, alternative_sv, alternative_en FROM events_picture "
                  "WHERE event_id = :event AND removed_at IS NULL"};
constexpr Sql kFile{"events.picture.file", "SELECT file_id FROM events_picture WHERE event_id = :event"};
constexpr Sql kSet{
    "events.picture.set",
    "INSERT INTO events_picture (event_id, file_id, alternative_fi, alternative_sv, alternative_en) "
    "VALUES (:event, :file, :fi, :sv, :en) ON CONFLICT (event_id) DO UPDATE SET "
    "file_id = excluded.file_id, alternative_fi = excluded.alternative_fi, "
    "alternative_sv = excluded.alternative_sv, alternative_en = excluded.alternative_en, "
    "removed_at = NULL"};
constexpr Sql kRemove{"events.picture.remove", "DELETE FROM events_picture WHERE event_id = :event"};
constexpr Sql kIs{"events.picture.is_picture",
                  "SELECT CAST(COUNT(*) AS BIGINT) FROM events_picture WHERE file_id = :file"};

}  // namespace

std::optional<Picture> pictureOf(ReadTx& tx, EventId event) {
  return tx.first(
      kOf,
      [](FileId file, std::string fi, std::string sv, std::string en) {
        return Picture{file, {std::move(fi), std::move(sv), std::move(en)}};
      },
      event);
}

std::optional<FileId> pictureFile(ReadTx& tx, EventId event) {
  return tx.first(kFile, [](FileId file) { return file; }, event);
}

void setPicture(WriteTx& tx, EventId event, const Picture& picture) {
  tx.run(kSet, event, picture.file, picture.alternative.fi, picture.alternative.sv,
         picture.alternative.en);
}

void removePicture(WriteTx& tx, EventId event) { tx.run(kRemove, event); }

bool isPicture(ReadTx& tx, FileId file) { return tx.value<std::int64_t>(kIs, file) > 0; }

}  // namespace toimela::events::store
