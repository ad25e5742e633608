#include "access/token_command.h"

#include <algorithm>
#include <charconv>
#include <iostream>

#include "access/accounts.h"
#include "access/scopes.h"
#include "access/tokens.h"
#include "host/core_host.h"
#include "toimela/arguments.h"

namespace toimela::access {

namespace {

constexpr int kDone = 0, kCouldNot = 1, kWrongUse = 2;
constexpr std::size_t kLongestName = 80;

struct Wish {
  EmailAddress email;
  NewToken token;
};

std::optional<int> daysOf(const std::string& text) {
  int days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  const bool isNumber = error == std::errc() && end == text.data() + text.size();
  return isNumber && days >= 1 && days <= kTokenLongestDays ? std::optional(days) : std::nullopt;
}

std::optional<Wish> parse(CoreHost& host, const std::vector<std::string>& words) {
  Arguments arguments(words);
  const auto email = EmailAddress::parse(arguments.option("--email").value_or(""));
  const auto name = arguments.option("--name").value_or("");
  const auto days = daysOf(arguments.option("--days").value_or("90"));
  const auto scopes = arguments.options("--scope");
  if (!arguments.rest().empty()) return std::nullopt;
  if (!email || name.empty() || name.size() > kLongestName || !days || scopes.empty()) {
    std::cerr << "An address, a name of at most " << kLongestName << " bytes, a scope and 1 to "
              << kTokenLongestDays << " days are needed.\n";
    return std::nullopt;
  }
  const auto known = knownScopes(host.contributions());
  for (const std::string& scope : scopes) {
    if (std::ranges::find(known, scope) != known.end()) continue;
    std::cerr << "There is no scope '" << scope << "'. Scopes: " << joinScopes(known) << '\n';
    return std::nullopt;
  }
  return Wish{*email, {name, scopes, *days}};
}

int create(Host& host, const std::vector<std::string>& arguments) {
  const auto wish = parse(core(host), arguments);
  if (!wish) return kWrongUse;
  const auto owner = host.read([&](ReadTx& tx) { return findCredentials(tx, wish->email.key()); });
  if (!owner || !owner->usable) {
    std::cerr << "There is nobody with this address who could use a token.\n";
    return kCouldNot;
  }
  const auto outcome = host.writeAs(
      std::nullopt, [&](WriteTx& tx) { return makeToken(tx, owner->person, wish->token); });
  if (const auto* made = std::get_if<TokenMade>(&outcome)) {
    // Alone on standard output, so that a script can take it.
    std::cout << made->token << '\n';
    std::cerr << "Shown only now; valid until " << isoText(made->info.expiresAt) << ".\n";
    return kDone;
  }
  std::cerr << (std::holds_alternative<TokenNameTaken>(outcome)
                    ? "The person has a token of this name already.\n"
                    : "The person has as many tokens as one may have.\n");
  return kCouldNot;
}

}  // namespace

Command tokenCreateCommand() {
  return {"token create", "--email E --name N --scope S... [--days D]",
          "make an access token for the API and print it (90 days unless said)", create};
}

}  // namespace toimela::access
