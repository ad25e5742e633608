#include "own_data/erasures.h"

#include <nlohmann/json.hpp>

namespace toimela::own_data {

namespace {

constexpr int kAtOnce = 50;

std::string takeOut(ReadTx& tx, PersonId person) {
  const auto erasure = findErasure(tx, person);
  if (!erasure) return "{}";
  return nlohmann::ordered_json{{"asked", isoText(erasure->askedAt)}, {"due", isoText(erasure->dueAt)}}.dump();
}

}  // namespace

AskedErasure askErasure(WriteTx& tx, CoreHost& host, const Person& person) {
  if (directory::isLastAdministrator(tx, person.id, Date::of(tx.time()))) {
    tx.unaudited("the only national administrator can not be erased");
    return AskedErasure::isLastAdministrator;
  }
  const Instant due = tx.time() + kErasureWaits;
  insertErasure(tx, {person.id, tx.time(), due});
  tx.audit({.action = "core.erasure.ask", .object = "person:" + person.id.text()});
  View view;
  view.set("name", person.name())
      .set("due", showInstant(due, person.language))
      .set("address", host.absolute(person.language, "/account/data"));
  tx.mail(host.composeMail(person.email, person.name(), person.language, "erasure_asked", std::move(view)));
  return AskedErasure::yes;
}

bool takeBackErasure(WriteTx& tx, PersonId person) {
  if (!deleteErasure(tx, person)) {
    tx.unaudited("there was nothing to take back");
    return false;
  }
  tx.audit({.action = "core.erasure.take_back", .object = "person:" + person.text()});
  return true;
}

directory::Erased eraseAsAsked(CoreHost& host, PersonId person, std::optional<PersonId> by) {
  return directory::erasePerson(host, person, {.by = by, .basis = "asked", .stillHolds = [&](ReadTx& tx) {
                                                 return findErasure(tx, person).has_value();
                                               }});
}

int eraseDue(CoreHost& host, Instant now, const std::stop_token& stop) {
  int erased = 0;
  for (const Erasure& due : host.read([&](ReadTx& tx) { return dueErasures(tx, now, kAtOnce); })) {
    if (stop.stop_requested()) break;
    if (eraseAsAsked(host, due.person, std::nullopt) == directory::Erased::yes) ++erased;
  }
  return erased;
}

PersonalData personalData() {
  return {"erasure", takeOut, [](WriteTx& tx, PersonId person) { deleteErasure(tx, person); },
          {"core_erasure.person_id", "core_erasure.asked_at", "core_erasure.due_at"}};
}

}  // namespace toimela::own_data
