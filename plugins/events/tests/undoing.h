// The stage of tests of what is taken back in events.
#pragma once

#include <catch2/catch.hpp>

#include <functional>

#include "domain/material.h"
#include "domain/removed.h"
#include "operations/materials.h"
#include "operations/organising.h"
#include "store/attendance.h"
#include "store/managing.h"
#include "store/materials.h"
#include "store/pictures.h"
#include "store/questions.h"
#include "store/removed.h"
#include "store/retention.h"
#include "store/scheduled.h"
#include "store/series.h"
#include "undo_offer.h"
#include "visit.h"

namespace toimela::events {

using testing::bodyOf;
using testing::UndoOffer;

/// A published event, and Oona, who organises it and takes back what she has removed by mistake.
struct Undoing : Visit {
  explicit Undoing(const testing::FreshDatabase& database, const Event& event = exampleEvent(5))
      : Visit(database), oona(organiser()), id(addEvent(event)) {}

  using Visit::page;
  std::string page(std::string_view rest = "") const { return page(id, rest); }
  /// The page that an answer leads her to.
  std::string goOn(const Response& answer) {
    REQUIRE(answer.status == 303);
    return bodyOf(oona.get(std::string(answer.headers.find("Location").value())));
  }
  /// What the page offers that follows a form of hers.
  UndoOffer offered(const std::string& path, Sent sent = {}) {
    return testing::undoOfferOn(goOn(oona.post(path, std::move(sent))));
  }
  UndoOffer remove(const std::string& what, Sent sent = {}) { return offered(page(what + "/remove"), std::move(sent)); }
  UndoOffer removeSession(SessionId session) {
    return remove("/programme/" + session.text(), {{"reason", "Peruuntui"}});
  }
  Response takeBack(const UndoOffer& offer) { return oona.post(offer.action, offer.fields); }

  FileId addFile() {
    static constexpr Sql kFile{"test.file",
                               "INSERT INTO core_file (stored_name, name, type, size, sha256, created_at) "
                               "VALUES (:name, 'kuva.png', 'image/png', 1, :name, 0) RETURNING id"};
    return change([&](WriteTx& tx) { return tx.value<FileId>(kFile, "file" + std::to_string(++filesMade)); });
  }
  FileId addPicture() {
    const FileId file = addFile();
    change([&](WriteTx& tx) {
      store::setPicture(tx, id, {file, {"Ihmisiä", "Människor", "People"}});
      return 0;
    });
    return file;
  }
  MaterialId addMaterial(const Material& material) {
    return change([&](WriteTx& tx) { return store::insertMaterial(tx, id, material); });
  }
  QuotaId addQuota(std::int64_t capacity) {
    return change([&](WriteTx& tx) {
      return store::insertQuota(tx, id, {.name = {.fi = "Yritykset"}, .sectors = {Sector::company}, .capacity = capacity});
    });
  }
  std::vector<Material> materials() { return materialsOf(id); }
  std::vector<Session> sessions() {
    return host().read([&](ReadTx& tx) { return store::sessionsOf(tx, id); });
  }
  std::vector<Quota> quotas() {
    return host().read([&](ReadTx& tx) { return store::quotasOf(tx, id); });
  }
  std::optional<Pool> pool(PoolKey key) {
    const Places places = host().read([&](ReadTx& tx) { return store::loadPlaces(tx, id); });
    return places.find(key) ? std::optional(*places.find(key)) : std::nullopt;
  }
  std::size_t asideIn(EventId event) {
    return host().read([&](ReadTx& tx) { return store::removedOf(tx, event).size(); });
  }
  std::size_t aside() { return asideIn(id); }
  ParticipantId joinAs(Sector sector) {
    Registration one = registration(1);
    one.sector = sector;
    return std::get<operations::Registered>(submit(id, one)).registration.participants.front().id;
  }
  void save(const std::function<void(Event&)>& edit) {
    REQUIRE(change([&](WriteTx& tx) {
      Event saved = *store::findEvent(tx, id);
      edit(saved);
      return store::updateEvent(tx, saved);
    }));
  }
  /// How often that stands in the audit log.
  std::int64_t did(const std::string& action) {
    static constexpr Sql kDid{"test.did", "SELECT CAST(COUNT(*) AS BIGINT) FROM core_audit WHERE action = :action"};
    return host().read([&](ReadTx& tx) { return tx.value<std::int64_t>(kDid, action); });
  }

  testing::Visitor oona;
  EventId id;
  int filesMade = 0;
};

}  // namespace toimela::events
