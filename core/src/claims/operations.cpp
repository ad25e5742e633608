#include "claims/operations.h"

#include <algorithm>

#include "access/grant_store.h"
#include "claims/claim_store.h"
#include "directory/organisations.h"
#include "directory/people.h"

namespace toimela::claims {

namespace {

AuditEntry entry(std::string action, ClaimId id, const Claim& claim) {
  return {.action = std::move(action),
          .object = "claim:" + id.text(),
          .region = claim.organisation.region,
          .organisation = claim.isNew() ? std::nullopt : std::optional(claim.organisation.id)};
}

std::vector<OrganisationId> representedBy(ReadTx& tx, PersonId person, Date today) {
  std::vector<OrganisationId> represented;
  for (const access::HeldGrant& grant : access::heldGrants(tx, person))
    if (grant.role == Role::organisationRep && grant.place.organisation && grant.period.contains(today))
      represented.push_back(*grant.place.organisation);
  return represented;
}

void tellApplicant(WriteTx& tx, CoreHost& host, const Claim& claim, OrganisationId organisation,
                   std::string_view name) {
  const auto person = directory::findPerson(tx, claim.person);
  if (!person) return;
  View view;
  view.set("name", person->name())
      .set("organisation", claim.organisation.name.pick(person->language).text)
      .set("reason", claim.reason)
      .set("address", organisation.value == 0
                          ? host.absolute(person->language, "/account/organisations")
                          : host.absolute(person->language, "/organisations/" + organisation.text()));
  tx.mail(host.composeMail(person->email, person->name(), person->language, name, std::move(view)));
}

/// The organisation of a claim, added to the directory when it is a new one; nothing when another
/// has its business id by now.
std::optional<OrganisationId> organisationOf(WriteTx& tx, const Claim& claim) {
  if (!claim.isNew()) return claim.organisation.id;
  return directory::addOrganisation(tx, claim.organisation);
}

/// Ends the transaction of an approval that lost a race.
class NotOpenAnyMore : public RequestError {
 public:
  NotOpenAnyMore() : RequestError(409, "error.409.text", "the claim was ended a moment ago") {}
};

}  // namespace

AskOutcome ask(WriteTx& tx, const Claim& claim) {
  if (claim.isNew() && claim.organisation.businessId)
    if (auto other = directory::findOrganisation(tx, *claim.organisation.businessId)) {
      tx.unaudited("the organisation is in the directory already");
      return BusinessIdTaken{std::move(*other)};
    }
  const auto problem =
      problemWith(claim, representedBy(tx, claim.person, Date::of(tx.time())), claimsOf(tx, claim.person));
  if (problem) {
    tx.unaudited("the claim can not be made");
    return *problem;
  }
  const auto id = insertClaim(tx, claim);
  if (!id) {
    tx.unaudited("the same was asked a moment ago");
    return AskProblem::asked;
  }
  tx.audit(entry("core.claim.ask", *id, claim));
  return *id;
}

bool withdraw(WriteTx& tx, PersonId person, ClaimId id) {
  const auto claim = findClaim(tx, id);
  if (!claim || claim->person != person || !endClaim(tx, id, State::withdrawn, "")) {
    tx.unaudited("there is nothing to withdraw");
    return false;
  }
  tx.audit(entry("core.claim.withdraw", id, *claim));
  return true;
}

ApproveOutcome approve(WriteTx& tx, CoreHost& host, ClaimId id) {
  const auto claim = findClaim(tx, id);
  const auto person = claim ? directory::findPerson(tx, claim->person) : std::nullopt;
  if (!person || claim->state != State::open) {
    tx.unaudited("the claim was ended a moment ago");
    return NotOpen{};
  }
  // Two who approve at once: the second adds nothing twice, as endClaim() below fails for it and
  // takes back all of this.
  const auto organisation = organisationOf(tx, *claim);
  if (!organisation)
    return BusinessIdTaken{directory::findOrganisation(tx, claim->organisation.businessId.value()).value()};
  if (!endClaim(tx, id, State::approved, "", organisation)) throw NotOpenAnyMore();
  const Date today = Date::of(tx.time());
  const auto places = directory::affiliationsOf(tx, claim->person, today);
  if (std::ranges::none_of(places, [&](const directory::Affiliation& a) { return a.organisation == *organisation; })) {
    LocalText title;
    title.in(person->language) = claim->title;
    directory::addMembership(tx, claim->person, *organisation, title, {today, std::nullopt});
  }
  const access::GrantPlace place{{}, organisation, claim->organisation.region};
  const DateRange period{today, std::nullopt};
  if (!access::repeats(access::heldGrants(tx, claim->person), Role::organisationRep, place, period))
    access::insertGrant(tx, claim->person, Role::organisationRep, place, period);
  tx.audit(entry("core.claim.approve", id, *claim));
  tellApplicant(tx, host, *claim, *organisation, "claim_approved");
  return Decided{*organisation};
}

bool decline(WriteTx& tx, CoreHost& host, ClaimId id, const std::string& reason) {
  auto claim = findClaim(tx, id);
  if (!claim || !endClaim(tx, id, State::declined, reason)) {
    tx.unaudited("the claim was ended a moment ago");
    return false;
  }
  claim->reason = reason;
  tx.audit(entry("core.claim.decline", id, *claim));
  tellApplicant(tx, host, *claim, {}, "claim_declined");
  return true;
}

bool leave(WriteTx& tx, PersonId person, OrganisationId organisation) {
  const Date today = Date::of(tx.time());
  bool left = directory::endMembership(tx, person, organisation);
  for (const access::HeldGrant& grant : access::heldGrants(tx, person)) {
    if (grant.place.organisation != organisation || (grant.period.to && *grant.period.to < today)) continue;
    access::endGrant(tx, person, grant, today);
    left = true;
  }
  if (!left) tx.unaudited("the person has no place there");
  return left;
}

}  // namespace toimela::claims
