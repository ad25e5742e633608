// The table of a network's members. Pure: a network's people are few enough to be put in order here,
// which lets names of people, organisations and regions follow the reader's language.
#pragma once

#include <vector>

#include "store/members.h"
#include "toimela/table.h"
#include "toimela/view.h"
#include "view/networks.h"
#include "view/words.h"

namespace toimela::contacts::view {

TableSpec memberTable(const Network& network, const std::vector<Region>& regions, const Words& words);

/// Those that the table asks for, in its order.
std::vector<store::MemberRow> select(std::vector<store::MemberRow> members, const Table& table, const Words& words);
/// The page that the table asks for, and one more.
std::vector<store::MemberRow> pageOf(const std::vector<store::MemberRow>& members, const Table& table);

std::vector<TableRow> tableRows(const std::vector<store::MemberRow>& members, const Network& network, const Reader& reader,
                                const Words& words);
View memberTablePage(const Network& network, const Reader& reader, View table, const Words& words);

}  // namespace toimela::contacts::view
