#include "access/grant_form.h"

#include <algorithm>

namespace toimela::access {

namespace {

constexpr std::string_view kNation = "nation";

std::string valueOf(RegionCode region) { return "region:" + region.text(); }
std::string valueOf(OrganisationId organisation) { return "organisation:" + organisation.text(); }

bool coveredAtAll(const Rights& rights, const Actor& actor, const GrantPlace& place) {
  return std::ranges::any_of(kRoles,
                             [&](Role role) { return mayGrant(rights, actor, role, place); });
}

bool grantableAnywhere(const Rights& rights, const Actor& actor, const GrantOffer& offer,
                       Role role) {
  const auto may = [&](const GrantPlace& place) { return mayGrant(rights, actor, role, place); };
  return (offer.nation && may({})) ||
         std::ranges::any_of(offer.regions,
                             [&](RegionCode region) { return may({.region = region}); }) ||
         // An organisation may be found later on: any in a region of the actor's would do.
         std::ranges::any_of(
             offer.regions,
             [&](RegionCode region) {
               return may({.organisation = OrganisationId{}, .organisationRegion = region});
             }) ||
         std::ranges::any_of(offer.organisations, [&](const Organisation& organisation) {
           return may({.organisation = organisation.id, .organisationRegion = organisation.region});
         });
}

}  // namespace

std::optional<GrantPlace> GrantOffer::place(std::string_view value) const {
  if (value == kNation && nation) return GrantPlace{};
  for (const RegionCode region : regions) {
    if (value == valueOf(region)) return GrantPlace{.region = region};
  }
  for (const auto& organisation : organisations) {
    if (value == valueOf(organisation.id)) {
      return GrantPlace{.organisation = organisation.id, .organisationRegion = organisation.region};
    }
  }
  return std::nullopt;
}

GrantOffer offerFor(CoreHost& host, const Actor& actor,
                    const std::vector<Organisation>& organisations) {
  const auto rights = host.state()->rights;
  GrantOffer offer;
  offer.nation = coveredAtAll(*rights, actor, {});
  for (const auto& region : host.regions()) {
    if (coveredAtAll(*rights, actor, {.region = region.code})) offer.regions.push_back(region.code);
  }
  for (const auto& organisation : organisations) {
    if (coveredAtAll(
            *rights, actor,
            {.organisation = organisation.id, .organisationRegion = organisation.region})) {
      offer.organisations.push_back(organisation);
    }
  }
  std::ranges::copy_if(kRoles, std::back_inserter(offer.roles),
                       [&](Role role) { return grantableAnywhere(*rights, actor, offer, role); });
  return offer;
}

FormSpec grantForm(CoreHost& host, Locale locale, const GrantOffer& offer) {
  std::vector<Choice> roles, places;
  for (const Role role : offer.roles) {
    roles.push_back({std::string(code(role)), "access.role." + std::string(code(role))});
  }
  if (offer.nation) places.push_back({std::string(kNation), "access.place.nation"});
  for (const RegionCode region : offer.regions) {
    places.push_back({valueOf(region), host.region(region)->name.pick(locale).text, true});
  }
  for (const auto& organisation : offer.organisations) {
    places.push_back({valueOf(organisation.id), organisation.name.pick(locale).text, true});
  }
  return {Field::choice("role", "access.grant.role", std::move(roles)).required(),
          Field::choice("place", "access.grant.place", std::move(places)).required(),
          Field::date("valid_from", "access.grant.from").required(),
          Field::date("valid_to", "access.grant.to").hint("access.grant.to_hint")};
}

std::optional<GrantWish> readGrant(CoreHost& host, const Actor& actor, const GrantOffer& offer,
                                   const std::vector<HeldGrant>& held, Form& form) {
  if (!form.ok()) return std::nullopt;
  const auto role = parseRole(form.text("role"));
  const auto place = offer.place(form.text("place"));
  const auto from = form.date("valid_from");
  if (!role || !place || !from) return std::nullopt;
  const DateRange period{*from, form.date("valid_to")};
  if (!fits(*role, *place))
    form.error("place", "access.grant.misfit." + std::string(code(*role)));
  else if (!mayGrant(*host.state()->rights, actor, *role, *place))
    form.error("role", "access.grant.not_yours");
  if (!period.ordered())
    form.error("valid_to", "access.grant.unordered");
  else if (repeats(held, *role, *place, period))
    form.error("", "access.grant.repeated");
  if (!form.ok()) return std::nullopt;
  return GrantWish{*role, *place, period};
}

const std::string& roleName(const Texts& texts, Locale locale, Role role) {
  return texts.get(locale, "access.role." + std::string(code(role)));
}

}  // namespace toimela::access
