#include "handlers/reckonings.h"

#include <algorithm>

#include "store/decks.h"
#include "store/sessions.h"

namespace toimela::trendcards::handlers {

namespace {

Reckonings::Kept read(Host& host, SessionId id) {
  return host.read([&](ReadTx& tx) -> Reckonings::Kept {
    auto answers = store::answersOf(tx, id);
    auto edition = answers ? store::edition(tx, answers->session.plan.edition) : std::nullopt;
    if (!edition) return nullptr;
    return std::make_shared<const Reckoning>(std::move(*answers), std::move(*edition));
  });
}

}  // namespace

Reckonings::Kept Reckonings::of(Host& host, SessionId id) {
  const auto session = host.read([&](ReadTx& tx) { return store::findSession(tx, id); });
  if (!session) return nullptr;
  std::packaged_task<Kept()> make([&] { return read(host, id); });
  const auto kept = find(*session, make);
  if (make.valid()) {
    make();
    // What went wrong once is tried again by whoever asks next.
    try {
      if (!kept.get()) forget(id, session->revision);
    } catch (...) {
      forget(id, session->revision);
    }
  }
  return kept.get();
}

std::shared_future<Reckonings::Kept> Reckonings::find(const Session& session, std::packaged_task<Kept()>& make) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(slots_, session.id, &Slot::session);
  if (found != slots_.end() && found->revision >= session.revision) {
    make = std::packaged_task<Kept()>();
    slots_.splice(slots_.begin(), slots_, found);
    return slots_.front().kept;
  }
  if (found != slots_.end()) slots_.erase(found);
  slots_.push_front({session.id, session.revision, make.get_future().share()});
  if (slots_.size() > kMostKept) slots_.pop_back();
  return slots_.front().kept;
}

void Reckonings::forget(SessionId session, std::int64_t revision) {
  const std::lock_guard lock(mutex_);
  slots_.remove_if([&](const Slot& slot) { return slot.session == session && slot.revision == revision; });
}

}  // namespace toimela::trendcards::handlers
