// Claims for programs: what those who decide see and do, by the same rules as the pages.
#include <nlohmann/json.hpp>

#include "claims/claim_store.h"
#include "claims/handlers.h"
#include "claims/operations.h"
#include "kit/json_values.h"
#include "toimela/paging.h"

namespace toimela::claims {

namespace {

using nlohmann::ordered_json;

ordered_json claimJson(ReadTx& tx, const Claim& claim) {
  const Organisation& organisation = claim.organisation;
  const auto person = directory::findPerson(tx, claim.person);
  return {{"id", claim.id.text()},
          {"state", code(claim.state)},
          {"person",
           person ? ordered_json{{"id", person->id.text()},
                                 {"name", person->name()},
                                 {"email", person->email.text()}}
                  : ordered_json(nullptr)},
          {"organisation",
           {{"id", claim.isNew() ? ordered_json(nullptr) : ordered_json(organisation.id.text())},
            {"name", jsonOf(organisation.name)},
            {"businessId", textOrNull(organisation.businessId)},
            {"region", organisation.region.text()}}},
          {"title", claim.title},
          {"message", claim.message},
          {"reason", claim.reason},
          {"asked", isoText(claim.createdAt)},
          {"decided", claim.decidedAt ? ordered_json(isoText(*claim.decidedAt)) : nullptr}};
}

ClaimId claimIn(const Request& request) {
  const auto id = request.parameters.id<ClaimId>("claim");
  if (!id) throw NotFound();
  return *id;
}

Response asItIs(const Request& request, Host& host) {
  return host.json(host.read([&](ReadTx& tx) {
    const auto claim = findClaim(tx, claimIn(request));
    if (!claim) throw NotFound();
    return claimJson(tx, *claim).dump();
  }));
}

FormSpec reasonOnly() { return {Field::multiline("reason", "claim.field.reason").required().longest(1'000)}; }

class Ended : public RequestError {
 public:
  Ended() : RequestError(409, "error.409.text", "the claim is not open any more") {}
};

}  // namespace

Response claimsAsJson(const Request& request, Host& host) {
  const Paging paging = Paging::of(request);
  const access::Reach reach = access::reachOf(*core(host).state()->rights, request.actor, kDecide);
  const std::vector<RegionCode> regions(reach.regions.begin(), reach.regions.end());
  return host.json(host.read([&](ReadTx& tx) {
    auto claims = openClaimsAfter(tx, paging.afterId<ClaimId>(), regions, reach.nation, paging.limit + 1);
    const auto next = paging.cut(claims, [](const Claim& claim) { return claim.id.text(); });
    auto items = ordered_json::array();
    for (const Claim& claim : claims) items.push_back(claimJson(tx, claim));
    return ordered_json{{"items", items}, {"next", next ? ordered_json(*next) : nullptr}}.dump();
  }));
}

Response claimAsJson(const Request& request, Host& host) { return asItIs(request, host); }

Response apiApprove(const Request& request, Host& host) {
  const auto outcome =
      host.write(request, [&](WriteTx& tx) { return approve(tx, core(host), claimIn(request)); });
  if (std::holds_alternative<NotOpen>(outcome)) throw Ended();
  if (const auto* taken = std::get_if<BusinessIdTaken>(&outcome)) {
    Form form(FormSpec{});
    form.error("", "directory.organisation.business_id_taken",
               {{"name", taken->other.name.pick(request.locale).text}});
    return host.problem(request, form, 409);
  }
  return asItIs(request, host);
}

Response apiDecline(const Request& request, Host& host) {
  const Form form = Form::read(reasonOnly(), request.form);
  if (!form.ok()) return host.problem(request, form);
  const bool isDone = host.write(request, [&](WriteTx& tx) {
    return decline(tx, core(host), claimIn(request), form.text("reason"));
  });
  if (!isDone) throw Ended();
  return asItIs(request, host);
}

}  // namespace toimela::claims
