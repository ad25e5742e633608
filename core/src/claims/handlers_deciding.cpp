// What those who decide see.
#include "claims/claim_store.h"
#include "claims/handlers.h"
#include "claims/operations.h"
#include "directory/organisations.h"
#include "directory/reference.h"

namespace toimela::claims {

namespace {

constexpr int kMostShown = 200;

access::Reach reach(const Request& request, Host& host) {
  return access::reachOf(*core(host).state()->rights, request.actor, kDecide);
}

std::vector<RegionCode> regionsOf(const access::Reach& reach) { return {reach.regions.begin(), reach.regions.end()}; }

FormSpec reasonFields() {
  return {Field::multiline("reason", "claim.field.reason").required().longest(1'000).hint("claim.field.reason_hint")};
}

/// A claim with what the page shows beside it.
struct ClaimPage {
  Claim claim;
  std::optional<Person> person;
  LocalText municipality;
  std::vector<Organisation> alike;  ///< may be the same organisation under another name
};

ClaimPage load(const Request& request, Host& host) {
  const auto id = request.parameters.id<ClaimId>("claim");
  if (!id) throw NotFound();
  return host.read([&](ReadTx& tx) {
    auto claim = findClaim(tx, *id);
    if (!claim) throw NotFound();
    ClaimPage page{std::move(*claim), {}, {}, {}};
    page.person = directory::findPerson(tx, page.claim.person);
    if (page.claim.organisation.municipality)
      page.municipality = directory::municipalityName(tx, *page.claim.organisation.municipality);
    if (page.claim.isNew() && page.claim.state == State::open)
      page.alike = directory::matchOrganisations(tx, page.claim.organisation.name.fi, 5);
    return page;
  });
}

View summary(const Request& request, Host& host, const Claim& claim, const std::string& person) {
  View row;
  row.set("path", request.link("/admin/claims/" + claim.id.text()))
      .text("organisation", claim.organisation.name, request.locale)
      .text("region", host.region(claim.organisation.region)->name, request.locale)
      .set("person", person)
      .set("at", showInstant(claim.createdAt, request.locale))
      .set("state", host.texts().get(request.locale, "claim.state." + std::string(code(claim.state))))
      .flag("is_approved", claim.state == State::approved)
      .flag("is_declined", claim.state == State::declined)
      .flag("is_new", claim.isNew());
  return row;
}

Response claimPage(const Request& request, Host& host, const ClaimPage& page, const Form& form, int status = 200) {
  const Organisation& organisation = page.claim.organisation;
  std::vector<View> alike;
  for (const Organisation& other : page.alike) {
    View row;
    row.text("name", other.name, request.locale).set("path", request.link("/organisations/" + other.id.text()));
    alike.push_back(std::move(row));
  }
  View view = summary(request, host, page.claim, page.person ? page.person->name() : "");
  view.set("claim_path", request.link("/admin/claims/" + page.claim.id.text()))
      .set("organisation_path", page.claim.isNew() ? "" : request.link("/organisations/" + organisation.id.text()))
      .set("email", page.person ? page.person->email.text() : "")
      .set("title", page.claim.title)
      .set("message", page.claim.message)
      .set("reason", page.claim.reason)
      .set("sector", host.texts().get(request.locale, "directory.sector." + std::string(code(organisation.sector))))
      .set("business_id", organisation.businessId ? organisation.businessId->text() : "")
      .set("register_number", organisation.registerNumber)
      .text("municipality", page.municipality, request.locale)
      .set("website", organisation.website)
      .text("summary", organisation.summary, request.locale)
      .flag("is_open", page.claim.state == State::open)
      .flag("has_alike", !alike.empty())
      .list("alike", std::move(alike))
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "claim", std::move(view),
                   {.status = status, .title = organisation.name.pick(request.locale).text});
}

}  // namespace

Response listClaimsPage(const Request& request, Host& host) {
  const access::Reach covered = reach(request, host);
  const auto rowsOf = [&](bool open) {
    return host.read([&](ReadTx& tx) {
      std::vector<View> rows;
      for (const Claim& claim : listClaims(tx, open, regionsOf(covered), covered.nation, kMostShown)) {
        const auto person = directory::findPerson(tx, claim.person);
        rows.push_back(summary(request, host, claim, person ? person->name() : ""));
      }
      return rows;
    });
  };
  auto open = rowsOf(true), decided = rowsOf(false);
  View view;
  view.flag("has_open", !open.empty())
      .flag("has_decided", !decided.empty())
      .list("open", std::move(open))
      .list("decided", std::move(decided));
  return host.page(request, "claims", std::move(view),
                   {.title = host.texts().get(request.locale, "claim.list.title")});
}

Response showClaim(const Request& request, Host& host) {
  return claimPage(request, host, load(request, host), Form(reasonFields()));
}

Response approveClaim(const Request& request, Host& host) {
  const ClaimPage page = load(request, host);
  const auto outcome = host.write(request, [&](WriteTx& tx) { return approve(tx, core(host), page.claim.id); });
  if (const auto* taken = std::get_if<BusinessIdTaken>(&outcome)) {
    Form form(reasonFields());
    form.error("", "directory.organisation.business_id_taken", {{"name", taken->other.name.pick(request.locale).text}});
    return claimPage(request, host, page, form, 409);
  }
  if (std::holds_alternative<NotOpen>(outcome)) return host.redirect(request, "/admin/claims", "claim.flash.not_open");
  return host.redirect(request, "/admin/claims", "claim.flash.approved");
}

Response declineClaim(const Request& request, Host& host) {
  const ClaimPage page = load(request, host);
  const Form form = Form::read(reasonFields(), request.form);
  if (!form.ok()) return claimPage(request, host, page, form, 422);
  const bool done = host.write(
      request, [&](WriteTx& tx) { return decline(tx, core(host), page.claim.id, form.text("reason")); });
  return host.redirect(request, "/admin/claims", done ? "claim.flash.declined" : "claim.flash.not_open");
}

bool fillWaitingTile(const Request& request, Host& host, View& view) {
  const access::Reach covered = reach(request, host);
  if (covered.empty()) return false;
  const auto count = host.read([&](ReadTx& tx) { return countOpen(tx, regionsOf(covered), covered.nation); });
  view.set("text", host.texts().format(request.locale, "claim.tile.waiting", {{"count", count}}))
      .set("path", request.link("/admin/claims"));
  return count > 0;
}

}  // namespace toimela::claims
