#include "access/sign_in.h"

#include <algorithm>

#include "access/accounts.h"
#include "access/sessions.h"
#include "access/throttle.h"

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

SignInOutcome attempt(CoreHost& host, const Request& request, std::string_view email,
                      std::string_view password) {
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
    if (request.actor.person) revokeSession(tx, *request.actor.person, request.session);
    return SignedIn{
        openSession(tx, credentials->person, request.headers.find("User-Agent").value_or(""))};
  });
}

std::string_view eventOf(const SignInOutcome& outcome) {
  if (std::holds_alternative<SignedIn>(outcome)) return "signed in";
  return std::holds_alternative<Throttled>(outcome) ? "sign-in throttled" : "sign-in refused";
}

}  // namespace

SignInOutcome signIn(CoreHost& host, const Request& request, std::string_view email,
                     std::string_view password) {
  SignInOutcome outcome = attempt(host, request, email, password);
  host.log(eventOf(outcome), {{"reference", request.reference}});
  return outcome;
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
