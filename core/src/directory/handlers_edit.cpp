#include "directory/handlers.h"
#include "directory/organisation_form.h"
#include "directory/organisations.h"
#include "directory/page_links.h"
#include "directory/save_organisation.h"

namespace toimela::directory {

namespace {

std::vector<Municipality> municipalities(Host& host, RegionCode region) {
  return host.read([&](ReadTx& tx) { return municipalitiesOf(tx, region, Date::today()); });
}

Organisation organisationOf(const Request& request, Host& host) {
  const auto id = request.parameters.id<OrganisationId>("organisation");
  if (!id) throw NotFound();
  auto found = host.read([&](ReadTx& tx) { return findOrganisation(tx, *id); });
  if (!found) throw NotFound();
  return std::move(*found);
}

Form emptyForm(const Request& request, Host& host, RegionCode region) {
  return Form(organisationForm(municipalities(host, region), request.locale));
}
Form sentForm(const Request& request, Host& host, RegionCode region) {
  return Form::read(organisationForm(municipalities(host, region), request.locale), request.form);
}

void refuseTaken(Form& form, const Request& request, const Organisation& other) {
  form.error("business_id", "directory.organisation.business_id_taken",
             {{"name", other.name.pick(request.locale).text}});
}

std::string shownValue(const Request& request, Host& host, const Organisation& stored,
                       const Difference& difference) {
  if (difference.labelKey == "directory.organisation.sector") {
    return host.texts().get(request.locale, "directory.sector." + difference.stored);
  }
  if (difference.labelKey == "directory.organisation.municipality" && stored.municipality) {
    return host.read([&](ReadTx& tx) { return municipalityName(tx, *stored.municipality); })
        .pick(request.locale)
        .text;
  }
  return difference.stored;
}

std::vector<View> changesOf(const Request& request, Host& host, const Organisation& typed,
                            const Organisation& stored) {
  std::vector<View> changes;
  for (const auto& difference : differences(typed, stored)) {
    const std::string value = shownValue(request, host, stored, difference);
    View change;
    change.set("label", host.texts().get(request.locale, difference.labelKey)).set("value", value);
    changes.push_back(std::move(change));
  }
  return changes;
}

struct FormPage {
  std::string titleKey, action, cancel;
  RegionCode region;
  int status = 200;
  std::vector<View> changes;  ///< what somebody else saved meanwhile
};

Response formPage(const Request& request, Host& host, const Form& form, FormPage page) {
  const std::string title = host.texts().get(request.locale, page.titleKey);
  View view;
  view.set("heading", title)
      .set("action", page.action)
      .set("cancel", page.cancel)
      .text("region", host.region(page.region)->name, request.locale)
      .flag("has_region", true)
      .flag("is_stale", page.status == 409)
      .list("changes", std::move(page.changes))
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "organisation_form", std::move(view),
                   {.status = page.status, .title = title});
}

FormPage editPage(const Request& request, const Organisation& organisation, int status) {
  const std::string self = request.link("/organisations/" + organisation.id.text());
  return {
      "directory.organisation.edit.title", self + "/edit", self, organisation.region, status, {}};
}

FormPage newPage(const Request& request, const Region& region, int status) {
  return {"directory.organisation.new.title",
          withQuery(request.link("/admin/organisations/new"), {{"region", region.slug}}),
          request.link("/organisations"),
          region.code,
          status,
          {}};
}

// ---- the region of a new organisation ----

std::vector<const Region*> regionsToAddIn(const Request& request, Host& host) {
  std::vector<const Region*> regions;
  for (const auto& region : host.regions()) {
    if (host.allowed(request.actor, kOrganisationAdd, {.region = region.code}))
      regions.push_back(&region);
  }
  return regions;
}

/// The region that was asked for, or the only one; null when there is a choice to make. A region
/// where the actor may not add anything does not exist here.
const Region* regionAsked(const Request& request, Host& host) {
  const auto mine = regionsToAddIn(request, host);
  const auto slug = request.query.text("region");
  if (slug.empty()) return mine.size() == 1 ? mine.front() : nullptr;
  for (const Region* region : mine) {
    if (region->slug == slug) return region;
  }
  throw NotFound();
}

Response regionChooser(const Request& request, Host& host) {
  std::vector<View> choices;
  for (const Region* region : regionsToAddIn(request, host)) {
    View choice;
    choice.set("value", region->slug).set("label", region->name.pick(request.locale).text);
    choices.push_back(std::move(choice));
  }
  const std::string title = host.texts().get(request.locale, "directory.organisation.new.title");
  View view;
  view.set("heading", title)
      .flag("has_region", false)
      .flag("is_stale", false)
      .set("action", request.link("/admin/organisations/new"))
      .list("regions", std::move(choices));
  return host.page(request, "organisation_form", std::move(view), {.title = title});
}

}  // namespace

Response showEdit(const Request& request, Host& host) {
  const Organisation organisation = organisationOf(request, host);
  Form form = emptyForm(request, host, organisation.region);
  fill(form, organisation);
  return formPage(request, host, form, editPage(request, organisation, 200));
}

Response submitEdit(const Request& request, Host& host) {
  const Organisation stored = organisationOf(request, host);
  Form form = sentForm(request, host, stored.region);
  const Organisation typed = readOrganisation(form, stored);
  if (!form.ok()) return formPage(request, host, form, editPage(request, stored, 422));

  const auto outcome = host.write(request, [&](WriteTx& tx) { return saveChanged(tx, typed); });
  if (std::holds_alternative<Saved>(outcome)) {
    return host.redirect(request, "/organisations/" + typed.id.text(),
                         "directory.organisation.saved");
  }
  if (const auto* taken = std::get_if<Taken>(&outcome)) {
    refuseTaken(form, request, taken->other);
    return formPage(request, host, form, editPage(request, stored, 422));
  }
  // Sending the form once more, having read what changed, is a decision and goes through.
  const Organisation& newer = std::get<Stale>(outcome).stored;
  form.fill("revision", std::to_string(newer.revision));
  FormPage page = editPage(request, newer, 409);
  page.changes = changesOf(request, host, typed, newer);
  return formPage(request, host, form, std::move(page));
}

Response showNew(const Request& request, Host& host) {
  const Region* region = regionAsked(request, host);
  if (!region) return regionChooser(request, host);
  return formPage(request, host, emptyForm(request, host, region->code),
                  newPage(request, *region, 200));
}

Response submitNew(const Request& request, Host& host) {
  const Region* region = regionAsked(request, host);
  if (!region) return regionChooser(request, host);
  Form form = sentForm(request, host, region->code);
  const Organisation typed = readOrganisation(
      form, {.id = {}, .name = {}, .businessId = {}, .registerNumber = "", .region = region->code});
  if (!form.ok()) return formPage(request, host, form, newPage(request, *region, 422));

  const auto outcome = host.write(request, [&](WriteTx& tx) { return saveNew(tx, typed); });
  if (const auto* saved = std::get_if<Saved>(&outcome)) {
    return host.redirect(request, "/organisations/" + saved->id.text(),
                         "directory.organisation.added");
  }
  refuseTaken(form, request, std::get<Taken>(outcome).other);
  return formPage(request, host, form, newPage(request, *region, 422));
}

}  // namespace toimela::directory
