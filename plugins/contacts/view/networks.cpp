#include "view/networks.h"

#include <algorithm>

#include "domain/visibility.h"

namespace toimela::contacts::view {

namespace {

template <class T, class F>
std::vector<View> each(const std::vector<T>& things, F&& show) {
  std::vector<View> views;
  views.reserve(things.size());
  for (const T& thing : things) views.push_back(show(thing));
  return views;
}

View summary(const store::NetworkSummary& network, const Words& words) {
  View view;
  view.set("id", network.id.value)
      .text("name", network.name, words.locale())
      .set("kind", words.kind(network.kind))
      .set("place", words.place(network.region))
      .set("people", network.people)
      .set("organisations", network.organisations);
  return view;
}

std::vector<View> summaries(const std::vector<store::NetworkSummary>& networks, const Words& words) {
  return each(networks, [&](const auto& network) { return summary(network, words); });
}

View memberRow(const store::MemberRow& row, const Reader& reader, const Words& words) {
  View view;
  view.set("id", row.member.id.value)
      .set("person", row.name())
      .text("organisation", row.organisation, words.locale())
      .set("organisation_id", row.member.organisation.value)
      .set("role", words.role(row.member.role))
      .set("place", words.place(row.member.region))
      .set("period", words.period(row.member.period))
      .flag("is_contact_person", row.member.role == MemberRole::contactPerson);
  if (reader.seesDetails) view.set("email", row.email).set("phone", row.phone);
  return view;
}

std::vector<View> memberRows(const std::vector<store::MemberRow>& rows, const Reader& reader,
                             const Words& words) {
  return each(rows, [&](const auto& row) { return memberRow(row, reader, words); });
}

/// The members whose names the reader may see.
std::vector<store::MemberRow> namedMembers(const std::vector<store::MemberRow>& members,
                                           const Reader& reader) {
  if (reader.seesDetails) return members;
  std::vector<store::MemberRow> named;
  std::ranges::copy_if(members, std::back_inserter(named),
                       [](const auto& row) { return isNamePublic(row.member.role); });
  return named;
}

View organisationRow(const store::OrganisationShare& share, const Words& words) {
  View view;
  view.set("id", share.id.value)
      .text("name", share.name, words.locale())
      .set("place", words.place(share.region))
      .set("people", share.people);
  return view;
}

View regionRow(const store::RegionShare& share, const Words& words) {
  View view;
  view.set("place", words.place(share.region))
      .set("people", share.people)
      .set("organisations", share.organisations);
  return view;
}

View counts(const store::Counts& counts, const Words& words) {
  View view;
  view.set("people", words.count("contacts.count.people", counts.people))
      .set("organisations", words.count("contacts.count.organisations", counts.organisations))
      .set("regions", words.count("contacts.count.regions", counts.regions))
      .set("contact_persons", words.count("contacts.count.contact_persons", counts.contactPersons));
  return view;
}

View kindFilter(NetworkKind kind, std::optional<NetworkKind> chosen, const Words& words) {
  View view;
  view.set("code", std::string(code(kind)))
      .set("name", words.kind(kind))
      .flag("is_chosen", kind == chosen);
  return view;
}

View contactPerson(const store::RegionalContact& contact, bool seesDetails, const Words& words) {
  View view;
  view.set("person", contact.name)
      .text("organisation", contact.organisation, words.locale())
      .set("network_id", contact.network.value)
      .text("network", contact.networkName, words.locale());
  if (seesDetails) view.set("email", contact.email).set("phone", contact.phone);
  return view;
}

std::vector<View> contactPersons(const std::vector<store::RegionalContact>& contacts,
                                 bool seesDetails, const Words& words) {
  return each(contacts,
              [&](const auto& contact) { return contactPerson(contact, seesDetails, words); });
}

View coverage(const Coverage& coverage, const Words& words) {
  View view;
  view.flag("is_met", coverage.isMet())
      .set("organisations", words.count("contacts.coverage.organisations", coverage.organisations))
      .set("missing", words.count("contacts.coverage.missing", coverage.missing()));
  return view;
}

}  // namespace

View networkList(const NetworkListPage& page, const Words& words) {
  View view;
  std::vector<View> kinds;
  for (NetworkKind kind : kNetworkKinds) kinds.push_back(kindFilter(kind, page.kind, words));
  view.list("networks", summaries(page.networks, words))
      .list("kinds", std::move(kinds))
      .flag("is_everything", !page.kind)
      .set("total", words.count("contacts.count.networks", page.total))
      .flag("can_add", page.canAdd);
  return view;
}

View regionPage(const RegionPage& page, const Words& words) {
  View view;
  view.text("region", page.region.name, words.locale())
      .set("region_slug", page.region.slug)
      .list("networks", summaries(page.networks, words))
      .list("contact_persons", contactPersons(page.contactPersons, page.seesDetails, words))
      .flag("sees_details", page.seesDetails)
      .flag("can_add", page.canAdd);
  if (page.coverage.hasTarget()) view.group("coverage", coverage(page.coverage, words));
  return view;
}

View networkPage(const NetworkPage& page, const Reader& reader, const Words& words) {
  const Network& network = page.network;
  View view;
  view.set("id", network.id.value)
      .text("name", network.name, words.locale())
      .html("purpose", markdown(words.pick(network.purpose)))
      .set("kind", words.kind(network.kind))
      .set("place", words.place(network.region))
      .flag("is_national", network.isNational())
      .group("counts", counts(page.counts, words))
      .list("members", memberRows(namedMembers(page.members, reader), reader, words))
      .list("organisations",
            each(page.organisations, [&](const auto& o) { return organisationRow(o, words); }))
      .list("related", summaries(page.related, words))
      .flag("sees_details", reader.seesDetails)
      .flag("edits_network", reader.editsNetwork)
      .flag("edits_members", reader.editsMembers);
  if (page.coordinator) view.set("coordinator", page.coordinator->name());
  if (page.coordinator && reader.seesDetails)
    view.set("coordinator_email", page.coordinator->email.text());
  if (network.isNational())
    view.list("regions", each(page.regions, [&](const auto& r) { return regionRow(r, words); }));
  if (reader.editsMembers) view.list("others", memberRows(page.others, reader, words));
  return view;
}

void fillNationBox(View& view, std::int64_t networks, const store::Counts& all,
                   const Words& words) {
  view.set("networks", words.count("contacts.count.networks", networks))
      .group("counts", counts(all, words));
}

void fillRegionBox(View& view, const Region& region,
                   const std::vector<store::RegionalContact>& contacts, const Words& words) {
  view.set("region_slug", region.slug)
      .list("contact_persons", contactPersons(contacts, false, words));
}

void fillDashboardBox(View& view, const std::vector<store::NetworkSummary>& networks,
                      const Words& words) {
  view.list("networks", summaries(networks, words));
}

}  // namespace toimela::contacts::view
