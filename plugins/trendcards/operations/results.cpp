#include "operations/results.h"

#include <set>
#include <utility>

#include "store/decks.h"
#include "store/results.h"
#include "store/sessions.h"
#include "toimela/secrets.h"

namespace toimela::trendcards::operations {

namespace {

/// A session that exists, of which nobody else changes the result until the transaction ends.
Session lockedSession(WriteTx& tx, SessionId id) {
  store::lockSession(tx, id);
  auto session = store::findSession(tx, id);
  if (!session) throw NotFound();
  return std::move(*session);
}

AuditEntry entryFor(std::string action, const Session& session) {
  AuditEntry entry;
  entry.action = std::move(action);
  entry.object = "trendcards.session:" + session.id.text();
  entry.region = session.plan.region;
  return entry;
}

}  // namespace

std::string shareResult(WriteTx& tx, SessionId id) {
  const Session session = lockedSession(tx, id);
  if (const auto key = store::recordOf(tx, id).shareKey) {
    tx.unaudited("it is shared already");
    return *key;
  }
  const std::string key = secrets::random();
  store::setShareKey(tx, id, key);
  tx.audit(entryFor("trendcards.result.share", session));
  return key;
}

void stopSharing(WriteTx& tx, SessionId id) {
  const Session session = lockedSession(tx, id);
  store::setShareKey(tx, id, std::nullopt);
  tx.audit(entryFor("trendcards.result.unshare", session));
}

bool attachResult(WriteTx& tx, Host& host, EventMaterials& events, const Actor& actor, SessionId id,
                  std::int64_t event, const LocalText& title, const files::Incoming& paper) {
  const Session session = lockedSession(tx, id);
  const FileId file = files::keep(tx, paper, tx.actor());
  if (!events.attach(tx, host, actor, event, title, file)) {
    files::remove(tx, file);
    tx.unaudited("the event does not take it");
    return false;
  }
  store::setEvent(tx, id, event);
  tx.audit(entryFor("trendcards.result.attach", session));
  return true;
}

std::string depositResult(WriteTx& tx, Archive& archive, SessionId id, Deposit deposit, const files::Incoming& paper) {
  const Session session = lockedSession(tx, id);
  if (auto path = store::recordOf(tx, id).depositPath) {
    tx.unaudited("it was handed over before");
    return std::move(*path);
  }
  deposit.files = {files::keep(tx, paper, tx.actor())};
  std::string path = archive.deposit(tx, deposit);
  store::setDeposit(tx, id, path);
  tx.audit(entryFor("trendcards.result.deposit", session));
  return path;
}

void countNeeds(WriteTx& tx, SessionId id) {
  store::takeTurn(tx);
  tx.unaudited("counting what was given before");
  const auto answers = store::answersOf(tx, id);
  const auto record = store::recordOf(tx, id);
  if (!answers || !answers->session.plan.feedsMap || !answers->session.isOver(tx.time()) || record.countedAt ||
      record.withdrawnAt)
    return;
  store::markCounted(tx, id);
  const auto edition = store::edition(tx, answers->session.plan.edition);
  if (!edition) return;
  const RegionCode region = answers->session.plan.region;
  std::set<std::int64_t> trends;
  const auto trendOf = [&](int number) -> std::optional<std::int64_t> {
    const Card* card = edition->numbered(number);
    return card ? std::optional(card->trend) : std::nullopt;
  };
  for (const NeedPart& part : needParts(*answers, trendOf)) {
    store::insertPart(tx, edition->deck, region, part);
    trends.insert(part.trend);
  }
  for (const std::int64_t trend : trends)
    for (const NeedBatch& batch : batchesOf(store::waitingParts(tx, edition->deck, region, trend)))
      store::insertBatch(tx, edition->deck, region, batch);
}

void withdrawNeeds(WriteTx& tx, SessionId id) {
  store::takeTurn(tx);
  const Session session = lockedSession(tx, id);
  store::removeBatchesOf(tx, id);
  store::markWithdrawn(tx, id);
  tx.audit(entryFor("trendcards.result.withdraw", session));
}

}  // namespace toimela::trendcards::operations
