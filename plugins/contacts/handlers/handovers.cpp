#include "handlers/handovers.h"

#include <algorithm>

#include "handlers/lookup.h"
#include "handlers/organisations.h"
#include "handlers/rights.h"
#include "operations/handovers.h"
#include "store/applications.h"
#include "store/handovers.h"
#include "view/forms.h"
#include "view/handovers.h"
#include "view/organisation_field.h"
#include "view/trail.h"

namespace toimela::contacts::handlers {

namespace {

struct Loaded {
  view::HandoverPage page;
  Handover handover;
  std::vector<Person> people;
  std::string organisation;  ///< of the leaver, as its field shows it
};

std::string pathOf(const Loaded& loaded, std::string_view rest) {
  return view::pathOf(loaded.page.network.id) + "/members/" + loaded.page.row.member.id.text() +
         std::string(rest);
}

Loaded load(const Request& request, Host& host) {
  auto loaded = host.read([&](ReadTx& tx) {
    Network found = requireNetwork(tx, request);
    auto row = requireMember(tx, request, found);
    Loaded loaded{.page = {.network = std::move(found), .row = std::move(row)}};
    const Network& network = loaded.page.network;
    const Member& leaver = loaded.page.row.member;
    loaded.page.isCoordinator = network.coordinator == leaver.person;
    if (loaded.page.isCoordinator)
      loaded.page.applications = store::openApplications(tx, network.id);
    loaded.page.pinned = store::pinnedBy(tx, network.id, leaver.person);
    loaded.handover = store::handoverOf(tx, leaver.id);
    loaded.people = store::peopleOf(tx, network.id, Date::today());
    std::erase_if(loaded.people, [&](const Person& person) { return person.id == leaver.person; });
    loaded.organisation = organisationText(tx, leaver.organisation, request.locale);
    return loaded;
  });
  loaded.page.editsMembers = readerOf(request, host, loaded.page.network, {}).editsMembers;
  if (!loaded.page.editsMembers && request.actor.person != loaded.page.row.member.person)
    throw NotFound();
  return loaded;
}

Form notesForm(const Loaded& loaded) {
  Form form(view::notesFields());
  form.fill("notes", loaded.handover.notes)
      .fill("revision", std::to_string(loaded.handover.revision));
  return form;
}

Form successionForm(const Loaded& loaded) {
  const Date last = loaded.page.row.member.period.to.value_or(Date::today());
  Form form(view::successionFields(loaded.people));
  form.fill("organisation", loaded.organisation)
      .fill("last_day", last.text())
      .fill("first_day", last.plusDays(1).text());
  return form;
}

Response show(const Request& request, Host& host, const Loaded& loaded, const Form& notes,
              const Form& succession, int status = 200) {
  return host.page(
      request, "handover",
      view::handoverPage(loaded.page, notes, succession, view::Words(request, host)),
      {.status = status});
}

}  // namespace

Response showHandover(const Request& request, Host& host) {
  const auto loaded = load(request, host);
  return show(request, host, loaded, notesForm(loaded), successionForm(loaded));
}

Response saveHandoverNotes(const Request& request, Host& host) {
  const auto loaded = load(request, host);
  Form form = Form::read(view::notesFields(), request.form);
  if (!form.ok()) return show(request, host, loaded, form, successionForm(loaded), 422);
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::saveNotes(tx, loaded.page.network, loaded.page.row.member,
                                 {.member = loaded.page.row.member.id,
                                  .notes = form.text("notes"),
                                  .revision = view::readRevision(form)});
  });
  if (problem) {
    view::explainStale(form, loaded.handover.revision);
    return show(request, host, loaded, form, successionForm(loaded), 409);
  }
  return host.redirect(request, pathOf(loaded, "/handover"), "contacts.flash.notes_saved");
}

Response handOver(const Request& request, Host& host) {
  const auto loaded = load(request, host);
  Form form = Form::read(view::successionFields(loaded.people), request.form);
  const auto matches = host.read(
      [&](ReadTx& tx) { return matchOrganisation(tx, form.text("organisation")); });
  const auto organisation =
      view::chooseOrganisation(form, matches, view::Words(request, host));
  if (!form.ok()) return show(request, host, loaded, notesForm(loaded), form, 422);
  const auto outcome = host.write(request, [&](WriteTx& tx) {
    return operations::handOver(tx, host, loaded.page.network, loaded.page.row.member.id,
                                view::readSuccession(form, *organisation));
  });
  if (const auto* problem = std::get_if<HandoverProblem>(&outcome)) {
    view::explain(form, *problem);
    return show(request, host, loaded, notesForm(loaded), form,
                *problem == HandoverProblem::stale ? 409 : 422);
  }
  return host.redirect(request, pathOf(loaded, "/history"), "contacts.flash.handed_over");
}

Response showHistory(const Request& request, Host& host) {
  struct Found {
    Network network;
    std::optional<RegionCode> region;
    std::vector<store::HolderRow> holders;
  };
  const auto found = host.read([&](ReadTx& tx) {
    Network network = requireNetwork(tx, request);
    const auto region = requireMember(tx, request, network).member.region;
    auto holders = store::holdersOf(tx, network.id, region);
    return Found{std::move(network), region, std::move(holders)};
  });
  const Date today = Date::today();
  std::vector<Member> members;
  for (const auto& holder : found.holders) members.push_back(holder.member);
  if (!readerOf(request, host, found.network, {}).editsMembers &&
      !sharesPlace(*request.actor.person, members, today))
    throw NotFound();
  return host.page(request, "history",
                   view::historyPage(found.network, found.region, found.holders, today,
                                     view::Words(request, host)));
}

}  // namespace toimela::contacts::handlers
