#include "operations/desk.h"

#include <exception>
#include <utility>

namespace toimela::events::operations {

struct Desk::Ticket {
  Wish wish;
  std::optional<Outcome> outcome = {};
  std::exception_ptr failure = nullptr;
};

Outcome Desk::submit(Host& host, EventId event, Wish wish) {
  Ticket ticket{std::move(wish)};
  auto line = lineOf(event);
  line->join(ticket, [&](std::span<Ticket* const> group) { serve(host, event, group); });
  leave(event, std::move(line));
  if (ticket.failure) std::rethrow_exception(ticket.failure);
  return std::move(*ticket.outcome);
}

std::shared_ptr<Desk::Line> Desk::lineOf(EventId event) {
  const std::lock_guard lock(mutex_);
  auto& line = lines_[event];
  if (!line) line = std::make_shared<Line>(most_);
  return line;
}

/// The last one takes the line away.
void Desk::leave(EventId event, std::shared_ptr<Line> line) {
  const std::lock_guard lock(mutex_);
  if (line.use_count() == 2) lines_.erase(event);
  line.reset();
}

void Desk::serve(Host& host, EventId event, std::span<Ticket* const> group) noexcept {
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
      for (Ticket* const& ticket : group) serve(host, event, std::span(&ticket, 1));
    }
  }
}

}  // namespace toimela::events::operations
