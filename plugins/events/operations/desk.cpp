#include "operations/desk.h"

#include <deque>
#include <exception>
#include <utility>

namespace toimela::events::operations {

struct Desk::Ticket {
  Wish wish;
  std::optional<Outcome> outcome;
  std::exception_ptr failure;
  bool isDone() const { return outcome || failure; }
};

struct Desk::Line {
  std::deque<Ticket*> waiting;
  bool isServing = false;
  std::condition_variable served;
};

Outcome Desk::submit(Host& host, EventId event, Wish wish) {
  Ticket ticket{std::move(wish), {}, {}};
  std::unique_lock lock(mutex_);
  auto& place = lines_[event];
  if (!place) place = std::make_shared<Line>();
  const std::shared_ptr<Line> line = place;
  line->waiting.push_back(&ticket);
  while (!ticket.isDone()) {
    if (line->isServing) {
      line->served.wait(lock);
      continue;
    }
    // Nobody serves: this thread does, for everybody who has come so far.
    const std::size_t count = std::min(most_, line->waiting.size());
    const std::vector<Ticket*> group(line->waiting.begin(), line->waiting.begin() + static_cast<std::ptrdiff_t>(count));
    line->waiting.erase(line->waiting.begin(), line->waiting.begin() + static_cast<std::ptrdiff_t>(count));
    line->isServing = true;
    lock.unlock();
    serve(host, event, group);
    lock.lock();
    line->isServing = false;
    line->served.notify_all();
  }
  if (line->waiting.empty() && !line->isServing && line.use_count() == 2) lines_.erase(event);
  if (ticket.failure) std::rethrow_exception(ticket.failure);
  return std::move(*ticket.outcome);
}

void Desk::serve(Host& host, EventId event, const std::vector<Ticket*>& group) {
  try {
    std::vector<Wish> wishes;
    wishes.reserve(group.size());
    for (const Ticket* ticket : group) wishes.push_back(ticket->wish);
    auto outcomes = host.writeAs(std::nullopt, [&](WriteTx& tx) { return registerAll(tx, event, wishes); });
    for (std::size_t i = 0; i < group.size(); ++i) group[i]->outcome = std::move(outcomes[i]);
  } catch (const DatabaseUnavailable&) {
    for (Ticket* ticket : group) ticket->failure = std::current_exception();
  } catch (...) {
    if (group.size() == 1) {
      group.front()->failure = std::current_exception();
    } else {
      for (Ticket* ticket : group) serve(host, event, {ticket});
    }
  }
}

}  // namespace toimela::events::operations
