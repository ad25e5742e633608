#include "view/member_table.h"

#include <algorithm>

#include "domain/import.h"
#include "domain/visibility.h"
#include "view/trail.h"

namespace toimela::contacts::view {

namespace {

/// What a column is ordered by; empty for those of another kind.
std::string sortText(const store::MemberRow& row, std::string_view column, const Words& words) {
  if (column == "organisation") return words.pick(row.organisation);
  if (column == "role") return std::to_string(static_cast<int>(row.member.role));
  if (column == "region") return words.place(row.member.region);
  if (column == "from") return row.member.period.from.text();
  if (column == "to") return row.member.period.to ? row.member.period.to->text() : "9999";
  return row.familyName + " " + row.givenName;
}

bool matches(const store::MemberRow& row, const Table& table, const Words& words) {
  const std::string& role = table.filter("role");
  const std::string& region = table.filter("region");
  if (!role.empty() && role != code(row.member.role)) return false;
  if (!region.empty() && (!row.member.region || words.region(row.member.region)->slug != region)) return false;
  const std::string wanted = withoutCase(table.words());
  return withoutCase(row.name() + " " + words.pick(row.organisation)).find(wanted) != std::string::npos;
}

}  // namespace

TableSpec memberTable(const Network& network, const std::vector<Region>& regions, const Words& words) {
  TableSpec spec{.id = "members",
                 .path = pathOf(network.id) + "/members",
                 .captionKey = "contacts.network.members_caption",
                 .searchKey = "contacts.members.search",
                 .columns = {TableColumn::text("name", "contacts.column.person").sorts().heads(),
                             TableColumn::text("organisation", "contacts.column.organisation").sorts(),
                             TableColumn::text("role", "contacts.column.role").sorts()},
                 .sort = "name",
                 .emptyKey = "contacts.members.empty",
                 .emptyTextKey = "contacts.members.empty_text",
                 .rowsAPage = 50};
  TableFilter roles{"role", "contacts.column.role", "contacts.members.every_role", {}};
  for (const MemberRole role : kMemberRoles) roles.choices.push_back({std::string(code(role)), words.role(role), true});
  spec.filters.push_back(std::move(roles));
  if (network.isNational()) {
    TableFilter places{"region", "contacts.column.region", "contacts.members.every_region", {}};
    for (const Region& region : regions) places.choices.push_back({region.slug, words.pick(region.name), true});
    spec.filters.push_back(std::move(places));
    spec.columns.push_back(TableColumn::text("region", "contacts.column.region").sorts());
  }
  spec.columns.push_back(TableColumn::text("from", "contacts.form.from").sorts());
  spec.columns.push_back(TableColumn::text("to", "contacts.form.to").sorts());
  spec.columns.push_back(TableColumn::text("email", "contacts.form.email"));
  spec.columns.push_back(TableColumn::text("phone", "contacts.members.phone"));
  return spec;
}

std::vector<store::MemberRow> select(std::vector<store::MemberRow> members, const Table& table, const Words& words) {
  std::erase_if(members, [&](const store::MemberRow& row) { return !matches(row, table, words); });
  std::ranges::stable_sort(members, [&](const store::MemberRow& a, const store::MemberRow& b) {
    const auto &first = table.isDescending() ? b : a, &second = table.isDescending() ? a : b;
    return sortsBefore(sortText(first, table.sort(), words), sortText(second, table.sort(), words), words.locale());
  });
  return members;
}

std::vector<store::MemberRow> pageOf(const std::vector<store::MemberRow>& members, const Table& table) {
  const auto begin = std::min(members.size(), static_cast<std::size_t>(table.offset()));
  const auto end = std::min(members.size(), begin + static_cast<std::size_t>(table.limit()));
  return {members.begin() + static_cast<std::ptrdiff_t>(begin), members.begin() + static_cast<std::ptrdiff_t>(end)};
}

std::vector<TableRow> tableRows(const std::vector<store::MemberRow>& members, const Network& network, const Reader& reader,
                                const Words& words) {
  std::vector<TableRow> rows;
  for (const store::MemberRow& member : members) {
    const auto& period = member.member.period;
    std::vector<TableCell> cells{
        member.familyName + ", " + member.givenName,
        TableCell(member.organisation, words.locale())
            .linked(words.link("/organisations/" + member.member.organisation.text())),
        words.role(member.member.role)};
    if (network.isNational()) cells.emplace_back(words.place(member.member.region));
    cells.emplace_back(spreadsheet::Cell(period.from));
    cells.emplace_back(period.to ? spreadsheet::Cell(*period.to) : spreadsheet::Cell());
    const Shown shown = shownTo(reader.to(member.member.person), isNamePublic(member.member.role), member.levels);
    cells.emplace_back(shown.email ? member.email : std::string());
    cells.emplace_back(shown.phone ? member.phone : std::string());
    rows.push_back({std::move(cells)});
  }
  return rows;
}

View memberTablePage(const Network& network, const Reader& reader, View table, const Words& words) {
  View view;
  view.list("breadcrumbs", trailBeyond(network, "contacts.members.title", words))
      .set("network_id", network.id.value)
      .text("network", network.name, words.locale())
      .flag("edits_members", reader.editsMembers)
      .flag("adds_members", reader.addsMembers)
      .group("table", std::move(table));
  return view;
}

}  // namespace toimela::contacts::view
