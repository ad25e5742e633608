#include "handlers/waiting.h"

#include "store/waiting.h"
#include "view/waiting.h"

namespace toimela::contacts::handlers {

namespace {

/// How long before its end a place is shown, and how long a question may wait before it is.
constexpr int kEndingWithin = 60;
constexpr std::chrono::days kUnansweredFor{3};
constexpr int kMostShown = 10;

}  // namespace

bool fillWaitingTile(const Request& request, Host& host, View& view) {
  if (!request.actor.person) return false;
  const PersonId person = *request.actor.person;
  const Date today = Date::today();
  const auto [ending, questions] = host.read([&](ReadTx& tx) {
    return std::pair{store::endingPlaces(tx, person, today, today.plusDays(kEndingWithin), kMostShown),
                     store::openQuestions(tx, person, now() - kUnansweredFor, kMostShown)};
  });
  view::fillWaitingBox(view, ending, questions, view::Words(request, host));
  return !ending.empty() || !questions.empty();
}

}  // namespace toimela::contacts::handlers
