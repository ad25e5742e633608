// What falls due of people's data, as organisers see it.
#pragma once

#include <optional>
#include <vector>

#include "store/retention.h"
#include "toimela/host.h"
#include "toimela/table.h"
#include "view/words.h"

namespace toimela::events::view {

TableSpec retentionTable();
std::vector<store::Holding> select(std::vector<store::Holding> holdings, const Table& table, Instant now,
                                   const Words& words);
std::vector<TableRow> retentionRows(const std::vector<store::Holding>& holdings, Instant now, const Words& words);

/// How far one event has come, and what happens next.
void showRetention(View& view, const store::Holding& holding, Instant now, const Words& words);
FormSpec takeBackFields();

/// The letter before anything goes: to the event's contact, else to who made it.
std::optional<MailMessage> retentionLetter(ReadTx& tx, Host& host, std::int64_t event);

}  // namespace toimela::events::view
