#include "view/networks.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "domain/visibility.h"
#include "view/invitations.h"
#include "toimela/numbers.h"
#include "toimela/wording.h"
#include "view/trail.h"

namespace toimela::contacts::view {

namespace {

View summary(const store::NetworkSummary& network, const Words& words) {
  View view;
  view.set("id", network.id.value)
      .text("name", network.name, words.locale())
      .set("kind", words.kind(network.kind))
      .set("place", words.place(network.region))
      .set("people", words.count("contacts.count.people", network.people))
      .set("organisations",
           words.count("contacts.count.organisations", network.organisations));
  return view;
}

std::vector<View> summaries(const std::vector<store::NetworkSummary>& networks,
                            const Words& words) {
  return each(networks, [&](const auto& network) { return summary(network, words); });
}

View relatedRow(const store::RelatedNetwork& network, const Words& words) {
  View view;
  view.set("id", network.id.value)
      .text("name", network.name, words.locale())
      .set("place", words.place(network.region))
      .set("people", words.count("contacts.count.people", network.shared));
  return view;
}

View memberRow(const store::MemberRow& row, const Reader& reader, const Words& words) {
  View view;
  view.set("id", row.member.id.value)
      .set("person", row.name())
      .set("person_id", row.member.person.value)
      .text("organisation", row.organisation, words.locale())
      .set("organisation_id", row.member.organisation.value)
      .set("role", words.role(row.member.role))
      .set("place", words.place(row.member.region))
      .set("period", words.period(row.member.period))
      .flag("is_contact_person", row.member.role == MemberRole::contactPerson);
  const Shown shown = shownTo(reader.to(row.member.person),
                              isNamePublic(row.member.role), row.levels);
  view.set("email", shown.email ? row.email : "").set("phone", shown.phone ? row.phone : "");
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
      .set("people", words.count("contacts.count.people", share.people));
  return view;
}

View regionRow(const store::RegionShare& share, const Words& words) {
  const Region* region = words.region(share.region);
  View view;
  view.set("place", words.place(share.region))
      .set("slug", region ? region->slug : std::string())
      .set("people", words.count("contacts.count.people", share.people));
  return view;
}

View figure(std::string_view unitKey, std::int64_t number, const Words& words) {
  View view;
  view.set("number", showNumber(number, words.locale())).set("unit", words.count(unitKey, number));
  return view;
}

/// The size of a network, or of all of them, in large figures.
std::vector<View> figures(const store::Counts& counts, bool isSpread, const Words& words) {
  std::vector<View> views;
  views.push_back(figure("contacts.unit.people", counts.people, words));
  views.push_back(figure("contacts.unit.organisations", counts.organisations, words));
  views.push_back(figure("contacts.unit.contact_persons", counts.contactPersons, words));
  if (isSpread) views.push_back(figure("contacts.unit.regions", counts.regions, words));
  return views;
}

View kindFilter(NetworkKind kind, std::optional<NetworkKind> chosen, const Words& words) {
  View view;
  view.set("code", std::string(code(kind)))
      .set("name", words.kind(kind))
      .flag("is_chosen", kind == chosen);
  return view;
}

View networkLink(const store::RegionalContact& contact, const Words& words) {
  View view;
  view.set("network_id", contact.network.value)
      .text("network", contact.networkName, words.locale());
  return view;
}

/// Contact persons, each with all their networks: they come in the order of people.
std::vector<View> contactPersons(const std::vector<store::RegionalContact>& contacts,
                                 const Reader& reader, const Words& words) {
  std::vector<View> views;
  for (auto first = contacts.begin(); first != contacts.end();) {
    const auto last = std::find_if(first, contacts.end(), [&](const auto& contact) {
      return contact.person != first->person || contact.organisation != first->organisation;
    });
    View view;
    view.set("person", first->name)
        .text("organisation", first->organisation, words.locale())
        .list("networks", each(std::span(first, last),
                               [&](const auto& contact) { return networkLink(contact, words); }));
    const Shown shown = shownTo(reader.to(first->person), true, first->levels);
    view.set("person_id", first->person.value)
        .set("email", shown.email ? first->email : "")
        .set("phone", shown.phone ? first->phone : "");
    views.push_back(std::move(view));
    first = last;
  }
  return views;
}

View coverage(const Coverage& coverage, const Words& words) {
  View view;
  view.flag("is_met", coverage.isMet())
      .set("organisations", words.count("contacts.coverage.organisations", coverage.organisations))
      .set("missing", words.count("contacts.coverage.missing", coverage.missing()));
  return view;
}

std::string pagePath(const NetworkListPage& list, std::int64_t page, const Words& words) {
  const std::string kind = list.kind ? "&kind=" + std::string(code(*list.kind)) : "";
  return words.link("/contacts?page=" + std::to_string(page) + kind);
}

View pager(const NetworkListPage& list, const Words& words) {
  View view;
  view.set("position", words.format("site.position", {{"page", list.page}, {"pages", list.pages}}));
  if (list.page > 1) view.set("previous", pagePath(list, list.page - 1, words));
  if (list.page < list.pages) view.set("next", pagePath(list, list.page + 1, words));
  return view;
}

constexpr std::size_t kMembersShown = 50;

struct MembersPage {
  std::vector<store::MemberRow> rows;
  std::size_t page, pages;
};
/// The rows of one page; the last one for a page beyond it.
MembersPage pageOf(std::vector<store::MemberRow> all, std::size_t wished) {
  const std::size_t pages = std::max<std::size_t>(1, (all.size() + kMembersShown - 1) / kMembersShown);
  const std::size_t page = std::clamp<std::size_t>(wished, 1, pages);
  const auto first = all.begin() + static_cast<std::ptrdiff_t>((page - 1) * kMembersShown);
  const auto count = std::min<std::ptrdiff_t>(kMembersShown, all.end() - first);
  return {{std::move_iterator(first), std::move_iterator(first + count)}, page, pages};
}

View memberPager(const Network& network, std::size_t page, std::size_t pages, const Words& words) {
  const auto link = [&](std::size_t to) {
    return words.link(pathOf(network.id) + "?members=" + std::to_string(to) + "#members-title");
  };
  View view;
  view.set("position",
           words.format("site.position", {{"page", static_cast<std::int64_t>(page)},
                                          {"pages", static_cast<std::int64_t>(pages)}}))
      .set("previous", page > 1 ? link(page - 1) : std::string())
      .set("next", page < pages ? link(page + 1) : std::string());
  return view;
}

/// What stands above everything else on the page of a network.
void setHead(View& view, const Network& network, const Words& words) {
  const auto purpose = network.purpose.pick(words.locale());
  const bool isForeign = purpose.locale != words.locale();
  view.list("breadcrumbs", trailTo(network, words))
      .set("network_id", network.id.value)
      .set("id", network.id.value)
      .text("name", network.name, words.locale())
      .set("kind", words.kind(network.kind))
      .set("place", words.place(network.region))
      .flag("is_national", network.isNational())
      .flag("has_purpose", !purpose.text.empty())
      .html("purpose", markdown(purpose.text))
      .set("purpose_lang", isForeign ? std::string(code(purpose.locale)) : std::string());
}

void setCoordinator(View& view, const NetworkPage& page, const Reader& reader) {
  if (!page.coordinator) return;
  const Person& person = *page.coordinator;
  const Shown shown = shownTo(reader.to(person.id), true, page.coordinatorLevels);
  view.set("coordinator", person.name())
      .set("coordinator_email", shown.email ? person.email.text() : "");
}

/// Does anybody among them show the reader how to be reached?
bool showAnyDetails(const std::vector<store::MemberRow>& members, const Reader& reader) {
  return std::ranges::any_of(members, [&](const auto& row) {
    const Shown shown =
        shownTo(reader.to(row.member.person), isNamePublic(row.member.role), row.levels);
    return shown.email || shown.phone;
  });
}
bool showAnyDetails(const std::vector<store::RegionalContact>& contacts, const Reader& reader) {
  return std::ranges::any_of(contacts, [&](const auto& contact) {
    const Shown shown = shownTo(reader.to(contact.person), true, contact.levels);
    return shown.email || shown.phone;
  });
}

}  // namespace

View networkList(const NetworkListPage& page, const Words& words) {
  View view;
  setList(view, "networks", summaries(page.networks, words));
  view.list("kinds", each(kNetworkKinds,
                          [&](NetworkKind kind) { return kindFilter(kind, page.kind, words); }))
      .set("total", words.count("contacts.count.networks", page.total))
      .flag("can_add", page.canAdd);
  if (page.pages > 1) view.group("pager", pager(page, words));
  return view;
}

std::string regionTitle(const Region& region, const Words& words) {
  return words.format("contacts.region.title_in", {{"region", words.pick(region.name)}});
}

View regionPage(const RegionPage& page, const Words& words) {
  View view;
  view.list("breadcrumbs", breadcrumbs({{"/contacts", words.text("contacts.navigation")},
                                        {"", words.pick(page.region.name)}},
                                       words));
  setList(view, "networks", summaries(page.networks, words));
  setList(view, "missing_here", missingHere(page.missing, words));
  setList(view, "contact_persons", contactPersons(page.contactPersons, page.reader, words));
  view.set("title", regionTitle(page.region, words))
      .set("region_slug", page.region.slug)
      .flag("sees_details", showAnyDetails(page.contactPersons, page.reader))
      .flag("can_add", page.canAdd);
  if (page.coverage.hasTarget()) view.group("coverage", coverage(page.coverage, words));
  return view;
}

View networkPage(const NetworkPage& page, const Reader& reader, const Words& words) {
  View view;
  setHead(view, page.network, words);
  setCoordinator(view, page, reader);
  view.list("figures", figures(page.counts, page.network.isNational(), words));
  const auto members = pageOf(namedMembers(page.members, reader), page.membersPage);
  setList(view, "members", memberRows(members.rows, reader, words));
  if (members.pages > 1)
    view.group("members_pager", memberPager(page.network, members.page, members.pages, words));
  setList(view, "organisations",
          each(page.organisations, [&](const auto& o) { return organisationRow(o, words); }));
  if (page.network.isNational())
    setList(view, "regions",
            each(page.regions, [&](const auto& r) { return regionRow(r, words); }));
  setList(view, "related", each(page.related, [&](const auto& n) { return relatedRow(n, words); }));
  if (reader.editsMembers) setList(view, "others", memberRows(page.others, reader, words));
  if (reader.editsMembers) setList(view, "invited", invitedRows(page.invited, words));
  if (reader.editsMembers && page.waiting > 0)
    view.set("waiting", words.count("contacts.applications.waiting", page.waiting));
  view.flag("sees_all", reader.seesDetails)
      .flag("sees_details", showAnyDetails(page.members, reader))
      .flag("edits_network", reader.editsNetwork)
      .flag("edits_members", reader.editsMembers)
      .flag("adds_members", reader.addsMembers)
      .flag("is_member", !page.own.empty())
      .list("own_places", memberRows(page.own, reader, words))
      .flag("has_applied", page.hasApplied);
  return view;
}

void fillNationBox(View& view, std::int64_t networks, const store::Counts& all,
                   const Words& words) {
  auto numbers = figures(all, true, words);
  numbers.insert(numbers.begin(), figure("contacts.unit.networks", networks, words));
  view.list("figures", std::move(numbers));
}

void fillRegionBox(View& view, const Region& region,
                   const std::vector<store::RegionalContact>& contacts, const Words& words) {
  view.set("region_slug", region.slug)
      .list("contact_persons", contactPersons(contacts, {}, words));
}

void fillDashboardBox(View& view, const std::vector<store::NetworkSummary>& networks,
                      const std::vector<store::Queue>& queues, const Words& words) {
  view.list("networks", summaries(networks, words));
  setList(view, "queues", each(queues, [&](const auto& queue) {
            View row;
            row.set("id", queue.network.value)
                .text("name", queue.name, words.locale())
                .set("waiting", words.count("contacts.applications.waiting", queue.waiting));
            return row;
          }));
}

}  // namespace toimela::contacts::view
