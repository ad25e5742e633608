// Who takes part in which session: by the code in the address and the mark that the browser shows.
#pragma once

#include <optional>
#include <string>

#include "domain/session.h"
#include "toimela/host.h"

namespace toimela::trendcards::handlers {

/// What the code of a request has found.
struct Entrance {
  std::optional<Session> session;          ///< nothing: no such code
  std::optional<Participant> participant;  ///< who asks, if they are in
  std::optional<JoinProblem> problem;      ///< unknown, or too many guesses from this address
  std::string mark;                        ///< of the guest; empty without one
};

/// Finds the session of {code}. A code that is none is counted by address, over all processes: who has
/// guessed too often is told nothing any more, whatever the code. Whoever is in already is let through. Links
/// on other sites are counted apart, and what other sites embed finds no session at all.
Entrance enter(const Request& request, Host& host);
/// Likewise; throws NotFound for whoever is not in.
Entrance requireParticipant(const Request& request, Host& host);
/// What stands for the guest in the session's tables.
std::string clientKey(Host& host, const std::string& code, const std::string& mark);

/// What pages and programs are answered where it does not go on: 410 once the session has ended.
int statusOf(JoinProblem problem);
int statusOf(AnswerProblem problem);

}  // namespace toimela::trendcards::handlers
