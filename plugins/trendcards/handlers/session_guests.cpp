#include "handlers/session_guests.h"

#include "store/sessions.h"
#include "toimela/guests.h"
#include "toimela/throttle.h"

namespace toimela::trendcards::handlers {

namespace {

// A room mistypes now and then; at this pace 5·10¹⁰ codes are safe for ever.
constexpr throttle::Allowance kWrongCodes{"trendcards.wrong-code", 30, std::chrono::minutes(10)};
// Counted for themselves: a page elsewhere that sends its readers to wrong codes must not lock out a room
// whose people type theirs.
constexpr throttle::Allowance kWrongLinks{"trendcards.wrong-link", 30, std::chrono::minutes(10)};

/// Where a request comes from, as browsers tell (W3C: Fetch Metadata Request Headers); who is no browser
/// comes by itself.
enum class Origin { own, link, embedded };
Origin originOf(const Request& request) {
  if (request.headers.find("Sec-Fetch-Site").value_or("") != "cross-site") return Origin::own;
  const bool isPage = request.headers.find("Sec-Fetch-Mode").value_or("") == "navigate" &&
                      request.headers.find("Sec-Fetch-Dest").value_or("") == "document";
  return isPage ? Origin::link : Origin::embedded;
}

}  // namespace

std::string clientKey(Host& host, const std::string& code, const std::string& mark) {
  return guests::key(host, "trendcards.session:" + code, mark);
}

Entrance enter(const Request& request, Host& host) {
  Entrance found;
  const Origin origin = originOf(request);
  // Pictures and frames of other pages: nobody looks whether there is such a code, and so nobody counts.
  if (origin == Origin::embedded) {
    found.problem = JoinProblem::unknown;
    return found;
  }
  const throttle::Allowance& allowance = origin == Origin::link ? kWrongLinks : kWrongCodes;
  const auto code = JoinCode::parse(request.parameters.text(request.parameters.has("code") ? "code" : "token"));
  found.mark = guests::markOf(request, host).value_or("");
  const std::string address = throttle::addressKey(request.address);
  const std::string key = code && !found.mark.empty() ? clientKey(host, code->text(), found.mark) : std::string();
  const bool mayGuess = host.read([&](ReadTx& tx) {
    if (code) found.session = store::sessionByCode(tx, *code);
    if (found.session && !key.empty()) found.participant = store::participantBy(tx, found.session->id, key);
    return found.participant || throttle::waitFor(tx, allowance, address, now()).count() == 0;
  });
  if (found.session && !host.active("trendcards", found.session->plan.region)) found.session.reset();
  if (!mayGuess) {
    found.session.reset();
    found.problem = JoinProblem::tooManyGuesses;
  } else if (!found.session) {
    host.writeAs({}, [&](WriteTx& tx) { throttle::countAttempt(tx, allowance, address, tx.time()); });
    found.problem = JoinProblem::unknown;
  }
  return found;
}

Entrance requireParticipant(const Request& request, Host& host) {
  Entrance found = enter(request, host);
  if (!found.session || !found.participant) throw NotFound();
  return found;
}

int statusOf(JoinProblem problem) {
  switch (problem) {
    case JoinProblem::unknown: return 404;
    case JoinProblem::over: return 410;
    case JoinProblem::full: return 409;
    case JoinProblem::tooManyGuesses: return 429;
    case JoinProblem::nicknameMissing:
    case JoinProblem::groupUnknown: return 422;
  }
  return 422;
}

int statusOf(AnswerProblem problem) {
  switch (problem) {
    case AnswerProblem::over: return 410;
    case AnswerProblem::notNow: return 409;
    default: return 422;
  }
}

}  // namespace toimela::trendcards::handlers
