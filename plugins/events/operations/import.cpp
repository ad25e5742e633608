#include "operations/import.h"

#include <nlohmann/json.hpp>

#include "operations/audit.h"
#include "operations/naming.h"
#include "store/events.h"
#include "toimela/host.h"
#include "toimela/secrets.h"

namespace toimela::events::operations {

namespace {

Registration registrationOf(ReadTx& tx, const ImportedRow& row, const ImportContact& contact, const std::string& key) {
  const auto& email = row.participant.email;
  Registration registration{.formKey = "import-" + key + "-" + std::to_string(row.number),
                            .organisationName = row.organisation,
                            .sector = row.sector,
                            .name = email ? row.name : contact.name,
                            .email = email ? *email : contact.email,
                            .locale = contact.locale,
                            .accessNonce = secrets::random()};
  recogniseOrganisation(tx, registration);
  registration.participants.push_back(row.participant);
  return registration;
}

/// Rows that are right by themselves, as wishes; and which they are.
struct Wished {
  std::vector<Wish> wishes;
  std::vector<std::size_t> rows;
};
Wished wishesOf(ReadTx& tx, const std::vector<ImportedRow>& rows, const ImportContact& contact,
                const std::string& key, std::optional<PersonId> actor, const std::string& reason) {
  Wished wished;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].faults.empty()) continue;
    wished.wishes.push_back({.registration = registrationOf(tx, rows[i], contact, key),
                             .actor = actor,
                             .byOrganiser = true,
                             .reason = reason});
    wished.rows.push_back(i);
  }
  return wished;
}

ImportPlan planOf(std::vector<ImportedRow> rows, const Wished& wished, std::vector<Outcome> outcomes) {
  ImportPlan plan;
  for (ImportedRow& row : rows) plan.rows.push_back({std::move(row), std::nullopt});
  for (std::size_t i = 0; i < outcomes.size(); ++i) plan.rows[wished.rows[i]].outcome = std::move(outcomes[i]);
  return plan;
}

}  // namespace

std::string ImportPlan::mark() const {
  std::string mark;
  for (const PlannedRow& planned : rows) {
    if (!planned.outcome) {
      mark += 'x';
    } else if (const auto* registered = std::get_if<Registered>(&*planned.outcome)) {
      mark += registered->isRepeated                                                              ? 'r'
              : registered->registration.participants.front().state == PlaceState::confirmed ? 'c'
                                                                                             : 'w';
    } else {
      mark += static_cast<char>('A' + static_cast<int>(std::get<Refusal>(*planned.outcome).why));
    }
  }
  return mark;
}

ImportPlan planImport(ReadTx& tx, EventId event, std::vector<ImportedRow> rows,
                                   const ImportContact& contact, const std::string& key) {
  const Wished wished = wishesOf(tx, rows, contact, key, std::nullopt, {});
  auto outcomes = foresee(tx, event, wished.wishes);
  return planOf(std::move(rows), wished, std::move(outcomes));
}

std::optional<ImportPlan> carryOut(WriteTx& tx, EventId event, std::vector<ImportedRow> rows,
                                   const ImportContact& contact, const std::string& key,
                                   const std::string& reason, const std::string& mark) {
  // Locked first: what is foreseen now is what happens.
  if (!store::lockEvent(tx, event, 0)) throw NotFound();
  const Wished wished = wishesOf(tx, rows, contact, key, tx.actor(), reason);
  const ImportPlan foreseen = planOf(rows, wished, foresee(tx, event, wished.wishes));
  if (foreseen.mark() != mark) {
    tx.unaudited("something has changed since the preview");
    return std::nullopt;
  }
  ImportPlan done = planOf(std::move(rows), wished, registerAll(tx, event, wished.wishes));
  AuditEntry entry = entryFor("events.registration.import", *store::findEvent(tx, event), reason);
  entry.detail = nlohmann::json{{"rows", done.rows.size()}, {"reason", reason}}.dump();
  tx.audit(std::move(entry));
  return done;
}

}  // namespace toimela::events::operations
