#include "access/sign_in.h"

#include <algorithm>

#include "access/accounts.h"
#include "access/second_factor.h"
#include "access/sessions.h"
#include "access/throttle.h"
#include "access/one_time_tokens.h"

namespace toimela::access {

namespace {

constexpr std::string_view kDashboard = "/dashboard";

/// The two counters of one attempt.
struct Counters {
  std::string accountAddress, address;

  std::chrono::seconds count(WriteTx& tx) const {
    return std::max(countAttempt(tx, kSignInAccountAddress, accountAddress, tx.time()),
                    countAttempt(tx, kSignInAddress, address, tx.time()));
  }
  void forgive(WriteTx& tx) const {
    forgiveAttempt(tx, kSignInAccountAddress, accountAddress);
    forgiveAttempt(tx, kSignInAddress, address);
  }
  void succeed(WriteTx& tx) const {
    clearAttempts(tx, kSignInAccountAddress, accountAddress);
    forgiveAttempt(tx, kSignInAddress, address);
  }
};

Counters countersOf(const Request& request, std::string_view account) {
  const std::string address = addressKey(request.address);
  return {std::string(account) + '\n' + address, address};
}

SignedIn openedSession(WriteTx& tx, const Request& request, PersonId person) {
  if (request.actor.person) revokeSession(tx, *request.actor.person, request.session);
  return {openSession(tx, person, request.headers.find("User-Agent").value_or(""))};
}

SignInOutcome attempt(CoreHost& host, const Request& request, std::string_view email,
                      std::string_view password, std::string_view next) {
  const auto parsed = EmailAddress::parse(email);
  const std::string account = parsed ? parsed->key() : std::string(email);
  const Counters counters = countersOf(request, account);
  const auto wait = host.writeAs(std::nullopt, [&](WriteTx& tx) { return counters.count(tx); });
  if (wait.count() > 0) return Throttled{wait};

  const auto credentials = host.read([&](ReadTx& tx) { return findCredentials(tx, account); });
  bool matches = false;
  try {
    matches = host.passwords().verify(password, credentials ? credentials->passwordHash : "");
  } catch (const RequestError&) {
    host.writeAs(std::nullopt, [&](WriteTx& tx) { counters.forgive(tx); });
    throw;
  }
  if (!matches || !credentials->usable) return Refused{};

  return host.writeAs(credentials->person, [&](WriteTx& tx) -> SignInOutcome {
    // Between the check and now the person may have been disabled or have changed the password.
    const auto still = findCredentials(tx, credentials->person);
    if (!still || !still->usable || still->passwordHash != credentials->passwordHash) {
      return Refused{};
    }
    counters.succeed(tx);
    return enter(tx, request, credentials->person, next);
  });
}

SignInOutcome attemptByLink(CoreHost& host, const Request& request, std::string_view token,
                            std::string& next) {
  return host.writeAs(std::nullopt, [&](WriteTx& tx) -> SignInOutcome {
    const auto issued = takeToken(tx, TokenKind::signIn, token);
    if (!issued) return Refused{};
    next = issued->detail;
    const auto credentials = findCredentials(tx, issued->person);
    if (!credentials || !credentials->usable) return Refused{};
    return enter(tx, request, issued->person, next);
  });
}

SignInOutcome attemptWithCode(CoreHost& host, const Request& request, std::string_view pending,
                              std::string_view code, std::string& next) {
  const auto issued = host.read(
      [&](ReadTx& tx) { return peekToken(tx, TokenKind::secondFactor, pending, now()); });
  if (!issued) return Refused{};
  next = issued->detail;
  // Counted by itself: what follows may be rolled back.
  const auto wait = host.writeAs(
      std::nullopt, [&](WriteTx& tx) { return countCode(tx, request, issued->person); });
  if (wait.count() > 0) return Throttled{wait};
  return host.writeAs(issued->person, [&](WriteTx& tx) -> SignInOutcome {
    const auto credentials = findCredentials(tx, issued->person);
    if (!credentials || !credentials->usable) return Refused{};
    if (!useSecondFactor(tx, host.secret(), issued->person, code)) return Refused{};
    if (!takeToken(tx, TokenKind::secondFactor, pending)) return Refused{};
    clearCodes(tx, request, issued->person);
    return openedSession(tx, request, issued->person);
  });
}

std::string_view eventOf(const SignInOutcome& outcome) {
  if (std::holds_alternative<SignedIn>(outcome)) return "signed in";
  if (std::holds_alternative<NeedsCode>(outcome)) return "sign-in awaits a code";
  return std::holds_alternative<Throttled>(outcome) ? "sign-in throttled" : "sign-in refused";
}

}  // namespace

SignInOutcome signIn(CoreHost& host, const Request& request, std::string_view email,
                     std::string_view password, std::string_view next) {
  SignInOutcome outcome = attempt(host, request, email, password, next);
  host.log(eventOf(outcome), {{"reference", request.reference}, {"by", "password"}});
  return outcome;
}

SignInOutcome signInByLink(CoreHost& host, const Request& request, std::string_view token,
                           std::string& next) {
  SignInOutcome outcome = attemptByLink(host, request, token, next);
  host.log(eventOf(outcome), {{"reference", request.reference}, {"by", "link"}});
  return outcome;
}

SignInOutcome enter(WriteTx& tx, const Request& request, PersonId person, std::string_view next) {
  if (hasSecondFactor(tx, person))
    return NeedsCode{issueToken(tx, TokenKind::secondFactor, person, next)};
  return openedSession(tx, request, person);
}

std::chrono::seconds countCode(WriteTx& tx, const Request& request, PersonId person) {
  return std::max(countAttempt(tx, kCodePersonAddress,
                               person.text() + '\n' + addressKey(request.address), tx.time()),
                  countAttempt(tx, kCodePerson, person.text(), tx.time()));
}

void clearCodes(WriteTx& tx, const Request& request, PersonId person) {
  clearAttempts(tx, kCodePersonAddress, person.text() + '\n' + addressKey(request.address));
  clearAttempts(tx, kCodePerson, person.text());
}

SignInOutcome signInWithCode(CoreHost& host, const Request& request, std::string_view pending,
                             std::string_view code, std::string& next) {
  SignInOutcome outcome = attemptWithCode(host, request, pending, code, next);
  host.log(eventOf(outcome), {{"reference", request.reference}, {"by", "code"}});
  return outcome;
}

bool awaitsCode(CoreHost& host, std::string_view pending) {
  return host.read([&](ReadTx& tx) {
    return peekToken(tx, TokenKind::secondFactor, pending, now()).has_value();
  });
}

std::string safePath(std::string_view next) {
  const bool isPrintable =
      std::ranges::all_of(next, [](unsigned char c) { return c > 0x20 && c != 0x7F && c != '\\'; });
  if (next.size() > 2000 || !next.starts_with('/') || next.starts_with("//") || !isPrintable) {
    return std::string(kDashboard);
  }
  for (Locale locale : kLocales) {
    const std::string prefix = "/" + std::string(code(locale));
    if (next == prefix) return "/";
    if (next.starts_with(prefix + "/")) {
      next.remove_prefix(prefix.size());
      break;
    }
  }
  const std::string_view page = next.substr(0, next.find_first_of("?#"));
  if (page.starts_with("//") || page == "/sign-in" || page == "/sign-out") {
    return std::string(kDashboard);
  }
  return std::string(next);
}

}  // namespace toimela::access
