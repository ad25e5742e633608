// What the applicant sees.
#include "claims/claim_store.h"
#include "claims/handlers.h"
#include "claims/operations.h"
#include "directory/organisation_form.h"
#include "directory/organisations.h"
#include "directory/page_links.h"
#include "directory/people.h"

namespace toimela::claims {

namespace {

FormSpec askingFields() {
  return {Field::text("title", "claim.field.title").required().longest(100).hint("claim.field.title_hint").autocomplete(
              "organization-title"),
          Field::multiline("message", "claim.field.message").longest(1'000).hint("claim.field.message_hint")};
}

FormSpec registerFields(Host& host, RegionCode region, Locale locale) {
  FormSpec spec = directory::organisationForm(
      host.read([&](ReadTx& tx) { return directory::municipalitiesOf(tx, region, Date::today()); }), locale);
  for (Field& field : askingFields()) spec.push_back(std::move(field));
  return spec;
}

Organisation organisationOf(const Request& request, Host& host) {
  auto found = host.read([&](ReadTx& tx) { return directory::findOrganisation(tx, *request.scope.organisation); });
  if (!found) throw NotFound();
  return std::move(*found);
}

void explain(Form& form, AskProblem problem) {
  switch (problem) {
    case AskProblem::represents: return form.error("", "claim.problem.represents");
    case AskProblem::asked: return form.error("", "claim.problem.asked");
    case AskProblem::tooMany: return form.error("", "claim.problem.too_many", {{"most", std::to_string(kMostOpen)}});
  }
}

Response representPage(const Request& request, Host& host, const Organisation& organisation, const Form& form,
                       int status = 200) {
  View view;
  view.text("organisation", organisation.name, request.locale)
      .set("organisation_path", request.link("/organisations/" + organisation.id.text()))
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "claim_represent", std::move(view),
                   {.status = status, .title = host.texts().get(request.locale, "claim.represent.title")});
}

Response registerPage(const Request& request, Host& host, const Region& region, const Form& form,
                      const Organisation* other = nullptr, int status = 200) {
  View view;
  view.text("region", region.name, request.locale)
      .set("action", directory::withQuery(request.link("/organisations/register"), {{"region", region.slug}}))
      .flag("has_region", true)
      .flag("is_taken", other != nullptr)
      .text("other", other ? other->name : LocalText{}, request.locale)
      .set("other_path", other ? request.link("/organisations/" + other->id.text() + "/represent") : "")
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "claim_register", std::move(view),
                   {.status = status, .title = host.texts().get(request.locale, "claim.register.title")});
}

Response regionChooser(const Request& request, Host& host) {
  std::vector<View> regions;
  for (const Region& region : host.regions()) {
    View choice;
    choice.set("value", region.slug).set("label", region.name.pick(request.locale).text);
    regions.push_back(std::move(choice));
  }
  View view;
  view.flag("has_region", false).flag("is_taken", false).list("regions", std::move(regions));
  return host.page(request, "claim_register", std::move(view),
                   {.title = host.texts().get(request.locale, "claim.register.title")});
}

const Region* regionAsked(const Request& request, Host& host) {
  const auto slug = request.query.text("region");
  if (slug.empty()) return nullptr;
  const Region* region = host.region(slug);
  if (!region) throw NotFound();
  return region;
}

View claimRow(const Request& request, Host& host, const Claim& claim) {
  View row;
  row.set("id", claim.id.text())
      .text("organisation", claim.organisation.name, request.locale)
      .set("organisation_path", claim.isNew() ? "" : request.link("/organisations/" + claim.organisation.id.text()))
      .set("title", claim.title)
      .set("at", showInstant(claim.createdAt, request.locale))
      .set("reason", claim.reason)
      .set("state", host.texts().get(request.locale, "claim.state." + std::string(code(claim.state))))
      .flag("is_open", claim.state == State::open)
      .flag("is_approved", claim.state == State::approved)
      .flag("is_declined", claim.state == State::declined)
      .flag("is_new", claim.isNew());
  return row;
}

}  // namespace

Response showRepresent(const Request& request, Host& host) {
  return representPage(request, host, organisationOf(request, host), Form(askingFields()));
}

Response submitRepresent(const Request& request, Host& host) {
  const Organisation organisation = organisationOf(request, host);
  Form form = Form::read(askingFields(), request.form);
  if (!form.ok()) return representPage(request, host, organisation, form, 422);
  const Claim wanted{.id = {},
                     .person = *request.actor.person,
                     .organisation = organisation,
                     .title = form.text("title"),
                     .message = form.text("message"),
                     .reason = {}};
  const auto outcome = host.write(request, [&](WriteTx& tx) { return ask(tx, wanted); });
  if (const auto* problem = std::get_if<AskProblem>(&outcome)) {
    explain(form, *problem);
    return representPage(request, host, organisation, form, 422);
  }
  return host.redirect(request, "/account/organisations", "claim.flash.asked");
}

Response showRegister(const Request& request, Host& host) {
  const Region* region = regionAsked(request, host);
  if (!region) return regionChooser(request, host);
  return registerPage(request, host, *region, Form(registerFields(host, region->code, request.locale)));
}

Response submitRegister(const Request& request, Host& host) {
  const Region* region = regionAsked(request, host);
  if (!region) return regionChooser(request, host);
  Form form = Form::read(registerFields(host, region->code, request.locale), request.form);
  Claim wanted{.id = {},
               .person = *request.actor.person,
               .organisation = directory::readOrganisation(
                   form, {.id = {}, .name = {}, .businessId = {}, .registerNumber = "", .region = region->code}),
               .title = form.text("title"),
               .message = form.text("message"),
               .reason = {}};
  if (!form.ok()) return registerPage(request, host, *region, form, nullptr, 422);
  const auto outcome = host.write(request, [&](WriteTx& tx) { return ask(tx, wanted); });
  if (const auto* problem = std::get_if<AskProblem>(&outcome)) {
    explain(form, *problem);
    return registerPage(request, host, *region, form, nullptr, 422);
  }
  if (const auto* taken = std::get_if<BusinessIdTaken>(&outcome)) {
    form.error("business_id", "directory.organisation.business_id_taken",
               {{"name", taken->other.name.pick(request.locale).text}});
    return registerPage(request, host, *region, form, &taken->other, 422);
  }
  return host.redirect(request, "/account/organisations", "claim.flash.asked");
}

Response showOwnOrganisations(const Request& request, Host& host) {
  const PersonId person = *request.actor.person;
  const auto [memberships, claims] = host.read([&](ReadTx& tx) {
    return std::pair(directory::affiliationsOf(tx, person, Date::today()), claimsOf(tx, person));
  });
  std::vector<View> places, rows;
  for (const directory::Affiliation& affiliation : memberships) {
    View row;
    row.set("id", affiliation.organisation.text())
        .text("organisation", affiliation.organisationName, request.locale)
        .set("organisation_path", request.link("/organisations/" + affiliation.organisation.text()))
        .text("title", affiliation.title, request.locale)
        .set("from", showDate(affiliation.period.from, request.locale));
    places.push_back(std::move(row));
  }
  for (const Claim& claim : claims) rows.push_back(claimRow(request, host, claim));
  View view;
  view.flag("has_places", !places.empty())
      .flag("has_claims", !rows.empty())
      .list("places", std::move(places))
      .list("claims", std::move(rows));
  return host.page(request, "account_organisations", std::move(view),
                   {.title = host.texts().get(request.locale, "claim.own.title")});
}

Response withdrawClaim(const Request& request, Host& host) {
  const auto id = request.parameters.id<ClaimId>("claim");
  if (!id) throw NotFound();
  if (!host.write(request, [&](WriteTx& tx) { return withdraw(tx, *request.actor.person, *id); })) throw NotFound();
  return host.redirect(request, "/account/organisations", "claim.flash.withdrawn");
}

Response leaveOrganisation(const Request& request, Host& host) {
  const auto id = request.parameters.id<OrganisationId>("organisation");
  if (!id) throw NotFound();
  if (!host.write(request, [&](WriteTx& tx) { return leave(tx, *request.actor.person, *id); })) throw NotFound();
  return host.redirect(request, "/account/organisations", "claim.flash.left");
}

}  // namespace toimela::claims
