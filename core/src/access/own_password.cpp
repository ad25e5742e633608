#include "access/own_password.h"

#include "access/accounts.h"
#include "access/handlers.h"
#include "access/throttle.h"

namespace toimela::access {

namespace {

constexpr std::string_view kField = "current_password";

std::string hashOf(Host& host, PersonId person) {
  const auto credentials = host.read([&](ReadTx& tx) { return findCredentials(tx, person); });
  return credentials ? credentials->passwordHash : "";
}

}  // namespace

Field ownPasswordField() {
  return Field::password(std::string(kField), "access.password.current")
      .required()
      .longest(1'000)
      .autocomplete("current-password");
}

bool hasPassword(Host& host, PersonId person) { return !hashOf(host, person).empty(); }

std::optional<Response> refuseWithoutPassword(const Request& request, Host& host, Form& form,
                                              const std::function<Response(int status)>& show) {
  const PersonId person = *request.actor.person;
  const std::string hash = hashOf(host, person);
  if (hash.empty()) return std::nullopt;
  // Counted before the comparing, which takes its time: many guesses at once count as well.
  const auto wait = host.write(request, [&](WriteTx& tx) {
    return countAttempt(tx, kPasswordChange, person.text(), tx.time());
  });
  if (wait.count() > 0) {
    form.error("", "access.password.throttled");
    Response response = show(429);
    response.headers.set("Retry-After", std::to_string(wait.count()));
    return response;
  }
  if (!core(host).passwords().verify(request.form.text(kField), hash)) {
    form.error(std::string(kField), "access.password.wrong");
    return show(422);
  }
  host.write(request, [&](WriteTx& tx) { clearAttempts(tx, kPasswordChange, person.text()); });
  return std::nullopt;
}

}  // namespace toimela::access
