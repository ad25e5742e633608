#include "access/secret_command.h"

#include <iostream>

#include "access/account_mail.h"
#include "access/accounts.h"
#include "access/service_secret.h"
#include "toimela/directory.h"

namespace toimela::access {

namespace {

int renew(Host& host, const std::vector<std::string>& arguments) {
  const bool isMeant = arguments.size() == 1 && arguments.front() == "--yes";
  if (!arguments.empty() && !isMeant) return 2;
  if (!isMeant) {
    const auto people = host.read([](ReadTx& tx) { return whoHasSecondFactor(tx); });
    std::cout << "Nothing was changed. With --yes, links in letters that were sent, addresses of private calendars and "
              << people.size() << " second factors become void.\nStop every `toimela serve` before, start them after.\n";
    return 0;
  }
  const std::size_t count = host.writeAs(std::nullopt, [&](WriteTx& tx) {
    const auto people = whoHasSecondFactor(tx);
    renewServiceSecret(tx);
    for (const PersonId id : people) {
      endSessions(tx, id);
      if (const auto person = directory::findPerson(tx, id))
        mailNotice(tx, host, *person, AccountNotice::secondFactorReset);
    }
    return people.size();
  });
  std::cout << "The service has a new secret; " << count << " second factors were taken off.\n"
               "Every `toimela serve` reads it when it starts.\n";
  return 0;
}

}  // namespace

Command secretRenewCommand() {
  return {"secret renew", "[--yes]", "make everything void that the service has signed or sealed", renew};
}

}  // namespace toimela::access
