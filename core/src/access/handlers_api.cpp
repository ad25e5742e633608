// People in JSON: as far as the actor's permission reaches, like the pages of the administration.
#include "access/accounts.h"
#include "access/grant_store.h"
#include "access/handlers.h"
#include "access/tokens.h"
#include "directory/people.h"
#include "directory/search_pattern.h"
#include "kit/json_values.h"
#include "toimela/paging.h"

namespace toimela::access {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kLongestSearch = 100;

/// A person with what they belong to and what they may do.
struct Found {
  Person person;
  bool disabled = false;
  std::vector<directory::Membership> memberships;
  std::vector<HeldGrant> grants;
};

ordered_json summaryJson(const Account& account) {
  return {{"id", account.person.text()},
          {"givenName", account.givenName},
          {"familyName", account.familyName},
          {"email", account.email},
          {"disabled", account.disabled}};
}

ordered_json grantJson(const HeldGrant& grant) {
  ordered_json organisation = nullptr;
  if (grant.place.organisation)
    organisation = {{"id", grant.place.organisation->text()},
                    {"name", jsonOf(grant.organisationName)}};
  return {{"role", code(grant.role)},
          {"region", textOrNull(grant.place.region)},
          {"organisation", std::move(organisation)},
          {"from", grant.period.from.text()},
          {"to", textOrNull(grant.period.to)}};
}

ordered_json positionJson(const directory::Membership& membership) {
  return {{"organisation",
           {{"id", membership.organisation.text()}, {"name", jsonOf(membership.organisationName)}}},
          {"title", jsonOf(membership.title)},
          {"from", membership.period.from.text()},
          {"to", textOrNull(membership.period.to)}};
}

ordered_json personJson(const Found& found) {
  ordered_json json{{"id", found.person.id.text()},
                    {"givenName", found.person.givenName},
                    {"familyName", found.person.familyName},
                    {"email", found.person.email.text()},
                    {"phone", found.person.phone},
                    {"language", code(found.person.language)},
                    {"organisations", ordered_json::array()},
                    {"grants", ordered_json::array()}};
  for (const auto& membership : found.memberships)
    json["organisations"].push_back(positionJson(membership));
  for (const auto& grant : found.grants) json["grants"].push_back(grantJson(grant));
  return json;
}

ordered_json tokenJson(const std::optional<TokenInfo>& token) {
  if (!token) return nullptr;
  return {{"name", token->name},
          {"scopes", token->scopes},
          {"createdAt", isoText(token->createdAt)},
          {"expiresAt", isoText(token->expiresAt)}};
}

std::optional<Found> find(ReadTx& tx, PersonId id) {
  auto person = directory::findPerson(tx, id);
  if (!person) return std::nullopt;
  return Found{std::move(*person), false, directory::membershipsOf(tx, id), heldGrants(tx, id)};
}

Reach reachOfView(const Request& request, Host& host) {
  return reachOf(*core(host).state()->rights, request.actor, kPersonView);
}

}  // namespace

Response meAsJson(const Request& request, Host& host) {
  const PersonId me = *request.actor.person;
  std::optional<TokenInfo> token;
  auto found = host.read([&](ReadTx& tx) {
    token = findTokenInfo(tx, me, request.token);
    return find(tx, me);
  });
  if (!found) throw NotFound();
  std::erase_if(found->grants, [today = Date::today()](const HeldGrant& grant) {
    return !grant.period.contains(today);
  });
  ordered_json json = personJson(*found);
  json["token"] = tokenJson(token);
  return host.json(json.dump());
}

Response peopleAsJson(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  const std::string words = directory::beginning(request.query.text("q"), kLongestSearch);
  const auto page = host.read([&](ReadTx& tx) {
    return accountsAfter(tx, words, reachOfView(request, host), paging.after.value_or(""),
                         paging.limit);
  });
  const auto next = page.next.empty() ? std::nullopt : std::optional(Paging::cursor(page.next));
  return host.json(listJson(page.accounts, next, summaryJson));
}

Response personAsJson(const Request& request, Host& host) {
  const auto id = request.parameters.id<PersonId>("person");
  if (!id) throw NotFound();
  const auto found = host.read([&](ReadTx& tx) -> std::optional<Found> {
    const auto account = findAccount(tx, *id, reachOfView(request, host));
    if (!account) return std::nullopt;
    auto person = find(tx, *id);
    if (person) person->disabled = account->disabled;
    return person;
  });
  if (!found) throw NotFound();
  ordered_json json = personJson(*found);
  json["disabled"] = found->disabled;
  return host.json(json.dump());
}

}  // namespace toimela::access
